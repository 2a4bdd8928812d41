"""A funnel plot: groups by their size, between the limits of chance around the common value."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from qa import format
from qa.charts.bars import shortened
from qa.charts.figure import Figure, figure
from qa.charts.words import fitted_axis, hover_text, known_range, number, point
from qa.format import Unit
from qa.i18n import _
from qa.theme import ink

MOST_LABELS = 12
# As on control charts: a square is a concern, a diamond an improvement, hollow is too few.
LOOKS = {
    "none": ("circle", "series-1", "series-1"), "worse": ("square", "concern", "concern"), "better": ("diamond", "improvement", "improvement"),
    "neither": ("triangle-up", "uncertain", "uncertain"), "too_few": ("circle", "surface", "too-few"),
}  # fmt: skip


def funnel(
    frame: pl.DataFrame,
    limits: pl.DataFrame,
    unit: Unit,
    group: str,
    *,
    center: float,
    outer: float,
    names: dict[str, str] | None = None,
    name: str = "",
    target: tuple[float | None, float | None] = (None, None),
) -> Figure:
    """A point a group. ``frame``: columns ``group``, value, denominator, direction (better, worse, neither, none,
    too_few), and where known n, low, high. ``limits``: columns denominator, low, high, inner_low, inner_high.
    ``center``: the common value; ``outer``: the coverage of low and high; ``target``: minimum and maximum.
    Points beyond the outer limits carry their name. A point's customdata is [group].
    """
    rows = frame.sort("denominator").to_dicts()
    titles = [(names or {}).get(row[group], str(row[group])) for row in rows]
    lines = [
        _limit(limits, "high", "solid", _("{coverage} limits").format(coverage=_coverage(outer)), True), _limit(limits, "low", "solid", "", False),
        _limit(limits, "inner_high", "dot", _("{coverage} limits").format(coverage=_coverage(0.95)), True), _limit(limits, "inner_low", "dot", "", False),
    ] if limits.height else []  # fmt: skip
    end = max((row["denominator"] for row in rows), default=1) * 1.04
    level = [_across(center, end, _("All together"), "series-4", "solid")]
    level += [_across(bound, end, _("Target"), "target", "dash") for bound in target if bound is not None]
    layout = _layout(rows, titles, limits, unit, center, target, end)
    labels = dict(zip([str(row[group]) for row in rows], titles, strict=True))
    return figure([*lines, *level, _points(rows, titles, unit, group, name)], layout | {"meta": {"labels": labels}})


def _coverage(share: float) -> str:
    """99.8%, with as many decimals as it has."""
    return f"{round(share * 100, 2):g}%"


def _limit(limits: pl.DataFrame, column: str, dash: str, name: str, is_named: bool) -> dict[str, Any]:
    line = {"color": ink("text-muted"), "width": 1.3, "dash": dash}
    return _helper(limits["denominator"].to_list(), limits[column].to_list(), line, name, is_named)


def _across(level: float, end: float, name: str, token: str, dash: str) -> dict[str, Any]:
    return _helper([0, end], [level, level], {"color": ink(token), "width": 1.3, "dash": dash}, name, True)


def _helper(x: list[float], y: list[float], line: dict[str, Any], name: str, is_named: bool) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "name": name, "showlegend": is_named, "hoverinfo": "skip", "meta": "helper",
    }  # fmt: skip


def _points(rows: Sequence[dict], titles: list[str], unit: Unit, group: str, name: str) -> dict[str, Any]:
    looks = [LOOKS[row["direction"]] for row in rows]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "showlegend": False,
        "x": [row["denominator"] for row in rows],
        "y": [row["value"] for row in rows],
        "text": [format.value(row["value"], unit) for row in rows],
        "hovertext": [hover_text(title, point(row, title), unit, _note(row["direction"])) for row, title in zip(rows, titles, strict=True)],
        "hoverinfo": "text",
        "customdata": [[str(row[group])] for row in rows],
        "marker": {
            "symbol": [look[0] for look in looks],
            "color": [ink(look[1]) for look in looks],
            "size": [8 if row["direction"] in ("none", "too_few") else 11 for row in rows],
            "line": {"color": [ink(look[2]) for look in looks], "width": 1.4},
        },
    }


def _note(direction: str) -> str:
    words = {"better": _("better than chance explains"), "worse": _("worse than chance explains"), "neither": _("further off than chance explains")}
    return words.get(direction, _("too few to tell") if direction == "too_few" else _("within noise"))


def _layout(
    rows: Sequence[dict], titles: list[str], limits: pl.DataFrame, unit: Unit, center: float, target: tuple[float | None, float | None], end: float
) -> dict[str, Any]:
    return {
        "showlegend": True,
        "annotations": _labels(rows, titles, center, end),
        "xaxis": {"title": {"text": _("How many are counted")}, "range": [0, end], "tickformat": ",~s"},
        "yaxis": fitted_axis(unit, known_range([*(number(row["value"]) for row in rows), *_near_limits(rows, limits), center, *target], unit)),
    }


def _near_limits(rows: Sequence[dict], limits: pl.DataFrame) -> list[float]:
    """The limits from the smallest group on: those of yet smaller ones open without end."""
    if not rows or limits.is_empty():
        return []
    inside = limits.filter(pl.col("denominator") >= rows[0]["denominator"])
    wide = inside if inside.height < 3 else inside[inside.height // 3 :]
    return [float(end) for column in ("low", "high") for end in wide[column].drop_nulls()]


def _labels(rows: Sequence[dict], titles: list[str], center: float, end: float) -> list[dict[str, Any]]:
    """The names of the points outside, those furthest off where there are many; toward the inside of the chart."""
    outside = [(row, title) for row, title in zip(rows, titles, strict=True) if row["direction"] in ("better", "worse", "neither")]
    outside.sort(key=lambda each: -abs(each[0]["value"] - center) * each[0]["denominator"] ** 0.5)
    return [
        {
            "x": row["denominator"], "y": row["value"], "text": shortened(title, 18), "showarrow": False, "yshift": 13 if row["value"] > center else -13,
            "xanchor": "right" if row["denominator"] > end * 0.8 else "left" if row["denominator"] < end * 0.2 else "center",
            "font": {"size": 12, "color": ink("text")},
        }
        for row, title in outside[:MOST_LABELS]
    ]  # fmt: skip
