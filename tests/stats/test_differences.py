"""Differences of two groups against a published table and against scipy and statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.rates import confint_poisson_2indep

from qa.stats import Moments, proportion_difference, rate_difference, ratio_difference

# Newcombe 1998, Stat Med 17:873-890, Table II, method 10.
NEWCOMBE = [(56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (5, 56, 0, 29, -0.0381, 0.1926)]

shares = st.integers(1, 5_000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))


def mean_of(values):
    """The sums of single units: every denominator is 1."""
    values = np.asarray(values, dtype=float)
    return Moments.of(values.sum(), len(values), len(values), (values**2).sum(), values.sum(), len(values))


@pytest.mark.parametrize(("s1", "n1", "s2", "n2", "low", "high"), NEWCOMBE)
def test_proportion_difference_is_the_published_interval(s1, n1, s2, n2, low, high):
    difference, *bounds = proportion_difference(s1, n1, s2, n2)
    assert difference == pytest.approx(s1 / n1 - s2 / n2)
    assert np.round(bounds, 4).tolist() == [low, high]


@given(shares, shares)
def test_swapping_two_shares_turns_the_interval_around(one, other):
    difference, low, high = proportion_difference(*one, *other)
    assert -1 <= low <= difference <= high <= 1
    assert proportion_difference(*other, *one) == (pytest.approx(-difference), pytest.approx(-high), pytest.approx(-low))


def test_a_share_without_trials_has_no_difference():
    assert np.isnan(proportion_difference([0], [0], [3], [9])).all()


def test_ratio_difference_of_single_units_is_welchs():
    one, other = [88.0, 92.5, 100.0, 71.0, 95.0], [60.0, 91.0, 84.0]
    expected = stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    difference, low, high = ratio_difference(mean_of(one), mean_of(other))
    assert difference == pytest.approx(np.mean(one) - np.mean(other))
    assert (low, high) == (pytest.approx(expected.low), pytest.approx(expected.high))


def test_one_unit_has_a_ratio_difference_but_no_bounds():
    difference, low, high = ratio_difference(mean_of([90]), mean_of([80, 84]))
    assert difference == 8
    assert np.isnan([low, high]).all()


def test_equal_units_on_both_sides_have_bounds_without_width():
    difference, low, high = ratio_difference(mean_of([90, 90]), mean_of([80, 80]))
    assert difference == low == high == 10


def test_rate_difference_equals_statsmodels():
    difference, low, high = rate_difference(41, 28_010, 15, 19_017)
    expected = confint_poisson_2indep(41, 28_010, 15, 19_017, compare="diff", method="mover", method_mover="exact-c")
    assert difference == pytest.approx(41 / 28_010 - 15 / 19_017)
    assert (low, high) == (pytest.approx(expected[0]), pytest.approx(expected[1]))


def test_a_rate_without_exposure_has_no_difference():
    assert np.isnan(rate_difference([0], [0], [3], [9])).all()
