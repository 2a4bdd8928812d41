"""The parts of a gap: as the command line prints them, made of the figures of their proof, and adding up."""

import io
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from unittest.mock import patch

from qa.centers.command import why_arguments
from qa.centers.sides import sides
from qa.cli.app import app
from qa.i18n import language, set_language
from qa.keys import parted
from qa.proof import Shown
from qa.session.board.items import Chart, Table
from tests.combinations.held import close, figures
from tests.combinations.pages import Board
from tests.combinations.views import Seen

NUMBERS = ("share_here", "share_there", "value_here", "value_there", "mix", "performance")


def of_segments(seen: Seen, board: Board, table: Table) -> Iterator[str]:
    """Every row is one of the command's, and all parts together are its gap."""
    told = on_the_command_line(seen, board)
    if told is None:
        return
    names = [column.key for column in table.columns]
    found = {segment_key(told, segment): segment for segment in told["segments"]}
    if list(found) != [parted(row.key)[1:] for row in table.rows]:
        yield f"segments: {[row.key for row in table.rows]}, the command line has {list(found)}"
        return
    for row in table.rows:
        segment = found[parted(row.key)[1:]]
        is_within = "mix" not in names
        there = told["there"] if is_within else segment["there"]
        expected = {
            "share_here": segment["share_here"], "share_there": segment["share_there"], "value_here": segment["here"]["value"],
            "value_there": there["value"], "mix": segment["mix"]["value"], "performance": segment["performance"]["value"],
        }  # fmt: skip
        for name in NUMBERS:
            if name in names and not close(row.cells[names.index(name)].sort, expected[name]):
                yield f"segments: {name} of {row.key} is {row.cells[names.index(name)].sort}, the command line says {expected[name]}"
    parts = sum(segment[part]["value"] for segment in told["segments"] for part in ("mix", "performance"))
    if not close(parts, told["gap"]["value"]) or not close(told["mix"]["value"] + told["performance"]["value"], told["gap"]["value"]):
        yield f"segments: the parts add up to {parts}, the gap is {told['gap']}"
    yield from _of_sides(seen, board, told)


def segment_key(told: dict, segment: dict) -> tuple[str, ...]:
    return tuple(segment[name] or "" for name in told["by"])


def _of_sides(seen: Seen, board: Board, told: dict) -> Iterator[str]:
    """The whole values are those that a click on the dots of the waterfall proves."""
    pair = sides(seen.build, seen.scope, seen.asked, board.course)
    for name, side in zip(("here", "there"), pair, strict=True):
        frame = figures(seen, Shown((board.course.metric,), side.by(()), side.filters))
        rows = [row for row in frame.iter_rows(named=True) if not side.without or row[side.without[0]] not in side.without[1]]
        sums = [sum(row[part] or 0 for row in rows) for part in ("numerator", "denominator")]
        if not all(close(one, told[name][part]) for one, part in zip(sums, ("numerator", "denominator"), strict=True)):
            yield f"why: {name} is {told[name]}, its proof has {sums}"


def of_waterfall(_seen: Seen, _board: Board, chart: Chart) -> Iterator[str]:
    """The steps lead from the one value to the other."""
    steps, ends = (next(trace for trace in chart.figure["data"] if trace.get("type") == kind and trace.get("customdata")) for kind in ("bar", "scatter"))
    start, end = ends["x"]
    if not close(start + sum(steps["x"]), end):
        yield f"waterfall: from {start} by {steps['x']} to {end}"


def on_the_command_line(seen: Seen, board: Board) -> dict | None:
    """What ``python -m qa why`` prints for the board, inside this process; None where no command can say it."""
    wanted = why_arguments(seen.asked, board.course, seen.scope)
    if wanted is None:
        return None
    told, spoken = io.TextIOWrapper(BytesIO(), encoding="utf-8"), language()
    with patch("qa.cli.why.opened", lambda _data: seen.proof), patch.object(sys, "stdout", told):
        app(["why", *wanted, "--format=json"], result_action="return_value")
    set_language(spoken)
    return json.loads(told.buffer.getvalue())
