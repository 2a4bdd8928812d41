"""How far two groups are apart, with an interval: shares, ratios of sums, rates."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qa.stats.intervals import Interval, poisson_rate_interval, wilson
from qa.stats.moments import Moments, Numbers

Difference = tuple[Numbers, Numbers, Numbers]


def proportion_difference(
    successes: ArrayLike,
    trials: ArrayLike,
    other_successes: ArrayLike,
    other_trials: ArrayLike,
    confidence: float = 0.95,
) -> Difference:
    """Difference of two shares, its low and its high; nan where either has no trials.

    Newcombe's hybrid of two Wilson intervals. Source: R. G. Newcombe 1998, Stat Med 17:873-890, method 10,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    share, other = _quotient(successes, trials), _quotient(other_successes, other_trials)
    intervals = wilson(successes, trials, confidence), wilson(other_successes, other_trials, confidence)
    return square_and_add(share, other, *intervals)


def rate_difference(
    count: ArrayLike,
    exposure: ArrayLike,
    other_count: ArrayLike,
    other_exposure: ArrayLike,
    confidence: float = 0.95,
) -> Difference:
    """Difference of two Poisson rates, its low and its high; nan where either has no exposure.

    The same square-and-add of two exact intervals. Source: G. Y. Zou and A. Donner 2008, Stat Med 27:1693-1702,
    doi:10.1002/sim.3095.
    """
    rate, other = _quotient(count, exposure), _quotient(other_count, other_exposure)
    intervals = (
        poisson_rate_interval(count, exposure, confidence),
        poisson_rate_interval(other_count, other_exposure, confidence),
    )
    return square_and_add(rate, other, *intervals)


def ratio_difference(group: Moments, other: Moments, confidence: float = 0.95) -> Difference:
    """Difference of two ratios of sums, its low and its high; no bounds where either has fewer than two units.

    Welch's interval on the linearised ratios, hence Welch's own for means. Source: B. L. Welch 1947,
    Biometrika 34:28-35, doi:10.1093/biomet/34.1-2.28.
    """
    difference = group.ratio() - other.ratio()
    error, freedom = standard_error(group, other)
    half_width = np.where(error > 0, special.stdtrit(freedom, (1 + confidence) / 2) * error, error)
    return difference, difference - half_width, difference + half_width


def standard_error(group: Moments, other: Moments) -> tuple[Numbers, Numbers]:
    """Standard error of the difference of two ratios, and Welch's degrees of freedom (nan where the error is 0)."""
    own, others = group.variance(), other.variance()
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = own**2 / (group.n - 1) + others**2 / (other.n - 1)
    freedom = np.divide((own + others) ** 2, spread, out=np.full_like(spread, np.nan), where=spread > 0)
    return np.sqrt(own + others), freedom


def square_and_add(share: Numbers, other: Numbers, interval: Interval, other_interval: Interval) -> Difference:
    """The difference of two independent estimates, its low and its high, made from their separate intervals.

    Source: Zou and Donner 2008, as for ``rate_difference``, equation 3.
    """
    (low, high), (other_low, other_high) = interval, other_interval
    difference = share - other
    below = np.hypot(share - low, other_high - other)
    above = np.hypot(high - share, other - other_low)
    return difference, difference - below, difference + above


def _quotient(part: ArrayLike, whole: ArrayLike) -> Numbers:
    """part / whole, nan where whole is not positive."""
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    return part / np.where(whole > 0, whole, np.nan)
