"""Sums -> what is said of them: value, interval, target, verdict, and whether a group differs from the others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl

from qa.config import Config
from qa.filters import Filters, Scope
from qa.metrics import METRICS, Metric
from qa.periods import GRAINS, bucket_end
from qa.query import Question, obstacle, questions
from qa.stats.comparisons import holm, proportions_against_rest, rates_against_rest, ratios_against_rest
from qa.stats.differences import proportion_difference
from qa.stats.intervals import poisson_rate_interval, ratio_interval, wilson
from qa.targets import NO_TARGET, Target
from qa.warehouse import Warehouse

MOMENTS = ("numerator", "denominator", "n", "numerator_squared", "product", "denominator_squared")


def answer(warehouse: Warehouse, keys: Sequence[str], by: Sequence[str], filters: Filters, scope: Scope) -> pl.DataFrame:
    """Every metric for every group, in the order asked.

    Columns: metric, the groups, numerator, denominator, value, low, high, n, minimum, maximum, gap, is_default_target,
    headquarters (its value where a gap is judged), verdict (met, missed, uncertain, too_few, no_target) and
    signal (better, worse, none, too_few; null without groups). A metric that cannot be asked this way has no rows.
    """
    askable = [key for key in keys if not obstacle(METRICS[key], by, filters) and not warehouse.missing_tables(METRICS[key].sources)]
    frames = {}
    for question in questions(askable, by, filters, scope):
        sums = warehouse.sums(question)
        for key in question.metrics:
            frames[key] = judge(warehouse, METRICS[key], question, sums.select(*by, pl.col(key)).unnest(key))
    ordered = [frames[key] for key in keys if key in frames]
    return pl.concat(ordered, how="diagonal_relaxed") if ordered else pl.DataFrame()


def judge(warehouse: Warehouse, metric: Metric, question: Question, sums: pl.DataFrame) -> pl.DataFrame:
    """The sums of one metric with everything that is said of them."""
    config = warehouse.config
    frame = _with_interval(sums, metric, config.statistics.confidence)
    targets = [_target(warehouse, metric, question.filters, row) for row in frame.select(question.by).iter_rows(named=True)] if question.by else [
        _target(warehouse, metric, question.filters, {})
    ]
    frame = frame.with_columns(
        pl.lit(metric.key).alias("metric"),
        pl.Series("minimum", [target.minimum for target in targets], dtype=pl.Float64),
        pl.Series("maximum", [target.maximum for target in targets], dtype=pl.Float64),
        pl.Series("gap", [target.gap for target in targets], dtype=pl.Float64),
        pl.Series("is_default_target", [target.is_default for target in targets], dtype=pl.Boolean),
    )
    frame = _with_headquarters(frame, warehouse, metric, question)
    frame = frame.with_columns(pl.Series("verdict", verdicts(frame, metric, config), dtype=pl.String))
    signal = signals(frame, metric, question.by, config) if question.by else [None] * frame.height
    frame = frame.with_columns(pl.Series("signal", signal, dtype=pl.String))
    columns = ["numerator", "denominator", "value", "low", "high", "n", "minimum", "maximum", "gap", "is_default_target", "headquarters", "verdict", "signal"]
    moments = [name for name in MOMENTS[3:] if name in frame.columns]
    return frame.select("metric", *question.by, *columns, *moments)


def _with_interval(sums: pl.DataFrame, metric: Metric, confidence: float) -> pl.DataFrame:
    frame = sums.with_columns(
        pl.col("numerator").cast(pl.Float64), pl.col("denominator").cast(pl.Float64), pl.col("n").cast(pl.Float64).fill_null(0).cast(pl.Int64)
    )
    if metric.unit == "count":
        value = pl.col("numerator")
    else:
        value = pl.when(pl.col("denominator") != 0).then(pl.col("numerator") / pl.col("denominator"))
    frame = frame.with_columns(value.alias("value"))
    low, high = interval(frame, metric, confidence)
    return frame.with_columns(
        pl.Series("low", low, dtype=pl.Float64).fill_nan(None), pl.Series("high", high, dtype=pl.Float64).fill_nan(None)
    )


def interval(frame: pl.DataFrame, metric: Metric, confidence: float) -> tuple[np.ndarray, np.ndarray]:
    """Low and high of each row by the metric's family; nan where the data carry none."""
    if metric.interval == "wilson":
        return wilson(column(frame, "numerator"), column(frame, "denominator"), confidence)
    if metric.interval == "t":
        return ratio_interval(*(column(frame, name) for name in MOMENTS), confidence=confidence)
    if metric.interval == "poisson":
        return poisson_rate_interval(column(frame, "numerator"), column(frame, "denominator"), confidence)
    return np.full(frame.height, np.nan), np.full(frame.height, np.nan)


