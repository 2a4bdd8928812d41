"""Saving a target: into the extract, by the importer's own commit, together with a line of history."""

import json
import secrets
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import Timeout

from qa.build import build
from qa.config import load_config
from qa.contract import table
from qa.contract.arrow import arrow_schema
from qa.extracts import Extracts, heal, lock
from qa.i18n import _
from qa.importing.commit import commit, new_staging
from qa.people import Person, Role
from qa.problems import Problem
from qa.targets_edit.rows import KEY, TargetRow, as_frame, rows_of

HISTORY = "targets_history"
WAIT_S = 20.0
EDITORS: tuple[Role, ...] = ("headquarters_qa", "director")


class Refused(Problem):
    """A target that was not saved; the message says why in the viewer's language."""


@dataclass(frozen=True)
class Change:
    """Who set what, when. ``before``: what stood for the same place and day; null for nothing."""

    at: str
    who: str
    role: str
    before: dict | None
    after: dict


def may_edit_targets(person: Person) -> bool:
    """Headquarters sets targets, under a name."""
    return person.role in EDITORS and bool(person.name)


def stored(folder: Path) -> pl.DataFrame:
    """The extract ``targets`` as it is now, under the contract's columns and types; no rows where there is none."""
    return Extracts(folder).read_consistently(lambda extracts: _read(extracts.files("targets")))


def _read(paths: list[Path]) -> pl.DataFrame:
    frames: list[pl.DataFrame] = [pl.from_arrow(arrow_schema(table("targets")).empty_table())]  # type: ignore[list-item]
    known = frames[0].schema
    for path in paths:
        frame = pl.read_parquet(path, hive_partitioning=False)
        frames.append(frame.select(pl.col(name).cast(known[name]) for name in frame.columns if name in known))
    return pl.concat(frames, how="diagonal").sort(KEY)


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


def history(folder: Path) -> list[Change]:
    """All changes made on the board, the latest first."""
    files = sorted((folder / HISTORY).glob("*.json"), reverse=True)
    return [Change(**json.loads(path.read_text(encoding="utf-8"))) for path in files]


def _commit(folder: Path, before: pl.DataFrame, row: TargetRow, person: Person) -> None:
    replaced = next((old for old in rows_of(before) if old.key == row.key), None)
    staging = new_staging(folder)
    try:
        target = staging / "data.parquet"
        pq.write_table(_merged(before, row), target, compression="zstd")
        at = datetime.now(UTC)
        change = Change(at.isoformat(timespec="seconds"), person.name, person.role, replaced and _plain(replaced), _plain(row))
        line = staging / f"{at:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}.json"
        line.write_text(json.dumps(asdict(change), ensure_ascii=False), encoding="utf-8")
        moves = {target.relative_to(folder).as_posix(): "targets/data.parquet", line.relative_to(folder).as_posix(): f"{HISTORY}/{line.name}"}
        others = [path.relative_to(folder).as_posix() for path in Extracts(folder).files("targets")]
        commit(folder, staging, moves, [path for path in others if path != "targets/data.parquet"])
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _merged(before: pl.DataFrame, row: TargetRow) -> pa.Table:
    """The rows so far with this one in the place of one with the same key."""
    new = as_frame(row, before.schema)
    kept = before.join(new.select(KEY), on=list(KEY), how="anti", nulls_equal=True)
    return pl.concat([kept, new]).sort(KEY).to_arrow().cast(arrow_schema(table("targets")))


def _plain(row: TargetRow) -> dict:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}
