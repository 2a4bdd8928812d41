"""Ranking groups honestly: every estimate drawn towards the mean of all by as much of it as chance explains.

Empirical Bayes: the groups' true values are taken as drawn from one distribution, whose mean and variance the groups
themselves tell. Where they differ by no more than chance explains, its variance is 0, all estimates are the mean, and
nobody ranks.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qa.stats.moments import Numbers

# With three groups or fewer nothing can be told of the distribution they come from (k - 3 below is not positive).
LEAST_GROUPS = 5
STEPS = 60
# Places on the scale at which the chance of belonging to the top or bottom is added up.
PLACES = 64


class Shrunk(NamedTuple):
    """One entry a group; nan where a group has no value.

    ``estimate``, ``low``, ``high``: the shrunken value and its interval, in the unit of the values.
    ``in_top``, ``in_bottom``: the chance that the group's true value is among the ``size`` highest or lowest of all groups.
    ``mean``: what all are drawn to; ``spread``: the standard deviation of the true values, 0 where chance explains all.
    """

    estimate: Numbers
    low: Numbers
    high: Numbers
    in_top: Numbers
    in_bottom: Numbers
    size: int
    mean: float
    spread: float


def shrunken_values(values: ArrayLike, variances: ArrayLike, confidence: float = 0.95, tail: float = 0.1) -> Shrunk:
    """Means or ratios with a known sampling variance each (normal-normal); ``tail``: the share that is top or bottom.

    The variance of the true values solves sum((x - mean)^2 / (variance + spread^2)) = k - 3, which for equal variances is
    the rule of James and Stein as Efron and Morris use it. The interval allows for the mean and the spread being estimated.
    Sources: B. Efron and C. Morris 1977, Scientific American 236(5):119-127; C. N. Morris 1983, J Am Stat Assoc 78:47-55,
    doi:10.1080/01621459.1983.10477920, formulas 1.16-1.18; R. C. Paule and J. Mandel 1982, J Res Natl Bur Stand 87:377-385.
    """
    x, variance = np.broadcast_arrays(np.asarray(values, dtype=float), np.asarray(variances, dtype=float))
    known = np.isfinite(x) & (variance > 0)
    if not known.any():
        return _nothing(x)
    fit = _fit(x[known], variance[known], np.ones(known.sum()))
    estimate, own, common = _posterior(x[known], variance[known], fit)
    half = special.ndtri((1 + confidence) / 2) * np.sqrt(own + common)
    return _spread_out(known, estimate, estimate - half, estimate + half, estimate, np.sqrt(own), fit, tail)


def shrunken_shares(successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95, tail: float = 0.1) -> Shrunk:
    """Shares (beta-binomial): the true shares are beta distributed, each group's count binomial.

    The beta distribution has the mean of all trials, and its variance by moments from the same equation as for means,
    in which a group's share has the variance p (1 - p) / n + (1 - 1 / n) spread^2. Intervals and ranks are taken on the
    arcsine scale, where the variance of a share hardly depends on it; the quantiles of 4,000 beta distributions take longer
    than the rest of a page.
    Sources: J. C. Kleinman 1973, J Am Stat Assoc 68:46-54, doi:10.1080/01621459.1973.10481332; C. N. Morris 1983 as above.
    """
    s, n = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(trials, dtype=float))
    known = np.isfinite(s) & (n > 0)
    if not known.any():
        return _nothing(n)
    s, n = s[known], n[known]
    mean = s.sum() / n.sum()
    if mean in (0, 1):
        flat = np.full(len(s), mean)
        return _spread_out(known, flat, flat, flat, flat, np.zeros(len(s)), _Fit(mean, 0.0, 0.0), tail)
    chance = mean * (1 - mean) / n
    fit = _fit(s / n, chance, 1 - 1 / n, mean)
    # What chance adds to a group's own share: mean (1 - mean) / n holds a part of the spread; a little remains where shares are 0 and 1 only.
    estimate, own, common = _posterior(s / n, np.maximum(chance - fit.between / n, chance / 100), fit)
    angle, slope = np.arcsin(np.sqrt(estimate)), 2 * np.sqrt(estimate * (1 - estimate))
    half = special.ndtri((1 + confidence) / 2) * np.sqrt(own + common) / slope
    low, high = (np.sin(np.clip(angle + side * half, 0, np.pi / 2)) ** 2 for side in (-1, 1))
    return _spread_out(known, estimate, low, high, angle, np.sqrt(own) / slope, fit, tail)


class _Fit(NamedTuple):
    """The distribution of the true values, and the variance of its estimated mean."""

    mean: float
    between: float
    of_mean: float


def _fit(x: Numbers, variance: Numbers, part: Numbers, fixed_mean: float | None = None) -> _Fit:
    """Mean and variance of the true values; ``part``: how much of that variance shows in each observed value."""

    def mean_at(between: float) -> float:
        weights = 1 / (variance + part * between)
        return fixed_mean if fixed_mean is not None else float((weights * x).sum() / weights.sum())

    def excess(between: float) -> float:
        return float(((x - mean_at(between)) ** 2 / (variance + part * between)).sum()) - (len(x) - 3)

    between = 0.0
    if len(x) >= LEAST_GROUPS and excess(0.0) > 0:
        low, high = 0.0, float(np.ptp(x) ** 2) + float(variance.max())
        for _step in range(STEPS):
            between = (low + high) / 2
            low, high = (between, high) if excess(between) > 0 else (low, between)
    return _Fit(mean_at(between), between, float(1 / (1 / (variance + part * between)).sum()))


def _posterior(x: Numbers, variance: Numbers, fit: _Fit) -> tuple[Numbers, Numbers, Numbers]:
    """The mean of each group's true value, its own variance, and the variance it shares with all through the mean."""
    pull = variance / (variance + fit.between)
    k = len(x)
    of_spread = 2 * pull**2 * (variance.mean() + fit.between) / (variance + fit.between) / (k - 3) if k >= LEAST_GROUPS else np.zeros(k)
    own = variance * (1 - pull) + of_spread * (x - fit.mean) ** 2
    return fit.mean + (1 - pull) * (x - fit.mean), own, pull**2 * fit.of_mean


