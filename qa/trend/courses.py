"""The course of one metric as control charts: one for the whole, or one for each center, team, queue or scorecard item."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import polars as pl

from qa.filters import Filters, Scope
from qa.keys import joined
from qa.metrics import METRICS, Metric
from qa.periods import Grain, Period, bucket_end, bucket_start
from qa.query import obstacle, part_asked
from qa.stats.special_causes import Assurance, assurance
from qa.targets import Target
from qa.trend.levels import LevelChange, level_changes, with_origin
from qa.trend.variation import Method, held_against_limits, periods_of, rests_on_few, typical_limits
from qa.warehouse import Warehouse

Split = Literal["none", "center", "team", "queue", "item"]
SPLITS: dict[Split, tuple[str, ...]] = {
    "none": (), "center": ("center",), "team": ("center", "team"), "queue": ("queue",), "item": ("scorecard", "item"),
}  # fmt: skip
TREND_GRAINS: tuple[Grain, ...] = ("day", "week", "half_month", "month")
# How far back a chart reaches when the period chosen is shorter: limits need a past.
LOOK_BACK_DAYS = {"day": 182, "week": 364, "half_month": 365, "month": 730}
MOST_PANELS = 12
WHOLE, FOUND = "none", "found"


@dataclass(frozen=True)
class Course:
    """What the page is asked: one metric by one grain, split or not.

    ``rebase``: "none" for one set of limits; "found" for limits computed anew from each step found; or a day, as
    "2026-08-17", from which they are.
    """

    metric: str
    grain: Grain = "day"
    split: Split = "none"
    rebase: str = WHOLE


@dataclass(frozen=True)
class Panel:
    """One control chart.

    ``group``: the values of the split's dimensions. ``frame``: columns period, value, numerator, denominator, n,
    provisional (boolean: incomplete or may still change), thin (rests on too few), center, low, high (null without
    limits), rule, direction, variation, target_minimum, target_maximum; one row a period with a value.
    ``changes``: the steps found, whether limits follow them or not. ``assurance``: None without target or limits.
    """

    group: tuple[str, ...]
    frame: pl.DataFrame
    method: Method
    target: Target
    assurance: Assurance | None
    limits_now: tuple[float, float, float] | None
    changes: tuple[LevelChange, ...] = ()

    @property
    def key(self) -> str:
        return joined(self.group)

    @property
    def marked(self) -> int:
        """How many points speak of a special cause."""
        return int((self.frame["variation"] != "common_cause").sum()) if self.limits_now else 0


@dataclass(frozen=True)
class Trend:
    """All panels, those with something to tell first, and what they cover."""

    course: Course
    period: Period
    panels: tuple[Panel, ...]

    @property
    def metric(self) -> Metric:
        return METRICS[self.course.metric]

    @property
    def shown(self) -> tuple[Panel, ...]:
        """The panels there is room for."""
        return self.panels[:MOST_PANELS]


def trend(warehouse: Warehouse, scope: Scope, filters: Filters, course: Course) -> Trend:
    """The course of the metric up to the end of the filters' period, over at least ``LOOK_BACK_DAYS`` where data reach."""
    metric, by = METRICS[course.metric], SPLITS[course.split]
    period = covered(warehouse, filters, course.grain)
    wide = filters.during(*period)
    frames = periods_of(warehouse, scope, metric, by, course.grain, wide)
    daily = frames if course.grain == "day" else periods_of(warehouse, scope, metric, by, "day", wide)
    panels = [
        _panel(warehouse, scope, course, narrowed(wide, by, group), group, frame, daily.get(group), len(frames))
        for group, frame in frames.items()
    ]
    return Trend(course, period, tuple(sorted(panels, key=_urgency)))


def grains_of(warehouse: Warehouse, scope: Scope, metric: Metric, filters: Filters) -> tuple[Grain, ...]:
    """The grains by which the metric has figures: counts by month have none by day."""
    return tuple(
        grain for grain in TREND_GRAINS
        if periods_of(warehouse, scope, metric, (), grain, filters.during(*covered(warehouse, filters, grain)))
    )  # fmt: skip


def splits_of(metric: Metric, filters: Filters, warehouse: Warehouse) -> list[Split]:
    """The splits the metric can be asked by."""
    found: list[Split] = []
    for split, by in SPLITS.items():
        missing = "item" in by and not warehouse.present("evaluation_items")
        if not missing and not ("item" in by and "evaluations" not in metric.sources) and not obstacle(metric, by, filters):
            found.append(split)
    return found


def covered(warehouse: Warehouse, filters: Filters, grain: Grain) -> Period:
    """The whole periods a chart covers."""
    last = min(filters.date_to, warehouse.span.until) - timedelta(days=1)
    first = min(filters.date_from, last - timedelta(days=LOOK_BACK_DAYS[grain] - 1))
    start = bucket_start(max(first, warehouse.span.first_day), grain, filters.month_start)
    end = bucket_end(last, grain, filters.month_start)
    return Period(start, max(start, end))


def narrowed(filters: Filters, by: Sequence[str], group: Sequence[str]) -> Filters:
    """The filters of one group; a scorecard item is no filter and stays a grouping."""
    chosen = {dimension: (value,) for dimension, value in zip(by, group, strict=True)}
    return replace(
        filters,
        centers=chosen.get("center", filters.centers),
        teams=chosen.get("team", filters.teams),
        queues=chosen.get("queue", filters.queues),
    )


def _panel(
    warehouse: Warehouse, scope: Scope, course: Course, filters: Filters, group: tuple[str, ...],
    frame: pl.DataFrame, daily: pl.DataFrame | None, panels: int,
) -> Panel:  # fmt: skip
    metric = METRICS[course.metric]
    alpha = (1 - warehouse.config.statistics.confidence) / panels
    is_daily = daily is not None and daily.height >= frame.height and not rests_on_few(daily, metric)
    searched = daily if is_daily else frame
    found = level_changes(searched, metric, is_daily, alpha)
    if course.split != "item":
        found = [with_origin(change, searched, warehouse, scope, metric, filters) for change in found]
    target = _target(warehouse, metric, course, filters)
    breaks = _breaks(course, [change.day for change in found])
    frame, method = held_against_limits(frame, metric, course.grain == "day", breaks)
    frame = frame.with_columns(
        pl.lit(target.minimum, dtype=pl.Float64).alias("target_minimum"), pl.lit(target.maximum, dtype=pl.Float64).alias("target_maximum")
    )
    limits = typical_limits(frame)
    met = assurance(limits[0], limits[2], target.minimum, target.maximum) if limits else None
    return Panel(group, frame, method, target, met, limits, tuple(found))


def _breaks(course: Course, found: list[date]) -> list[date]:
    if course.rebase == WHOLE:
        return []
    return found if course.rebase == FOUND else [date.fromisoformat(course.rebase)]


def _target(warehouse: Warehouse, metric: Metric, course: Course, filters: Filters) -> Target:
    """The target in force on the last day shown; none for a part of a scorecard."""
    if course.split == "item" or part_asked((), filters):
        return Target()
    last = min(filters.date_to, warehouse.span.until) - timedelta(days=1)
    return warehouse.targets.of(metric, last, _only(filters.centers), _only(filters.queues))


def _only(chosen: tuple[str, ...] | None) -> str | None:
    return chosen[0] if chosen is not None and len(chosen) == 1 else None


def _urgency(panel: Panel) -> tuple:
    """Sorts first what changed its level, then what has marked points, then what has limits at all."""
    return (not panel.changes, panel.limits_now is None, -panel.marked / max(panel.frame.height, 1), panel.key)
