"""Does a group differ from all the others together by more than chance? One two-sided p-value a group."""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qa.stats.differences import standard_error
from qa.stats.moments import ROUNDING, Moments, Numbers

# Far out, where Holm looks when hundreds are compared, the normal tail is too thin for counts below this.
SMALL_EXPECTED = 64
# With an expected count below SMALL_EXPECTED, 192 or more has a probability below 1e-30.
COUNTED = 192
# So many terms beyond what was seen, and beyond three times what is expected, no term adds a digit any more.
OVER = 48
# Two to four units too easily happen to agree with each other: no comparison of ratios below this number.
LEAST_UNITS = 5


def proportions_against_rest(successes: ArrayLike, trials: ArrayLike) -> Numbers:
    """p-value of each group's share against the share of the rest; nan where the group or the rest has no trials.

    Fisher's exact test, one-sided and doubled, when a cell of the 2 x 2 table is expected below 64; else the pooled
    score test. Sources: R. A. Fisher 1935, J R Stat Soc 98:39-82, doi:10.2307/2342435; W. G. Cochran 1954,
    Biometrics 10:417-451, doi:10.2307/3001616, asks for 5 to 10, which is for a single comparison at 5 %.
    """
    s, n = np.broadcast_arrays(np.asarray(successes, dtype=float), np.asarray(trials, dtype=float))
    absent = np.isnan(s) | np.isnan(n)
    s, n = np.where(absent, 0.0, s), np.where(absent, 0.0, n)
    rest = n.sum() - n
    testable = (n > 0) & (rest > 0)
    share = s.sum() / n.sum() if testable.any() else np.nan
    least_expected = np.minimum(n, rest) * min(share, 1 - share)
    exact = testable & (least_expected < SMALL_EXPECTED)
    usual = testable & ~exact
    p = np.full(n.shape, np.nan)
    p[exact] = _fisher(s[exact], n[exact], s.sum(), n.sum())
    error = np.sqrt(share * (1 - share) * (1 / n[usual] + 1 / rest[usual]))
    z = (s[usual] / n[usual] - (s.sum() - s[usual]) / rest[usual]) / error
    p[usual] = 2 * special.ndtr(-np.abs(z))
    return p


def ratios_against_rest(
    numerator: ArrayLike,
    denominator: ArrayLike,
    n: ArrayLike,
    numerator_squared: ArrayLike,
    product: ArrayLike,
    denominator_squared: ArrayLike,
) -> Numbers:
    """p-value of each group's sum(x) / sum(y) against that of the rest; nan where either has fewer than five units.

    The larger of two: Welch's t on the linearised ratios, and Student's, which takes one spread for all units. Welch
    alone is fooled by a few units that happen to be equal (no spread of their own), Student alone by one outlier in a
    small group; a real difference convinces both.
    Sources: B. L. Welch 1947, Biometrika 34:28-35, doi:10.1093/biomet/34.1-2.28; W. G. Cochran, Sampling Techniques,
    3rd ed. 1977, section 6.4.
    """
    groups = Moments.of(numerator, denominator, n, numerator_squared, product, denominator_squared)
    total = groups.total()
    rest = total.without(groups)
    p = np.maximum(_welch(groups, rest), _student(groups, total))
    return np.where((groups.n >= LEAST_UNITS) & (rest.n >= LEAST_UNITS), p, np.nan)


def rates_against_rest(counts: ArrayLike, exposures: ArrayLike) -> Numbers:
    """p-value of each group's events per exposure against the rest; nan where either has no exposure.

    Given all events, those of the group are binomial with its share of the exposure: exact, one-sided and doubled.
    Source: J. Przyborowski and H. Wilenski 1940, Biometrika 31:313-323, doi:10.1093/biomet/31.3-4.313.
    """
    k, exposure = np.broadcast_arrays(np.asarray(counts, dtype=float), np.asarray(exposures, dtype=float))
    absent = np.isnan(k) | np.isnan(exposure)
    k, exposure = np.where(absent, 0.0, k), np.where(absent, 0.0, exposure)
    events, all_exposure = k.sum(), exposure.sum()
    share = exposure / all_exposure if all_exposure > 0 else exposure
    at_most = np.where(k < events, special.betaincc(k + 1, np.maximum(events - k, 1), share), 1.0)
    at_least = np.where(k > 0, special.betainc(np.maximum(k, 1), events - k + 1, share), 1.0)
    return np.where((share > 0) & (share < 1), _doubled(at_most, at_least), np.nan)


