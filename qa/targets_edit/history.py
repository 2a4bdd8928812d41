"""Who set which target, when: lines that are written together with the targets, and read back."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from qa.contract import table
from qa.contract.arrow import arrow_schema
from qa.extracts import Extracts
from qa.targets_edit.rows import KEY, TargetRow, rows_of
from qa.views import frame_of

HISTORY = "targets_history"


@dataclass(frozen=True)
class Change:
    """Who set what, when. ``before``: what stood for the same place and day; null for nothing. ``file``: where it was imported from."""

    at: str
    who: str
    role: str
    before: dict | None
    after: dict
    file: str = ""


def stored(folder: Path) -> pl.DataFrame:
    """The extract ``targets`` as it is now, under the contract's columns and types; no rows where there is none."""
    return Extracts(folder).read_consistently(lambda extracts: read(extracts.files("targets")))


def read(paths: Sequence[Path]) -> pl.DataFrame:
    """The rows of these files together, under the contract's columns and types."""
    frames = [frame_of(arrow_schema(table("targets")).empty_table())]
    known = frames[0].schema
    for path in paths:
        frame = pl.read_parquet(path, hive_partitioning=False)
        frames.append(frame.select(pl.col(name).cast(known[name]) for name in frame.columns if name in known))
    return pl.concat(frames, how="diagonal").sort(KEY)


def history(folder: Path) -> list[Change]:
    """All changes, the latest first."""
    return [Change(**line) for path in sorted((folder / HISTORY).glob("*.json"), reverse=True) for line in _lines(path)]


def _lines(path: Path) -> list[dict]:
    """The lines of one change; a target set on the board used to be written as its one line."""
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if isinstance(found, list) else [found]


def staged_lines(before: pl.DataFrame, after: pl.DataFrame, who: str, role: str, folder: Path, staging: Path, file: str = "") -> dict[str, str]:
    """What moves the lines of history of a change into their place (staged -> target, below ``folder``); nothing where no target changed."""
    old, at = {row.key: row for row in rows_of(before)}, datetime.now(UTC)
    changed = [(old.get(row.key), row) for row in rows_of(after) if old.get(row.key) != row]
    lines = [Change(at.isoformat(timespec="seconds"), who, role, None if was is None else _plain(was), _plain(row), file) for was, row in changed]
    if not lines:
        return {}
    path = staging / f"{at:%Y%m%dT%H%M%S%f}-{secrets.token_hex(3)}.json"
    path.write_text(json.dumps([asdict(line) for line in lines], ensure_ascii=False), encoding="utf-8")
    return {path.relative_to(folder).as_posix(): f"{HISTORY}/{path.name}"}


def imported_lines(folder: Path, staging: Path, moves: dict[str, str], removals: Sequence[str], who: str, role: str, files: str) -> dict[str, str]:
    """``staged_lines`` of an import that is about to be committed: ``moves`` and ``removals`` are its own."""
    now = Extracts(folder).files("targets")
    gone = {folder / path for path in (*removals, *moves.values())}
    coming = [folder / staged for staged, target in moves.items() if target.startswith("targets/")]
    return staged_lines(read(now), read([*(path for path in now if path not in gone), *coming]), who, role, folder, staging, files)


def _plain(row: TargetRow) -> dict:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(row).items()}
