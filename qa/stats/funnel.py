"""Funnel plots: how far a group of its size may lie from the common value by chance, and which groups lie beyond.

Sources: D. J. Spiegelhalter 2005, Stat Med 24:1185-1202, doi:10.1002/sim.1970 (limits, appendix A.1; over-dispersion,
A.2-A.3); D. J. Spiegelhalter et al. 2012, J R Stat Soc A 175:1-47, doi:10.1111/j.1467-985X.2011.01010.x (transformed
scales, winsorised z-scores, additive random effects).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qa.stats.intervals import Interval
from qa.stats.moments import Moments, Numbers

Family = Literal["binomial", "poisson", "normal"]
State = Literal["inside", "near", "low", "high", "not_judged"]

INNER, OUTER = 0.95, 0.998
WINSORISED = 0.1
# What is left of the mean and the variance of z squared (1 and 2 by chance alone) when a tenth on either side is drawn in.
_CUT = float(special.ndtri(1 - WINSORISED))
_DENSITY = float(np.exp(-(_CUT**2) / 2) / np.sqrt(2 * np.pi))
_MEAN_LEFT = 1 - 2 * WINSORISED - 2 * _CUT * _DENSITY + 2 * WINSORISED * _CUT**2
_FOURTH_LEFT = 3 * (1 - 2 * WINSORISED) - 2 * _CUT * _DENSITY * (_CUT**2 + 3) + 2 * WINSORISED * _CUT**4
_FREEDOM = 2 / (_FOURTH_LEFT / _MEAN_LEFT**2 - 1)
# Below so many expected cases, of whichever outcome is the rarer, the transformed scales are not trusted.
FEW_EXPECTED = 64
# A tenth on either side cannot be drawn in with fewer groups, and the spread of so few says little.
LEAST_GROUPS = 10


@dataclass(frozen=True)
class Dispersion:
    """Whether groups spread more than chance. ``phi``: the mean winsorised z squared over what chance leaves of it, 1 by
    chance alone; ``p``: of so large a phi by chance; ``tau``: the standard deviation between groups on the family's own scale, 0 where phi is not
    significantly above 1 or there are fewer than ten groups.
    """

    groups: int
    phi: float
    p: float
    tau: float


@dataclass(frozen=True)
class Funnel:
    """The funnel of some groups. ``center``: their common value; ``scale``: variance of a value times its denominator
    (normal family only); ``outer``: the coverage of the outer limits; ``states``: where each group lies, in order.
    """

    family: Family
    center: float
    scale: float
    outer: float
    dispersion: Dispersion
    states: tuple[State, ...]

    def limits(self, denominators: ArrayLike, coverage: float) -> Interval:
        """Low and high at each denominator; nan where it is not positive or the spread is not known."""
        return _limits(self.family, self.center, self.scale, self.dispersion.tau, denominators, coverage)


def funnel(
    family: Family, numerator: ArrayLike, denominator: ArrayLike, judged: ArrayLike, scale: float = np.nan, alpha: float = 0.05
) -> Funnel:
    """The funnel around the common value sum(numerator) / sum(denominator); groups not ``judged`` only count for that.

    A group is low or high beyond the outer limits, near between the inner (95 %) and the outer ones. The outer limits
    cover 99.8 %, and more where over 25 groups are looked at: the chance that even one group lies beyond by chance is
    at most ``alpha`` (Bonferroni), so that what lies outside is what is marked.
    """
    x, y = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    looked_at = np.asarray(judged, dtype=bool) & (y > 0) & ~np.isnan(x)
    center = float(np.nansum(x) / np.nansum(y)) if np.nansum(y) > 0 else np.nan
    outer = max(OUTER, 1 - alpha / max(looked_at.sum(), 1))
    dispersion = _dispersion(family, x[looked_at], y[looked_at], center, scale)
    value = np.divide(x, y, out=np.full_like(y, np.nan), where=y > 0)
    inner_limits, outer_limits = (_limits(family, center, scale, dispersion.tau, y, coverage) for coverage in (INNER, outer))
    known = looked_at & ~np.isnan(outer_limits[0])
    states = np.select(
        [~known, value < outer_limits[0], value > outer_limits[1], (value < inner_limits[0]) | (value > inner_limits[1])],
        ["not_judged", "low", "high", "near"],
        "inside",
    )
    return Funnel(family, center, scale, outer, dispersion, tuple(states.tolist()))


def pooled_scale(groups: Moments) -> float:
    """The variance of a group's ratio times its denominator, from the spread of units around their own group's ratio.

    nan where no group has two units. For a mean it is the pooled within-group variance.
    """
    squares, freedom = groups.residual_squares(groups.ratio()), groups.n - 1
    known = (freedom > 0) & ~np.isnan(squares)
    if not known.any():
        return np.nan
    return float(squares[known].sum() / freedom[known].sum() * groups.n[known].sum() / groups.y[known].sum())


def _dispersion(family: Family, x: Numbers, y: Numbers, center: float, scale: float) -> Dispersion:
    """Phi, its p-value and the method-of-moments tau.

    Deviation: the sources do not allow for what winsorising takes away by itself (a third of the variance), so that tau
    would be a fifth too small and one group in a hundred be marked; here phi is divided by what is left, and its
    p-value is that of a chi-square with the same mean and variance. Where few cases are expected, their transformed
    scales are far from normal (one clean record in five is no outlier): there the z-scores are those of exact tails.
    """
    variance, z = _variance(family, y, scale), _scores(family, x, y, center, scale)
    z, variance = z[np.isfinite(z)], variance[np.isfinite(z)]
    groups = len(z)
    if groups < LEAST_GROUPS:
        return Dispersion(groups, np.nan, np.nan, 0.0)
    drawn_in = np.clip(z, *np.quantile(z, [WINSORISED, 1 - WINSORISED]))
    phi = float((drawn_in**2).mean()) / _MEAN_LEFT
    p = float(special.chdtrc(_FREEDOM * groups, _FREEDOM * groups * phi))
    weights = 1 / variance
    tau_squared = (groups * phi - (groups - 1)) / (weights.sum() - (weights**2).sum() / weights.sum())
    return Dispersion(groups, phi, p, float(np.sqrt(tau_squared)) if p < 0.05 and tau_squared > 0 else 0.0)


def _scores(family: Family, x: Numbers, y: Numbers, center: float, scale: float) -> Numbers:
    """How far each group lies from the common value, in standard deviations of chance; nan or infinite where not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (_scaled(family, x / y) - _scaled(family, np.asarray(center))) / np.sqrt(_variance(family, y, scale))
    if family == "normal" or not 0 < center < (1 if family == "binomial" else np.inf):
        return z
    few = y * (min(center, 1 - center) if family == "binomial" else center) < FEW_EXPECTED
    z[few] = _exact_scores(family, np.rint(x[few]), y[few], center)
    return z


