"""Groups in an order of their own, one value each with its interval: hours of a day, or the order of a chart beside."""

from typing import Any

import polars as pl

from qa.charts.bars import SYMBOLS, shortened
from qa.charts.figure import Figure, figure
from qa.charts.targets import bounds_of, target_marks, target_shapes
from qa.charts.words import fitted_axis, hover_text, known_range, point
from qa.format import Unit, value
from qa.theme import VERDICT_TOKENS, ink


def ordered(frame: pl.DataFrame, unit: Unit, group: str, *, name: str, names: dict[str, str], upright: bool = False) -> Figure:
    """A dot a row in the order of the rows, downwards, or from left to right when ``upright``.

    ``frame``: columns ``group``, value, and where known low, high (whiskers), n, verdict (colour and form),
    target_minimum, target_maximum. A point's customdata is [group].
    """
    rows = frame.to_dicts()
    keys = [str(row[group]) for row in rows]
    titles = [names.get(key, key) for key in keys]
    points = [point(row, title) for row, title in zip(rows, titles, strict=True)]
    colours = [ink(VERDICT_TOKENS.get(shown.verdict or "", "series-1")) for shown in points]
    whiskers = {
        "type": "data",
        "symmetric": False,
        "array": [None if shown.high is None else shown.high - shown.value for shown in points],
        "arrayminus": [None if shown.low is None else shown.value - shown.low for shown in points],
        "color": ink("whisker"),
        "thickness": 1.3,
        "width": 4,
    }
    along, across = ("x", "y") if upright else ("y", "x")
    trace = {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "orientation": "v" if upright else "h",
        along: keys,
        across: [shown.value for shown in points],
        f"error_{across}": whiskers,
        "text": [value(shown.value, unit) for shown in points],
        "hovertext": [hover_text(shown.group, shown, unit) for shown in points],
        "hoverinfo": "text",
        "customdata": [[key] for key in keys],
        "marker": {
            "color": colours,
            "symbol": [SYMBOLS.get(shown.verdict or "", "circle") for shown in points],
            "size": 10,
            "line": {"width": 2, "color": colours},
        },
    }
    ends = [*bounds_of(frame), *(end for shown in points for end in (shown.low, shown.value, shown.high))]
    values = fitted_axis(unit, known_range(ends, unit)) | {"showgrid": True}
    return figure([trace, *target_marks(frame, keys, rows, along)], _layout(frame, keys, titles, along, values))


def _layout(frame: pl.DataFrame, keys: list[str], titles: list[str], along: str, values: dict[str, Any]) -> dict[str, Any]:
    places = [-0.5, len(keys) - 0.5]
    groups = {
        "type": "category",
        "range": places if along == "x" else places[::-1],
        "showgrid": False,
        "tickmode": "array",
        "tickvals": keys,
        "ticktext": [shortened(title) for title in titles],
    }
    return {
        "showlegend": False,
        "shapes": target_shapes(frame, along=along),
        "meta": {"labels": dict(zip(keys, titles, strict=True))},
        f"{along}axis": groups,
        f"{'y' if along == 'x' else 'x'}axis": values,
    }
