"""What stops an import, said in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.text import Text


class Refused(Exception):
    """The file cannot be read for sure, or does not fit: nothing of it is loaded."""

    def __init__(self, zh: str, en: str):
        super().__init__(en)
        self.text = Text(zh, en)


@dataclass(frozen=True)
class Question:
    """What nobody but a person can say of the dates of a column.

    ``told``: what is open. ``answers``: what to write as the ``format`` of the ``sources`` in a mapping, and what that means;
    with ``zones`` the name of any zone is an answer too.
    """

    sources: tuple[str, ...]
    told: Text
    answers: dict[str, Text]
    zones: bool = False


class NeedsUser(Refused):
    """Only a person can decide: ``path`` is the mapping to look at, ``question`` what to ask, where there is one."""

    def __init__(self, zh: str, en: str, path: Path | None = None, question: Question | None = None):
        super().__init__(zh, en)
        self.path, self.question = path, question


def column_list(columns: Sequence[str], most: int = 20) -> Text:
    """Column names for a message, as many as can be read at a glance, and how many there are where there are more."""
    more = len(columns) > most
    zh = "、".join(columns[:most]) + (f" 等 {len(columns)} 列" if more else "")
    return Text(zh, ", ".join(columns[:most]) + (f" ... {len(columns)} in all" if more else ""))


def row_list(rows: list[int], most: int = 10) -> str:
    """Row numbers for a message: ``3, 8, 12 ...``."""
    return ", ".join(str(row) for row in rows[:most]) + (" ..." if len(rows) > most else "")
