"""Before and after: four figures, how far the group moved, and how much further than those it is compared with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import polars as pl

from qa.filters import Filters, Scope
from qa.improvement.course import LEVELS, NOBODY, OTHER_CENTERS, OTHERS, Course, Level, all_of_level, level_of
from qa.improvement.regression import Regression, regression
from qa.judging import MOMENTS, column
from qa.measured import measured, with_interval
from qa.metrics import METRICS, Metric
from qa.query import obstacle
from qa.stats.before_after import Units, difference_in_differences, widened_by_units
from qa.stats.differences import Difference, proportion_difference, rate_difference, ratio_difference
from qa.stats.moments import Moments
from qa.warehouse import Warehouse

Side = Literal["group", "against"]
Window = Literal["before", "after"]
Direction = Literal["better", "worse", "changed", "none", "too_few"]
# Between fewer agents than this nothing can be said of how they differ.
LEAST_AGENTS = 3


@dataclass(frozen=True)
class Cell:
    """One figure: ``row`` has numerator, denominator, value, low, high, n and the moments; ``filters``: its rows."""

    side: Side
    window: Window
    filters: Filters
    row: dict


@dataclass(frozen=True)
class Shift:
    """A difference with its interval, in the metric's unit; ``direction``: whether it is more than noise, and for better or worse.

    ``alone``: the direction if nothing else were claimed beside it; its interval leaves out 0 unless it is "none".
    """

    value: float
    low: float
    high: float
    direction: Direction
    alone: Direction


@dataclass(frozen=True)
class Study:
    """What came of it. ``change``: of the group, after less before; ``other_change``: of those compared with; ``difference``:
    the first less the second. Null where a side has nothing. ``regression``: what the group's move owes to its choice.
    """

    course: Course
    group: Filters
    level: Level | None
    cells: tuple[Cell, ...]
    change: Shift | None
    other_change: Shift | None
    difference: Shift | None
    regression: Regression | None

    def cell(self, side: Side, window: Window) -> Cell | None:
        """The figure of a side in a window; None for a side that is not asked for."""
        return next((cell for cell in self.cells if (cell.side, cell.window) == (side, window)), None)

    @property
    def verdict(self) -> Shift | None:
        """What the answer rests on: the difference of the changes, or the change alone where there is nobody to compare with."""
        return self.difference if self.difference is not None and self.difference.direction != "too_few" else self.change


def study(warehouse: Warehouse, scope: Scope, filters: Filters, course: Course) -> Study:
    """The four figures and what they say."""
    group = course.group(filters)
    level = level_of(group)
    sides: dict[Side, Filters | None] = {"group": group, "against": compared_with(warehouse, scope, group, course)}
    cells = tuple(cell for side, rows in sides.items() if rows is not None for cell in _cells(warehouse, scope, side, rows, course))
    change, other_change = (_change(warehouse, course.declared, [cell for cell in cells if cell.side == side]) for side in sides)
    difference = None
    if change is not None and other_change is not None:
        enough = change.direction != "too_few" and other_change.direction != "too_few"
        confidence = warehouse.config.statistics.confidence
        difference = _shift(course.declared, _difference(warehouse, scope, cells, course, confidence), enough)
        if enough and not _is_sure(warehouse, scope, cells, course):
            change, difference = (replace(shift, direction="none") for shift in (change, difference))
    pull = regression(warehouse, scope, group, level, course) if level is not None and change is not None else None
    return Study(course, group, level, cells, change, other_change, difference, pull)


def metrics_for(warehouse: Warehouse, filters: Filters) -> list[str]:
    """The metrics that carry an interval and can be asked of these rows, headline ones first."""
    found = [
        key for key, metric in METRICS.items()
        if metric.interval != "none" and not warehouse.missing_tables(metric.sources) and not obstacle(metric, (), filters)
    ]  # fmt: skip
    return sorted(found, key=lambda key: not METRICS[key].headline)


def compared_with(warehouse: Warehouse, scope: Scope, group: Filters, course: Course) -> Filters | None:
    """The rows of those the group is compared with; None for nobody.

    The others of its level are those with anything counted in either window, so the rows can be named one by one.
    """
    level = level_of(group)
    if course.against == NOBODY or (course.against == OTHERS and level is None):
        return None
    if course.against == OTHERS:
        found = others(warehouse, scope, group, level, course)
        return all_of_level(group, level).choosing(**{LEVELS[level]: found}) if found else None
    own = group.within(scope).centers or ()
    known = [name for name in warehouse.centers["center_id"] if (scope is None or name in scope) and name not in own]
    chosen = tuple(sorted(known)) if course.against == OTHER_CENTERS else tuple(name for name in known if name == course.against)
    return replace(group, centers=chosen, teams=None, agents=None) if chosen else None


def others(warehouse: Warehouse, scope: Scope, group: Filters, level: Level, course: Course) -> tuple[str, ...]:
    """Those of the group's level that are not in it, by their codes."""
    chosen, found = set(getattr(group, LEVELS[level])), set[str]()
    for window in course.windows:
        frame = measured(warehouse, [course.metric], (level,), all_of_level(group, level).during(*window), scope).get(course.metric)
        found |= set() if frame is None else set(frame.filter(pl.col("value").is_not_null())[level].drop_nulls())
    return tuple(sorted(found - chosen))


