"""Groups ranked on a value, with the interval of each and the target across them."""

from bisect import bisect_right
from itertools import accumulate
from typing import Any
from unicodedata import east_asian_width

import polars as pl

from qa import format
from qa.charts.figure import Figure, figure
from qa.charts.targets import bounds_of, target_marks, target_shapes
from qa.charts.words import Point, fitted_axis, hover_text, known_range, point, value_axis
from qa.format import Unit
from qa.theme import VERDICT_TOKENS, ink

ROW_HEIGHT = 30
WIDEST_LABEL = 26  # in Latin letters; a Chinese character counts as two
# Beside its colour a verdict has a form of its own: a pattern in a bar, a symbol for a dot.
PATTERNS = {"met": "", "missed": "/", "uncertain": ".", "too_few": "x"}
SYMBOLS = {"met": "circle", "missed": "x", "uncertain": "circle-open", "too_few": "diamond-open"}


def bars(
    frame: pl.DataFrame,
    unit: Unit,
    group: str,
    *,
    name: str = "",
    names: dict[str, str] | None = None,
    best_first: bool = True,
    higher_is_better: bool = True,
    from_zero: bool | None = None,
) -> Figure:
    """A row a group, ranked: the best on top, or the worst when ``best_first`` is false; groups without value come last.

    ``frame``: columns ``group``, value, and where known low, high (whiskers), n, verdict (colour and form),
    target_minimum, target_maximum. ``from_zero``: bars from zero, or dots on an axis that shows the differences (a bar
    that does not start at zero would lie); by default dots where all values are close together and far from zero.
    A point's customdata is [group].
    """
    ranked = frame.sort("value", descending=best_first == higher_is_better, nulls_last=True)
    rows = ranked.to_dicts()
    titles = [(names or {}).get(row[group], str(row[group])) for row in rows]
    points = [point(row, title) for row, title in zip(rows, titles, strict=True)]
    keys = [str(row[group]) for row in rows]
    shown = [*bounds_of(frame), *(end for each in points for end in (each.low, each.value, each.high))]
    as_bars = not _far_from_zero(shown) if from_zero is None else from_zero
    trace = (
        _trace(keys, points, unit, name) | (_bar(points) if as_bars else _dot(points)) | {"error_x": _whiskers(points)}
    )
    axis = value_axis(unit) | {"rangemode": "tozero"} if as_bars else fitted_axis(unit, known_range(shown, unit))
    return figure([trace, *target_marks(frame, keys, rows)], _layout(frame, axis, keys, titles))


def bars_height(groups: int) -> int:
    """The height in pixels at which so many rows are comfortable to read."""
    return max(140, 50 + ROW_HEIGHT * groups)


def _far_from_zero(values: list[float | None]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and min(known) > 0 and max(known) - min(known) < 0.4 * max(known)


def _trace(keys: list[str], points: list[Point], unit: Unit, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "orientation": "h",
        "y": keys,
        "x": [shown.value for shown in points],
        "text": [format.value(shown.value, unit) for shown in points],
        "hovertext": [hover_text(shown.group, shown, unit) for shown in points],
        "hoverinfo": "text",
        "customdata": [[key] for key in keys],
    }


def _bar(points: list[Point]) -> dict[str, Any]:
    shapes = [PATTERNS.get(shown.verdict or "", "") for shown in points]
    pattern = {"shape": shapes, "size": 6, "solidity": 0.2, "fillmode": "overlay", "fgcolor": ink("surface")}
    return {
        "type": "bar",
        "textposition": "none",
        "width": 0.62,
        "marker": {"color": _colours(points), "pattern": pattern},
    }


def _dot(points: list[Point]) -> dict[str, Any]:
    symbols = [SYMBOLS.get(shown.verdict or "", "circle") for shown in points]
    marker = {"color": _colours(points), "symbol": symbols, "size": 11, "line": {"width": 2, "color": _colours(points)}}
    return {"type": "scatter", "mode": "markers", "marker": marker}


def _colours(points: list[Point]) -> list[str]:
    return [ink(VERDICT_TOKENS.get(shown.verdict or "", "series-1")) for shown in points]


def _whiskers(points: list[Point]) -> dict[str, Any]:
    return {
        "type": "data",
        "symmetric": False,
        "array": [_reach(shown.value, shown.high) for shown in points],
        "arrayminus": [_reach(shown.low, shown.value) for shown in points],
        "color": ink("whisker"),
        "thickness": 1.3,
        "width": 4,
    }


def _reach(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else end - start


def _layout(frame: pl.DataFrame, axis: dict[str, Any], keys: list[str], titles: list[str]) -> dict[str, Any]:
    return {
        "showlegend": False,
        "shapes": target_shapes(frame, along="y"),
        "meta": {"labels": dict(zip(keys, titles, strict=True))},
        "xaxis": axis | {"showgrid": True},
        "yaxis": {
            "type": "category",
            "range": [len(keys) - 0.5, -0.5],
            "showgrid": False,
            "tickmode": "array",
            "tickvals": keys,
            "ticktext": [shortened(title) for title in titles],
        },
    }


def shortened(title: str, widest: int = WIDEST_LABEL) -> str:
    """The title cut to what fits beside a bar; the hover text has it whole. ``widest``: in Latin letters."""
    widths = list(accumulate(2 if east_asian_width(letter) in "WF" else 1 for letter in title))
    if not widths or widths[-1] <= widest:
        return title
    return title[: bisect_right(widths, widest - 1)] + "…"
