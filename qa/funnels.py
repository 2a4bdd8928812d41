"""The funnel of a metric's groups: centers, teams or agents, whichever the frame holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from qa.config import Config
from qa.judging import MOMENTS, column, known_units
from qa.metrics import Metric
from qa.stats.comparisons import holm, ratios_against_rest
from qa.stats.funnel import INNER, Family, Funnel, State, funnel, pooled_scale
from qa.stats.moments import Moments

Direction = Literal["better", "worse", "neither", "none", "too_few"]
FAMILIES: dict[str, Family] = {"wilson": "binomial", "poisson": "poisson", "mean": "normal", "ratio": "normal"}
CURVE_POINTS = 120


@dataclass(frozen=True)
class MetricFunnel:
    """One metric's funnel.

    ``groups``: the frame's rows with a value, with state (inside, near, low, high, not_judged) and direction: better or
    worse beyond the outer limits, neither for a metric without a better side there, none within, too_few where not judged.
    ``limits``: columns denominator, low, high, inner_low, inner_high over all sizes there are; empty where none are known.
    """

    groups: pl.DataFrame
    limits: pl.DataFrame
    funnel: Funnel

    @property
    def outside(self) -> pl.DataFrame:
        """The groups beyond the outer limits, the lowest first."""
        return self.groups.filter(pl.col("state").is_in(["low", "high"])).sort("value")

    @property
    def unconfirmed(self) -> int:
        """How many lie beyond the outer limits of a mean and are not told from all others by the comparison with them."""
        return sum(state in ("low", "high") for state in self.funnel.states) - self.outside.height


def metric_funnel(frame: pl.DataFrame, metric: Metric, config: Config) -> MetricFunnel | None:
    """The funnel of a frame of ``qa.measured.measured`` by one group; None for a metric without an interval or without rows.

    Groups under the least n are not judged. Units of a mean that are not known one by one do not count.
    """
    family = FAMILIES.get(metric.interval)
    rows = frame.filter(pl.col("value").is_not_null() & (pl.col("denominator") > 0))
    if family is None or rows.is_empty():
        return None
    numbers = {name: column(rows, name) for name in MOMENTS if name in rows.columns}
    numbers = known_units(numbers) if metric.interval == "mean" else numbers
    scale = pooled_scale(Moments.of(*(numbers[name] for name in MOMENTS))) if family == "normal" else np.nan
    enough = numbers["denominator"] > 0 if family == "poisson" else numbers["n"] >= config.statistics.least_n
    alpha = 1 - config.statistics.confidence
    found = funnel(family, numbers["numerator"], numbers["denominator"], enough, scale, alpha)
    states = _confirmed(found.states, numbers, enough, alpha) if family == "normal" else found.states
    groups = rows.with_columns(
        pl.Series("state", states, dtype=pl.String),
        pl.Series("direction", [_direction(state, metric) for state in states], dtype=pl.String),
    )
    return MetricFunnel(groups, _curve(found, numbers["denominator"].max(), metric), found)


def _confirmed(states: Sequence[State], numbers: dict[str, np.ndarray], enough: np.ndarray, alpha: float) -> list[State]:
    """The states, near instead of outside where the comparison with all others together sees no difference.

    Limits of means are those of normal values: a dozen scores of which one is 0 lie beyond them by chance.
    """
    p = np.full(len(enough), np.nan)
    p[enough] = ratios_against_rest(*(numbers[name][enough] for name in MOMENTS))
    differs = holm(p, alpha)
    return ["near" if state in ("low", "high") and not real else state for state, real in zip(states, differs, strict=True)]


def _direction(state: State, metric: Metric) -> Direction:
    if state in ("inside", "near"):
        return "none"
    if state == "not_judged":
        return "too_few"
    if metric.better in ("band", "neither"):
        return "neither"
    return "better" if (state == "high") == (metric.better == "higher") else "worse"


def _curve(found: Funnel, largest: float, metric: Metric) -> pl.DataFrame:
    """The limits from the smallest size to a little beyond the largest, closer together where they bend."""
    least = 1.0 if found.family != "poisson" else largest / 1_000
    sizes = np.geomspace(least, largest * 1.04, CURVE_POINTS)
    sizes = np.unique(np.rint(sizes)) if found.family == "binomial" else sizes
    (low, high), (inner_low, inner_high) = found.limits(sizes, found.outer), found.limits(sizes, INNER)
    lines = {"low": low, "high": high, "inner_low": inner_low, "inner_high": inner_high}
    top = {"share": 1.0, "points": 100.0}.get(metric.unit) if found.family == "normal" else None
    lines = {name: np.clip(line, 0 if metric.unit != "difference" else None, top) for name, line in lines.items()}
    return pl.DataFrame({"denominator": sizes} | lines).filter(pl.col("low").is_not_nan())
