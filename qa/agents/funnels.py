"""The funnel of all agents or teams: who lies beyond what chance explains for so many records."""

from typing import NamedTuple

import numpy as np
import polars as pl

from qa.config import Config
from qa.metrics import Metric
from qa.results import MOMENTS, column, nullable
from qa.stats.comparisons import holm, ratios_against_rest
from qa.stats.funnel import INNER, Family, Funnel, funnel, pooled_scale
from qa.stats.moments import Moments

FAMILIES: dict[str, Family] = {"wilson": "binomial", "poisson": "poisson", "mean": "normal", "ratio": "normal"}
PLACES = 60


class Funnelled(NamedTuple):
    """``frame``: the rows with a denominator, and direction: better, worse, neither (beyond, but the metric has no better side),
    none, too_few. ``limits``: columns denominator, low, high, inner_low, inner_high.
    """

    funnel: Funnel
    frame: pl.DataFrame
    limits: pl.DataFrame


def funnelled(frame: pl.DataFrame, metric: Metric, config: Config) -> Funnelled:
    """``frame``: rows of ``qa.results.answer`` of one metric that has an interval; at least one."""
    rows = frame.filter(pl.col("denominator") > 0)
    numerator, denominator = column(rows, "numerator"), column(rows, "denominator")
    family = FAMILIES[metric.interval]
    moments = [column(rows, name) for name in MOMENTS] if family == "normal" else []
    scale = pooled_scale(Moments.of(*moments)) if moments else np.nan
    judged, alpha = column(rows, "n") >= config.statistics.least_n, 1 - config.statistics.confidence
    found = funnel(family, numerator, denominator, judged, scale, alpha)
    confirmed = _differ(moments, judged, alpha) if moments else judged
    directions = [_direction(state, metric, bool(is_real)) for state, is_real in zip(found.states, confirmed, strict=True)]
    return Funnelled(found, rows.with_columns(pl.Series("direction", directions, dtype=pl.String)), _limits(found, denominator, metric))


def _differ(moments: list[np.ndarray], judged: np.ndarray, alpha: float) -> np.ndarray:
    """Who differs from the others together by the test of the tables, all comparisons allowed for."""
    p = np.full(len(judged), np.nan)
    p[judged] = ratios_against_rest(*(numbers[judged] for numbers in moments))
    return holm(p, alpha)


def _direction(state: str, metric: Metric, is_real: bool) -> str:
    """Limits of means are those of normal values: a dozen scores of which one is 0 lie beyond them by chance, so such a
    point is marked only where the test of the tables confirms it.
    """
    if state == "not_judged":
        return "too_few"
    if state not in ("low", "high") or not is_real:
        return "none"
    if metric.better in ("band", "neither"):
        return "neither"
    return "better" if (state == "high") == (metric.better == "higher") else "worse"


def _limits(found: Funnel, denominators: np.ndarray, metric: Metric) -> pl.DataFrame:
    """The limits from the smallest to the largest group."""
    places = np.geomspace(max(float(denominators.min()), 1.0), float(denominators.max()) * 1.04, PLACES)
    columns = {"denominator": places}
    for prefix, coverage in (("", found.outer), ("inner_", INNER)):
        low, high = found.limits(places, coverage)
        columns |= {f"{prefix}low": low, f"{prefix}high": high}
    frame = pl.DataFrame({name: nullable(numbers) for name, numbers in columns.items()})
    ends = pl.exclude("denominator")
    return frame.with_columns(ends.clip(0, 1)) if metric.unit == "share" else frame.with_columns(ends.clip(0, None))
