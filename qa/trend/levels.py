"""Changes of level: from which day a metric runs at another level than before, by how much, and where that comes from."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from qa.changes import contributions
from qa.filters import Filters, Scope
from qa.judging import column
from qa.measured import measured
from qa.metrics import Metric
from qa.query import obstacle
from qa.stats.change_points import LEAST_SIDE, Step, steps
from qa.trend.variation import family, periods_of, prepared, rests_on_few
from qa.warehouse import Warehouse

# A change is said to come from a group that carries at least this much of it.
MAIN_SHARE = 0.6
# Periods longer than a day are few: so many on either side make a level.
LEAST_PERIODS = 4
# The change of the group that carries it is looked for so near to the change of the whole.
NEAR = timedelta(days=10)
SOURCES = {"center": "centers", "queue": "queues"}


@dataclass(frozen=True)
class LevelChange:
    """From ``day`` on the level is ``after`` instead of ``before``: the sums of the days from ``since`` (the change before
    it, or the start of the chart) to ``until`` (the next one, or the end of what is final).

    ``earliest``, ``latest``: between which days it lies with 95 % confidence. ``p``: the chance of so clear a change
    where there is none. ``origin``: the part of the whole that carries it, where one does.
    """

    day: date
    earliest: date
    latest: date
    before: float
    after: float
    p: float
    since: date
    until: date
    origin: "Origin | None" = None

    @property
    def is_rise(self) -> bool:
        return self.after > self.before

    def variation(self, metric: Metric) -> str:
        """improvement, concern or neither, as for a point."""
        if metric.better not in ("higher", "lower"):
            return "special_cause_neither"
        return "special_cause_improvement" if self.is_rise == (metric.better == "higher") else "special_cause_concern"


@dataclass(frozen=True)
class Origin:
    """Where a change comes from: a center, a queue, or a queue of a center, and its own change, seen clearer there."""

    where: tuple[tuple[str, str], ...]
    change: LevelChange


def level_changes(frame: pl.DataFrame, metric: Metric, is_daily: bool, alpha: float) -> list[LevelChange]:
    """The changes in a frame of one group's periods, in order of time; a wrong one with a chance of at most ``alpha``.

    Days are freed of the weekday's effect first; holidays and what is provisional or rests on too few are left out.
    """
    if rests_on_few(frame, metric):
        return []
    frame = prepared(frame, metric, is_daily)
    numerator, denominator = (column(frame, name) for name in ("numerator", "denominator"))
    if metric.unit == "count":
        denominator = np.ones(frame.height)
    counted = frame["counted"].to_numpy() & (denominator > 0)
    numerator = numerator - column(frame, "offset") * denominator
    found = steps(numerator[counted], denominator[counted], family(metric), alpha, LEAST_SIDE if is_daily else LEAST_PERIODS)
    periods = frame.filter(pl.Series(counted))["period"].to_list()
    return _described(found, periods, frame.filter(~pl.col("provisional"))) if found else []


def with_origin(
    change: LevelChange, frame: pl.DataFrame, warehouse: Warehouse, scope: Scope, metric: Metric, filters: Filters
) -> LevelChange:
    """The same change, with the center, the queue, or the queue of a center that carries most of it, where one does.

    The change is then dated by that part, where its day shows clearest; the levels follow. ``frame``: the days it was
    found in.
    """
    origin = _origin(change, warehouse, scope, metric, filters, ())
    if origin is None or not change.since < origin.change.day < change.until:
        return change
    day, final = origin.change.day, frame.filter(~pl.col("provisional"))
    return replace(
        change, day=day, origin=origin, before=_level(final, change.since, day), after=_level(final, day, change.until),
        earliest=origin.change.earliest, latest=origin.change.latest,
    )  # fmt: skip


def _origin(
    change: LevelChange, warehouse: Warehouse, scope: Scope, metric: Metric, filters: Filters, where: tuple[tuple[str, str], ...]
) -> Origin | None:
    carrier = None if metric.unit == "count" else _carrier(change, warehouse, scope, metric, filters)
    if carrier is None:
        return None
    dimension, group = carrier
    inside = replace(filters, centers=(group,)) if dimension == "center" else replace(filters, queues=(group,))
    own = _same_change(change, periods_of(warehouse, scope, metric, (), "day", inside).get(()), metric)
    if own is None:
        return None
    where = (*where, carrier)
    return _origin(own, warehouse, scope, metric, inside, where) or Origin(where, own)


def _carrier(change: LevelChange, warehouse: Warehouse, scope: Scope, metric: Metric, filters: Filters) -> tuple[str, str] | None:
    """The dimension and group with the largest share of the change."""
    shares = []
    for dimension, attribute in SOURCES.items():
        chosen = getattr(filters, attribute)
        if (chosen is not None and len(chosen) == 1) or obstacle(metric, (dimension,), filters):
            continue
        before, after = (
            measured(warehouse, [metric.key], (dimension,), filters.during(*days), scope)[metric.key]
            for days in ((change.since, change.day), (change.day, change.until))
        )
        parts = contributions(after, before, dimension).drop_nulls()
        if parts.height > 1:
            parts = parts.with_columns((pl.col("contribution") / (change.after - change.before)).alias("share")).sort("share")
            shares.append((parts["share"][-1], dimension, parts[dimension][-1]))
    share, dimension, group = max(shares, default=(0.0, "", ""))
    return (dimension, group) if share >= MAIN_SHARE else None


def _same_change(change: LevelChange, daily: pl.DataFrame | None, metric: Metric) -> LevelChange | None:
    """The change of a part that goes with one of the whole: to the same side, at about the same time."""
    if daily is None:
        return None
    near = [
        own for own in level_changes(daily, metric, is_daily=True, alpha=0.05)
        if own.is_rise == change.is_rise and change.earliest - NEAR <= own.day <= change.latest + NEAR
    ]  # fmt: skip
    return min(near, key=lambda own: own.p, default=None)


def _described(found: list[Step], periods: list[date], frame: pl.DataFrame) -> list[LevelChange]:
    days = [periods[step.at] for step in found]
    edges = [frame["period"][0], *days, frame["until"][-1]]
    levels = [_level(frame, start, end) for start, end in zip(edges[:-1], edges[1:], strict=True)]
    return [
        LevelChange(
            day, periods[step.earliest], periods[step.latest], levels[place], levels[place + 1], step.p, edges[place], edges[place + 2]
        )
        for place, (step, day) in enumerate(zip(found, days, strict=True))
    ]


def _level(frame: pl.DataFrame, start: date, end: date) -> float:
    """Numerator over denominator of all periods in [start, end); the mean where there is no denominator."""
    part = frame.filter((pl.col("period") >= start) & (pl.col("period") < end))
    numerator, denominator = (float(np.nansum(column(part, name))) for name in ("numerator", "denominator"))
    return numerator / denominator if denominator else float(np.mean(column(part, "value")))
