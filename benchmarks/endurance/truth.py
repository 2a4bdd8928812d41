"""What each page must show for a build: drawn by a second server that nobody else uses, its tiles checked against the command line."""

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

import orjson

from benchmarks.endurance.views import CENTERS, MONTHS, PAGES, Look, begin, own_of, seen
from benchmarks.session import Run, Session
from qa import format
from qa.i18n import set_language
from qa.metrics import METRICS
from qa.view import Choices, View
from tests.serving import ROOT

Pages = dict[Look, dict[str, str]]
METRIC = "view.metric"


async def pages_of(address: str) -> tuple[Pages, dict[Look, Run]]:
    """Every look as the server at the address shows it, and the runs of the overview.

    Where months put another metric first, also with the metric that another month would have left behind.
    """
    found: Pages = {}
    overviews: dict[Look, Run] = {}
    for center in CENTERS:
        viewer = await begin(address, Look("", MONTHS[0], center))
        for page in PAGES:
            runs = {look: _sound(look, await viewer.go(page, look.query)) for look in (Look(page, month, center) for month in MONTHS)}
            found |= {look: seen(run) for look, run in runs.items()}
            if page == "":
                overviews |= runs
            found |= await _left_behind(viewer, runs)
        await viewer.end()
    return found, overviews


async def _left_behind(viewer: Session, runs: dict[Look, Run]) -> Pages:
    """The looks of one page with each metric that stands first in another of them."""
    found: Pages = {}
    first = dict.fromkeys(run.options[METRIC][0] for run in runs.values() if METRIC in run.options)
    for look, label in ((look, label) for look, run in runs.items() for label in first if label in run.options.get(METRIC, [])[1:]):
        await viewer.go(look.page, look.query)
        stayed = _sound(look, await viewer.pick(METRIC, label))
        found[replace(look, own=own_of(viewer.query))] = seen(stayed)
    return found


def _sound(look: Look, run: Run) -> Run:
    """The run, where it ended without an error."""
    if run.errors:
        raise RuntimeError(f"{look}: {run.errors}")
    return run


async def differences(data: Path, overviews: dict[Look, Run]) -> tuple[int, list[str]]:
    """How many tiles were compared with ``python -m qa metric``, and those that differ, in words."""
    set_language("zh")
    compared, wrong = 0, []
    for look, run in overviews.items():
        tiles = {tile["key"].removeprefix("tile "): tile for tile in run.items("tile")}
        for row in await _command_line(data, look, list(tiles)):
            compared += 1
            tile, wanted = tiles[row["metric"]], _texts(row)
            shown = (" ".join([tile["value"], tile["unit"]]).strip(), tile["n"])
            if shown != wanted:
                wrong.append(f"{look} {row['metric']}: shown {shown}, command line {wanted}")
    return compared, wrong


async def _command_line(data: Path, look: Look, metrics: list[str]) -> list[dict]:
    period = View(period=look.month).shown(Choices(today=None, first_day=None))
    command = [sys.executable, "-m", "qa", "metric", *metrics, "--format", "json", "--data", str(data)]
    command += ["--from", str(period.date_from), "--to", str(period.date_to)] + (["--center", look.center] if look.center else [])
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    written, _nothing = await process.communicate()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)}: exit status {process.returncode}")
    return orjson.loads(written)


def _texts(row: dict) -> tuple[str, str]:
    """Value and n as a tile writes them."""
    unit = METRICS[row["metric"]].unit
    bound = row["target"][0] if isinstance(row["target"], list) else row["target"]
    value = format.value(row["value"], unit, beside=bound)
    return value, "" if unit == "count" else f"n = {format.count(row['n'])}"
