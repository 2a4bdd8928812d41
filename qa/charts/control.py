"""A control chart: the periods, their center and limits, the points that stand out, holidays, target and steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl

from qa import format
from qa.charts.figure import Figure, figure
from qa.charts.targets import one_target, target_legend, target_shapes
from qa.charts.trend import thinned
from qa.charts.words import fitted_axis, hover_text, known_range, number, point
from qa.format import Unit
from qa.i18n import _
from qa.theme import ink

# Class of a point -> colour and form, so that colour alone never tells.
MARKS = {
    "common_cause": ("series-1", "circle"),
    "special_cause_improvement": ("improvement", "diamond"),
    "special_cause_concern": ("concern", "square"),
    "special_cause_neither": ("uncertain", "triangle-up"),
}
# So many points are drawn finer.
MANY = 60


@dataclass(frozen=True)
class Holiday:
    """A stretch of days off, half-open, to shade."""

    first: date
    after: date
    name: str


@dataclass(frozen=True)
class Step:
    """A day from which the level is another one, to draw a line at."""

    day: date
    text: str


def control(
    frame: pl.DataFrame,
    unit: Unit,
    label: Callable[[date], str],
    tick: Callable[[date], str],
    what: Callable[[dict], str],
    *,
    key: str,
    name: str,
    holidays: Sequence[Holiday] = (),
    steps: Sequence[Step] = (),
    is_small: bool = False,
) -> Figure:
    """The chart of one group's periods.

    ``frame``: columns period, value, n, center, low, high (null without limits), variation, provisional, thin (both drawn
    hollow), stretch, target_minimum, target_maximum. ``label``: a period's name, ``tick``: a short one for the axis;
    ``what``: what is to be said of a point.
    ``is_small``: without legend and words, for one among many. A point's customdata is [key, period].
    """
    rows = frame.to_dicts()
    labels = {row["period"]: label(row["period"]) for row in rows}
    traces = [*_limits(frame, unit), _points(rows, unit, labels, what, key, name)]
    if not is_small:
        traces += [_legend(variation, text) for variation, text in _words().items() if any(row["variation"] == variation for row in rows)]
        if any(row["provisional"] or row["thin"] for row in rows):
            traces.append(_hollow_legend())
        traces += target_legend(frame)
    return figure(traces, _layout(frame, unit, labels, tick, holidays, steps, is_small))


def _points(
    rows: list[dict], unit: Unit, labels: dict[date, str], what: Callable[[dict], str], key: str, name: str
) -> dict[str, Any]:
    marks = [MARKS[row["variation"]] for row in rows]
    hollow = [row["provisional"] or row["thin"] for row in rows]
    colours = [ink(colour) for colour, _symbol in marks]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "showlegend": False,
        "x": [row["period"].isoformat() for row in rows],
        "y": [number(row["value"]) for row in rows],
        "text": [format.value(row["value"], unit) for row in rows],
        "hovertext": [_hover(row, unit, labels, what(row), name) for row in rows],
        "hoverinfo": "text",
        "customdata": [[key, row["period"].isoformat()] for row in rows],
        "line": {"color": ink("series-1"), "width": 0.8 if len(rows) > MANY else 1.4},
        "marker": {
            "symbol": [symbol for _colour, symbol in marks],
            "size": [_size(row, len(rows)) for row in rows],
            "color": [ink("surface") if empty else colour for empty, colour in zip(hollow, colours, strict=True)],
            "line": {"color": colours, "width": 1.4},
        },
    }


def _size(row: dict, points: int) -> float:
    usual = 4 if points > MANY else 6
    return usual if row["variation"] == "common_cause" else usual + 4


def _hover(row: dict, unit: Unit, labels: dict[date, str], note: str, name: str) -> str:
    text = hover_text(f"{name} · {labels[row['period']]}", point({"value": row["value"], "n": row["n"]}, name), unit)
    if row["center"] is not None:
        text += "<br>" + _("limits {limits}, center {center}").format(
            limits=format.interval(row["low"], row["high"], unit), center=format.value(row["center"], unit)
        )
    return f"{text}<br><b>{note}</b>" if note else text


def _limits(frame: pl.DataFrame, unit: Unit) -> list[dict[str, Any]]:
    """For each stretch its lower limit and the band up to the upper one, then the center; broken where limits are computed anew."""
    if frame["center"].null_count() == frame.height:
        return []
    stretches = frame.partition_by("stretch", maintain_order=True)
    bands = [trace for place, part in enumerate(stretches) for trace in _band(part, unit, is_first=place == 0)]
    x, center = _broken(stretches)
    return [*bands, _thin(x) | _line(_("Center line"), center, unit, {"color": ink("series-1"), "width": 1.2, "dash": "dot", "shape": "hvh"})]


def _band(part: pl.DataFrame, unit: Unit, is_first: bool) -> list[dict[str, Any]]:
    """One stretch's limits; a fill between lines with gaps would reach from one stretch into the next."""
    edge = {"color": ink("series-1"), "width": 0, "shape": "hvh"}
    thin = _thin([period.isoformat() for period in part["period"]])
    low, high = ([number(value) for value in part[name]] for name in ("low", "high"))
    name = _("Limits of ordinary variation")
    return [
        thin | _line(_("Lower limit"), low, unit, edge) | {"showlegend": False},
        thin | _line(name, high, unit, edge) | {"fill": "tonexty", "fillcolor": ink("interval"), "legendgroup": name, "showlegend": is_first},
    ]


