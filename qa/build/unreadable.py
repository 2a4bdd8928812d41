"""What makes a build fail for a reason outside the program, said so that a person can mend it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from qa.build.engine import Engine
from qa.i18n import _
from qa.problems import Problem

T = TypeVar("T")


def mendable(action: Callable[[], T], files: Mapping[str, Sequence[Path]]) -> T:
    """What ``action`` returns; Problem where it fails for want of memory, or for a file of the extracts (by table) that cannot be read."""
    try:
        return action()
    except duckdb.OutOfMemoryException as error:
        reason = _first_line(error)
        raise Problem(_("The build needs more memory than it has: give more with python -m qa build --memory-limit. {reason}").format(reason=reason)) from error
    except (duckdb.Error, pa.ArrowException, OSError) as error:
        problem = _unreadable(files)
        if problem is None:
            raise
        raise Problem(problem) from error


def _unreadable(files: Mapping[str, Sequence[Path]]) -> str | None:
    """The first file whose rows cannot all be read, and why; None when there is none."""
    with Engine() as engine:
        for table, paths in files.items():
            for path in paths:
                try:
                    engine.read({table: [path]})
                    engine.rows(f"select max(columns(*)) from {table}")
                except (duckdb.Error, pa.ArrowException, OSError) as error:
                    told = _("{file} cannot be read: {reason}. Put the whole file there, or delete it and import its data again.")
                    return told.format(file=path, reason=_first_line(error))
    return None


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")
