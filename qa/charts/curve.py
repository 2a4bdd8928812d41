"""A share that grows or falls with a number of days, with its interval, and the number in force marked."""

from collections.abc import Callable
from typing import Any

import polars as pl

from qa import format
from qa.charts.figure import Figure, figure
from qa.charts.targets import target_shapes
from qa.charts.words import fitted_axis, hover_text, known_range, number, point
from qa.format import Unit
from qa.theme import ink

TICKS = (0, 1, 3, 7, 14, 21, 30)


def curve(
    frame: pl.DataFrame, unit: Unit, over: str, label: Callable[[int], str], *, name: str, axis_title: str, marked: int | None = None, mark_text: str = ""
) -> Figure:
    """One line over whole numbers.

    ``frame``: columns ``over``, value, and where known low, high (shaded), n, target_minimum, target_maximum.
    ``label``: what a number is called in hover texts and in the table. ``marked``: the number in force, drawn as a
    larger point and a vertical line with ``mark_text``. A point's customdata is [number].
    """
    rows = frame.filter(pl.col("value").is_not_null()).sort(over).to_dicts()
    places = [row[over] for row in rows]
    points = [point(row, name) for row in rows]
    line = {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": places,
        "y": [shown.value for shown in points],
        "text": [format.value(shown.value, unit) for shown in points],
        "hovertext": [hover_text(label(place), shown, unit) for place, shown in zip(places, points, strict=True)],
        "hoverinfo": "text",
        "customdata": [[place] for place in places],
        "line": {"color": ink("series-1"), "width": 2},
        "marker": {"color": ink("series-1"), "size": [11 if place == marked else 5 for place in places]},
    }
    return figure([*_band(rows, over), line], _layout(frame, unit, places, label, axis_title, marked, mark_text))


def _band(rows: list[dict[str, Any]], over: str) -> list[dict[str, Any]]:
    known = [row for row in rows if number(row.get("low")) is not None and number(row.get("high")) is not None]
    if not known:
        return []
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [row[over] for row in known] + [row[over] for row in reversed(known)],
            "y": [row["low"] for row in known] + [row["high"] for row in reversed(known)],
            "fill": "toself",
            "fillcolor": ink("interval"),
            "line": {"width": 0},
            "hoverinfo": "skip",
            "showlegend": False,
            "meta": "helper",
        }
    ]


def _layout(
    frame: pl.DataFrame, unit: Unit, places: list[int], label: Callable[[int], str], axis_title: str, marked: int | None, mark_text: str
) -> dict[str, Any]:
    ticks = [place for place in places if place in TICKS or place == marked]
    shown = [end for name in ("value", "low", "high", "target_minimum", "target_maximum") if name in frame.columns for end in frame[name]]
    layout: dict[str, Any] = {
        "showlegend": False,
        "shapes": target_shapes(frame),
        "meta": {"labels": {str(place): label(place) for place in places}},
        "xaxis": {"tickmode": "array", "tickvals": ticks, "ticktext": [str(tick) for tick in ticks], "title": {"text": axis_title}},
        "yaxis": fitted_axis(unit, known_range((number(end) for end in shown), unit)),
    }
    if marked in places:
        layout["shapes"] = [*layout["shapes"], _upright(marked)]
        layout["annotations"] = [_caption(marked, mark_text)]
    return layout


def _upright(place: int) -> dict[str, Any]:
    line = {"color": ink("text-muted"), "width": 1, "dash": "dot"}
    return {"type": "line", "layer": "below", "line": line, "x0": place, "x1": place, "yref": "y domain", "y0": 0, "y1": 1}


def _caption(place: int, text: str) -> dict[str, Any]:
    return {
        "x": place,
        "yref": "y domain",
        "y": 1,
        "yanchor": "top",
        "xanchor": "left",
        "text": f" {text}",
        "showarrow": False,
        "font": {"size": 12, "color": ink("text-muted")},
    }
