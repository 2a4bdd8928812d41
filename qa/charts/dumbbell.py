"""Two values of each group beside each other: the one as it is and the one made comparable, and how far they lie apart."""

from collections.abc import Sequence
from typing import Any

from qa import format
from qa.charts.bars import ROW_HEIGHT, shortened
from qa.charts.figure import Figure, figure
from qa.charts.words import fitted_axis, hover_text, known_range, number, point
from qa.format import Unit
from qa.theme import ink


def dumbbell(
    rows: Sequence[dict[str, Any]], unit: Unit, titles: tuple[str, str], names: dict[str, str], target: tuple[float | None, float | None] = (None, None)
) -> Figure:
    """A row a group, in the order given. ``rows``: key, value, low, high, n of the first; other, other_low, other_high of the
    second, null where there is none. A point's customdata is [key].
    """
    keys = [row["key"] for row in rows]
    second = [row | {"value": row["other"], "low": row["other_low"], "high": row["other_high"]} for row in rows]
    traces = [_links(rows), _dots(rows, keys, unit, titles[0], names, is_first=True), _dots(second, keys, unit, titles[1], names)]
    shown = [number(row[end]) for row in rows for end in ("value", "low", "high", "other", "other_low", "other_high")]
    line = {"color": ink("target"), "width": 1.2, "dash": "dash"}
    bounds = [bound for bound in target if bound is not None]
    return figure(traces, {
        "showlegend": True,
        "shapes": [{"type": "line", "layer": "above", "line": line, "yref": "y domain", "y0": 0, "y1": 1, "x0": bound, "x1": bound} for bound in bounds],
        "meta": {"labels": {key: names.get(key, key) for key in keys}},
        "xaxis": fitted_axis(unit, known_range([*shown, *bounds], unit)) | {"showgrid": True},
        "yaxis": {
            "type": "category", "range": [len(keys) - 0.5, -0.5], "showgrid": False, "tickmode": "array", "tickvals": keys,
            "ticktext": [shortened(names.get(key, key)) for key in keys],
        },
    })  # fmt: skip


def dumbbell_height(groups: int) -> int:
    """The height in pixels at which so many rows are comfortable to read under a legend."""
    return max(200, 90 + ROW_HEIGHT * groups)


def _links(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    x, y = [], []
    for row in rows:
        x += [row["value"], row["other"], None]
        y += [row["key"], row["key"], None]
    line = {"color": ink("text-muted"), "width": 2}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip", "showlegend": False, "meta": "helper"}


def _dots(rows: Sequence[dict[str, Any]], keys: list[str], unit: Unit, title: str, names: dict[str, str], is_first: bool = False) -> dict[str, Any]:
    colour = ink("series-4" if is_first else "series-1")
    points = [point(row, names.get(row["key"], row["key"])) for row in rows]
    ends = {
        "array": [None if one.high is None or one.value is None else one.high - one.value for one in points],
        "arrayminus": [None if one.low is None or one.value is None else one.value - one.low for one in points],
    }
    whiskers = {"type": "data", "symmetric": False, "color": ink("whisker"), "thickness": 1.1, "width": 3} | ends
    return {
        "type": "scatter",
        "mode": "markers",
        "orientation": "h",
        "name": title,
        "x": [one.value for one in points],
        "y": keys,
        "text": [format.value(one.value, unit) for one in points],
        "hovertext": [hover_text(f"{one.group} · {title}", one, unit) for one in points],
        "hoverinfo": "text",
        "customdata": [[key] for key in keys],
        "marker": {"symbol": "circle-open" if is_first else "circle", "size": 10, "color": colour, "line": {"width": 2, "color": colour}},
        "error_x": None if is_first else whiskers,
    }
