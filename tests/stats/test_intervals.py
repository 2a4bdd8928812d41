"""Intervals against published tables and against scipy and statsmodels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

from qa.stats import poisson_rate_interval, ratio_interval, wilson

# Newcombe 1998, Stat Med 17:857-872, Table I, method 3.
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]

shares = st.integers(1, 10_000).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials)))
units = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=2, max_size=40)


def moments(x, y):
    """The six sums of one group, in the order in which the functions take them."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    return x.sum(), y.sum(), len(x), (x * x).sum(), (x * y).sum(), (y * y).sum()


@pytest.mark.parametrize(("successes", "trials", "low", "high"), NEWCOMBE)
def test_wilson_is_the_published_interval(successes, trials, low, high):
    assert np.round(wilson(successes, trials), 4).tolist() == [low, high]


def test_wilson_of_many_groups_equals_statsmodels():
    trials = np.arange(1, 200)
    successes = trials // 3
    expected = proportion_confint(successes, trials, alpha=0.01, method="wilson")
    np.testing.assert_allclose(wilson(successes, trials, confidence=0.99), expected, rtol=1e-9, atol=1e-12)


def test_no_trials_have_no_interval():
    low, high = wilson([0, 1, np.nan], [0, 2, np.nan])
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, False, True]


@given(shares)
def test_wilson_holds_the_share_and_stays_within_0_and_1(share):
    successes, trials = share
    low, high = wilson(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1


@given(shares)
def test_wilson_rises_with_the_successes_and_narrows_with_the_trials(share):
    successes, trials = share
    low, high = wilson([successes, successes + 1], [trials + 1, trials + 1])
    assert low[0] < low[1]
    assert high[0] < high[1]
    low, high = wilson([successes, 4 * successes], [trials, 4 * trials])
    assert high[1] - low[1] < high[0] - low[0]


def test_ratio_interval_of_single_units_is_the_t_interval_of_their_mean():
    scores = [88.0, 92.5, 100.0, 71.0, 95.0]
    expected = stats.t.interval(0.95, df=4, loc=np.mean(scores), scale=stats.sem(scores))
    np.testing.assert_allclose(ratio_interval(*moments(scores, np.ones(5))), expected)


def test_ratio_interval_worked_by_hand():
    # Errors 1, 0, 2 of opportunities 10, 10, 12: R = 3/32; residuals 1/16, -15/16, 14/16; their squares sum to 422/256.
    low, high = ratio_interval(*moments([1, 0, 2], [10, 10, 12]))
    half_width = stats.t.ppf(0.975, 2) * np.sqrt(3 / 2 * 422 / 256) / 32
    assert (low, high) == (pytest.approx(3 / 32 - half_width), pytest.approx(3 / 32 + half_width))


def test_units_counted_twice_do_not_narrow_it_when_they_are_one_cluster():
    low, high = ratio_interval(*moments([1, 0, 2], [10, 10, 12]))
    doubled = ratio_interval(*moments([2, 0, 4], [20, 20, 24]))
    np.testing.assert_allclose(doubled, (low, high))


def test_one_unit_an_empty_denominator_or_an_absent_sum_has_no_ratio_interval():
    low, high = ratio_interval([5, 0, 5, 9], [1, 0, 2, 2], [1, 3, 2, 2], [25, 0, np.nan, 45], [5, 0, 5, 9], [1, 0, 2, 2])
    assert np.isnan(low).tolist() == np.isnan(high).tolist() == [True, True, True, False]


def test_equal_units_have_an_interval_without_width():
    low, high = ratio_interval(*moments([0.1, 0.1, 0.1], [1, 1, 1]))
    assert low == high == pytest.approx(0.1)


@given(units)
def test_ratio_interval_holds_the_ratio(rows):
    x, y = zip(*rows, strict=True)
    low, high = ratio_interval(*moments(x, y))
    assert low <= sum(x) / sum(y) <= high


def test_rate_interval_equals_statsmodels():
    counts, exposures = np.array([0, 1, 7, 250]), np.array([120.0, 3.5, 10_000, 41])
    expected = confint_poisson(counts, exposures, method="exact-c")
    low, high = poisson_rate_interval(counts, exposures)
    np.testing.assert_allclose(high, expected[1])
    np.testing.assert_allclose(low[1:], expected[0][1:])
    assert low[0] == 0


def test_no_exposure_has_no_rate_interval():
    low, high = poisson_rate_interval([0, 3], [0, 10])
    assert np.isnan([low[0], high[0]]).all()
    assert 0 < low[1] < 0.3 < high[1]
