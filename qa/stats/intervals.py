"""Confidence intervals of one number: a share, a ratio of sums, a rate."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qa.stats.moments import Moments, Numbers

Interval = tuple[Numbers, Numbers]


def wilson(successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95) -> Interval:
    """Low and high of a share successes / trials, both within 0-1; nan where there are no trials.

    Wilson's score interval without continuity correction. Source: E. B. Wilson 1927, J Am Stat Assoc 22:209-212,
    doi:10.1080/01621459.1927.10502953; method 3 of R. G. Newcombe 1998, Stat Med 17:857-872,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E.
    """
    successes, trials = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(trials, dtype=float))
    n = np.where(trials > 0, trials, np.nan)
    share, z2 = successes / n, special.ndtri((1 + confidence) / 2) ** 2
    center = (share + z2 / (2 * n)) / (1 + z2 / n)
    half_width = np.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    # Rounding must neither leave 0-1 nor put the share itself outside.
    low = np.clip(center - half_width, 0, share)
    high = np.clip(center + half_width, share, 1)
    return np.where(share == 0, share, low), np.where(share == 1, share, high)


def ratio_interval(
    numerator: ArrayLike,
    denominator: ArrayLike,
    n: ArrayLike,
    numerator_squared: ArrayLike,
    product: ArrayLike,
    denominator_squared: ArrayLike,
    *,
    confidence: float = 0.95,
) -> Interval:
    """Low and high of R = sum(x) / sum(y) over n units; nan with n < 2, sum(y) = 0 or any sum absent.

    The sums are those of x, y, 1, x^2, x y and y^2. A t interval with n - 1 degrees of freedom on the linearised ratio,
    so units with several opportunities each (an evaluation of twelve items) count as one cluster. It is the ordinary
    t interval of a mean when every y is 1, and has no width when every unit has the same ratio.
    Source: W. G. Cochran, Sampling Techniques, 3rd ed. 1977, sections 6.3-6.4 and 9A.
    """
    moments = Moments.of(numerator, denominator, n, numerator_squared, product, denominator_squared)
    freedom = np.where(moments.n >= 2, moments.n - 1, np.nan)
    half_width = special.stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(moments.variance())
    ratio = moments.ratio()
    return ratio - half_width, ratio + half_width


def poisson_rate_interval(count: ArrayLike, exposure: ArrayLike, confidence: float = 0.95) -> Interval:
    """Low and high of a rate count / exposure, exact; nan where there is no exposure.

    Source: F. Garwood 1936, Biometrika 28:437-442, doi:10.1093/biomet/28.3-4.437: quantiles of the gamma distribution
    with shapes count and count + 1.
    """
    count, exposure = np.broadcast_arrays(np.asarray(count, dtype=float), np.asarray(exposure, dtype=float))
    exposure = np.where(exposure > 0, exposure, np.nan)
    tail = (1 - confidence) / 2
    shape = np.where(count > 0, count, 1.0)
    low = np.where(count > 0, special.gammaincinv(shape, tail), count)
    high = special.gammainccinv(count + 1, tail)
    return low / exposure, high / exposure
