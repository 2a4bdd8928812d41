"""Groups ranked on a whole, each bar cut into the parts that add up to it."""

from typing import Any, cast

import polars as pl

from qa import format
from qa.charts.bars import ROW_HEIGHT, shortened
from qa.charts.figure import Figure, figure
from qa.charts.targets import target_shapes
from qa.charts.words import hover_text, point, value_axis
from qa.format import Unit
from qa.theme import ink

LEGEND_ROOM = 80
# Neighbours in a bar need the most distance between their colours.
TOKENS = ("series-1", "series-4", "series-2", "series-3")


def parts(frame: pl.DataFrame, unit: Unit, group: str, words: dict[str, str], names: dict[str, str]) -> Figure:
    """A row a group, the largest whole on top.

    ``frame``: columns ``group``, value (the whole), a column for each of ``words`` (part -> title), and where known low,
    high (whiskers at the end), n, target_minimum, target_maximum. Groups that are "too_few" by their verdict are hatched.
    A point's customdata is [group].
    """
    rows = frame.sort("value", descending=True).to_dicts()
    keys = [str(row[group]) for row in rows]
    titles = [names.get(key, key) for key in keys]
    traces = [
        _part(rows, keys, titles, unit, part, title, token) for (part, title), token in zip(words.items(), TOKENS, strict=False)
    ]
    if traces and any(row.get("low") is not None for row in rows):
        traces[-1]["error_x"] = _whiskers(rows)
    return figure(traces, _layout(frame, unit, keys, titles))


def parts_height(groups: int) -> int:
    """The height in pixels at which so many rows are comfortable to read under a legend."""
    return max(180, LEGEND_ROOM + ROW_HEIGHT * groups)


def _part(rows: list[dict], keys: list[str], titles: list[str], unit: Unit, part: str, title: str, token: str) -> dict[str, Any]:
    hatched = ["x" if row.get("verdict") == "too_few" else "" for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "name": title,
        "y": keys,
        "x": [row[part] for row in rows],
        "text": [format.value(row[part], unit) for row in rows],
        "textposition": "none",
        "hovertext": [_hover(row, name, unit, f"{title} {format.value(row[part], unit)}") for row, name in zip(rows, titles, strict=True)],
        "hoverinfo": "text",
        "customdata": [[key] for key in keys],
        "width": 0.62,
        "marker": {"color": ink(token), "pattern": {"shape": hatched, "size": 6, "solidity": 0.2, "fgcolor": ink("surface")}},
    }


def _hover(row: dict, name: str, unit: Unit, note: str) -> str:
    return hover_text(name, point(row, name), unit, note)


def _whiskers(rows: list[dict]) -> dict[str, Any]:
    ends = {
        "array": [_reach(row["value"], row.get("high")) for row in rows],
        "arrayminus": [_reach(row.get("low"), row["value"]) for row in rows],
    }
    return ends | {"type": "data", "symmetric": False, "color": ink("whisker"), "thickness": 1.3, "width": 4}


def _reach(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else end - start


def _end(frame: pl.DataFrame) -> float:
    """The end of the axis: beyond every whisker and target."""
    ends = [cast(float | None, frame[name].max()) for name in ("value", "high", "target_maximum") if name in frame.columns]
    return 1.08 * max([end for end in ends if end is not None], default=1)


def _layout(frame: pl.DataFrame, unit: Unit, keys: list[str], titles: list[str]) -> dict[str, Any]:
    return {
        "barmode": "stack",
        "showlegend": True,
        "shapes": target_shapes(frame, along="y"),
        "meta": {"labels": dict(zip(keys, titles, strict=True))},
        "xaxis": value_axis(unit) | {"range": [0, _end(frame)], "showgrid": True},
        "yaxis": {
            "type": "category",
            "range": [len(keys) - 0.5, -0.5],
            "showgrid": False,
            "tickmode": "array",
            "tickvals": keys,
            "ticktext": [shortened(title) for title in titles],
        },
    }