def column(frame: pl.DataFrame, name: str) -> np.ndarray:
    """A column as floats, null as nan."""
    return frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()


def _target(warehouse: Warehouse, metric: Metric, filters: Filters, group: dict) -> Target:
    """The target of a group: that of its center and queue on the last day the group covers."""
    if "item" in group:
        return NO_TARGET
    center = group["center"] if "center" in group else _only(filters.centers)
    queue = group["queue"] if "queue" in group else _only(filters.queues)
    center = center or _center_of_agent(warehouse, group)
    return warehouse.targets.of(metric, _last_day(warehouse, filters, group), center, queue)


def _center_of_agent(warehouse: Warehouse, group: dict) -> str | None:
    return warehouse.center_of_agent.get(group["agent"]) if group.get("agent") else None


def _only(chosen: tuple[str, ...] | None) -> str | None:
    return chosen[0] if chosen and len(chosen) == 1 else None


def _last_day(warehouse: Warehouse, filters: Filters, group: dict) -> date:
    ends = [filters.date_to, warehouse.span.until]
    ends += [bucket_end(group[grain], grain, filters.month_start) for grain in GRAINS if group.get(grain)]
    return date.fromordinal(min(end for end in ends if end is not None).toordinal() - 1)


def _with_headquarters(frame: pl.DataFrame, warehouse: Warehouse, metric: Metric, question: Question) -> pl.DataFrame:
    """The frame with headquarters' own value where a center is held against it, and the interval of the difference."""
    centers = frame["center"].to_list() if "center" in question.by else [_only(question.filters.centers)] * frame.height
    headquarters = warehouse.headquarters
    judged = [gap is not None and center is not None and center != headquarters for gap, center in zip(frame["gap"], centers, strict=True)]
    empty = frame.with_columns(
        pl.lit(None, pl.Float64).alias("headquarters"), pl.lit(None, pl.Float64).alias("gap_low"), pl.lit(None, pl.Float64).alias("gap_high")
    )
    if headquarters is None or not any(judged) or metric.interval != "wilson" or frame.is_empty():
        return empty
    others = tuple(group for group in question.by if group != "center" and group not in ("team", "agent"))
    filters = replace(question.filters, centers=(headquarters,), teams=None, agents=None)
    own = warehouse.sums(Question((metric.key,), others, filters, None)).select(*others, pl.col(metric.key)).unnest(metric.key)
    own = own.select(*others, pl.col("numerator").alias("hq_numerator"), pl.col("denominator").alias("hq_denominator"))
    joined = frame.join(own, on=list(others), how="left", nulls_equal=True, maintain_order="left") if others else frame.join(own, how="cross")
    pairs = [column(joined, name) for name in ("numerator", "denominator", "hq_numerator", "hq_denominator")]
    _difference, low, high = proportion_difference(*pairs, warehouse.config.statistics.confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = pairs[2] / pairs[3]
    mask = np.array(judged)
    return frame.with_columns(
        *(pl.Series(name, np.where(mask, numbers, np.nan)).fill_nan(None) for name, numbers in (("headquarters", value), ("gap_low", low), ("gap_high", high)))
    )


def verdicts(frame: pl.DataFrame, metric: Metric, config: Config) -> list[str]:
    """met or missed where the interval lies on one side of the target, else uncertain; too_few below the least n.

    A metric without an interval is a full count: its value alone decides.
    """
    return [_verdict(row, metric, config.statistics.least_n) for row in frame.iter_rows(named=True)]


def _verdict(row: dict, metric: Metric, least_n: int) -> str:
    target = Target(row["minimum"], row["maximum"])
    if not target:
        return "no_target"
    if row["value"] is None or (metric.interval != "poisson" and row["n"] < least_n):
        return "too_few"
    if metric.interval == "none":
        return "met" if target.holds(row["value"]) else "missed"
    if row["low"] is None or row["high"] is None:
        return "uncertain"
    parts = [_against_bounds(row, target)]
    if row["gap"] is not None and row["gap_high"] is not None:
        parts.append(_against_gap(row))
    return next(verdict for verdict in ("missed", "uncertain", "met") if verdict in parts)


def _against_bounds(row: dict, target: Target) -> str:
    if target.holds(row["low"]) and target.holds(row["high"]):
        return "met"
    below = target.minimum is not None and row["high"] < target.minimum
    above = target.maximum is not None and row["low"] > target.maximum
    return "missed" if below or above else "uncertain"


def _against_gap(row: dict) -> str:
    """A center misses when it trails headquarters by the gap or more."""
    if row["gap_low"] > -row["gap"]:
        return "met"
    return "missed" if row["gap_high"] <= -row["gap"] else "uncertain"


def signals(frame: pl.DataFrame, metric: Metric, by: Sequence[str], config: Config) -> list[str]:
    """Does each group differ from the others of the same period beyond noise, all comparisons allowed for (Holm)?

    too_few: below the least n, or not testable. A metric without a better direction is never called better or worse;
    one with a band is worse outside of it.
    """
    if metric.interval == "none" or frame.is_empty():
        return ["none"] * frame.height
    times = [group for group in by if group in GRAINS]
    compared = times if len(times) < len(by) else []
    large = frame.with_row_index("row").filter((pl.col("n") >= config.statistics.least_n) if metric.interval != "poisson" else pl.col("denominator") > 0)
    p = np.full(frame.height, np.nan)
    rest = np.full(frame.height, np.nan)
    for part in large.partition_by(compared, maintain_order=True) if compared else [large]:
        rows = part["row"].to_numpy()
        p[rows], rest[rows] = _p_values(part, metric), _value_of_rest(part)
    flagged = holm(p, 1 - config.statistics.confidence)
    return [
        "too_few" if np.isnan(p[i]) else _direction(row, rest[i], metric) if flagged[i] else "none"
        for i, row in enumerate(frame.iter_rows(named=True))
    ]


def _p_values(frame: pl.DataFrame, metric: Metric) -> np.ndarray:
    if metric.interval == "wilson":
        return proportions_against_rest(column(frame, "numerator"), column(frame, "denominator"))
    if metric.interval == "poisson":
        return rates_against_rest(column(frame, "numerator"), column(frame, "denominator"))
    return ratios_against_rest(*(column(frame, name) for name in MOMENTS))


def _value_of_rest(frame: pl.DataFrame) -> np.ndarray:
    numerator, denominator = column(frame, "numerator"), column(frame, "denominator")
    with np.errstate(divide="ignore", invalid="ignore"):
        return (np.nansum(numerator) - numerator) / (np.nansum(denominator) - denominator)


def _direction(row: dict, rest: float, metric: Metric) -> str:
    if metric.better == "neither":
        return "none"
    if metric.better == "band":
        target = Target(row["minimum"], row["maximum"])
        if not target or target.holds(row["value"]) == target.holds(rest):
            return "none"
        return "better" if target.holds(row["value"]) else "worse"
    return "better" if (row["value"] > rest) == (metric.better == "higher") else "worse"
