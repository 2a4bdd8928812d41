"""The small line in a tile, from the same rows as the large one."""

from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

import polars as pl

from qa import format
from qa.charts.targets import one_target
from qa.charts.words import number
from qa.format import Unit
from qa.i18n import language
from qa.periods import Grain


def sparkline(frame: pl.DataFrame, unit: Unit, grain: Grain = "month", month_start: int = 1) -> dict[str, Any] | None:
    """The arguments of a board's Sparkline: values in order of period, a full text a point, target, provisional points.

    ``frame``: columns period, value and where known target_minimum, target_maximum, provisional. Null for no rows.
    """
    if frame.is_empty():
        return None
    rows = sorted(frame.to_dicts(), key=itemgetter("period"))
    minimum, maximum = one_target(frame)
    return {
        "values": [number(row["value"]) for row in rows],
        "labels": [_label(row["period"], grain, month_start, number(row["value"]), unit, language()) for row in rows],
        "target_minimum": minimum,
        "target_maximum": maximum,
        "provisional": [bool(row.get("provisional")) for row in rows],
    }


@lru_cache(8192)
def _label(period: date, grain: Grain, month_start: int, value: float | None, unit: Unit, _language: str) -> str:
    """The text of a point, kept: from one month to the next all points but one are the same."""
    return f"{format.bucket(period, grain, month_start)}: {format.value(value, unit)}"
