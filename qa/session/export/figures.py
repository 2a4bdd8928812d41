"""A Plotly figure as the content of a document: a native chart where Office has one, else a table of its numbers."""

import re
from html import unescape
from typing import Any

from qa import format
from qa.charts.figure import Figure
from qa.format import Unit
from qa.i18n import _
from qa.report.model import Block, Cell, Chart, ChartKind, Column, Role, Series, Table

# As many as can be told apart: names beside each other, periods along a line.
MOST_CATEGORIES, MOST_PERIODS, MOST_SERIES = 60, 800, 12
HELPER = "helper"
WORSE = "\N{BLACK UP-POINTING TRIANGLE}"


def block_of(title: str, figure: Figure, note: str) -> Block | None:
    """What the figure shows; None where nothing in it carries data of its own."""
    data, layout = figure["data"], figure["layout"]
    heat = next((trace for trace in data if trace.get("type") == "heatmap"), None)
    if heat is not None:
        return _heatmap(title, heat, data, layout, note)
    traces = [trace for trace in data if _carries_data(trace)]
    if not traces:
        return None
    dots = all(trace.get("mode") == "markers" for trace in traces)
    if dots and all(_is_number(place) for trace in traces for place in (*trace["x"], *trace["y"])):
        return _pairs(title, traces, layout, note)
    traces, said = _without_ends(traces)
    note = " ".join(filter(None, (note, said)))
    flat = any(trace.get("orientation") == "h" for trace in traces)
    along, across = ("y", "x") if flat else ("x", "y")
    keys = list(dict.fromkeys(key for trace in traces for key in trace[along]))
    if not flat and not dots and all(trace["type"] == "scatter" for trace in traces):
        keys.sort(key=None if all(map(_is_number, keys)) else str)
    labels = _labels(layout, f"{along}axis")
    names = [_plain(labels.get(str(key), str(key))) for key in keys]
    series = [_series(trace, keys, along, across) for trace in traces]
    unit = _unit(layout.get(f"{across}axis", {}), [value for one in series for value in one.values if one.role != "cumulative"])
    series += _limits(data, keys, along, across) or _whiskers(traces, keys, along, across)
    series += _targets(layout, across, len(keys)) or _own_targets(data, keys, along, across)
    kind: ChartKind
    if dots:
        kind = "dots"
    elif any(one.role == "cumulative" for one in series) or (not flat and any(trace["type"] != "scatter" for trace in traces)):
        kind = "pareto"
    else:
        kind = "bar" if flat else "line"
    if len(keys) > (MOST_PERIODS if kind == "line" else MOST_CATEGORIES) or len(series) > MOST_SERIES:
        return _as_table(title, names, series, unit, note)
    return Chart(title, kind, names, series, unit, note)


def _carries_data(trace: dict[str, Any]) -> bool:
    """Whether a trace shows figures of its own: not a helper, a band, or an overlay of another."""
    if trace.get("meta") == HELPER or trace.get("hoverinfo") == "skip" or trace.get("fill") == "toself" or trace.get("mode") == "text":
        return False
    return trace.get("type") in ("bar", "scatter") and _has_values(trace.get("x")) and _has_values(trace.get("y"))


def _has_values(values: Any) -> bool:
    return values is not None and any(value is not None for value in values)


def _series(trace: dict[str, Any], keys: list, along: str, across: str) -> Series:
    found = dict(zip(trace[along], trace[across], strict=True))
    role: Role = "cumulative" if trace.get("xaxis") == "x2" or trace.get("yaxis") == "y2" else "value"
    return Series(_plain(trace.get("name") or _("Value")), [_number(found.get(key)) for key in keys], role)


def _limits(data: list[dict[str, Any]], keys: list, along: str, across: str) -> list[Series]:
    """The lower and upper limits that a band is drawn between; none where there is no band, or more than one."""
    bands = [trace for trace in data if trace.get("fill") == "toself" and _has_values(trace.get(across))]
    # A control chart has a band for each stretch with limits of its own: a line, and another that is filled down to it.
    stretches = [edge for place, trace in enumerate(data) if trace.get("fill") == "tonexty" for edge in (data[place - 1], trace)]
    if len(bands) != 1 and not stretches:
        return []
    ends: dict[Any, list[float]] = {}
    for edge in stretches or bands:
        for key, value in zip(edge[along], edge[across], strict=True):
            if value is not None:
                ends.setdefault(key, []).append(float(value))
    known = [ends.get(key) for key in keys]
    return [
        Series(_("Lower limit"), [min(found) if found else None for found in known], "low"),
        Series(_("Upper limit"), [max(found) if found else None for found in known], "high"),
    ]


def _whiskers(traces: list[dict[str, Any]], keys: list, along: str, across: str) -> list[Series]:
    """The ends of the intervals of the one trace that has some; none where several have."""
    found = [trace for trace in traces if (trace.get(f"error_{across}") or {}).get("array") and trace.get("mode") == "markers"]
    if len(found) != 1:
        return []
    trace, whiskers = found[0], found[0][f"error_{across}"]
    reach = zip(trace[along], trace[across], whiskers.get("arrayminus") or whiskers["array"], whiskers["array"], strict=True)
    ends = {key: (value, below, above) for key, value, below, above in reach if None not in (value, below, above)}
    return [
        Series(_("Lower limit"), [ends[key][0] - ends[key][1] if key in ends else None for key in keys], "low"),
        Series(_("Upper limit"), [ends[key][0] + ends[key][2] if key in ends else None for key in keys], "high"),
    ]


