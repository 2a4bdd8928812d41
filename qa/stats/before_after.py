"""Before and after: a change held against another group's change, and what of it is regression to the mean."""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qa.stats.differences import Difference, square_and_add
from qa.stats.moments import Moments, Numbers


class Shrinkage(NamedTuple):
    """How much of what tells groups apart lasts. ``mean``: of all groups; ``between``: the variance of their true values.

    ``kept``: the share of each group's distance from the mean that is its own, 0 where all of it is chance, 1 where none is.
    """

    mean: float
    between: float
    kept: Numbers


def difference_in_differences(own: Difference, other: Difference) -> Difference:
    """How much further one group moved than the other, its low and its high; nan where either change is nan.

    The two changes are independent, so their intervals are squared and added; those of shares are Newcombe's, those of means
    and ratios linearised (delta method), those of rates exact. Sources: R. G. Newcombe 2001, Stat Med 20:2885-2893,
    doi:10.1002/sim.925; G. Y. Zou and A. Donner 2008, Stat Med 27:1693-1702, doi:10.1002/sim.3095.
    """
    (moved, low, high), (other_moved, other_low, other_high) = own, other
    return square_and_add(moved, other_moved, (low, high), (other_low, other_high))


def shrinkage(values: ArrayLike, variances: ArrayLike) -> Shrinkage:
    """What of the groups' ``values`` lasts, given the ``variances`` that chance alone gives each.

    The variance between groups by moments, never below 0. Sources: C. N. Morris 1983, J Am Stat Assoc 78:47-55,
    doi:10.1080/01621459.1983.10477920 (empirical Bayes); R. DerSimonian and N. Laird 1986, Control Clin Trials 7:177-188,
    doi:10.1016/0197-2456(86)90046-2 (the variance between).
    """
    y, v = np.asarray(values, dtype=float), np.asarray(variances, dtype=float)
    weights = 1 / v
    common = (weights * y).sum() / weights.sum()
    excess = (weights * (y - common) ** 2).sum() - (len(y) - 1)
    between = max(0.0, excess / (weights.sum() - (weights**2).sum() / weights.sum()))
    weights = 1 / (v + between)
    return Shrinkage(float((weights * y).sum() / weights.sum()), float(between), between / (between + v))


def expected_regression(values: ArrayLike, weights: ArrayLike, lasting: Shrinkage) -> float:
    """How far the weighted mean of these groups moves towards the mean of all by itself, when they were chosen for their values.

    ``lasting``: of the same groups. Source: A. G. Barnett, J. C. van der Pols and A. J. Dobson 2005, Int J Epidemiol
    34:215-220, doi:10.1093/ije/dyh299: a value measured again lies (1 - reliability) of its distance nearer to the mean.
    """
    y, w = np.asarray(values, dtype=float), np.asarray(weights, dtype=float)
    return float((w * (1 - lasting.kept) * (lasting.mean - y)).sum() / w.sum())


def pooled_unit_variance(groups: Moments) -> float:
    """The variance of one unit of a ratio around its own group's ratio, all groups together; nan below one unit more than groups."""
    known = groups.n >= 1
    freedom = (groups.n - 1)[known].sum()
    return float(groups.residual_squares(groups.ratio())[known].sum() / freedom) if freedom > 0 else float("nan")


class Units(NamedTuple):
    """One side's units, such as its agents: numerator and denominator of each before and after, 0 where a unit has none."""

    x_before: Numbers
    y_before: Numbers
    x_after: Numbers
    y_after: Numbers

    def variance(self) -> float:
        """Variance of the side's change with whole units drawn, by linearisation; nan with fewer than two units."""
        count = len(self.x_before)
        before, after = self.x_before.sum() / self.y_before.sum(), self.x_after.sum() / self.y_after.sum()
        residuals = (self.x_after - after * self.y_after) / self.y_after.sum() - (self.x_before - before * self.y_before) / self.y_before.sum()
        return float(count / (count - 1) * (residuals**2).sum()) if count > 1 else float("nan")


def widened_by_units(found: Difference, own: Units, other: Units, confidence: float = 0.95) -> Difference:
    """The difference with the wider of its own interval and one that takes each unit's before and after together.

    Records of one agent are alike, so counting them one by one promises too much; a t interval over units has Welch's degrees
    of freedom. Sources: M. Bertrand, E. Duflo and S. Mullainathan 2004, Q J Econ 119:249-275, doi:10.1162/003355304772839588;
    for the ratios W. G. Cochran, Sampling Techniques, 3rd ed. 1977, section 9A.
    """
    value, low, high = found
    variances = own.variance(), other.variance()
    error = sum(variances)
    if not error > 0:
        return found
    counts = len(own.x_before), len(other.x_before)
    freedom = error**2 / sum(variance**2 / (count - 1) for variance, count in zip(variances, counts, strict=True))
    half_width = special.stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(error)
    return value, np.minimum(low, value - half_width), np.maximum(high, value + half_width)
