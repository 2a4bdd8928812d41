"""This period against another: how far a metric moved, whether that is more than noise, and where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from qa.config import Config
from qa.judging import MOMENTS, Numbers, column
from qa.metrics import Metric
from qa.stats.comparisons import holm, proportions_against_rest, rates_against_rest, ratios_against_rest
from qa.words import Direction


@dataclass(frozen=True)
class Change:
    """From ``before`` to ``now``, in the metric's unit.

    ``direction``: better or worse when the change is more than noise, all changes looked at together allowed for; none
    when it may be noise or the metric has no better side; too_few below the least n.
    ``is_real``: more than noise, whatever its side.
    """

    now: float | None
    before: float | None
    direction: Direction
    is_real: bool = False

    @property
    def difference(self) -> float | None:
        return None if self.now is None or self.before is None else self.now - self.before


def changes(metrics: Sequence[Metric], now: Sequence[dict | None], before: Sequence[dict | None], config: Config) -> list[Change]:
    """The change of each metric between two rows of ``qa.results.answer``; None stands for a row that is not there."""
    least_n = config.statistics.least_n
    pairs = list(zip(metrics, now, before, strict=True))
    p = np.array([p_value(metric, first, second, least_n) for metric, first, second in pairs])
    flagged = holm(p, 1 - config.statistics.confidence)
    return [
        _change(metric, first or {}, second or {}, p[i], bool(flagged[i])) for i, (metric, first, second) in enumerate(pairs)
    ]


def shortfall_shares(groups: pl.DataFrame, bound: float) -> Numbers:
    """How much of what is missing to the target sits in each group, of those that miss: 0-1, nan for the others.

    A group misses ``denominator x bound - numerator``; these add up to what is missing in all. For a maximum the signs
    turn, which the caller gets by passing the groups of a metric that misses it: only the groups on the wrong side count.
    """
    missing = column(groups, "numerator") - bound * column(groups, "denominator")
    wrong = np.clip(missing if np.nansum(missing) >= 0 else -missing, 0, None)
    return np.where(wrong > 0, wrong, np.nan) / np.nansum(wrong)


def contributions(now: pl.DataFrame, before: pl.DataFrame, group: str) -> pl.DataFrame:
    """What each group contributed to the change of the whole, in the metric's unit; they add up to the change.

    Columns: the group, contribution. A group contributes its distance from the former overall value, weighted by its
    share of the denominator, now less before: by performing differently, or by weighing differently.
    """
    names = [group, "numerator", "denominator"]
    joined = now.select(names).join(before.select(names), on=group, how="full", coalesce=True, suffix="_before", nulls_equal=True)
    joined = joined.with_columns(pl.exclude(group).fill_null(0.0))
    former = pl.col("numerator_before").sum() / pl.col("denominator_before").sum()
    away_now = (pl.col("numerator") - former * pl.col("denominator")) / pl.col("denominator").sum()
    away_before = (pl.col("numerator_before") - former * pl.col("denominator_before")) / pl.col("denominator_before").sum()
    return joined.select(group, (away_now - away_before).alias("contribution"))


def p_value(metric: Metric, now: dict | None, before: dict | None, least_n: int) -> float:
    """p of the difference of two rows: two groups are each the other's rest. nan where it cannot be told."""
    if now is None or before is None or metric.interval == "none":
        return np.nan
    figures = [[np.nan if row.get(name) is None else float(row[name]) for row in (now, before)] for name in MOMENTS if name in now]
    if metric.interval == "poisson":
        return float(rates_against_rest(*figures[:2])[0])
    if min(now["n"], before["n"]) < least_n:
        return np.nan
    if metric.interval == "wilson":
        return float(proportions_against_rest(*figures[:2])[0])
    return float(ratios_against_rest(*figures)[0])


def _change(metric: Metric, now: dict, before: dict, p: float, is_real: bool) -> Change:
    first, second = now.get("value"), before.get("value")
    if first is None or second is None or np.isnan(p):
        return Change(first, second, "too_few")
    if not is_real or metric.better in ("neither", "band"):
        return Change(first, second, "none", is_real)
    return Change(first, second, "better" if (first > second) == (metric.better == "higher") else "worse", True)
