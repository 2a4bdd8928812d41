"""How scores are spread: a histogram of one or two kinds of sample, and the middle of the scores of several groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from qa import format
from qa.charts.bars import ROW_HEIGHT, shortened
from qa.charts.figure import Figure, figure
from qa.i18n import _
from qa.theme import ink

# The names of scorecards are long, and their chart is as wide as the page.
WIDE_LABEL = 40


@dataclass(frozen=True, slots=True)
class Histogram:
    """One kind of sample: its name, how many evaluations it has, and how many lie in each band."""

    name: str
    token: str
    counts: Sequence[int]
    patterned: bool = False

    @property
    def n(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Spread:
    """The scores of one group, out of 100: lowest tenth, quarter, median, three quarters, highest tenth. Null for too few."""

    key: str
    title: str
    n: int
    quantiles: tuple[float, ...] | None


def histogram(bands: Sequence[tuple[int, str]], kinds: Sequence[Histogram]) -> Figure:
    """A bar a band and kind, as a share of that kind's evaluations. ``bands``: lowest score and title. Customdata: [band, kind's place]."""
    data = [_bars(bands, kind, place) for place, kind in enumerate(kinds) if kind.n]
    labels = [title for _start, title in bands]
    layout = {
        "template": "none",
        "barmode": "group",
        "bargap": 0.18,
        "showlegend": len(data) > 1,
        "xaxis": {"type": "category", "tickmode": "array", "tickvals": labels, "ticktext": labels, "title": {"text": _("Score, full mark = 100")}},
        "yaxis": {"tickformat": ".0%", "rangemode": "tozero", "title": {"text": _("Share of the evaluations of its kind")}},
    }
    return figure(data, layout)


def _bars(bands: Sequence[tuple[int, str]], kind: Histogram, place: int) -> dict[str, Any]:
    shares = [count / kind.n for count in kind.counts]
    titles = [title for _start, title in bands]
    return {
        "type": "bar",
        "name": kind.name,
        "x": titles,
        "y": shares,
        "text": [f"{format.value(share, 'share')} ({format.count(count)})" for share, count in zip(shares, kind.counts, strict=True)],
        "textposition": "none",
        "hovertext": [
            f"<b>{escape(kind.name)}</b><br>{title}<br>{format.value(share, 'share')}<br>{_('n = {count}').format(count=format.count(count))}"
            for title, share, count in zip(titles, shares, kind.counts, strict=True)
        ],
        "hoverinfo": "text",
        "customdata": [[start, place] for start, _title in bands],
        "marker": {
            "color": ink(kind.token),
            "pattern": {"shape": "/" if kind.patterned else "", "size": 6, "solidity": 0.25, "fillmode": "overlay", "fgcolor": ink("surface")},
        },
    }


def spreads(groups: Sequence[Spread]) -> Figure:
    """A row a group: a thin line for the middle 80 % of the scores, a thick one for the middle half, a dot for the median."""
    known = [group for group in groups if group.quantiles is not None]
    thin = _segments(known, 0, 4, {"color": ink("series-1"), "width": 1.5}, _("Middle 80%"))
    thick = _segments(known, 1, 3, {"color": ink("series-1"), "width": 8}, _("Middle half"))
    median = {
        "type": "scatter",
        "mode": "markers",
        "orientation": "h",
        "name": _("Median"),
        "y": [group.key for group in known],
        "x": [group.quantiles[2] for group in known if group.quantiles],
        "text": [format.value(group.quantiles[2], "points") for group in known if group.quantiles],
        "hovertext": [_hover(group) for group in known],
        "hoverinfo": "text",
        "customdata": [[group.key] for group in known],
        "marker": {"size": 12, "color": ink("surface"), "line": {"color": ink("series-1"), "width": 2.5}},
    }
    return figure([thin, thick, median], _spread_layout(groups))


def spreads_height(groups: int) -> int:
    return max(140, 70 + ROW_HEIGHT * groups)


def _segments(groups: Sequence[Spread], start: int, end: int, line: dict[str, Any], name: str) -> dict[str, Any]:
    ends = [(group.quantiles[start], group.quantiles[end], None) for group in groups if group.quantiles]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "y": [key for group in groups for key in (group.key, group.key, None)],
        "x": [value for pair in ends for value in pair],
        "line": line,
        "connectgaps": False,
        "hoverinfo": "skip",
        "meta": "helper",
    }


def _hover(group: Spread) -> str:
    low, quarter, median, three_quarters, high = (format.value(value, "points") for value in group.quantiles or (None,) * 5)
    return "<br>".join([
        f"<b>{escape(group.title)}</b>",
        _("Median {median}").format(median=median),
        _("Middle half {low} to {high}").format(low=quarter, high=three_quarters),
        _("Middle 80% {low} to {high}").format(low=low, high=high),
        _("n = {count}").format(count=format.count(group.n)),
    ])  # fmt: skip


def _spread_layout(groups: Sequence[Spread]) -> dict[str, Any]:
    keys = [group.key for group in groups]
    titles = [group.title if group.quantiles else _("{title}: too few").format(title=group.title) for group in groups]
    return {
        "template": "none",
        "showlegend": False,
        "meta": {"labels": dict(zip(keys, titles, strict=True))},
        "xaxis": {"showgrid": True, "title": {"text": _("Score, full mark = 100")}},
        "yaxis": {
            "type": "category",
            "range": [len(keys) - 0.5, -0.5],
            "showgrid": False,
            "tickmode": "array",
            "tickvals": keys,
            "ticktext": [shortened(title, WIDE_LABEL) for title in titles],
        },
    }