def _thin(x: list[str | None]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "lines", "x": x, "hoverinfo": "skip", "connectgaps": False}


def _broken(stretches: list[pl.DataFrame]) -> tuple[list[str | None], list[float | None]]:
    """The center by period, with a gap before each new stretch."""
    x: list[str | None] = []
    center: list[float | None] = []
    for place, part in enumerate(stretches):
        if place:
            x.append(part["period"][0].isoformat())
            center.append(None)
        x += [period.isoformat() for period in part["period"]]
        center += [number(value) for value in part["center"]]
    return x, center


def _line(name: str, values: list[float | None], unit: Unit, line: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "y": values, "text": [format.value(value, unit) for value in values], "line": line}


def _words() -> dict[str, str]:
    return {
        "special_cause_improvement": _("Signal: improvement"),
        "special_cause_concern": _("Signal: concern"),
        "special_cause_neither": _("Signal"),
    }


def _legend(variation: str, text: str) -> dict[str, Any]:
    """An entry of the legend for a class of points, which as parts of one line have none of their own."""
    colour, symbol = MARKS[variation]
    return _entry(text, {"symbol": symbol, "color": ink(colour), "size": 9})


def _hollow_legend() -> dict[str, Any]:
    return _entry(_("Provisional or too few, not judged"), {"symbol": "circle-open", "color": ink(MARKS["common_cause"][0]), "size": 7})


def _entry(name: str, marker: dict[str, Any]) -> dict[str, Any]:
    return {"type": "scatter", "mode": "markers", "name": name, "x": [None], "y": [None], "hoverinfo": "skip", "meta": "helper", "marker": marker}


def _layout(
    frame: pl.DataFrame, unit: Unit, labels: dict[date, str], tick: Callable[[date], str],
    holidays: Sequence[Holiday], steps: Sequence[Step], is_small: bool,
) -> dict[str, Any]:  # fmt: skip
    ticks = thinned(list(labels))
    return {
        "template": "none",
        "showlegend": not is_small,
        "shapes": [*(_shade(holiday) for holiday in holidays), *target_shapes(frame), *(_step(step) for step in steps)],
        "annotations": [] if is_small else [*(_holiday_name(holiday) for holiday in _apart(holidays, list(labels))), *(_step_name(step) for step in steps)],
        "margin": {"t": 8 if is_small else 22, "r": 26},
        "meta": {"labels": {period.isoformat(): text for period, text in labels.items()}},
        "xaxis": {
            "type": "date",
            "range": _across(list(labels)),
            "tickmode": "array",
            "tickvals": [period.isoformat() for period in ticks],
            "ticktext": [tick(period) for period in ticks],
        },
        "yaxis": fitted_axis(unit, _range(frame, unit)),
    }


def _apart(holidays: Sequence[Holiday], periods: list[date]) -> list[Holiday]:
    """The holidays whose names do not run into each other, the longer ones first."""
    room = (periods[-1] - periods[0]) * 0.14
    kept: list[Holiday] = []
    for holiday in sorted(holidays, key=lambda one: one.first - one.after):
        if all(abs(holiday.first - other.first) > room for other in kept):
            kept.append(holiday)
    return kept


def _across(periods: list[date]) -> list[str]:
    """From the first to the last period with some room, whatever shapes reach beyond."""
    room = max((periods[-1] - periods[0]) * 0.015, timedelta(days=1))
    return [(periods[0] - room).isoformat(), (periods[-1] + room).isoformat()]


def _range(frame: pl.DataFrame, unit: Unit) -> list[float] | None:
    """All values, limits and the target; limits of single points that rest on few may run off the chart."""
    values = [number(value) for value in frame["value"]]
    limits = [number(frame[name].quantile(share)) for name, share in (("low", 0.1), ("high", 0.9))]
    return known_range([*values, *limits, *one_target(frame)], unit)


def _shade(holiday: Holiday) -> dict[str, Any]:
    return {
        "type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": ink("target-band"),
        "x0": _before(holiday.first), "x1": _before(holiday.after), "yref": "y domain", "y0": 0, "y1": 1,
    }  # fmt: skip


def _step(step: Step) -> dict[str, Any]:
    line = {"color": ink("accent"), "width": 1.4, "dash": "dashdot"}
    at = _before(step.day)
    return {"type": "line", "layer": "above", "line": line, "x0": at, "x1": at, "yref": "y domain", "y0": 0, "y1": 1}


def _holiday_name(holiday: Holiday) -> dict[str, Any]:
    return _note(_before(holiday.first), holiday.name, "text-muted", "left")


def _step_name(step: Step) -> dict[str, Any]:
    return _note(_before(step.day), step.text, "accent", "right")


def _note(x: str, text: str, colour: str, anchor: str) -> dict[str, Any]:
    return {
        "x": x, "y": 1, "yref": "y domain", "yanchor": "bottom", "xanchor": anchor, "text": text, "showarrow": False,
        "font": {"size": 11, "color": ink(colour)},
    }  # fmt: skip


def _before(day: date) -> str:
    """Half a day before a day's own place on the axis: where it begins to the eye."""
    return (datetime.combine(day, time()) - timedelta(hours=12)).isoformat()
