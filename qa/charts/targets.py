"""The target of a metric on a chart: a dashed line, a shaded band between two bounds, steps where it changed with time."""

from typing import Any

import polars as pl

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


def one_target(frame: pl.DataFrame) -> tuple[float | None, float | None]:
    """Minimum and maximum that hold for every row; null where there is none or where rows differ."""
    minimum, maximum = (_only(frame, column) for column in BOUNDS)
    return minimum, maximum


def _only(frame: pl.DataFrame, column: str) -> float | None:
    found = frame[column].unique().to_list() if column in frame.columns else []
    return found[0] if len(found) == 1 else None


def _changes_with_time(frame: pl.DataFrame, column: str) -> bool:
    if column not in frame.columns or frame[column].n_unique() < 2:
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
