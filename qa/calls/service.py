"""How soon callers were answered, by every definition and time of day, and how long it took to handle them."""

from collections.abc import Sequence

import polars as pl

from qa.filters import Filters, Scope
from qa.metrics import METRICS, SERVICE_LEVEL_VARIANTS
from qa.query import TIME_OF_DAY_METRICS
from qa.results import answer
from qa.warehouse import Warehouse

# Calls that nobody took belong to no team and no agent, so these say nothing about them.
ACCESS = ("answer_rate", "abandonment_rate", "service_level", "answered_in_rings")
TIMES = ("mean_wait", "mean_handling")
TIME_OF_DAY = ("service_level", "answer_rate", "abandonment_rate", "answered_in_rings", "mean_wait", "inbound_calls")
PLACE_METRICS = ("service_level", "answer_rate", "abandonment_rate", "mean_wait")
DEFINITIONS = {variant: f"service_level_{variant}" for variant in SERVICE_LEVEL_VARIANTS}


def is_about_people(filters: Filters) -> bool:
    """Whether single teams or agents are asked for, to whom no abandoned call belongs."""
    return filters.teams is not None or filters.agents is not None


def definitions(warehouse: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """The service level of the same calls by its four definitions.

    Columns of ``qa.results.answer`` with variant and in_force. No rows where nothing is known about waiting; no row of a
    definition that these calls cannot be held against: counts know no quick abandons.
    """
    frame = answer(warehouse, list(DEFINITIONS.values()), (), filters, scope)
    in_force = warehouse.config.definitions.service_level_variant
    if frame.is_empty() or frame.filter(pl.col("metric") == DEFINITIONS[in_force])["value"][0] is None:
        return pl.DataFrame()
    variant = pl.col("metric").str.strip_prefix("service_level_").alias("variant")
    return frame.filter(pl.col("value").is_not_null()).with_columns(variant).with_columns((pl.col("variant") == in_force).alias("in_force"))


def week(warehouse: Warehouse, scope: Scope, filters: Filters, metric: str) -> pl.DataFrame:
    """A metric by day of the week and half-hour: rows of ``qa.results.answer``, with weekday and half_hour.

    No rows where single calls are not to be had, or for teams and agents.
    """
    frame = answer(warehouse, [metric], ("weekday", "half_hour"), filters, scope)
    return frame if frame.is_empty() else frame.filter(pl.col("value").is_not_null())


def handling(warehouse: Warehouse, scope: Scope, filters: Filters, by: Sequence[str]) -> pl.DataFrame:
    """The handling time of each group and its parts, which add up to it, over the calls known one by one.

    Columns: the groups, value, low, high, n, verdict, minimum, maximum, signal (``qa.results.answer`` for mean_handling),
    talk, hold, wrap: mean seconds a call, null where only counts of calls are known.
    """
    whole = answer(warehouse, ["mean_handling"], by, filters, scope)
    if whole.is_empty():
        return whole
    named = pl.all_horizontal(pl.col(by).is_not_null()) if by else pl.lit(True)
    whole = whole.filter(named & pl.col("value").is_not_null())
    parts = answer(warehouse, ["mean_hold", "mean_wrap"], by, filters, scope).select("metric", *by, "value")
    for name in ("hold", "wrap"):
        own = parts.filter(pl.col("metric") == f"mean_{name}").select(*by, pl.col("value").alias(name))
        whole = whole.join(own, on=list(by), how="left", maintain_order="left") if by else whole.hstack(own.select(name))
    talk = pl.col("product") / pl.col("denominator_squared") - pl.col("hold") - pl.col("wrap")
    return whole.with_columns(talk.alias("talk"))


def access_by_place(warehouse: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """Access and waiting by center and queue: rows of ``qa.results.answer``."""
    frame = answer(warehouse, PLACE_METRICS, ("center", "queue"), filters, scope)
    return frame if frame.is_empty() else frame.filter(pl.col("value").is_not_null())


assert set(TIME_OF_DAY) <= set(TIME_OF_DAY_METRICS) and set(DEFINITIONS.values()) <= set(METRICS)
