"""Lines over periods, one a group, with the target behind them."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

import polars as pl

from qa import format
from qa.charts.figure import Figure, figure
from qa.charts.targets import bounds_of, target_legend, target_shapes, target_steps
from qa.charts.words import Point, fitted_axis, hover_text, known_range, number, point
from qa.format import Unit
from qa.i18n import _, language
from qa.periods import Grain
from qa.theme import SERIES, ink

MOST_TICKS = 12
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "pentagon", "star", "hexagon")


def trend(
    frame: pl.DataFrame,
    unit: Unit,
    group: str | None = None,
    grain: Grain = "month",
    *,
    name: str = "",
    names: dict[str, str] | None = None,
    group_order: Sequence[str] = (),
    interval_band: bool = False,
    month_start: int = 1,
) -> Figure:
    """A line a group over the frame's periods.

    ``frame``: columns period (date), value, and where known low, high, n, target_minimum, target_maximum, provisional
    (boolean: drawn hollow, because the figure may still change); ``group``: the column that tells the lines apart, null
    for one line called ``name``. ``names``: what a group is called on screen. ``interval_band``: shade low to high,
    which is done for a single line only: bands of several lines cover each other.
    A line keeps its colour by its place in ``group_order``, whatever else is filtered away.
    A point's customdata is [group, period], null for the group of a single line.
    """
    periods = sorted(set(frame["period"].to_list()))
    lines = _lines(frame, group, group_order)
    labels = {period: format.bucket(period, grain, month_start) for period in periods}
    behind = target_steps(frame)
    if interval_band and len(lines) == 1 and {"low", "high"} <= set(frame.columns):
        behind.append(_band(lines[0][2]))
    titles = names or {}
    drawn = [
        _line(_without_holes(rows, periods), unit, labels, key, name if key is None else titles.get(key, key), place)
        for place, key, rows in lines
    ]
    points = _points(drawn, _provisional(frame), every=len(lines) == 1)
    named = target_legend(frame) if len(lines) > 1 else []
    return figure([*behind, *drawn, points, *named], _layout(frame, unit, periods, labels, several=len(lines) > 1))


def _lines(
    frame: pl.DataFrame, group: str | None, order: Sequence[str]
) -> list[tuple[int, str | None, list[dict[str, Any]]]]:
    """Place in the order, key and rows of each line."""
    rows = sorted(frame.to_dicts(), key=itemgetter("period"))
    if group is None:
        return [(0, None, rows)]
    by_key: dict[str | None, list[dict[str, Any]]] = {key: [] for key in frame[group].to_list()}
    for row in rows:
        by_key[row[group]].append(row)
    ranks = {key: at for at, key in enumerate([*order, *(key for key in by_key if key not in order)])}
    return [(ranks[key], key, by_key[key]) for key in ranks if key in by_key]


def _provisional(frame: pl.DataFrame) -> set[str]:
    if "provisional" not in frame.columns:
        return set()
    return {day.isoformat() for day, provisional in zip(frame["period"].to_list(), frame["provisional"].to_list(), strict=True) if provisional}


def _without_holes(rows: list[dict[str, Any]], periods: list[date]) -> list[dict[str, Any]]:
    """A row for every period: one that is missing has no value, so that the line breaks there instead of bridging it."""
    by_period = {row["period"]: row for row in rows}
    return [by_period.get(period, {"period": period, "value": None}) for period in periods]


def _line(
    rows: list[dict[str, Any]], unit: Unit, labels: dict[date, str], key: str | None, title: str, place: int
) -> dict[str, Any]:
    points = [point(row, title) for row in rows]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": title,
        "x": [row["period"].isoformat() for row in rows],
        "y": [shown.value for shown in points],
        "text": [format.value(shown.value, unit) for shown in points],
        "hovertext": [
            _hover(title, labels[row["period"]], shown, unit, bool(row.get("provisional")), language())
            for row, shown in zip(rows, points, strict=True)
        ],
        "hoverinfo": "text",
        "customdata": [[key, row["period"].isoformat()] for row in rows],
        "connectgaps": False,
        "line": {"color": ink(SERIES[place % len(SERIES)]), "width": 2},
        "marker": {"symbol": SYMBOLS[place % len(SYMBOLS)]},
    }


def _points(lines: list[dict[str, Any]], provisional: set[str], every: bool) -> dict[str, Any]:
    """The points that are drawn: of a single line all of them; of several the last, those that may change, those alone.

    A marker on every point of every line hides the lines, and costs as much to draw as all the rest.
    """
    shown = [(line, at) for line in lines for at in _drawn(line["y"], line["x"], provisional, every)]
    colours = [line["line"]["color"] for line, _at in shown]
    hollow = [line["x"][at] in provisional for line, at in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [line["x"][at] for line, at in shown],
        "y": [line["y"][at] for line, at in shown],
        "ids": [line["name"] for line, _at in shown],
        "marker": {
            "symbol": [line["marker"]["symbol"] for line, _at in shown],
            "size": 7,
            "color": [ink("surface") if open_ else colour for open_, colour in zip(hollow, colours, strict=True)],
            "line": {"color": colours, "width": 1.6},
        },
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": "helper",
    }


def _drawn(values: list[float | None], days: list[str], provisional: set[str], every: bool) -> list[int]:
    known = [at for at, value in enumerate(values) if value is not None]
    if every:
        return known
    beside = set(known)
    return [at for at in known if at == known[-1] or days[at] in provisional or not {at - 1, at + 1} & beside]


@lru_cache(8192)
def _hover(title: str, label: str, shown: Point, unit: Unit, provisional: bool, _language: str) -> str:
    """The text of a point, kept: from one month to the next all points but one are the same."""
    heading = " · ".join(filter(None, [title, label]))
    return hover_text(heading, shown, unit, _("Provisional: may still change") if provisional else "")


def _band(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Low to high as one closed shape, without the periods that have no interval."""
    known = [row for row in rows if number(row["low"]) is not None and number(row["high"]) is not None]
    days = [row["period"].isoformat() for row in known]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days + days[::-1],
        "y": [row["low"] for row in known] + [row["high"] for row in reversed(known)],
        "fill": "toself",
        "fillcolor": ink("interval"),
        "line": {"width": 0},
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": "helper",
    }


def _layout(
    frame: pl.DataFrame, unit: Unit, periods: list[date], labels: dict[date, str], several: bool
) -> dict[str, Any]:
    ticks = thinned(periods)
    return {
        "showlegend": several,
        "shapes": target_shapes(frame),
        "meta": {"labels": {period.isoformat(): label for period, label in labels.items()}},
        "xaxis": {
            "type": "date",
            "tickmode": "array",
            "tickvals": [period.isoformat() for period in ticks],
            "ticktext": [labels[period] for period in ticks],
        },
        "yaxis": fitted_axis(unit, _range(frame, unit)),
    }


def thinned(periods: list[date]) -> list[date]:
    """At most MOST_TICKS of the periods, evenly spaced, the last always among them; the board thins more where it is narrow."""
    step = -(-len(periods) // MOST_TICKS) or 1
    return periods[::-1][::step][::-1]


def _range(frame: pl.DataFrame, unit: Unit) -> list[float] | None:
    bounds = [number(bound) for bound in bounds_of(frame)]
    return known_range([*(number(value) for value in frame["value"]), *bounds], unit)
