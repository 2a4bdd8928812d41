"""Calling out: how many calls, how many were taken, how many sold, and how long agents talked a day."""

import polars as pl

from qa.drill import Level
from qa.filters import Filters, Scope
from qa.results import answer
from qa.warehouse import Warehouse

KEYS = ("outbound_calls", "connect_rate", "sales", "sales_rate", "talk_hours_per_day", "calls_per_hour")
AGENT_KEYS = KEYS[:-1]
COMPARED = ("connect_rate", "sales_rate", "talk_hours_per_day")


def by_level(warehouse: Warehouse, scope: Scope, filters: Filters, level: Level) -> pl.DataFrame:
    """The metrics of each center, team or agent that called out: rows of ``qa.results.answer`` with the groups down to it."""
    by = ("center", "team", "agent")[: ("center", "team", "agent").index(level) + 1]
    frame = answer(warehouse, KEYS, by, filters, scope)
    if frame.is_empty():
        return frame
    frame = frame.filter(pl.col("value").is_not_null() & pl.col(level).is_not_null())
    calling = frame.filter(pl.col("metric") == "outbound_calls").select(by)
    return frame.join(calling, on=by, how="semi", nulls_equal=True, maintain_order="left")


def apart(frame: pl.DataFrame, metric: str) -> pl.DataFrame:
    """The groups of a metric that differ from the others beyond noise, all comparisons allowed for; the worst first."""
    own = frame.filter((pl.col("metric") == metric) & pl.col("signal").is_in(["better", "worse"]))
    return own.sort("value")
