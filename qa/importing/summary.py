"""What an import did, in numbers."""

from dataclasses import dataclass, field
from pathlib import Path

from qa.text import Text

ALL_LOADED, NOTHING_LOADED, SOME_QUARANTINED, NEEDS_USER = 0, 1, 2, 3


@dataclass(frozen=True)
class FileSummary:
    """One file: its rows, the mapping it was read by, the columns left out, and the totals rows kept out (row number, word)."""

    path: Path
    sheet: str | None
    mapping: str
    rows: int
    ignored: list[str]
    totals: list[tuple[int, str]]
    notes: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class TableSummary:
    """One table: every row read is loaded, replaced, unchanged, repeated (the file says it twice) or quarantined.

    ``derived``: its rows are only centers or agents that the rows of other tables mention.
    """

    table: str
    read: int
    loaded: int
    replaced: int
    unchanged: int
    repeated: int
    quarantined: int
    derived: bool = False
    notes: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Summary:
    """The whole run. ``quarantine``: the files that hold the rejected rows."""

    files: list[FileSummary]
    tables: list[TableSummary]
    quarantine: list[Path]
    changed: bool

    @property
    def status(self) -> int:
        """The exit status: 0 all loaded, 1 nothing loaded, 2 loaded with rows in quarantine."""
        if not any(t.quarantined for t in self.tables):
            return ALL_LOADED
        good = sum(t.loaded + t.replaced + t.unchanged for t in self.tables if not t.derived)
        return SOME_QUARANTINED if good else NOTHING_LOADED
