"""Why two values differ: because the work is mixed differently, or because the same work is done differently.

A value is sum(x) / sum(y) over segments of the work; w is a segment's share of sum(y), r its own x / y.
Sources: E. M. Kitagawa 1955, J Am Stat Assoc 50:1168-1194, doi:10.1080/01621459.1955.10501299 (two parts, each weighted by
the mean of both sides); P. Das Gupta 1993, Standardization and decomposition of rates, US Census P23-186. Intervals by
linearisation of both parts in the sums of all segments, shares included, as for stochastic regressors in B. Jann 2008,
Stata J 8:453-479, doi:10.1177/1536867X0800800401; W. G. Cochran, Sampling Techniques, 3rd ed. 1977, section 6.4.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from qa.stats.moments import Moments, Numbers

Gradients = tuple[Numbers, Numbers]
Mask = NDArray[np.bool_]


class Estimate(NamedTuple):
    """Values with their interval and the two-sided p-value of being 0; nan where the spread is not known. Of no dimension for a whole."""

    value: Numbers
    low: Numbers
    high: Numbers
    p: Numbers


class Decomposition(NamedTuple):
    """The gap in its two parts, and both for each segment; parts and segments add up to the gap.

    A segment's mix is (share difference) x (its mean rate less the mean of both whole values): above zero where more of
    what does well, or less of what does badly, lifts the value.
    """

    gap: float
    mix: Estimate
    performance: Estimate
    segment_mix: Estimate
    segment_performance: Estimate


def shares(successes: ArrayLike, trials: ArrayLike) -> Moments:
    """The sums of yes-or-no units, with Agresti and Coull's spread: a segment of 3 in 3 is not without error.

    Source: A. Agresti and B. A. Coull 1998, Am Stat 52:119-126, doi:10.2307/2685469.
    """
    x, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    z2 = special.ndtri(0.975) ** 2
    steadied = (x + z2 / 2) / (n + z2)
    squares = np.divide(x**2, n, out=np.zeros_like(x), where=n > 0) + n * steadied * (1 - steadied)
    return Moments(x, n, n, squares, x, n)


def rates(counts: ArrayLike, exposures: ArrayLike) -> Moments:
    """The sums of Poisson events over known exposures; one event more in the spread, so that none is not without error."""
    x, y = np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float)
    return Moments(x, y, np.full_like(y, np.inf), np.where(y > 0, x + 1, x), np.zeros_like(x), np.zeros_like(x))


def means(sums: Moments, known: ArrayLike) -> Moments:
    """The sums of measured units of which only ``known`` are known one by one: the spread of those, on the wide side.

    nan spread where a segment has units and none of them is known.
    """
    scale = np.divide(sums.y, np.asarray(known, dtype=float), out=np.full_like(sums.y, np.nan), where=np.asarray(known) > 0) ** 2
    scale = np.where(sums.y > 0, scale, 0.0)
    return sums._replace(xx=sums.xx * scale, xy=sums.xy * scale, yy=sums.yy * scale)


def decompose(here: Moments, there: Moments, confidence: float = 0.95) -> Decomposition:
    """The value here less the value there, one element a segment in both, 0 where a side has none of it.

    Mix: the difference in shares at the mean of both rates; performance: the difference in rates at the mean of both shares.
    A segment that one side lacks has no rate there to compare with: it performs alike by convention (the rate of the
    side that has it stands for both), and all it adds is mix.
    """
    x, y, other_x, other_y = here.x.sum(), here.y.sum(), there.x.sum(), there.y.sum()
    share, other_share = here.y / y, there.y / other_y
    both = (here.y > 0) & (there.y > 0)
    rate, other_rate = _rate(here, both), _rate(there, both)
    apart, weight, middle = rate - other_rate, (share + other_share) / 2, (x / y + other_x / other_y) / 2
    performance = apart * weight
    mix = here.x / y - there.x / other_y - middle * (share - other_share) - performance
    gradients = []
    for sums, side, own in ((here, 1, rate), (there, -1, other_rate)):
        of_performance = _of_performance(sums, side, own, apart, weight, both)
        gradients.append((of_performance, _of_mix(sums, side, share - other_share, middle, of_performance)))
    sides = (here, there)
    parts = [_estimates(value, sides, [of[place] for of in gradients], confidence) for place, value in enumerate((performance, mix))]
    (performance_total, performances), (mix_total, mixes) = parts
    return Decomposition(float(x / y - other_x / other_y), mix_total, performance_total, mixes, performances)


def contributions(here: Moments, there: Moments, confidence: float = 0.95) -> Decomposition:
    """The gap to the whole value there, as what each segment here adds: its share x (its rate - the value there).

    For segments that only one side can have, such as the teams of a center: nothing there is like them, so nothing is mix.
    ``there``: its sums in any segments.
    """
    y, other_y = here.y.sum(), there.y.sum()
    other = there.x.sum() / other_y
    added, share = here.x / y, here.y / y
    unit = np.eye(len(share))
    own = (unit / y, -added[:, None] / y - other * (unit - share[:, None]) / y)
    others = (np.tile(-share[:, None] / other_y, len(there.x)), np.tile(share[:, None] * other / other_y, len(there.x)))
    total, segments = _estimates(added - share * other, (here, there), [own, others], confidence)
    nothing = np.zeros_like(share)
    none, nones = (Estimate(zero, zero, zero, zero + 1) for zero in (np.zeros(()), nothing))
    return Decomposition(float(here.x.sum() / y - other), none, total, nones, segments)


def _rate(sums: Moments, both: Mask) -> Numbers:
    return np.divide(sums.x, sums.y, out=np.zeros_like(sums.y), where=both)


def _of_performance(sums: Moments, side: int, rate: Numbers, apart: Numbers, weight: Numbers, both: Mask) -> Gradients:
    """How each segment's performance (rows) changes with the sums x and y of each segment (columns) of one side."""
    unit, y = np.eye(len(rate)), sums.y.sum()
    per_unit = np.divide(weight, sums.y, out=np.zeros_like(weight), where=both)
    by_share = (apart / 2)[:, None] * (unit - (sums.y / y)[:, None]) / y
    return side * unit * per_unit, side * unit * -(rate * per_unit) + by_share


