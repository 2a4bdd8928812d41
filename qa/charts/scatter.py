"""Two figures of each group against each other, with the interval of both and the lines they are held against."""

from collections.abc import Sequence
from html import escape
from typing import Any

import polars as pl

from qa import format
from qa.charts.bars import SYMBOLS
from qa.charts.figure import Figure, figure
from qa.charts.words import fitted_axis, known_range
from qa.format import Unit
from qa.i18n import _
from qa.theme import VERDICT_TOKENS, ink
from qa.words import verdict_word

# With more points than this the intervals would cover the points: they are then told on hover alone.
MOST_WHISKERS = 120


def scatter(
    frame: pl.DataFrame,
    units: tuple[Unit, Unit],
    labels: tuple[str, str],
    group: str,
    *,
    lines: tuple[float | None, float | None],
    names: dict[str, str] | None = None,
    corners: Sequence[str] = (),
) -> Figure:
    """A point a group. ``frame``: columns ``group``, x, y, and where known x_low, x_high, y_low, y_high, x_n, y_n, verdict.

    ``lines``: where x and y are parted into quadrants; ``corners``: what the quadrants are called, from top left, row by row.
    A point's customdata is [group].
    """
    rows = frame.to_dicts()
    titles = [(names or {}).get(row[group], str(row[group])) for row in rows]
    points: dict[str, Any] = {
        "type": "scatter",
        "mode": "markers",
        "name": labels[1],
        "showlegend": False,
        "x": [row["x"] for row in rows],
        "y": [row["y"] for row in rows],
        "text": [format.value(row["y"], units[1]) for row in rows],
        "hovertext": [_hover(row, title, units, labels) for row, title in zip(rows, titles, strict=True)],
        "hoverinfo": "text",
        "customdata": [[str(row[group])] for row in rows],
        "marker": {
            "symbol": [SYMBOLS.get(row["verdict"], "circle") for row in rows],
            "color": [ink(VERDICT_TOKENS.get(row["verdict"], "series-1")) for row in rows],
            "size": 9,
            "line": {"width": 1.4, "color": [ink(VERDICT_TOKENS.get(row["verdict"], "series-1")) for row in rows]},
        },
    }
    if len(rows) <= MOST_WHISKERS:
        points |= {f"error_{axis}": _whiskers(rows, axis) for axis in ("x", "y")}
    return figure([points], _layout(rows, units, labels, lines, corners, dict(zip([str(row[group]) for row in rows], titles, strict=True))))


def _hover(row: dict, title: str, units: tuple[Unit, Unit], labels: tuple[str, str]) -> str:
    lines = [f"<b>{escape(title)}</b>"]
    for axis, unit, label in zip("yx", units[::-1], labels[::-1], strict=True):
        interval = format.interval(row[f"{axis}_low"], row[f"{axis}_high"], unit)
        around = "" if interval == format.NOTHING else f" ({interval})"
        lines.append(f"{escape(label)} {format.value(row[axis], unit)}{around}, " + _("n = {count}").format(count=format.count(row[f"{axis}_n"])))
    return "<br>".join([*lines, verdict_word(row["verdict"])])


def _whiskers(rows: Sequence[dict], axis: str) -> dict[str, Any]:
    def reach(start: float | None, end: float | None) -> float | None:
        return None if start is None or end is None else end - start

    return {
        "type": "data",
        "symmetric": False,
        "array": [reach(row[axis], row[f"{axis}_high"]) for row in rows],
        "arrayminus": [reach(row[f"{axis}_low"], row[axis]) for row in rows],
        "color": ink("rule"),
        "thickness": 1,
        "width": 0,
    }


def _layout(
    rows: Sequence[dict],
    units: tuple[Unit, Unit],
    labels: tuple[str, str],
    lines: tuple[float | None, float | None],
    corners: Sequence[str],
    named: dict[str, str],
) -> dict[str, Any]:
    reach = {axis: [row[f"{axis}{end}"] for row in rows for end in _ends(row, len(rows))] for axis in "xy"}
    axes = {
        f"{axis}axis": fitted_axis(unit, known_range([*reach[axis], line], unit)) | {"title": {"text": label}}
        for axis, unit, label, line in zip("xy", units, labels, lines, strict=True)
    }
    shapes = [_line(axis, line) for axis, line in zip("xy", lines, strict=True) if line is not None]
    return axes | {"showlegend": False, "shapes": shapes, "annotations": _corners(corners), "meta": {"labels": named}}


def _ends(row: dict, count: int) -> tuple[str, ...]:
    """What of a row the axes must reach: where it is drawn its interval too. Of too few records that would push all others into a corner."""
    return ("", "_low", "_high") if count <= MOST_WHISKERS and row["verdict"] != "too_few" else ("",)


def _line(axis: str, at: float) -> dict[str, Any]:
    other = "y" if axis == "x" else "x"
    line = {"color": ink("target"), "width": 1.2, "dash": "dash"}
    return {"type": "line", "layer": "below", "line": line, f"{axis}0": at, f"{axis}1": at, f"{other}ref": f"{other} domain", f"{other}0": 0, f"{other}1": 1}


def _corners(corners: Sequence[str]) -> list[dict[str, Any]]:
    places = ((0.01, 1, "left", "top"), (0.99, 1, "right", "top"), (0.01, 0, "left", "bottom"), (0.99, 0, "right", "bottom"))
    return [
        {
            "xref": "x domain", "yref": "y domain", "x": x, "y": y, "xanchor": left, "yanchor": top, "text": escape(text), "showarrow": False,
            "font": {"size": 12, "color": ink("text-muted")},
        }
        for text, (x, y, left, top) in zip(corners, places, strict=False)
    ]  # fmt: skip
