"""Sums -> values and intervals, not judged: for courses over time, comparisons and shares of a whole."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from qa.filters import Filters, Scope
from qa.judging import MOMENTS, column, figures_of, interval, nullable, nullable_frame
from qa.metrics import METRICS, Metric
from qa.periods import Period, bucket_at, bucket_end, days_within
from qa.query import questions
from qa.results import askable
from qa.warehouse import Warehouse

MONTHS_SHOWN = 13


def measured(warehouse: Warehouse, keys: Iterable[str], by: Sequence[str], filters: Filters, scope: Scope) -> dict[str, pl.DataFrame]:
    """A frame for each metric that can be asked this way, in the order asked.

    Columns: the groups, numerator, denominator, n, the moments its interval needs, value; null value where nothing counts.
    """
    asked = list(keys)
    frames = {}
    for question in questions(askable(warehouse, asked, by, filters), by, filters, scope):
        sums = warehouse.sums(question)
        figures = figures_of(sums, [METRICS[key] for key in question.metrics])
        together = nullable_frame(figures | {"n": figures["n"].astype(np.int64)})
        columns, groups = set(sums.columns), [sums.get_column(name) for name in by]
        for place, key in enumerate(question.metrics):
            own = [name for name in figures if name in ("value", "n") or f"{key}.{name}" in columns]
            frames[key] = pl.DataFrame([*groups, *(together.get_column(name).slice(place * sums.height, sums.height) for name in own)])
    return {key: frames[key] for key in asked if key in frames}


def with_interval(frame: pl.DataFrame, metric: Metric, confidence: float) -> pl.DataFrame:
    """The frame with low and high; null where the data carry no interval."""
    low, high = interval({name: column(frame, name) for name in (*MOMENTS, "value") if name in frame.columns}, metric, confidence)
    return frame.with_columns(nullable(low).alias("low"), nullable(high).alias("high"))


def months_up_to(period: Period, month_start: int) -> Period:
    """The thirteen months that end with the period's last day: a year, and the month a year before."""
    last = bucket_at(period.last_day, "month", month_start)
    return Period(bucket_at(period.last_day, "month", month_start, 1 - MONTHS_SHOWN).date_from, last.date_to)


def over_months(filters: Filters) -> Filters:
    """The same rows over the thirteen months that end with the filters' period."""
    return filters.during(*months_up_to(Period(filters.date_from, filters.date_to), filters.month_start))


def provisional_from(warehouse: Warehouse, metric: Metric) -> date:
    """The first day whose figure may still change: the resolution window is not over, or the day has not come."""
    until = warehouse.span.until
    if "contacts" not in metric.sources:
        return until
    return until - timedelta(days=warehouse.config.definitions.resolution_window_days)


def monthly_course(
    warehouse: Warehouse, keys: Iterable[str], by: Sequence[str], filters: Filters, scope: Scope
) -> dict[str, pl.DataFrame]:
    """The months up to the end of the filters' period, by the groups, one frame a metric.

    Columns: the groups, period (first day of the month), numerator, denominator, n, value, low, high, target_minimum,
    target_maximum (in force at the month's end), provisional (boolean). Months without a value are left out.
    """
    months = over_months(filters)
    asked = _asked_once(warehouse, keys, by, months, scope)
    courses = warehouse.told(("course", tuple(keys), tuple(by), asked, scope), lambda: _courses(warehouse, keys, by, asked, scope))
    return {key: course[_places(course, months)] for key, course in courses.items()}


def _places(course: pl.DataFrame, months: Filters) -> np.ndarray:
    """The rows of these months: found by NumPy, for two dozen small frames ask for theirs at each month."""
    return np.flatnonzero(days_within(course["period"].to_numpy(), months.date_from, months.date_to))


def _asked_once(warehouse: Warehouse, keys: Iterable[str], by: Sequence[str], months: Filters, scope: Scope) -> Filters:
    """All months, where sums in memory answer for them: whoever steps through the months has their courses at hand."""
    cuts = [warehouse.cut(question) for question in questions(askable(warehouse, keys, by, months), (*by, "month"), months, scope)]
    is_within = months.date_to <= bucket_end(warehouse.span.last_day, "month")
    return months.during(None, None) if is_within and all(cut and cut.time for cut in cuts) else months


def _courses(warehouse: Warehouse, keys: Iterable[str], by: Sequence[str], filters: Filters, scope: Scope) -> dict[str, pl.DataFrame]:
    """Months after the data's last are none: a call's day may be any, where evaluations are taken by it."""
    frames = measured(warehouse, keys, (*by, "month"), filters, scope)
    known = pl.col("month") <= warehouse.span.last_day if filters.date_to is None else pl.lit(True)
    return {key: _course(warehouse, METRICS[key], frame.filter(known), filters) for key, frame in frames.items()}


def _course(warehouse: Warehouse, metric: Metric, frame: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    frame = with_interval(frame.filter(pl.col("value").is_not_null()), metric, warehouse.config.statistics.confidence)
    provisional_since = provisional_from(warehouse, metric)
    periods = frame["month"].to_list()
    of_period = {}
    for start in dict.fromkeys(periods):
        end = bucket_end(start, "month", filters.month_start)
        target = warehouse.targets.of(metric, end - timedelta(days=1), _only(filters.centers), _only(filters.queues))
        of_period[start] = (target.minimum, target.maximum, end > provisional_since)
    minimum, maximum, provisional = zip(*(of_period[start] for start in periods), strict=True) if periods else ((), (), ())
    return frame.rename({"month": "period"}).with_columns(
        pl.Series("target_minimum", minimum, dtype=pl.Float64),
        pl.Series("target_maximum", maximum, dtype=pl.Float64),
        pl.Series("provisional", provisional, dtype=pl.Boolean),
    )


def _only(chosen: tuple[str, ...] | None) -> str | None:
    return chosen[0] if chosen is not None and len(chosen) == 1 else None
