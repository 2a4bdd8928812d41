"""How fast extracts become rollups: all of them anew, against a bare scan of the same files, and one more day.

The bare scan looks at every column of every extract once (DuckDB, the largest value of each), which is what any build has to read
at least; both are compared by processor time, which a machine shared with others changes least. The last day comes as an import
brings it: the file of its month is another one, and the month is summed again.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from benchmarks.data import WORK, extracts, linked
from benchmarks.results import Recorder
from qa.contract import TABLES, Table
from qa.extracts import Extracts
from tests.serving import ROOT

SIZES_ROUNDS = (("10m", "", 3), ("100m", "_100m", 1))
FOLDER = WORK / "building"
# The machine that the budgets are for has 2 cores and 4 GiB.
MEMORY_LIMIT = "4GB"
SCAN = """
import duckdb, sys
for files in sys.argv[1:]:
    duckdb.sql(f"select max(columns(*)) from read_parquet({files.split()!r}, union_by_name = true)").fetchall()
"""


def measure(recorder: Recorder, size: str | None = None) -> None:
    """Both sizes, or only one, which then stands in the first rows."""
    for name, suffix, rounds in ((size, "", 3),) if size else SIZES_ROUNDS:
        source = extracts(name)
        recorder.others.begin()
        try:
            found = _measured(source, rounds)
        finally:
            shutil.rmtree(FOLDER, ignore_errors=True)
        recorder.add_all({key + suffix: values for key, values in found.items()}, f"{name} calls, python -m qa build --memory-limit {MEMORY_LIMIT}")


@dataclass(frozen=True)
class Spent:
    """What a process took: seconds by the clock and of the processors, and the most memory it held, in MiB."""

    wall_s: float
    cpu_s: float
    mib: float


def _measured(source: Path, rounds: int) -> dict[str, list[float]]:
    linked(source, FOLDER)
    calls = pl.scan_parquet(Extracts(source).files("calls")).select(pl.len()).collect().item()
    tables = [[str(path) for path in Extracts(FOLDER).files(name)] for name in TABLES]
    builds, scans = [], []
    for _round in range(rounds):
        shutil.rmtree(FOLDER / "rollups", ignore_errors=True)
        builds.append(_build())
        scans.append(_spent(sys.executable, "-c", SCAN, *(" ".join(paths) for paths in tables if paths)))
    return {
        "build_rate": [calls / build.wall_s for build in builds],
        "build_ratio": [build.cpu_s / scan.cpu_s for build, scan in zip(builds, scans, strict=True)],
        "build_memory": [max(build.mib for build in builds)],
        "day": [_one_more_day(source) for _round in range(rounds)],
    }


def _one_more_day(source: Path) -> float:
    """Seconds to bring the rollups up to date when the last day of the calls, and what belongs to it, comes in."""
    last = {name: Extracts(FOLDER).files(name)[-1] for name, table in TABLES.items() if table.large and Extracts(source).present(name)}
    day = pl.scan_parquet(last["calls"]).select(pl.col(TABLES["calls"].time).max().dt.truncate("1d")).collect().item()
    for name, path in last.items():
        kept = _before(day, TABLES[name], last).collect()
        path.unlink()
        kept.write_parquet(path)
    _build()
    for path in last.values():
        path.unlink()
        path.symlink_to((source / path.relative_to(FOLDER)).resolve())
    return _build().wall_s


def _before(day: datetime, table: Table, files: dict[str, Path]) -> pl.LazyFrame:
    """The rows of a table's last file from before the day; items of evaluations go with their evaluation."""
    rows = pl.scan_parquet(files[table.name])
    if table.time:
        return rows.filter(pl.col(table.time) < day)
    return rows.join(_before(day, TABLES["evaluations"], files), on="evaluation_id", how="semi")


def _build() -> Spent:
    return _spent(sys.executable, "-m", "qa", "build", "--data", str(FOLDER), "--memory-limit", MEMORY_LIMIT)


def _spent(*command: str) -> Spent:
    """What the command took; RuntimeError where it fails."""
    since = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - since
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)[:200]}: exit status {process.returncode}")
    return Spent(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
