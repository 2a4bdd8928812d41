"""The small line in a tile, from the same rows as the large one."""

from typing import Any

import polars as pl

from qa import format
from qa.charts.targets import one_target
from qa.charts.words import number
from qa.format import Unit


def sparkline(frame: pl.DataFrame, unit: Unit, grain: str = "month", month_start: int = 1) -> dict[str, Any] | None:
    """The arguments of a board's Sparkline: values in order of period, a full text a point, target, provisional points.

    ``frame``: columns period, value and where known target_minimum, target_maximum, provisional. Null for no rows.
    """
    if frame.is_empty():
        return None
    rows = frame.sort("period").to_dicts()
    minimum, maximum = one_target(frame)
    return {
        "values": [number(row["value"]) for row in rows],
        "labels": [
            f"{format.bucket(row['period'], grain, month_start)}: {format.value(number(row['value']), unit)}"
            for row in rows
        ],
        "target_minimum": minimum,
        "target_maximum": maximum,
        "provisional": [bool(row.get("provisional")) for row in rows],
    }