def holm(p: ArrayLike, alpha: float = 0.05) -> np.ndarray:
    """Which p-values stay significant when all are looked at; nan is never flagged and not counted.

    The chance of one or more false flags is at most ``alpha``. Source: S. Holm 1979, Scand J Stat 6:65-70,
    https://www.jstor.org/stable/4615733.
    """
    p = np.asarray(p, dtype=float)
    flagged = np.zeros(p.shape, dtype=bool)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    passes = p[order] <= alpha / np.arange(len(order), 0, -1)
    flagged[order] = np.logical_and.accumulate(passes)
    return flagged


def _fisher(s: Numbers, n: Numbers, all_successes: float, total: float) -> Numbers:
    """Doubled one-sided hypergeometric p-value of s successes in n of total, where some expected cell is small.

    The cell with the least expectation is counted instead of the successes: its distribution starts at 0 and is over
    within COUNTED terms, so it follows from the ratios of neighbouring terms alone.
    """
    failures, rest = all_successes >= total - all_successes, n > total - n
    marked = np.where(failures, n - s, s)
    all_marked = min(all_successes, total - all_successes)
    cell = np.where(rest, all_marked - marked, marked)
    drawn = np.where(rest, total - n, n)
    at_most, at_least = _hypergeometric_tails(cell, drawn, all_marked, total)
    return _doubled(at_most, at_least)


def _hypergeometric_tails(cell: Numbers, drawn: Numbers, marked: float, total: float) -> tuple[Numbers, Numbers]:
    """P(X <= cell) and P(X >= cell) for X marked ones among ``drawn`` of ``total``."""
    expected = drawn * marked / total
    counted = min(COUNTED, int(max(cell.max(initial=0), 3 * expected.max(initial=0))) + OVER)
    j = np.arange(counted - 1)
    ways = np.maximum(marked - j, 0) * np.maximum(drawn[:, None] - j, 0)
    ratios = ways / ((j + 1) * (total - marked - drawn[:, None] + j + 1))
    terms = np.hstack([np.ones((len(cell), 1)), np.cumprod(ratios, axis=1)])
    terms /= terms.sum(axis=1, keepdims=True)
    observed = np.minimum(cell, counted - 1)[:, None]
    upto = np.arange(counted) <= observed
    since = np.arange(counted) >= observed
    return (terms * upto).sum(axis=1), (terms * since).sum(axis=1)


def _welch(group: Moments, rest: Moments) -> Numbers:
    """p-value of Welch's t on two linearised ratios; 0 where neither has any spread."""
    error, freedom = standard_error(group, rest)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(group.ratio() - rest.ratio()) / error
    return np.where(error == 0, 0.0, 2 * special.stdtr(freedom, -t))


def _student(group: Moments, total: Moments) -> Numbers:
    """p-value of Student's t on the residuals from the common ratio; 1 where all units have that ratio."""
    ratio = total.ratio()
    squares = total.residual_squares(ratio)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (group.x - ratio * group.y) ** 2 / (group.n * (1 - group.n / total.n))
        within = squares - between
        within = np.where(within <= ROUNDING * squares, 0.0, within) / (total.n - 2)
        t = np.where(squares == 0, 0.0, np.sqrt(between / within))
    return 2 * special.stdtr(total.n - 2, -t)


def _doubled(at_most: Numbers, at_least: Numbers) -> Numbers:
    """Two-sided p-value from the two tails, at most 1."""
    return np.minimum(1.0, 2 * np.minimum(at_most, at_least))
