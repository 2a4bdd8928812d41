"""What stops an import, said in both languages."""

from pathlib import Path

from qa.text import Text


class Refused(Exception):
    """The file cannot be read for sure, or does not fit: nothing of it is loaded."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.text = Text(zh, en)


class NeedsUser(Refused):
    """Only a person can decide: ``path`` is the mapping to look at, when there is one."""

    def __init__(self, zh: str, en: str, path: Path | None = None):
        super().__init__(zh, en)
        self.path = path


def row_list(rows: list[int], most: int = 10) -> str:
    """Row numbers for a message: ``3, 8, 12 ...``."""
    return ", ".join(str(row) for row in rows[:most]) + (" ..." if len(rows) > most else "")