def _spread_out(
    known: np.ndarray, estimate: Numbers, low: Numbers, high: Numbers, place: Numbers, error: Numbers, fit: _Fit, tail: float
) -> Shrunk:
    """The result with the groups that have no value back in their places."""
    size = max(1, round(tail * known.sum()))
    top, bottom = (np.full(len(place), size / len(place)) for _side in range(2))
    if fit.between > 0:
        top, bottom = _chance_of_top(place, error, size), _chance_of_top(-place, error, size)

    def in_place(numbers: Numbers) -> Numbers:
        column = np.full(known.shape, np.nan)
        column[known] = numbers
        return column

    return Shrunk(in_place(estimate), in_place(low), in_place(high), in_place(top), in_place(bottom), size, fit.mean, float(np.sqrt(fit.between)))


def _nothing(like: Numbers) -> Shrunk:
    nothing = np.full(like.shape, np.nan)
    return Shrunk(nothing, nothing, nothing, nothing, nothing, 0, np.nan, 0.0)


def _chance_of_top(mean: Numbers, error: Numbers, size: int) -> Numbers:
    """The chance that each of independent normal values is among the ``size`` highest.

    The chance that fewer than ``size`` of the others lie above a place, summed over where the value itself may lie. How many
    lie above is a sum of independent chances, taken as normal with continuity correction; a test holds this to simulation.
    """
    if size >= len(mean):
        return np.ones(len(mean))
    error = np.maximum(error, 1e-12)
    edges = _around_the_border(mean, error, size)[:, None]
    above = special.ndtr((mean - edges) / error)
    expected = above.sum(axis=1, keepdims=True) - above
    variance = np.maximum((above * (1 - above)).sum(axis=1, keepdims=True) - above * (1 - above), 1e-9)
    is_top = special.ndtr((size - 0.5 - expected) / np.sqrt(variance))
    lies_between = above[:-1] - above[1:]
    chance = (lies_between * (is_top[:-1] + is_top[1:]) / 2).sum(axis=0)
    return np.clip(chance + above[-1], 0, 1)


def _around_the_border(mean: Numbers, error: Numbers, size: int) -> Numbers:
    """Places from the top down to where some four times as many as belong to the top are expected above: below, the chance is 0."""
    each = max(8, 4096 // len(mean))
    quantiles = special.ndtri((np.arange(each) + 0.5) / each)
    spread_of_all = np.sort((mean + error * quantiles[:, None]).ravel())
    reached = min(1.0, (4 * size + 6) / len(mean))
    first = int((1 - reached) * (len(spread_of_all) - 1))
    return np.unique(spread_of_all[np.linspace(first, len(spread_of_all) - 1, PLACES).astype(int)])