def _own_targets(data: list[dict[str, Any]], keys: list, along: str, across: str) -> list[Series]:
    """The strokes at each group's own target, where groups have different ones."""
    marks = [trace for trace in data if trace.get("mode") == "markers" and str((trace.get("marker") or {}).get("symbol")).startswith("line-")]
    found = [dict(zip(trace[along], trace[across], strict=True)) for trace in marks]
    return [Series(_("Target"), [_number(own.get(key)) for key in keys], "target") for own in found]


def _without_ends(traces: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], str]:
    """The steps of a waterfall, which one axis cannot hold together with the levels they lead from and to; those as a text."""
    steps = [trace for trace in traces if trace.get("base") is not None]
    ends = [trace for trace in traces if trace.get("mode") == "markers+text"]
    if not steps or not ends:
        return traces, ""
    said = [unescape(_plain(text, "\n")).split("\n") for trace in ends for text in trace["hovertext"]]
    return steps, _("; ").join(_("{label}: {name}").format(label=lines[0], name=_(", ").join(lines[1:])) for lines in said)


def _pairs(title: str, traces: list[dict[str, Any]], layout: dict[str, Any], note: str) -> Table:
    """Two figures of each group against each other: Office names no points, so they stand as rows."""
    labels = (layout.get("meta") or {}).get("labels") or {}
    units = {axis: _unit(layout.get(f"{axis}axis", {}), [value for trace in traces for value in trace[axis]]) for axis in "xy"}
    heads = [((layout.get(f"{axis}axis") or {}).get("title") or {}).get("text") for axis in "xy"]
    columns = [Column("", width=2), Column(heads[0] or "n", "right"), Column(heads[1] or _plain(traces[0].get("name") or _("Value")), "right")]
    rows = [
        [Cell(_plain(labels.get(str(own[0]), str(own[0])))), _cell(_number(x), units["x"]), _cell(_number(y), units["y"])]
        for trace in traces
        for own, x, y in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    ]
    return Table(title, columns, rows, note)


def _targets(layout: dict[str, Any], across: str, count: int) -> list[Series]:
    """The straight lines of a target across the chart."""
    found = []
    for shape in layout.get("shapes", ()):
        ends = [shape.get(f"{across}0"), shape.get(f"{across}1")]
        if shape.get("type") == "line" and ends[0] == ends[1] and isinstance(ends[0], int | float) and shape.get(f"{across}ref", across) == across:
            found.append(Series(_("Target"), [float(ends[0])] * count, "target"))
    return found


def _heatmap(title: str, heat: dict[str, Any], data: list[dict[str, Any]], layout: dict[str, Any], note: str) -> Table:
    """Its cells with their unrounded numbers, where something is written on them, else all. What is too few to show is "-"."""
    across, down = _labels(layout, "xaxis"), _labels(layout, "yaxis")
    rows, columns = list(dict.fromkeys(heat["y"])), list(dict.fromkeys(heat["x"]))
    written = {
        (row, column): text for trace in data if trace.get("mode") == "text" for column, row, text in zip(trace["x"], trace["y"], trace["text"], strict=True)
    }
    numbers: dict[tuple[Any, Any], float | None] = {}
    for trace in data:
        if trace.get("type") == "heatmap" and not _is_clear(trace):
            layer = {(row, column): _number(trace["z"][i][j]) for i, row in enumerate(trace["y"]) for j, column in enumerate(trace["x"])}
            numbers |= {place: value for place, value in layer.items() if value is not None and (not written or place in written)}
    unit = (layout.get("meta") or {}).get("unit") or _unit({}, list(numbers.values()))
    shown = {place: Cell(_sign(written.get(place, "")) + format.value(value, unit), value, unit) for place, value in numbers.items()}
    head = [Column("", width=2), *(Column(_plain(across.get(str(column), str(column))), "right") for column in columns)]
    listed = [[Cell(_plain(down.get(str(row), str(row)))), *(shown.get((row, column), Cell(format.NOTHING)) for column in columns)] for row in rows]
    return Table(title, head, listed, note)


def _is_clear(trace: dict[str, Any]) -> bool:
    """Whether a layer is there for the pointer alone."""
    return all(str(colour).endswith(",0)") for _place, colour in trace.get("colorscale") or [(0, "")])


def _sign(text: str) -> str:
    """The mark before a written number."""
    return text[: -len(text.lstrip(f"{WORSE} "))] if text.startswith(WORSE) else ""


def read_number(text: str) -> Cell:
    """A value as written; its number where it is a plain one or a percentage."""
    found = re.fullmatch(r"(\N{MINUS SIGN}?)([\d,]+(?:\.\d+)?)(%?)", text)
    if not found:
        return Cell(text)
    sign, digits = -1 if found[1] else 1, found[2].replace(",", "")
    if found[3]:
        # Not divided: 99.4 / 100 is 0.9940000000000001.
        return Cell(text, sign * float(f"{digits}e-2"), "share")
    return Cell(text, sign * float(digits), "points" if "." in found[2] else "count")


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
    if axis.get("ticksuffix"):
        return "seconds"
    return "count" if all(value is None or float(value).is_integer() for value in values) else "points"


def _number(value: Any) -> float | None:
    return None if value is None or isinstance(value, str) or value != value else float(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _plain(text: str, between: str = " ") -> str:
    """A label without markup."""
    return str(text).replace("<br>", between).replace("<b>", "").replace("</b>", "")
