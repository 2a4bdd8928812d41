"""Control charts: the limits within which a figure moves when nothing but ordinary variation is at work.

Every function takes one stretch of points in order of time and returns ``Limits`` with one element a point. ``counted``
says which points the limits are computed from; the others (provisional, known to be special) are only held against them.
``offsets``: by how much the center is expected to differ at a point, such as the effect of its weekday.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from qa.stats.moments import Numbers

Kind = Literal["xmr", "p", "laney_p", "u", "laney_u"]
Mask = NDArray[np.bool_]

# d2 of moving ranges of two points: sigma = range / 1.128, so limits = mean +/- 2.66 x range.
SIGMA_OF_RANGE = 1.128
SIGMAS = 3.0
# Below this many points limits say more about the points that happened to be there than about the process.
LEAST_POINTS = 12
# With fewer expected of the rarer kind the normal limits of a share or rate are too far off: exact ones are taken.
NORMAL_EXPECTED = 10
# With fewer expected, half the points do not lie on either side of the center, and runs mean nothing.
RUNS_EXPECTED = 5
# Laney's p' is for large numbers: with fewer expected of the rarer kind, excess variation is taken as a sign of causes.
LANEY_EXPECTED = 20
# The chance beyond three sigmas of a normal distribution, on one side.
TAIL = float(special.ndtr(-SIGMAS))
# With under NORMAL_EXPECTED expected, more than this many has a chance far below TAIL.
COUNTED_UP_TO = 48


@dataclass(frozen=True)
class Limits:
    """Center and limits at each point; ``z``: how far the point lies from its center, 3 being its limit (0 without value).

    ``spread``: how many times wider than chance alone the points vary (Laney's sigma z); 1 where that was not measured.
    ``runs_apply``: whether points lie on both sides of the center often enough for runs to mean something.
    """

    kind: Kind
    center: Numbers
    low: Numbers
    high: Numbers
    z: Numbers
    spread: float = 1.0
    runs_apply: bool = True


def individuals(
    values: ArrayLike,
    counted: ArrayLike | None = None,
    offsets: ArrayLike = 0.0,
    floor: float = -np.inf,
    ceiling: float = np.inf,
) -> Limits | None:
    """XmR chart: mean +/- 2.66 x mean moving range; None with fewer than twelve counted points.

    ``floor``, ``ceiling``: what the figure cannot pass. No moving range is left out, however large.
    Sources: D. J. Wheeler and D. S. Chambers, Understanding Statistical Process Control, 2nd ed. 1992, chapter 3;
    D. J. Wheeler, Understanding Variation, 2nd ed. 2000.
    """
    x = np.asarray(values, dtype=float)
    used = _counted(counted, np.isfinite(x))
    if used.sum() < LEAST_POINTS:
        return None
    offset = np.broadcast_to(np.asarray(offsets, dtype=float), x.shape)
    level = (x - offset)[used]
    sigma = np.full(x.shape, mean_moving_range(level) / SIGMA_OF_RANGE)
    return _limits("xmr", x, level.mean() + offset, sigma, sigma, floor, ceiling)


def proportions(successes: ArrayLike, trials: ArrayLike, counted: ArrayLike | None = None, offsets: ArrayLike = 0.0) -> Limits | None:
    """p-chart, or Laney's p' where shares of large numbers vary by more than these explain; None below twelve points.

    Limits follow each point's own number of trials: the center +/- 3 sqrt(p (1 - p) / n), or the binomial distribution
    itself where fewer than ten of the rarer kind are expected; p' widens either by sigma z. Sources: D. C. Montgomery,
    Introduction to Statistical Quality Control, 6th ed., section 7.2; D. B. Laney 2002, Qual Eng 14:531-537,
    doi:10.1081/QEN-120003555.
    """
    return _counts(successes, trials, counted, offsets, is_share=True)


def rates(counts: ArrayLike, exposures: ArrayLike, counted: ArrayLike | None = None, offsets: ArrayLike = 0.0) -> Limits | None:
    """u-chart, or Laney's u': the same for events per exposure, with the Poisson distribution.

    Sources: Montgomery, section 7.3.2; Laney 2002, as above.
    """
    return _counts(counts, exposures, counted, offsets, is_share=False)


def mean_moving_range(values: Numbers) -> float:
    """The mean distance of neighbouring points."""
    return float(np.abs(np.diff(values)).mean())


def excess_spread(z: Numbers) -> float:
    """Laney's sigma z of standardised points where it is above 1 by more than chance (5 %, one-sided); else 1.

    For the chance: J. D. Cryer and T. P. Ryan 1990, J Qual Technol 22:187-192: the variance of a mean moving range.
    """
    points = len(z)
    error = np.sqrt(0.8264 * points - 1.082) / (points - 1)
    spread = mean_moving_range(z) / SIGMA_OF_RANGE
    return float(spread) if spread > 1 + 1.645 * error else 1.0


def _counts(numerator: ArrayLike, denominator: ArrayLike, counted: ArrayLike | None, offsets: ArrayLike, is_share: bool) -> Limits | None:
    x, n = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    n = np.where(n > 0, n, np.nan)
    values = x / n
    used = _counted(counted, np.isfinite(values))
    if used.sum() < LEAST_POINTS:
        return None
    offset = np.broadcast_to(np.asarray(offsets, dtype=float), n.shape)
    common = (x - offset * n)[used].sum() / n[used].sum()
    center = np.clip(common + offset, 0, 1 if is_share else np.inf)
    variance = center * (1 - center) if is_share else center
    sigma = np.sqrt(variance / n)
    rarer = n * (np.minimum(center, 1 - center) if is_share else center)
    typical = float(np.median(rarer[used]))
    z = np.divide(values - center, sigma, out=np.zeros_like(sigma), where=sigma > 0)
    spread = excess_spread(z[used]) if typical >= LANEY_EXPECTED else 1.0
    below, above = _reaches(center, n, sigma, rarer, is_share)
    kinds: tuple[Kind, Kind] = ("p", "laney_p") if is_share else ("u", "laney_u")
    return _limits(
        kinds[spread > 1], values, center, below * spread, above * spread, 0.0, 1.0 if is_share else np.inf,
        spread=spread, runs_apply=typical >= RUNS_EXPECTED,
    )  # fmt: skip


def _counted(counted: ArrayLike | None, known: Mask) -> Mask:
    return known if counted is None else known & np.asarray(counted, dtype=bool)


def _reaches(center: Numbers, n: Numbers, sigma: Numbers, rarer: Numbers, is_share: bool) -> tuple[Numbers, Numbers]:
    """A third of the way from the center down to the low limit, and up to the high one: sigma where it is large enough."""
    below, above = sigma.copy(), sigma.copy()
    exact = np.flatnonzero(np.isfinite(n) & (rarer < NORMAL_EXPECTED) & (sigma > 0))
    if len(exact):
        failures_rarer = is_share & (center[exact] > 0.5)
        fewest, most = _range_by_chance(rarer[exact], n[exact], is_share)
        low = np.where(failures_rarer, 1 - most / n[exact], fewest / n[exact])
        high = np.where(failures_rarer, 1 - fewest / n[exact], most / n[exact])
        below[exact] = np.maximum(center[exact] - low, 0) / SIGMAS
        above[exact] = np.maximum(high - center[exact], 0) / SIGMAS
    return below, above


def _range_by_chance(expected: Numbers, n: Numbers, is_share: bool) -> tuple[Numbers, Numbers]:
    """The fewest and the most of the rarer kind that are not beyond three sigmas' chance: binomial, or Poisson for rates.

    Both distributions start at 0 and are over within COUNTED_UP_TO, so they follow from the ratios of neighbouring terms.
    """
    k, expected, n = np.arange(COUNTED_UP_TO - 1), expected[:, None], n[:, None]
    share = expected / n
    ratios = np.maximum(n - k, 0) / (k + 1) * (share / (1 - share)) if is_share else expected / (k + 1)
    terms = np.hstack([np.ones((len(n), 1)), np.cumprod(ratios, axis=1)])
    at_most = np.cumsum(terms, axis=1) / terms.sum(axis=1, keepdims=True)
    return np.argmax(at_most > TAIL, axis=1).astype(float), np.argmax(at_most >= 1 - TAIL, axis=1).astype(float)


def _limits(
    kind: Kind, values: Numbers, center: Numbers, below: Numbers, above: Numbers, floor: float, ceiling: float,
    spread: float = 1.0, runs_apply: bool = True,
) -> Limits:  # fmt: skip
    """The limits three reaches from the center, cut to what is possible."""
    away = values - center
    reach = np.where(away < 0, below, above)
    z = np.divide(away, reach, out=np.zeros_like(away), where=np.isfinite(away) & (reach > 0))
    # A point off a center that never varied has no distance in sigmas; it is beyond any limit.
    z = np.where(np.isfinite(away) & (reach == 0) & (np.abs(away) > 1e-12), np.where(away > 0, np.inf, -np.inf), z)
    low = np.clip(center - SIGMAS * below, floor, ceiling)
    high = np.clip(center + SIGMAS * above, floor, ceiling)
    return Limits(kind, center, low, high, z, spread, runs_apply)
