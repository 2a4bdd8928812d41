"""Step changes: is there a day from which the level is another one, and which?"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qa.stats.control_charts import LEAST_POINTS, SIGMA_OF_RANGE, excess_spread, mean_moving_range
from qa.stats.moments import Numbers

Family = Literal["binomial", "poisson", "normal"]

# Shorter stretches are a spell, not a level.
LEAST_SIDE = 7
MOST_STEPS = 3
# 95 % of the time the true place is among those whose likelihood ratio is within this of the best.
PLAUSIBLE = 7.352
# A point this many sigmas from its neighbours is pulled back before looking for steps: one bad day is not a level.
SPIKE = 3.0


@dataclass(frozen=True)
class Step:
    """The level changes with point ``at``; the true place is between ``earliest`` and ``latest`` (95 %).

    ``p``: the chance of so clear a step anywhere in the stretch if there is none.
    """

    at: int
    earliest: int
    latest: int
    p: float


def steps(numerator: ArrayLike, denominator: ArrayLike, family: Family, alpha: float, least_side: int = LEAST_SIDE) -> list[Step]:
    """The steps in a series, in order of time, at most three; the chance of one where there is none is at most ``alpha``.

    Points are sums: successes of trials (binomial), events by exposure (poisson), value x weight by weight (normal; equal
    weights make it a plain mean). The clearest step is taken first, then each side is searched again.
    Where points vary by more than their numbers explain, the likelihood is toned down by that much (quasi-likelihood).
    """
    x, n = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    if len(x) < max(LEAST_POINTS, 2 * least_side):
        return []
    x = without_spikes(x, n, family)
    found: list[Step] = []
    stretches = [(0, len(x))]
    while stretches and len(found) < MOST_STEPS:
        candidates = [step for start, end in stretches if (step := _best_step(x, n, family, start, end, least_side)) is not None]
        step = min(candidates, key=lambda one: one.p, default=None)
        if step is None or step.p > alpha:
            break
        found.append(step)
        edges = [0, *sorted(one.at for one in found), len(x)]
        stretches = list(zip(edges[:-1], edges[1:], strict=True))
    return sorted(found, key=lambda one: one.at)


def _best_step(x: Numbers, n: Numbers, family: Family, start: int, end: int, least_side: int) -> Step | None:
    """The most likely place of one step in [start, end), with its significance."""
    if end - start < max(2 * least_side, LEAST_POINTS):
        return None
    x, n = x[start:end], n[start:end]
    gain = _likelihood_ratios(x, n, family)
    dispersion = _dispersion(x, n, family)
    if dispersion <= 0:
        return None
    gain = gain / dispersion
    places = np.arange(least_side, len(x) - least_side + 1)
    best = int(places[np.argmax(gain[places])])
    plausible = np.flatnonzero(gain >= gain[best] - PLAUSIBLE)
    plausible = plausible[(plausible >= 1) & (plausible < len(x))]
    p = chance_of_step(float(gain[best]), len(x), least_side)
    return Step(start + best, start + int(min(plausible.min(), best)), start + int(max(plausible.max(), best)), p)


def chance_of_step(ratio: float, points: int, least_side: int) -> float:
    """The chance that the largest likelihood ratio of a scan over all places reaches ``ratio`` without a step.

    Vostrikova's tail of the supremum of a standardised Brownian bridge, with the ratio first taken back to what it would
    be if the spread were known (it is estimated from moving ranges: 0.62 degrees of freedom a point).
    Source: M. Csoergoe and L. Horvath, Limit Theorems in Change-Point Analysis, 1997, section 1.3.
    """
    freedom = 0.62 * (points - 1)
    single = 2 * special.stdtr(freedom, -np.sqrt(max(ratio, 0.0)))
    c = -float(special.ndtri(single / 2)) if single > 0 else np.inf
    if not np.isfinite(c):
        return 0.0
    if c < 1.5:
        return 1.0
    share = least_side / points
    width = np.log((1 - share) ** 2 / share**2)
    return float(min(1.0, c * np.exp(-(c**2) / 2) / np.sqrt(2 * np.pi) * (width - width / c**2 + 4 / c**2)))


def without_spikes(x: Numbers, n: Numbers, family: Family) -> Numbers:
    """The sums with single extreme points pulled back to their neighbours (Hampel's filter); a step is left as it is."""
    values = x / n
    padded = np.pad(values, 3, mode="reflect")
    around = np.median(np.lib.stride_tricks.sliding_window_view(padded, 7), axis=1)
    sigma = _sigma(x.sum() / n.sum(), n, family)
    if family == "normal":
        sigma = sigma * mean_moving_range(values * np.sqrt(n)) / SIGMA_OF_RANGE
    else:
        sigma = sigma * excess_spread(np.divide(values - around, sigma, out=np.zeros_like(sigma), where=sigma > 0))
    return np.clip(values, around - SPIKE * sigma, around + SPIKE * sigma) * n


def _likelihood_ratios(x: Numbers, n: Numbers, family: Family) -> Numbers:
    """Twice the gain in log-likelihood of a step at each place; 0 at the first."""
    left_x, left_n = np.concatenate([[0.0], np.cumsum(x)[:-1]]), np.concatenate([[0.0], np.cumsum(n)[:-1]])
    log_likelihood = _LOG_LIKELIHOODS[family]
    apart = log_likelihood(left_x, left_n) + log_likelihood(x.sum() - left_x, n.sum() - left_n)
    together = log_likelihood(np.array([x.sum()]), np.array([n.sum()]))[0]
    return np.maximum(2 * (apart - together), 0.0)


def _dispersion(x: Numbers, n: Numbers, family: Family) -> float:
    """How many times the variance is what the family's numbers explain; for the normal family the variance itself."""
    common = x.sum() / n.sum()
    sigma = _sigma(common, n, family)
    if not (sigma > 0).all():
        return 0.0
    z = (x / n - common) / sigma
    if family == "normal":
        return float((mean_moving_range(z) / SIGMA_OF_RANGE) ** 2)
    return max(1.0, float(mean_moving_range(z) / SIGMA_OF_RANGE) ** 2)


def _sigma(common: float, n: Numbers, family: Family) -> Numbers:
    variance = {"binomial": common * (1 - common), "poisson": common, "normal": 1.0}[family]
    return np.sqrt(max(variance, 0.0) / n)


def _binomial(x: Numbers, n: Numbers) -> Numbers:
    x = np.clip(x, 0, n)
    return special.xlogy(x, x) + special.xlogy(n - x, n - x) - special.xlogy(n, n)


def _poisson(x: Numbers, n: Numbers) -> Numbers:
    x = np.maximum(x, 0)
    return special.xlogy(x, x) - special.xlogy(x, np.where(n > 0, n, 1))


def _normal(x: Numbers, n: Numbers) -> Numbers:
    return np.divide(x**2, 2 * n, out=np.zeros_like(x), where=n > 0)


_LOG_LIKELIHOODS: dict[Family, Callable[[Numbers, Numbers], Numbers]] = {"binomial": _binomial, "poisson": _poisson, "normal": _normal}