def _of_mix(sums: Moments, side: int, more: Numbers, middle: float, of_performance: Gradients) -> Gradients:
    """The same for each segment's mix: what it adds in all, less its share of the middle value, less its performance."""
    unit, y = np.eye(len(more)), sums.y.sum()
    value, share = sums.x.sum() / y, sums.y / y
    by_x = side * unit / y - (more / (2 * y))[:, None]
    by_y = side * (-(sums.x / y)[:, None] - middle * (unit - share[:, None])) / y + (more * value / (2 * y))[:, None]
    return by_x - of_performance[0], by_y - of_performance[1]


def _estimates(values: Numbers, sides: tuple[Moments, Moments], gradients: list[Gradients], confidence: float) -> tuple[Estimate, Estimate]:
    """The sum of the values and the values themselves, with their spread."""
    both = list(zip(sides, gradients, strict=True))
    alone = sum((_variance(sums, by_x, by_y) for sums, (by_x, by_y) in both), np.zeros(()))
    together = sum(_variance(sums, by_x.sum(axis=0, keepdims=True), by_y.sum(axis=0, keepdims=True))[0] for sums, (by_x, by_y) in both)
    return _estimate(values.sum(), together, confidence), _estimate(values, alone, confidence)


def _variance(sums: Moments, by_x: Numbers, by_y: Numbers) -> Numbers:
    """Of functions of the sums, whose values do not change when all sums grow alike: the squares of the linearised units."""
    n = sums.n.sum()
    factor = 1.0 if np.isinf(n) else n / (n - 1) if n > 1 else np.nan
    return factor * np.maximum(by_x**2 @ sums.xx + 2 * (by_x * by_y) @ sums.xy + by_y**2 @ sums.yy, 0)


def _estimate(value: Numbers, variance: Numbers, confidence: float) -> Estimate:
    error = np.sqrt(variance)
    reach = special.ndtri((1 + confidence) / 2) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(error > 0, 2 * special.ndtr(-np.abs(value) / error), np.where(np.isnan(error), np.nan, np.where(value == 0, 1.0, 0.0)))
    return Estimate(value, value - reach, value + reach, p)
