"""From one value to another in steps: a dot for each value, a floating bar for each step between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from typing import Any

from qa import format
from qa.charts.bars import ROW_HEIGHT, shortened
from qa.charts.figure import Figure, figure
from qa.charts.words import fitted_axis, hover_text, known_range, point
from qa.format import Unit
from qa.i18n import _
from qa.theme import ink
from qa.words import Direction

# Beside its colour a step has a form of its own; what may be noise has neither.
INKS = {"better": "improvement", "worse": "concern"}
PATTERNS = {"worse": "/", "better": "."}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its key (comes back on a click), title, how far it leads, what it means for the side it leads to, and what
    hover adds.
    """

    key: str
    title: str
    change: float
    meaning: Direction = "none"
    notes: Sequence[str] = ()


def waterfall(start: dict[str, Any], steps: Sequence[Step], end: dict[str, Any], unit: Unit, titles: tuple[str, str]) -> Figure:
    """Rows from top to bottom: the start, each step, the end. ``start``, ``end``: value, and where known low, high, n;
    their customdata is ["there"] and ["here"], a step's is [its key].
    """
    keys = ["there", *(step.key for step in steps), "here"]
    reached = list(accumulate((step.change for step in steps), initial=start["value"]))
    labels = [titles[0], *(step.title for step in steps), titles[1]]
    return figure([_connectors(keys, reached), _steps(steps, reached, unit), _ends(start, end, unit, titles)], _layout(keys, labels, reached, start, end, unit))


def waterfall_height(steps: int) -> int:
    """The height in pixels at which so many steps are comfortable to read."""
    return max(200, 60 + ROW_HEIGHT * (steps + 2))


def _steps(steps: Sequence[Step], reached: list[float], unit: Unit) -> dict[str, Any]:
    patterns = [PATTERNS.get(step.meaning, "") for step in steps]
    return {
        "type": "bar",
        "orientation": "h",
        "name": _("Contribution"),
        "y": [step.key for step in steps],
        "x": [step.change for step in steps],
        "base": reached[:-1],
        "text": [format.change(step.change, unit) for step in steps],
        "textposition": "outside",
        "cliponaxis": False,
        "textfont": {"size": 12, "color": ink("text")},
        "hovertext": ["<br>".join([f"<b>{escape(step.title)}</b>", format.change(step.change, unit), *map(escape, step.notes)]) for step in steps],
        "hoverinfo": "text",
        "customdata": [[step.key] for step in steps],
        "width": 0.58,
        "marker": {
            "color": [ink(INKS.get(step.meaning, "neutral")) for step in steps],
            "pattern": {"shape": patterns, "size": 6, "solidity": 0.25, "fillmode": "overlay", "fgcolor": ink("surface")},
        },
    }


def _ends(start: dict[str, Any], end: dict[str, Any], unit: Unit, titles: tuple[str, str]) -> dict[str, Any]:
    points = [point(row, title) for row, title in zip((start, end), titles, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "orientation": "h",
        "name": _("Value"),
        "y": ["there", "here"],
        "x": [shown.value for shown in points],
        "text": [format.value(shown.value, unit) for shown in points],
        "textposition": ["top center", "bottom center"],
        "textfont": {"size": 12, "color": ink("text")},
        "hovertext": [hover_text(title, shown, unit) for title, shown in zip(titles, points, strict=True)],
        "hoverinfo": "text",
        "customdata": [["there"], ["here"]],
        "marker": {"size": 11, "symbol": ["circle-open", "circle"], "color": ink("series-1"), "line": {"width": 2, "color": ink("series-1")}},
        "error_x": {
            "type": "data", "symmetric": False, "color": ink("whisker"), "thickness": 1.3, "width": 4,
            "array": [None if shown.high is None else shown.high - shown.value for shown in points],
            "arrayminus": [None if shown.low is None else shown.value - shown.low for shown in points],
        },
    }  # fmt: skip


def _connectors(keys: list[str], reached: list[float]) -> dict[str, Any]:
    """Thin lines down from each row to the next, where the next begins."""
    x, y = [], []
    for at, level in enumerate(reached):
        x += [level, level, None]
        y += [keys[at], keys[at + 1], None]
    line = {"color": ink("text-muted"), "width": 1, "dash": "dot"}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip", "showlegend": False, "meta": "helper"}


def _layout(keys: list[str], labels: list[str], reached: list[float], start: dict[str, Any], end: dict[str, Any], unit: Unit) -> dict[str, Any]:
    shown = [*reached, *(row.get(name) for row in (start, end) for name in ("low", "high", "value"))]
    low, high = known_range(shown, unit) or [0, 1]
    room = (high - low) * 0.08
    return {
        "showlegend": False,
        "meta": {"labels": dict(zip(keys, labels, strict=True))},
        "xaxis": fitted_axis(unit, [low - room, high + room]) | {"showgrid": True},
        "yaxis": {
            "type": "category",
            "categoryorder": "array",
            "categoryarray": keys,
            "range": [len(keys) - 0.3, -0.7],
            "showgrid": False,
            "tickmode": "array",
            "tickvals": keys,
            "ticktext": [shortened(label) for label in labels],
        },
    }
