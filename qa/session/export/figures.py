"""A Plotly figure as the content of a document: a native chart where Office has one, else a table of its numbers."""

import re
from typing import Any

from qa import format
from qa.charts.figure import Figure
from qa.format import Unit
from qa.i18n import _
from qa.report.model import Block, Cell, Chart, Column, Series, Table

MOST_CATEGORIES, MOST_SERIES = 60, 12
HELPER = "helper"


def block_of(title: str, figure: Figure, note: str) -> Block | None:
    """What the figure shows; None where nothing in it carries data of its own."""
    data, layout = figure["data"], figure["layout"]
    heat = next((trace for trace in data if trace.get("type") == "heatmap"), None)
    if heat is not None:
        return _heatmap(title, heat, data, layout, note)
    traces = [trace for trace in data if _carries_data(trace)]
    if not traces:
        return None
    flat = any(trace.get("orientation") == "h" for trace in traces)
    along, across = ("y", "x") if flat else ("x", "y")
    keys = list(dict.fromkeys(key for trace in traces for key in trace[along]))
    if not flat and all(trace["type"] == "scatter" for trace in traces):
        keys.sort(key=str)
    labels = _labels(layout, f"{along}axis")
    names = [_plain(labels.get(str(key), str(key))) for key in keys]
    series = [_series(trace, keys, along, across) for trace in traces]
    unit = _unit(layout.get(f"{across}axis", {}), [value for one in series for value in one.values if one.role != "cumulative"])
    series += _limits(data, keys, along, across) + _targets(layout, across, len(keys))
    if len(keys) > MOST_CATEGORIES or len(series) > MOST_SERIES:
        return _as_table(title, names, series, unit, note)
    if any(one.role == "cumulative" for one in series) or (not flat and any(trace["type"] != "scatter" for trace in traces)):
        kind = "pareto"
    else:
        kind = "bar" if flat else "line"
    return Chart(title, kind, names, series, unit, note)  # type: ignore[arg-type]


def _carries_data(trace: dict[str, Any]) -> bool:
    """Whether a trace shows figures of its own: not a helper, a band, or an overlay of another."""
    if trace.get("meta") == HELPER or trace.get("hoverinfo") == "skip" or trace.get("fill") == "toself" or trace.get("mode") == "text":
        return False
    return trace.get("type") in ("bar", "scatter") and _has_values(trace.get("x")) and _has_values(trace.get("y"))


def _has_values(values: Any) -> bool:
    return values is not None and any(value is not None for value in values)


def _series(trace: dict[str, Any], keys: list, along: str, across: str) -> Series:
    found = dict(zip(trace[along], trace[across], strict=True))
    role = "cumulative" if trace.get("xaxis") == "x2" or trace.get("yaxis") == "y2" else "value"
    return Series(_plain(trace.get("name") or _("Value")), [_number(found.get(key)) for key in keys], role)  # type: ignore[arg-type]


def _limits(data: list[dict[str, Any]], keys: list, along: str, across: str) -> list[Series]:
    """The lower and upper limits that a band is drawn between; none where there is no band, or more than one."""
    bands = [trace for trace in data if trace.get("fill") == "toself" and _has_values(trace.get(across))]
    if len(bands) != 1:
        return []
    ends: dict[Any, list[float]] = {}
    for key, value in zip(bands[0][along], bands[0][across], strict=True):
        if value is not None:
            ends.setdefault(key, []).append(float(value))
    known = [ends.get(key) for key in keys]
    return [
        Series(_("Lower limit"), [min(found) if found else None for found in known], "low"),
        Series(_("Upper limit"), [max(found) if found else None for found in known], "high"),
    ]


def _targets(layout: dict[str, Any], across: str, count: int) -> list[Series]:
    """The straight lines of a target across the chart."""
    found = []
    for shape in layout.get("shapes", ()):
        ends = [shape.get(f"{across}0"), shape.get(f"{across}1")]
        if shape.get("type") == "line" and ends[0] == ends[1] and isinstance(ends[0], int | float) and shape.get(f"{across}ref", across) == across:
            found.append(Series(_("Target"), [float(ends[0])] * count, "target"))
    return found


def _heatmap(title: str, heat: dict[str, Any], data: list[dict[str, Any]], layout: dict[str, Any], note: str) -> Table:
    """Its cells as they are written on it; where nothing is written, by their colour's number. What is too few to show is "-"."""
    across, down = _labels(layout, "xaxis"), _labels(layout, "yaxis")
    rows, columns = list(dict.fromkeys(heat["y"])), list(dict.fromkeys(heat["x"]))
    written = {
        (row, column): text for trace in data if trace.get("mode") == "text" for column, row, text in zip(trace["x"], trace["y"], trace["text"], strict=True)
    }
    if written:
        shown = {place: read_number(text) for place, text in written.items()}
    else:
        numbers = {(row, column): _number(heat["z"][i][j]) for i, row in enumerate(rows) for j, column in enumerate(columns)}
        unit = _unit({"tickformat": "%"} if all(0 <= value <= 1 for value in numbers.values() if value is not None) else {}, list(numbers.values()))
        shown = {place: _cell(value, unit) for place, value in numbers.items()}
    head = [Column("", width=2), *(Column(_plain(across.get(str(column), str(column))), "right") for column in columns)]
    listed = [[Cell(_plain(down.get(str(row), str(row)))), *(shown.get((row, column), Cell(format.NOTHING)) for column in columns)] for row in rows]
    return Table(title, head, listed, note)


def read_number(text: str) -> Cell:
    """A value as written; its number where it is a plain one or a percentage."""
    found = re.fullmatch(r"(\N{MINUS SIGN}?)([\d,]+(?:\.\d+)?)(%?)", text)
    if not found:
        return Cell(text)
    number = float(found[2].replace(",", "")) * (-1 if found[1] else 1)
    if found[3]:
        return Cell(text, number / 100, "share")
    return Cell(text, number, "points" if "." in found[2] else "count")


def _as_table(title: str, names: list[str], series: list[Series], unit: Unit, note: str) -> Table:
    columns = [Column("", width=2), *(Column(one.name, "right") for one in series)]
    rows = [[Cell(name), *(_cell(one.values[place], "share" if one.role == "cumulative" else unit) for one in series)] for place, name in enumerate(names)]
    return Table(title, columns, rows, note)


def _cell(value: float | None, unit: Unit) -> Cell:
    return Cell(format.value(value, unit), value, unit)


def _labels(layout: dict[str, Any], axis: str) -> dict[str, str]:
    """What the categories are called: as the axis writes them where it does, else by the chart's own list."""
    own = layout.get(axis, {})
    ticks = dict(zip(map(str, own.get("tickvals") or ()), own.get("ticktext") or (), strict=False)) if own.get("ticktext") else {}
    return ((layout.get("meta") or {}).get("labels") or {}) | ticks


def _unit(axis: dict[str, Any], values: list[float | None]) -> Unit:
    if "%" in str(axis.get("tickformat", "")):
        return "share"
    whole = all(value is None or float(value).is_integer() for value in values)
    return "count" if whole and not axis.get("ticksuffix") else "points"


def _number(value: Any) -> float | None:
    return None if value is None or isinstance(value, str) or value != value else float(value)


def _plain(text: str) -> str:
    """A label without markup."""
    return str(text).replace("<br>", " ").replace("<b>", "").replace("</b>", "")
