"""Worlds as they were right after their first build: whoever needs the same rows again takes those instead of building them anew."""

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from qa.contract import TABLES


class Shelf:
    """Folders of extracts with their builds, by what they were made from."""

    def __init__(self, home: Path):
        self._home = home
        self._kept: dict[str, tuple[Path, dict[str, tuple[int, int]]]] = {}

    def take(self, key: str, folder: Path) -> bool:
        """Put into ``folder`` what was kept under the key; False where nothing was, or somebody has written into it since."""
        kept, states = self._kept.get(key, (None, {}))
        if kept is None or _states(kept) != states:
            return False
        _again(kept, folder)
        return True

    def keep(self, key: str, folder: Path) -> None:
        """Keep the folder as it is now."""
        kept = self._home / f"{len(self._kept)}-{key[:12]}"
        try:
            _again(folder, kept)
        except OSError:
            # Another disk, where no file can have a second name: then everything is built.
            return
        self._kept[key] = kept, _states(kept)


@cache
def shelf() -> Shelf:
    """The one of this process."""
    home = Path(tempfile.mkdtemp(prefix="worlds-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return Shelf(home)


def _again(source: Path, target: Path) -> None:
    """The same files: extracts under a second name, because a build knows them by their inode; all else as a copy."""
    for path in source.rglob("*"):
        if path.is_file() and path.name != ".lock":
            other = target / path.relative_to(source)
            other.parent.mkdir(parents=True, exist_ok=True)
            (os.link if _table(path, source) in TABLES else shutil.copy2)(path, other)


def _states(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of each extract."""
    files = [path for path in folder.rglob("*.parquet") if _table(path, folder) in TABLES]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


def _table(path: Path, folder: Path) -> str:
    return path.relative_to(folder).parts[0]