def _cells(warehouse: Warehouse, scope: Scope, side: Side, rows: Filters, course: Course) -> Iterator[Cell]:
    for window in ("before", "after"):
        filters = rows.during(*getattr(course.windows, window))
        frame = measured(warehouse, [course.metric], (), filters, scope).get(course.metric)
        if frame is not None:
            row = with_interval(frame, course.declared, warehouse.config.statistics.confidence).row(0, named=True)
            yield Cell(side, window, filters, row)


def _change(warehouse: Warehouse, metric: Metric, cells: list[Cell]) -> Shift | None:
    if len(cells) < 2 or any(cell.row["value"] is None for cell in cells):
        return None
    before, after = (cell.row for cell in cells)
    found = row_difference(metric, after, before, warehouse.config.statistics.confidence)
    least_n = warehouse.config.statistics.least_n
    return _shift(metric, found, metric.interval == "poisson" or min(before["n"], after["n"]) >= least_n)


def _is_sure(warehouse: Warehouse, scope: Scope, cells: tuple[Cell, ...], course: Course) -> bool:
    """Whether anything may be claimed of the two statements made, the group's change and the difference.

    Holm's correction, told from intervals: where neither is beyond noise at half the error, neither is; where one is, the other
    is judged at the whole error. So the chance that even one is claimed by noise stays what it is for one.
    """
    strict = 1 - (1 - warehouse.config.statistics.confidence) / 2
    before, after = (cell.row for cell in cells if cell.side == "group")
    claims = row_difference(course.declared, after, before, strict), _difference(warehouse, scope, cells, course, strict)
    return any(low > 0 or high < 0 for _value, low, high in claims)


def row_difference(metric: Metric, row: dict, other: dict, confidence: float) -> Difference:
    """The first figure less the second with its interval, by the metric's family."""
    if metric.interval in ("wilson", "poisson"):
        counts = (row["numerator"], row["denominator"], other["numerator"], other["denominator"])
        return (proportion_difference if metric.interval == "wilson" else rate_difference)(*counts, confidence)
    _value, low, high = ratio_difference(row_moments(metric, row), row_moments(metric, other), confidence)
    half_width, value = (high - low) / 2, np.asarray(row["value"] - other["value"])
    return value, value - half_width, value + half_width


def row_moments(metric: Metric, row: dict) -> Moments:
    """The sums of a mean or ratio, of those units that are known one by one."""
    names = MOMENTS if metric.interval == "ratio" else ("product", "denominator_squared", "denominator_squared", *MOMENTS[3:])
    return Moments.of(*(np.array(row[name], dtype=float) for name in names))


def _difference(
    warehouse: Warehouse, scope: Scope, cells: tuple[Cell, ...], course: Course, confidence: float
) -> Difference:
    """The difference of the changes, with whole agents as units where the metric is recorded by them."""
    own_before, own_after, other_before, other_after = (cell.row for cell in cells)
    found = difference_in_differences(
        row_difference(course.declared, own_after, own_before, confidence), row_difference(course.declared, other_after, other_before, confidence)
    )
    if obstacle(course.declared, ("agent",), cells[0].filters):
        return found
    before_own, after_own, before_other, after_other = (_by_agent(warehouse, scope, cell, course) for cell in cells)
    units = _units(before_own, after_own), _units(before_other, after_other)
    if min(len(side.x_before) for side in units) < LEAST_AGENTS:
        return found
    return widened_by_units(found, *units, confidence=confidence)


def _by_agent(warehouse: Warehouse, scope: Scope, cell: Cell, course: Course) -> pl.DataFrame:
    frame = measured(warehouse, [course.metric], ("agent",), cell.filters, scope)[course.metric]
    return frame.filter(pl.col("agent").is_not_null() & (pl.col("denominator") > 0)).select("agent", "numerator", "denominator")


def _units(before: pl.DataFrame, after: pl.DataFrame) -> Units:
    both = before.join(after, on="agent", how="full", coalesce=True, suffix="_after").fill_null(0.0)
    return Units(*(column(both, name) for name in ("numerator", "denominator", "numerator_after", "denominator_after")))


def _shift(metric: Metric, found: Difference, enough: bool) -> Shift:
    value, low, high = (float(part) for part in found)
    direction = _direction(metric, low, high) if enough and np.isfinite(low) else "too_few"
    return Shift(value, low, high, direction, direction)


def _direction(metric: Metric, low: float, high: float) -> Direction:
    if low <= 0 <= high:
        return "none"
    if metric.better not in ("higher", "lower"):
        return "changed"
    return "better" if (low > 0) == (metric.better == "higher") else "worse"
