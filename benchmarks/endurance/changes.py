"""Files that come in meanwhile: calls are imported, rollups are built, and what every page must then show is written down."""

import asyncio
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from benchmarks.endurance.truth import Pages, differences, pages_of
from benchmarks.endurance.views import CENTERS, MONTHS
from qa.build.manifest import current_manifest
from qa.extracts import Extracts
from tests.serving import ROOT

ROWS = 400


@dataclass
class Build:
    """A build, what its pages show, and when it may first have been seen (``time.time``)."""

    build_id: str
    since: float
    pages: Pages


@dataclass
class History:
    """The builds in force one after the other; the tiles compared with the command line, and those that differed."""

    builds: list[Build] = field(default_factory=list)
    compared: int = 0
    wrong: list[str] = field(default_factory=list)

    async def note(self, data: Path, reference: str, since: float) -> None:
        """Write down what the build in force shows."""
        pages, overviews = await pages_of(reference)
        compared, wrong = await differences(data, overviews)
        self.builds.append(Build(current_manifest(data).id, since, pages))
        self.compared += compared
        self.wrong += wrong


async def keep_changing(data: Path, reference: str, history: History, until: float) -> None:
    """Import and build again and again until the time given (``time.time``), each build fully written down before the next."""
    while time.time() < until:
        path = data.parent / f"{data.name}-{len(history.builds)}.csv"
        _new_calls(data, len(history.builds)).write_csv(path)
        since = time.time()
        await _import(path, data)
        path.unlink()
        await history.note(data, reference, since)


def _new_calls(data: Path, number: int) -> pl.DataFrame:
    """Calls like those of one of the months looked at, under numbers of their own; centers take turns, or all take part."""
    month, center = MONTHS[number % len(MONTHS)], CENTERS[number % len(CENTERS)]
    files = [path for path in Extracts(data).files("calls") if path.parent.name == f"month={month}"]
    calls = pl.read_parquet(files).filter(pl.lit(not center) | (pl.col("center_id") == center)).sample(ROWS, seed=number)
    return calls.with_columns(call_id=pl.format("E{}-{}", pl.lit(number), pl.int_range(pl.len())))


async def _import(path: Path, data: Path) -> None:
    command = [sys.executable, "-m", "qa", "import", str(path), "--into", str(data), "--accept"]
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT)
    written, _nothing = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"the import ended with {process.returncode}:\n{written.decode(errors='replace')[-2000:]}")
