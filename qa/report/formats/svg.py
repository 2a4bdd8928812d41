"""Charts as SVG, for HTML and PDF: no script, no network, text that stays text."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import floor
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from qa import format
from qa.format import Unit
from qa.report.formats.drawingml import MOST_MARKS, value_range
from qa.report.formats.style import INK, MUTED, RULE, colour
from qa.report.model import Chart, Series

WIDTH = 640
SIZE = 11
HEIGHTS = {"line": 220, "pareto": 340}
ROW = 26
# The width of a value beside its bar.
LABEL_ROOM = 44
FONT = "'Noto Sans CJK SC', 'Noto Sans SC', 'Noto Sans SC Signs', 'Microsoft YaHei', 'PingFang SC', SimHei, Arial, sans-serif"


def svg(chart: Chart) -> str:
    """The chart as one SVG element."""
    if chart.kind == "bar":
        return _framed(chart, *_bars(chart))
    if chart.kind == "dots":
        return _framed(chart, *_dots(chart))
    return _framed(chart, *_columns(chart))


def _framed(chart: Chart, height: float, parts: list[str]) -> str:
    legend = _legend(chart, height + 4) if len(chart.series) > 1 else []
    whole = height + (24 if legend else 4)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {whole:g}" width="{WIDTH}" height="{whole:g}" role="img" font-family="{escape(FONT)}" font-size="{SIZE}">'
    return "".join([head, f"<title>{escape(chart.title)}</title>", *parts, *legend, "</svg>"])


def _columns(chart: Chart) -> tuple[float, list[str]]:
    """Lines or columns over categories, a cumulative share on an axis at the right."""
    slanted = chart.kind == "pareto"
    longest = max((_width(_short(name)) for name in chart.categories), default=0)
    below = min(longest * 0.72, 110) + 14 if slanted else 22
    left, right, top, bottom = 52, 46 if slanted else 14, 10, HEIGHTS[chart.kind] - below
    low, high, ticks = _ticks(chart)
    slot = (WIDTH - left - right) / max(len(chart.categories), 1)

    def x(place: int) -> float:
        return left + slot * (place + 0.5)

    def y(value: float, least: float = low, most: float = high) -> float:
        return bottom - (value - least) / (most - least) * (bottom - top)

    parts = []
    for tick in ticks:
        parts.append(_rule(left, y(tick), WIDTH - right, y(tick)))
        parts.append(_label(left - 6, y(tick) + 4, _tick_text(tick, chart.unit, ticks), "end"))
    if slanted:
        parts += [_label(WIDTH - right + 6, y(share, 0, 1) + 4, f"{share:.0%}", "start") for share in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    every = -(-len(chart.categories) // max(int((WIDTH - left - right) / (longest + 10)), 1)) if not slanted else 1
    for place, name in enumerate(chart.categories):
        if slanted:
            parts.append(_label(x(place) + 4, bottom + 12, _short(name), "end", f' transform="rotate(-45 {x(place) + 4:g} {bottom + 12:g})"'))
        elif place % every == 0:
            parts.append(_label(x(place), bottom + 16, name, "middle"))
    for place, series in enumerate(chart.series):
        ink = f"#{colour(series.role, place)}"
        if slanted and series.role != "cumulative":
            for at, value in enumerate(series.values):
                if value is not None:
                    parts.append(
                        f'<rect x="{x(at) - slot * 0.33:g}" y="{y(value):g}" width="{slot * 0.66:g}" height="{max(bottom - y(value), 0):g}" fill="{ink}"/>'
                    )
                    parts.append(_label(x(at), y(value) - 3, format.plain(value), "middle"))
        else:
            least, most = (0.0, 1.0) if series.role == "cumulative" else (low, high)
            points = [None if value is None else (x(at), y(value, least, most)) for at, value in enumerate(series.values)]
            parts += _line(points, ink, series)
    return HEIGHTS[chart.kind], parts


def _bars(chart: Chart) -> tuple[float, list[str]]:
    """Horizontal bars, the first category on top; targets as upright strokes."""
    bars = [(place, series) for place, series in enumerate(chart.series) if series.role != "target"]
    row = ROW * max(1.0, 0.7 * len(bars))
    x, bottom, parts = _rows(chart, row)
    for at in range(len(chart.categories)):
        top = 8 + row * at
        thick = row * 0.72 / max(len(bars), 1)
        for place, (number, series) in enumerate(bars):
            value = series.values[at]
            if value is not None:
                start = top + row * 0.14 + thick * place
                left, width = min(x(0), x(value)), abs(x(value) - x(0))
                parts.append(f'<rect x="{left:g}" y="{start:g}" width="{width:g}" height="{thick * 0.92:g}" fill="#{colour(series.role, number)}"/>')
                beside = _clear_of(max(x(0), x(value)) + 4, _bounds(chart, at, x))
                parts.append(_label(beside, start + thick / 2 + 4, format.bare(value, chart.unit), "start"))
        parts += _strokes(chart, at, x, top, row)
    return bottom + 20, parts


def _clear_of(left: float, strokes: Sequence[float]) -> float:
    """Where a label that would begin at ``left`` begins so that no stroke runs through it."""
    for stroke in sorted(strokes):
        if left - 3 < stroke < left + LABEL_ROOM:
            left = stroke + 4
    return left


def _bounds(chart: Chart, at: int, x: Callable[[float], float]) -> list[float]:
    """Where the targets of one row are drawn."""
    return [x(bound) for series in chart.series if series.role == "target" and (bound := series.values[at]) is not None]


def _dots(chart: Chart) -> tuple[float, list[str]]:
    """A row a category with a mark for each value; a thin line from the lower to the upper limit, targets as upright strokes."""
    x, bottom, parts = _rows(chart, ROW)
    values = [(number, series) for number, series in enumerate(chart.series) if series.role not in ("target", "low", "high")]
    for at in range(len(chart.categories)):
        top, middle = 8 + ROW * at, 8 + ROW * (at + 0.5)
        ends = [series.values[at] for series in chart.series if series.role in ("low", "high")]
        known = [x(end) for end in ends if end is not None]
        if len(known) == 2:
            parts.append(f'<line x1="{known[0]:.1f}" y1="{middle:g}" x2="{known[1]:.1f}" y2="{middle:g}" stroke="#{colour("low", 0)}" stroke-width="2"/>')
        parts += _strokes(chart, at, x, top, ROW)
        for number, series in values:
            if (value := series.values[at]) is not None:
                parts.append(f'<circle cx="{x(value):.1f}" cy="{middle:g}" r="4.5" fill="#{colour(series.role, number)}"/>')
        last = values[0][1].values[at] if len(values) == 1 else None
        if last is not None:
            parts.append(_label(WIDTH - 6, middle + 4, format.bare(last, chart.unit), "end"))
    return bottom + 20, parts


def _rows(chart: Chart, row: float) -> tuple[Callable[[float], float], float, list[str]]:
    """The frame of a horizontal chart: where a value lies, where the rows end, and the names with the grid."""
    left = min(max((_width(_short(name)) for name in chart.categories), default=0) + 12, 240)
    bottom = 8 + row * len(chart.categories)
    low, high, ticks = _ticks(chart)

    def x(value: float) -> float:
        return left + (value - low) / (high - low) * (WIDTH - left - 60)

    parts = []
    for tick in ticks:
        parts += [_rule(x(tick), 4, x(tick), bottom), _label(x(tick), bottom + 14, _tick_text(tick, chart.unit, ticks), "middle")]
    parts += [_label(left - 8, 8 + row * (at + 0.5) + 4, _short(name), "end") for at, name in enumerate(chart.categories)]
    return x, bottom, parts


def _strokes(chart: Chart, at: int, x: Callable[[float], float], top: float, row: float) -> list[str]:
    """The targets of one row."""
    bounds = [(colour(series.role, number), series.values[at]) for number, series in enumerate(chart.series) if series.role == "target"]
    return [
        f'<line x1="{x(bound):g}" y1="{top + 2:g}" x2="{x(bound):g}" y2="{top + row - 2:g}" stroke="#{ink}" stroke-width="2"/>'
        for ink, bound in bounds
        if bound is not None
    ]


def _line(points: Sequence[tuple[float, float] | None], ink: str, series: Series) -> list[str]:
    """Runs of known points; a gap where one is missing, a dot where a value stands."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    is_value = series.role in ("value", "reference", "cumulative")
    dash = "" if is_value else ' stroke-dasharray="6 3"' if series.role == "target" else ' stroke-dasharray="2 2"'
    width = 2 if is_value else 1.4
    parts = []
    for run in runs:
        written = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_stepped(run) if series.role == "target" else run))
        if len(run) > 1:
            parts.append(f'<polyline points="{written}" fill="none" stroke="{ink}" stroke-width="{width}"{dash}/>')
        if is_value and (len(points) <= MOST_MARKS or len(run) == 1):
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{ink}"/>' for x, y in run]
    return parts


