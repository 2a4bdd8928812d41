"""The target of a metric on a chart: a dashed line, a shaded band between two bounds, steps where it changed with time."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from qa.i18n import _
from qa.theme import ink

BOUNDS = ("target_minimum", "target_maximum")


def target_shapes(frame: pl.DataFrame, along: str = "x") -> list[dict[str, Any]]:
    """Layout shapes for the frame's one target; none where rows have different targets or none.

    The line lies over the data: under it, a grid line of the same value would hide it.
    ``along``: the axis the line runs along, "x" for a horizontal line over periods, "y" for a vertical one across bars.
    """
    minimum, maximum = one_target(frame)
    lines = [_line(bound, along) for bound in (minimum, maximum) if bound is not None]
    if minimum is None or maximum is None:
        return lines
    return [_band(minimum, maximum, along), *lines]


def target_steps(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Traces for bounds that changed between periods but hold for every group of a period; none otherwise."""
    return [_steps(frame, column) for column in BOUNDS if _changes_with_time(frame, column)]


def target_marks(frame: pl.DataFrame, keys: Sequence[str], rows: Sequence[dict[str, Any]], along: str = "y") -> list[dict[str, Any]]:
    """Traces with a short line at each row's own target, where rows have different ones; none otherwise.

    ``keys``: the rows' places on the axis of the groups, ``along`` which they lie.
    """
    across = "x" if along == "y" else "y"
    traces = []
    for column in BOUNDS:
        if len(_different(frame, column)) < 2:
            continue
        places = {along: list(keys), across: [row[column] for row in rows]}
        marker = {"symbol": "line-ns" if along == "y" else "line-ew", "size": 20, "line": {"width": 1.6, "color": ink("target")}}
        traces.append({"type": "scatter", "mode": "markers", "marker": marker, "hoverinfo": "skip", "showlegend": False, "meta": "helper"} | places)
    return traces


def target_legend(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """An entry of the legend for the dashed line, where the chart has one: shapes have none of their own."""
    if one_target(frame) == (None, None) and not target_steps(frame):
        return []
    line = {"color": ink("target"), "width": 1.2, "dash": "dash"}
    return [{"type": "scatter", "mode": "lines", "name": _("Target"), "x": [None], "y": [None], "line": line, "hoverinfo": "skip", "meta": "helper"}]


def bounds_of(frame: pl.DataFrame) -> list[float | None]:
    """Every bound of the frame, for an axis that shows them all."""
    return [bound for column in BOUNDS for bound in _different(frame, column)]


def one_target(frame: pl.DataFrame) -> tuple[float | None, float | None]:
    """Minimum and maximum that hold for every row; null where there is none or where rows differ."""
    minimum, maximum = (_only(frame, column) for column in BOUNDS)
    return minimum, maximum


def _only(frame: pl.DataFrame, column: str) -> float | None:
    found = _different(frame, column)
    return found[0] if len(found) == 1 else None


def _different(frame: pl.DataFrame, column: str) -> list[float | None]:
    """The different values of a column, none where there is no such column; for a few rows quicker than Polars' own."""
    return list(dict.fromkeys(frame[column].to_list())) if column in frame.columns else []


def _changes_with_time(frame: pl.DataFrame, column: str) -> bool:
    if len(_different(frame, column)) < 2:
        return False
    return frame.group_by("period").agg(pl.col(column).n_unique())[column].max() == 1


def _steps(frame: pl.DataFrame, column: str) -> dict[str, Any]:
    rows = frame.unique("period").sort("period")
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [period.isoformat() for period in rows["period"]],
        "y": rows[column].to_list(),
        "line": {"color": ink("target"), "width": 1.2, "dash": "dash", "shape": "hvh"},
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": "helper",
    }


def _line(bound: float, along: str) -> dict[str, Any]:
    line = {"color": ink("target"), "width": 1.2, "dash": "dash"}
    return {"type": "line", "layer": "above", "line": line} | _place(bound, bound, along)


def _band(minimum: float, maximum: float, along: str) -> dict[str, Any]:
    fill = {"line": {"width": 0}, "fillcolor": ink("target-band")}
    return {"type": "rect", "layer": "below"} | fill | _place(minimum, maximum, along)


def _place(start: float, end: float, along: str) -> dict[str, Any]:
    across = "y" if along == "x" else "x"
    return {f"{along}ref": f"{along} domain", f"{along}0": 0, f"{along}1": 1, f"{across}0": start, f"{across}1": end}
