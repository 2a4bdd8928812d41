"""Who is truly among the best or worst: values drawn towards the common one, and the chance of belonging to a tenth."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from qa.config import Config
from qa.judging import MOMENTS, column, nullable
from qa.metrics import Metric
from qa.stats.funnel import pooled_scale
from qa.stats.moments import Moments
from qa.stats.shrinkage import LEAST_GROUPS, Shrunk, shrunken_shares, shrunken_values

# Nobody is called top or bottom below this chance.
CALLED = 0.8
# Whether the high end of a metric is its good one.
HIGH_IS_GOOD = {"higher": True, "lower": False}


@dataclass(frozen=True)
class Ranking:
    """The groups with enough records, best first; where the metric has no better side, highest first.

    ``frame``: columns of ``qa.results.answer`` and estimate, shrunken_low, shrunken_high, in_top, in_bottom (0-1), called (top, bottom,
    null). ``size``: how many are a tenth; ``left_out``: groups with too few records; ``spread``: of the true values.
    Of too few groups nothing can be told of how far apart they truly are: no estimate then and no chances, only the values.
    """

    metric: Metric
    frame: pl.DataFrame
    size: int
    left_out: int
    mean: float
    spread: float

    @property
    def is_of_few(self) -> bool:
        """Whether the groups are too few to estimate how far apart they truly are."""
        return self.frame.height < LEAST_GROUPS

    @property
    def has_places(self) -> bool:
        """Whether anybody ranks above anybody: the true values spread at all."""
        return self.frame.height > 1 and self.spread > 0

    def called(self, side: str) -> pl.DataFrame:
        """Those who are called top or bottom."""
        return self.frame.filter(pl.col("called") == side)


def ranking(frame: pl.DataFrame, metric: Metric, config: Config) -> Ranking:
    """``frame``: rows of ``qa.results.answer`` of one metric."""
    enough = frame.filter(pl.col("n") >= config.statistics.least_n)
    shrunk = _shrunk(enough, metric, config.statistics.confidence)
    top, bottom = (shrunk.in_top, shrunk.in_bottom) if HIGH_IS_GOOD.get(metric.better, True) else (shrunk.in_bottom, shrunk.in_top)
    can_tell = enough.height > 1 and shrunk.spread > 0
    called = np.select([can_tell & (top >= CALLED), can_tell & (bottom >= CALLED)], ["top", "bottom"], "")
    columns = {"estimate": shrunk.estimate, "shrunken_low": shrunk.low, "shrunken_high": shrunk.high, "in_top": top, "in_bottom": bottom}
    if enough.height < LEAST_GROUPS:
        columns = {name: np.full(enough.height, np.nan) for name in columns}
    ranked = enough.with_columns(
        *(nullable(numbers).alias(name) for name, numbers in columns.items()),
        pl.Series("called", [name or None for name in called.tolist()], dtype=pl.String),
    )
    first = HIGH_IS_GOOD.get(metric.better, True)
    ranked = ranked.sort("estimate", "value", "n", descending=[first, first, True], nulls_last=True)
    return Ranking(metric, ranked, shrunk.size, frame.height - enough.height, shrunk.mean, shrunk.spread)


def _shrunk(frame: pl.DataFrame, metric: Metric, confidence: float) -> Shrunk:
    """Shares by their counts; means and ratios with the spread that all units have around their own group's value."""
    if metric.interval == "wilson":
        return shrunken_shares(column(frame, "numerator"), column(frame, "denominator"), confidence)
    names = ("product", "denominator_squared", "denominator_squared", "numerator_squared", "product", "denominator_squared")
    moments = Moments.of(*(column(frame, name) for name in (names if metric.interval == "mean" else MOMENTS)))
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = pooled_scale(moments) / moments.y
    return shrunken_values(column(frame, "value"), variance, confidence)
