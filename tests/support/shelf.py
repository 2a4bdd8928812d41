"""Worlds as they were right after their first build: whoever needs the same rows again takes those instead of building them anew.

All workers share them. Whoever changes an extract replaces its file, as an import does: written into, it would change for all.
"""

import json
import os
import shutil
import tempfile
from pathlib import Path

from qa.contract import TABLES

STATES = "states.json"


class Shelf:
    """Folders of extracts with their builds, by what they were made from; empty, and so it stays, until tests give it a place."""

    home: Path | None = None

    def take(self, key: str, folder: Path) -> bool:
        """Put into ``folder`` what was kept under the key; False where nothing was, or somebody has written into it since."""
        if self.home is None or not (self.home / key).exists():
            return False
        kept = self.home / key
        if json.loads((kept / STATES).read_text()) != _states(kept):
            return False
        _again(kept, folder)
        (folder / STATES).unlink()
        return True

    def keep(self, key: str, folder: Path) -> None:
        """Keep the folder as it is now, unless another worker has kept the same."""
        if self.home is None:
            return
        self.home.mkdir(exist_ok=True)
        half = Path(tempfile.mkdtemp(dir=self.home))
        _again(folder, half)
        (half / STATES).write_text(json.dumps(_states(half)))
        try:
            half.rename(self.home / key)
        except OSError:
            shutil.rmtree(half)
            if not (self.home / key).exists():
                raise


SHELF = Shelf()


def _again(source: Path, target: Path) -> None:
    """The same files: extracts under a second name, because a build knows them by their inode; all else as a copy."""
    for path in source.rglob("*"):
        if path.is_file() and path.name != ".lock":
            other = target / path.relative_to(source)
            other.parent.mkdir(parents=True, exist_ok=True)
            (os.link if _table(path, source) in TABLES else shutil.copy2)(path, other)


def _states(folder: Path) -> dict[str, list[int]]:
    """Size and time of each extract."""
    files = {path: path.stat() for path in folder.rglob("*.parquet") if _table(path, folder) in TABLES}
    return {str(path.relative_to(folder)): [state.st_size, state.st_mtime_ns] for path, state in files.items()}


def _table(path: Path, folder: Path) -> str:
    return path.relative_to(folder).parts[0]