def _exact_scores(family: Family, k: Numbers, y: Numbers, center: float) -> Numbers:
    """The normal quantile of each count's mid-p, from the side on which it is small."""
    if family == "binomial":
        n = np.rint(y).astype(np.int64)
        below, above = (lambda r: special.bdtr(r, n, center)), (lambda r: special.bdtrc(r, n, center))
    else:
        below, above = (lambda r: special.pdtr(r, center * y)), (lambda r: special.pdtrc(r, center * y))
    fewer = np.where(k > 0, below(np.maximum(k - 1, 0)), 0.0)
    # At r = n the binomial tail beyond is nothing.
    more = np.where(k < y, above(np.minimum(k, y)), 0.0) if family == "binomial" else above(k)
    itself = np.maximum(1 - fewer - more, 0)
    return np.where(fewer < more, special.ndtri(fewer + itself / 2), -special.ndtri(more + itself / 2))


def _limits(family: Family, center: float, scale: float, tau: float, denominators: ArrayLike, coverage: float) -> Interval:
    """The exact limits of the family, widened by the spread between groups; never narrower than chance alone."""
    y = np.asarray(denominators, dtype=float)
    y = np.where(y > 0, y, np.nan)
    half_width = special.ndtri((1 + coverage) / 2) * np.sqrt(_variance(family, y, scale) + tau**2)
    low, high = (_unscaled(family, _scaled(family, np.asarray(center)) + side * half_width) for side in (-1, 1))
    if family == "normal" or np.isnan(center):
        return low, high
    exact_low, exact_high = _exact(family, center, y, (1 - coverage) / 2)
    return (exact_low, exact_high) if tau == 0 else (np.minimum(low, exact_low), np.maximum(high, exact_high))


def _variance(family: Family, y: Numbers, scale: float) -> Numbers:
    """Of a group's value on the family's own scale: arcsine of the root for shares, root for rates, as it is for means."""
    return (scale if family == "normal" else 0.25) / y


def _scaled(family: Family, value: Numbers) -> Numbers:
    if family == "normal":
        return value
    return np.arcsin(np.sqrt(np.clip(value, 0, 1))) if family == "binomial" else np.sqrt(np.maximum(value, 0))


def _unscaled(family: Family, scaled: Numbers) -> Numbers:
    if family == "normal":
        return scaled
    return np.sin(np.clip(scaled, 0, np.pi / 2)) ** 2 if family == "binomial" else np.maximum(scaled, 0) ** 2


def _exact(family: Family, center: float, y: Numbers, tail: float) -> Interval:
    """The values beyond which lies at most this probability on either side, interpolated between counts to smooth lines.

    Deviation: the source's upper line runs one count lower, where a count on it has more than ``tail`` beyond it.
    """
    absent = np.isnan(y)
    n = np.where(absent, 1, np.maximum(np.rint(y), 1)) if family == "binomial" else np.where(absent, 1.0, y)
    if center == 0 or (family == "binomial" and center == 1):
        flat = np.where(absent, np.nan, center)
        return flat, flat
    if family == "binomial":
        quantile, below = lambda p: special.bdtrik(p, n, center), lambda k: special.bdtr(k, n.astype(np.int64), center)
    else:
        quantile, below = lambda p: special.pdtrik(p, center * n), lambda k: special.pdtr(k, center * n)
    low, high = (_interpolated(quantile(p), below, p) for p in (tail, 1 - tail))
    most = 1.0 if family == "binomial" else np.inf
    low, high = np.maximum(low, 0) / n, np.minimum((high + 1) / n, most)
    return np.where(absent, np.nan, low), np.where(absent, np.nan, high)


def _interpolated(quantile: Numbers, below: Callable[[Numbers], Numbers], tail: float) -> Numbers:
    """The least count r with P(X <= r) >= tail, less how much of its own probability lies beyond the tail."""
    ceiling = np.maximum(np.ceil(np.where(np.isfinite(quantile), quantile, 0.0)), 0)
    one_less = np.maximum(ceiling - 1, 0)
    r = np.where(below(one_less) >= tail, one_less, ceiling)
    before = np.where(r > 0, below(np.maximum(r - 1, 0)), 0.0)
    return r - (below(r) - tail) / (below(r) - before)
