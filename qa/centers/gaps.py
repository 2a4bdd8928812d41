"""How far a metric's value lies from another: with its interval, its direction, and the spread its family has."""

from dataclasses import dataclass
from math import nan

import numpy as np

from qa.changes import Direction
from qa.judging import MOMENTS, known_units
from qa.metrics import Metric
from qa.stats.decomposition import Estimate, means, rates, shares
from qa.stats.differences import proportion_difference, rate_difference, ratio_difference
from qa.stats.moments import Moments


@dataclass(frozen=True)
class Part:
    """One part of a gap, in the metric's unit; null bounds where the data carry none.

    ``direction``: better or worse for this side where it is more than noise, none where it may be noise, too_few where
    the numbers say nothing. ``is_real``: more than noise, whatever its side.
    """

    value: float
    low: float | None
    high: float | None
    direction: Direction
    is_real: bool = False


def gap_of(metric: Metric, here: dict, there: dict, p: float, is_real: bool, confidence: float) -> Part:
    """The value here less the value there; ``p``: nan where too few to tell; ``is_real``: more than noise."""
    gap = here["value"] - there["value"]
    low, high = _bounds(metric, here, there, gap, confidence)
    return Part(gap, known(low), known(high), direction_of(gap, metric, p, is_real), is_real)


def direction_of(difference: float, metric: Metric, p: float, is_real: bool) -> Direction:
    """What a difference means for this side."""
    if np.isnan(p) and metric.interval != "none":
        return "too_few"
    if not is_real or metric.better in ("neither", "band"):
        return "none"
    return "better" if (difference > 0) == (metric.better == "higher") else "worse"


def _bounds(metric: Metric, here: dict, there: dict, gap: float, confidence: float) -> tuple[float, float]:
    """Low and high of the gap; nan where the data carry none."""
    if metric.interval == "none":
        return nan, nan
    if metric.interval in ("wilson", "poisson"):
        apart = proportion_difference if metric.interval == "wilson" else rate_difference
        _value, low, high = apart(here["numerator"], here["denominator"], there["numerator"], there["denominator"], confidence)
        return float(low), float(high)
    middle, below, above = (float(end[0]) for end in ratio_difference(_counted(metric, here), _counted(metric, there), confidence))
    return gap - (middle - below), gap + (above - middle)


def _counted(metric: Metric, row: dict) -> Moments:
    """The sums of a row over the units that its spread is told by."""
    numbers = {name: np.array([np.nan if row[name] is None else row[name]], dtype=float) for name in MOMENTS}
    counted = known_units(numbers) if metric.interval == "mean" else numbers
    return Moments.of(*(counted[name] for name in MOMENTS))


def moments_of(sums: dict[str, np.ndarray], metric: Metric) -> Moments:
    """The sums with the spread that the metric's family has; none (nan) for full counts."""
    x, y = sums["numerator"], sums["denominator"]
    if metric.interval == "wilson":
        return shares(x, y)
    if metric.interval == "poisson":
        return rates(x, y)
    if metric.interval == "none":
        unknown = np.full_like(x, nan)
        return Moments(x, y, y, unknown, unknown, unknown)
    moments = Moments(*(sums[name] for name in MOMENTS))
    return means(moments, moments.yy) if metric.interval == "mean" else moments


def part_of(estimate: Estimate, at: int | tuple = (), direction: Direction = "none", is_real: bool = False) -> Part:
    """The estimate, or one of several by its place, as a part."""
    return Part(float(estimate.value[at]), known(estimate.low[at]), known(estimate.high[at]), direction, is_real)


def known(number: float) -> float | None:
    """The number, null for nan."""
    return None if np.isnan(number) else float(number)
