"""A Pareto chart: what there is most of on top, and the line of how much the groups make up together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from qa import format
from qa.charts.bars import ROW_HEIGHT, shortened
from qa.charts.figure import Figure, figure
from qa.i18n import _, ngettext
from qa.theme import ink
from qa.words import Direction

MOST_BARS = 15
FEW = 8
# Beside its colour a change has a form of its own.
PATTERNS = {"worse": "/", "better": "."}
INKS = {"worse": "concern", "better": "improvement"}


@dataclass(frozen=True, slots=True)
class Bar:
    """One group: its key (comes back on a click), title, amount, cumulative share 0-1, how its rate changed, what hover adds.

    ``label``: what stands beside the bar, where that is shorter than the title.
    """

    key: str
    title: str
    amount: float
    cumulative: float
    direction: Direction | None = None
    notes: Sequence[str] = ()
    label: str = ""


def pareto(bars: Sequence[Bar], name: str, said: Callable[[float], str] = format.plain) -> Figure:
    """The bars in the order given, the rest together in one; ``name``: what the bars count, ``said``: how an amount is written.

    A bar's customdata is [key].
    """
    shown = _with_rest(bars)
    keys = [bar.key for bar in shown]
    return figure([_amounts(shown, keys, name, said), _line(shown, keys)], _layout(shown, keys, name))


def pareto_height(bars: int) -> int:
    """The height in pixels at which so many bars are comfortable to read."""
    return max(180, 84 + ROW_HEIGHT * min(bars, MOST_BARS + 1))


def _with_rest(bars: Sequence[Bar]) -> list[Bar]:
    if len(bars) <= MOST_BARS + 1:
        return list(bars)
    rest = bars[MOST_BARS:]
    title = ngettext("{count} other", "{count} others", len(rest)).format(count=len(rest))
    return [*bars[:MOST_BARS], Bar("", title, sum(bar.amount for bar in rest), 1.0)]


def _amounts(bars: list[Bar], keys: list[str], name: str, said: Callable[[float], str]) -> dict[str, Any]:
    patterns = [PATTERNS.get(bar.direction or "", "") for bar in bars]
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": keys,
        "x": [bar.amount for bar in bars],
        "text": [said(bar.amount) for bar in bars],
        "textposition": "none",
        "hovertext": [_hover(bar, name, said) for bar in bars],
        "hoverinfo": "text",
        "customdata": [[bar.key] for bar in bars],
        "width": 0.66,
        "marker": {
            "color": [ink(INKS.get(bar.direction or "", "series-1" if bar.key else "neutral")) for bar in bars],
            "pattern": {"shape": patterns, "size": 6, "solidity": 0.25, "fillmode": "overlay", "fgcolor": ink("surface")},
        },
    }


def _line(bars: list[Bar], keys: list[str]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "orientation": "h",
        "name": _("Cumulative share"),
        "xaxis": "x2",
        "y": keys,
        "x": [bar.cumulative for bar in bars],
        "text": [format.value(bar.cumulative, "share") for bar in bars],
        "hovertext": [
            _("{title}: {share} of all with those above").format(title=escape(bar.title), share=format.value(bar.cumulative, "share"))
            for bar in bars
        ],
        "hoverinfo": "text",
        "customdata": [[bar.key] for bar in bars],
        "line": {"color": ink("series-2"), "width": 2},
        "marker": {"color": ink("surface"), "size": 7, "line": {"color": ink("series-2"), "width": 1.6}},
    }


def _hover(bar: Bar, name: str, said: Callable[[float], str]) -> str:
    lines = [f"<b>{escape(bar.title)}</b>", f"{name}: {said(bar.amount)}", *(escape(note) for note in bar.notes)]
    return "<br>".join(lines)


def _whole_ticks(bars: list[Bar]) -> dict[str, Any]:
    """Ticks at whole numbers, where there are so few that Plotly would put some between."""
    return {"dtick": 1} if max(bar.amount for bar in bars) < FEW else {}


def _layout(bars: list[Bar], keys: list[str], name: str) -> dict[str, Any]:
    muted = {"size": 12, "color": ink("text-muted")}
    return {
        "template": "none",
        "showlegend": False,
        "meta": {"labels": {bar.key: bar.title for bar in bars}},
        "margin": {"t": 40, "r": 24},
        "xaxis": {"rangemode": "tozero", "showgrid": False, "title": {"text": name}} | _whole_ticks(bars),
        "xaxis2": {
            "overlaying": "x",
            "side": "top",
            "range": [0, 1.04],
            "tickformat": ".0%",
            "tickvals": [0, 0.2, 0.4, 0.6, 0.8, 1],
            "showgrid": True,
            "gridcolor": ink("grid"),
            "zeroline": False,
            "ticks": "",
            "fixedrange": True,
            "tickfont": muted,
        },
        "yaxis": {
            "type": "category",
            "range": [len(bars) - 0.5, -0.5],
            "showgrid": False,
            "tickmode": "array",
            "tickvals": keys,
            "ticktext": [shortened(bar.label or bar.title) for bar in bars],
        },
    }
