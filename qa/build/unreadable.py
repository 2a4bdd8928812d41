"""Why a build failed, where that lies outside the program, said so that a person can mend it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from qa.build.engine import Engine
from qa.i18n import _
from qa.problems import Problem

T = TypeVar("T")

# What reading a broken file raises; a full disk, too many open files or an error of ours are something else.
OF_A_FILE = (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException, pa.ArrowInvalid)
# One file at a time is read again, beside the engine that failed and still holds its memory.
MEMORY = "512MB"


def explained(action: Callable[[], T], files: Callable[[], Mapping[str, Sequence[Path]]]) -> T:
    """What ``action`` returns; Problem where it fails for want of memory, or for one of the ``files`` (by table) that cannot be read."""
    try:
        return action()
    except duckdb.OutOfMemoryException as error:
        told = _("The build needs more memory than it has ({reason}). Give it more: python -m qa build --memory-limit 8GB")
        raise Problem(told.format(reason=_first_line(error))) from error
    except OF_A_FILE as error:
        problem = _unreadable(files())
        if problem is None:
            raise
        raise Problem(problem) from error


def _unreadable(files: Mapping[str, Sequence[Path]]) -> str | None:
    """The first file that is broken, and why: first by what stands at its end, which costs little, then by all its rows."""
    for look in (_look_at_footer, _look_at_rows):
        for table, paths in files.items():
            for path in paths:
                try:
                    look(table, path)
                except OF_A_FILE as error:
                    told = _("{file} cannot be read: {reason}. Replace it with a complete copy, or move it away and import its data again.")
                    return told.format(file=path, reason=_first_line(error))
    return None


def _look_at_footer(_table: str, path: Path) -> None:
    pq.read_metadata(path)


def _look_at_rows(table: str, path: Path) -> None:
    with Engine(MEMORY) as engine:
        engine.read({table: [path]})
        engine.rows(f"select max(columns(*)) from {table}")


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
