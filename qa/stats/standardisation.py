"""What a value would be if the work were mixed as elsewhere: direct standardisation."""

from typing import NamedTuple

import numpy as np
from scipy import special

from qa.stats.moments import Moments, Numbers


class Standardised(NamedTuple):
    """One element a group; ``covered``: the share of the standard mix that the group has work of."""

    value: Numbers
    low: Numbers
    high: Numbers
    covered: Numbers


def standardised(groups: Moments, standard: Moments, confidence: float = 0.95) -> Standardised:
    """Each group's value at the shares of the standard: sum of (standard share) x (own rate).

    ``groups``: sums of shape (groups, segments); ``standard``: of shape (segments,). A segment that a group lacks counts
    at the standard's own rate, so that it neither lifts nor lowers the group. The interval is that of the group's own
    rates, the standard being fixed; nan where a segment's spread is not known.
    Source: N. E. Breslow and N. E. Day, Statistical Methods in Cancer Research II, IARC 1987, section 2.3.
    """
    weights = standard.y / standard.y.sum()
    ordinary = np.divide(standard.x, standard.y, out=np.zeros_like(standard.y), where=standard.y > 0)
    has = groups.y > 0
    rates = np.divide(groups.x, groups.y, out=np.zeros_like(groups.y), where=has)
    squares = groups.xx - 2 * rates * groups.xy + rates**2 * groups.yy
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(np.isinf(groups.n), 1.0, groups.n / (groups.n - 1))
        variances = np.where(has, factor * np.maximum(squares, 0) / groups.y**2, 0.0)
    # One unit tells nothing of the spread around itself.
    variances = np.where(has & ~np.isfinite(variances), np.nan, variances)
    value = (np.where(has, rates, ordinary) * weights).sum(axis=-1)
    reach = special.ndtri((1 + confidence) / 2) * np.sqrt((variances * weights**2).sum(axis=-1))
    nobody = ~has.any(axis=-1)
    value, reach = np.where(nobody, np.nan, value), np.where(nobody, np.nan, reach)
    return Standardised(value, value - reach, value + reach, (has * weights).sum(axis=-1))
