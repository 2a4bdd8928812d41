"""Saving a target: into the extract, by the importer's own commit, together with a line of history."""

import shutil
from hashlib import sha256
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
from filelock import Timeout

from qa.build.run import build
from qa.config import load_config
from qa.contract import table
from qa.contract.arrow import arrow_schema
from qa.extracts import Extracts, heal, lock
from qa.i18n import _
from qa.importing.commit import commit, new_staging
from qa.people import Person, Role
from qa.problems import Problem
from qa.targets_edit.history import staged_lines, stored
from qa.targets_edit.rows import KEY, TargetRow, as_frame

WAIT_S = 20.0
EDITORS: tuple[Role, ...] = ("headquarters_qa", "director")


class Refused(Problem):
    """A target that was not saved; the message says why in the viewer's language."""


def may_edit_targets(person: Person) -> bool:
    """Headquarters sets targets, under a name."""
    return person.role in EDITORS and bool(person.name)


def version(frame: pl.DataFrame) -> str:
    """What changes with every change of a target."""
    return sha256(frame.write_csv().encode()).hexdigest()[:16]


def save(folder: Path, person: Person, row: TargetRow, seen: str) -> None:
    """Set the target, in force for the next view of the board. ``seen``: the version the person had before the eyes.

    Refused, and nothing changes, for who may not, when somebody else changed targets meanwhile, or while an import goes on.
    """
    if not may_edit_targets(person) or (person.scope is not None and row.center not in person.scope):
        raise Refused(_("Only headquarters sets targets. Choose above who is acting."))
    try:
        with lock(folder, WAIT_S):
            heal(folder)
            before = stored(folder)
            if version(before) != seen:
                raise Refused(_("Somebody else changed the targets meanwhile. Nothing was saved; look at them again."))
            _commit(folder, before, row, person)
    except Timeout as problem:
        raise Refused(_("An import is writing to the extracts; try again in a moment.")) from problem
    # No rollup holds a target: this makes nothing anew, it puts a build with the new targets in force.
    build(folder, load_config(folder))


def _commit(folder: Path, before: pl.DataFrame, row: TargetRow, person: Person) -> None:
    staging, after = new_staging(folder), _merged(before, row)
    try:
        target = staging / "data.parquet"
        pq.write_table(after.to_arrow().cast(arrow_schema(table("targets"))), target, compression="zstd")
        moves = {target.relative_to(folder).as_posix(): "targets/data.parquet"} | staged_lines(before, after, person.name, person.role, folder, staging)
        others = [path.relative_to(folder).as_posix() for path in Extracts(folder).files("targets")]
        commit(folder, staging, moves, [path for path in others if path != "targets/data.parquet"])
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _merged(before: pl.DataFrame, row: TargetRow) -> pl.DataFrame:
    """The rows so far with this one in the place of one with the same key."""
    new = as_frame(row, before.schema)
    kept = before.join(new.select(KEY), on=list(KEY), how="anti", nulls_equal=True)
    return pl.concat([kept, new]).sort(KEY)
