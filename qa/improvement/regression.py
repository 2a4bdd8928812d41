"""Regression to the mean: how far a group that was chosen for its figures comes back by itself."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from qa.filters import Filters, Scope
from qa.improvement.course import LEVELS, Course, Level, all_of_level
from qa.judging import MOMENTS, column
from qa.measured import measured
from qa.metrics import Metric
from qa.stats.before_after import expected_regression, pooled_unit_variance, shrinkage
from qa.stats.moments import Moments, Numbers
from qa.warehouse import Warehouse

# Among fewer groups, what tells them apart cannot be told from chance.
LEAST_GROUPS = 6


@dataclass(frozen=True)
class Regression:
    """``expected``: how far the group's value moves by itself, in the metric's unit, if it was chosen for its figures before;
    null among too few groups to tell. ``value``: of those of the group that are counted; ``mean``: of all ``groups``;
    ``kept``: the share of the group's distance from it that lasts."""

    groups: int
    value: float
    mean: float | None = None
    expected: float | None = None

    @property
    def kept(self) -> float | None:
        """The share of the distance that is the group's own; null where nothing is expected or there is no distance."""
        distance = None if self.mean is None else self.mean - self.value
        return 1 - self.expected / distance if distance else None


def regression(warehouse: Warehouse, scope: Scope, group: Filters, level: Level, course: Course) -> Regression | None:
    """What to expect from the spread of all groups of the level in the days before; None where the group has nothing there."""
    before = all_of_level(group, level).during(*course.windows.before)
    frame = measured(warehouse, [course.metric], (level,), before, scope).get(course.metric)
    if frame is None:
        return None
    frame = frame.filter(pl.col(level).is_not_null() & pl.col("value").is_not_null() & (pl.col("denominator") > 0))
    if "denominator_squared" in frame.columns:
        frame = frame.filter(pl.col("denominator_squared") > 0)
    own = frame[level].is_in(list(getattr(group, LEVELS[level]))).to_numpy()
    if not own.any():
        return None
    values, weights = column(frame, "value"), column(frame, "denominator")
    value = float((values * weights)[own].sum() / weights[own].sum())
    variances = _by_chance(frame, course.declared)
    if frame.height < LEAST_GROUPS or not np.isfinite(variances).all() or not (variances > 0).all():
        return Regression(frame.height, value)
    lasting = shrinkage(values, variances)
    expected = expected_regression(values[own], weights[own], lasting._replace(kept=lasting.kept[own]))
    return Regression(frame.height, value, lasting.mean, expected)


def _by_chance(frame: pl.DataFrame, metric: Metric) -> Numbers:
    """The variance that chance alone gives each group's value, all groups being equal."""
    numerator, denominator = column(frame, "numerator"), column(frame, "denominator")
    common = numerator.sum() / denominator.sum()
    if metric.interval in ("wilson", "poisson"):
        return common * ((1 - common) if metric.interval == "wilson" else 1) / denominator
    names = MOMENTS if metric.interval == "ratio" else ("product", "denominator_squared", "denominator_squared", *MOMENTS[3:])
    moments = Moments.of(*(column(frame, name) for name in names))
    return pooled_unit_variance(moments) * moments.n / moments.y**2
