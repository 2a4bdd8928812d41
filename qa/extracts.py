"""The extracts as a reader finds them: which Parquet files make up a table, whole at any moment.

An import stages its new files, then writes a journal: that is the moment the import takes effect. From then until the
staged files have been moved into place, a staged file stands for its target, so a reader sees the old extract or the
new one, never a mixture. Whoever holds the lock and finds a journal finishes the moves (``heal``).
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

JOURNAL = ".journal.json"
STAGING = ".staging"
VERSION = ".version"
LOCK = ".lock"
TRIES = 5

T = TypeVar("T")


@dataclass(frozen=True)
class Journal:
    """A committed import that may not have been moved into place yet; every path is relative to the extracts' folder."""

    id: str
    moves: dict[str, str] = field(default_factory=dict)
    removals: tuple[str, ...] = ()

    def to_json(self) -> str:
        return json.dumps({"id": self.id, "moves": self.moves, "removals": list(self.removals)}, ensure_ascii=False)

    @classmethod
    def of(cls, folder: Path) -> "Journal | None":
        """The journal lying in the folder, or None."""
        try:
            content = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return cls(content["id"], content["moves"], tuple(content["removals"]))


class Extracts:
    """The tables of one folder of extracts. It keeps nothing: every answer is as of the moment it is asked for."""

    def __init__(self, folder: str | Path):
        self.folder = Path(folder)

    def files(self, table: str) -> list[Path]:
        """The Parquet files that make up a table, in a fixed order; empty when the table is absent."""
        return [path for _target, path in sorted(self._places(table).items())]

    def present(self, table: str) -> bool:
        """Whether the table has any file."""
        return bool(self._places(table))

    def fingerprint(self, table: str) -> dict[str, tuple[int, int]]:
        """Size and modification time (ns) of each file, by its path below the table's folder (``month=2024-03/data.parquet``)."""
        marks = {}
        for target, path in sorted(self._places(table).items()):
            state = path.stat()
            marks[target.removeprefix(table + "/")] = (state.st_size, state.st_mtime_ns)
        return marks

    def version(self) -> str:
        """What changes with every import that took effect; empty before the first."""
        journal = Journal.of(self.folder)
        if journal is not None:
            return journal.id
        try:
            return (self.folder / VERSION).read_text(encoding="utf-8")
        except FileNotFoundError:
            return ""

    def read_consistently(self, action: Callable[["Extracts"], T]) -> T:
        """What ``action`` returns, from one state of the extracts: repeated when an import took effect or moved its files meanwhile."""
        for attempt in range(TRIES):
            before, settled = self.version(), Journal.of(self.folder) is None
            try:
                result = action(self)
            except Exception:
                unchanged = settled and before == self.version() and Journal.of(self.folder) is None
                if unchanged or attempt == TRIES - 1:
                    raise
                continue
            if before == self.version():
                return result
        return action(self)

    def _places(self, table: str) -> dict[str, Path]:
        """Target path below the folder -> where its content lies now."""
        journal = Journal.of(self.folder)
        root = self.folder / table
        places = {
            path.relative_to(self.folder).as_posix(): path
            for path in root.rglob("*.parquet")
            if not _hidden(path.relative_to(self.folder))
        }
        if journal is None:
            return places
        for gone in journal.removals:
            places.pop(gone, None)
        for staged, target in journal.moves.items():
            if target.startswith(table + "/") and target.endswith(".parquet") and (self.folder / staged).exists():
                places[target] = self.folder / staged
        return places


def lock(folder: str | Path, timeout_s: float) -> FileLock:
    """The lock an import holds; readers need none. ``filelock.Timeout`` when another import keeps it for longer."""
    return FileLock(Path(folder) / LOCK, timeout=timeout_s)


def heal(folder: str | Path) -> bool:
    """Whether an interrupted import was finished. Only for who holds the lock.

    A journal is rolled forward: staged files go into place, obsolete ones go. Staging without a journal never took effect and is removed.
    """
    folder = Path(folder)
    journal = Journal.of(folder)
    if journal is not None:
        roll_forward(folder, journal)
    shutil.rmtree(folder / STAGING, ignore_errors=True)
    return journal is not None


def roll_forward(folder: Path, journal: Journal) -> None:
    """Move a committed import into place; may be interrupted and repeated at any point."""
    for staged, target in journal.moves.items():
        if (folder / staged).exists():
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
            os.replace(folder / staged, folder / target)
    for gone in journal.removals:
        (folder / gone).unlink(missing_ok=True)
        _remove_empty(folder, (folder / gone).parent)
    write_durably(folder / VERSION, journal.id)
    (folder / JOURNAL).unlink(missing_ok=True)
    sync(folder)


def write_durably(path: Path, text: str) -> None:
    """Replace a small file so that it holds the old or the new text after any crash."""
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8")
    sync(draft)
    os.replace(draft, path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Ask the disk to keep a file or folder; folders cannot be opened on Windows and need no asking there."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _remove_empty(root: Path, folder: Path) -> None:
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