def _stepped(run: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The run as steps half-way between its points: a target holds until it changes."""
    corners = [((x + next_x) / 2, level) for (x, y), (next_x, next_y) in pairwise(run) if y != next_y for level in (y, next_y)]
    return [run[0], *corners, run[-1]]


def _legend(chart: Chart, top: float) -> list[str]:
    widths = [_width(series.name) + 40 for series in chart.series]
    at, parts = max((WIDTH - sum(widths)) / 2, 0), []
    for place, (series, width) in enumerate(zip(chart.series, widths, strict=True)):
        dash = ' stroke-dasharray="5 3"' if series.role in ("target", "low", "high") else ""
        parts.append(f'<line x1="{at:g}" y1="{top + 8:g}" x2="{at + 20:g}" y2="{top + 8:g}" stroke="#{colour(series.role, place)}" stroke-width="3"{dash}/>')
        parts.append(_label(at + 25, top + 12, series.name, "start", ink=INK))
        at += width
    return parts


def _ticks(chart: Chart) -> tuple[float, float, list[float]]:
    """The ends of the value axis and its round ticks."""
    low, high = value_range(chart)
    known = [value for series in chart.series for value in series.values if value is not None and series.role != "cumulative"]
    least = min([*known, 0.0]) if low is None else low
    most = high if high is not None else max([*known, 0.0]) or 1.0
    step = next(size * 10.0**power for power in range(-6, 12) for size in (1, 2, 5) if (most - least) / (size * 10.0**power) <= 6)
    if high is None:
        most = -(-most // step) * step
    least = floor(least / step + 1e-9) * step
    ticks = [least + step * place for place in range(int(round((most - least) / step, 6)) + 1)]
    return least, most, ticks


def _tick_text(tick: float, unit: Unit, ticks: Sequence[float]) -> str:
    if unit == "share":
        fine = any(abs(tick * 100 - round(tick * 100)) > 1e-6 for tick in ticks)
        return f"{tick * 100:.1f}%" if fine else f"{tick * 100:.0f}%"
    return format.plain(round(tick, 6))


def _label(x: float, y: float, text: str, anchor: str, more: str = "", ink: str = MUTED) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="#{ink}"{more}>{escape(text)}</text>'


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#{RULE}" stroke-width="0.5" stroke-opacity="0.6"/>'


def _short(name: str) -> str:
    """A name cut to what an axis has room for."""
    width, kept = 0.0, ""
    for letter in name:
        width += _width(letter)
        if width > 20 * SIZE:
            return kept.rstrip() + "\N{HORIZONTAL ELLIPSIS}"
        kept += letter
    return kept


def _width(text: str) -> float:
    """About how wide a text is."""
    return sum(SIZE if east_asian_width(letter) in "WF" else SIZE * 0.56 for letter in text)
