"""Funnel limits against scipy's own distributions, what lies outside by chance, and the allowance for over-dispersion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qa.stats.funnel import INNER, LEAST_GROUPS, OUTER, _exact_scores, funnel, pooled_scale
from qa.stats.moments import Moments

SIZES = [10, 40, 200, 1_000, 40_000]
everyone = np.ones(3, dtype=bool)


def around(share: float, family="binomial", **more):
    """A funnel whose common value is ``share``."""
    return funnel(family, [share * 100_000], [100_000], [True], **more)


@given(st.floats(0.02, 0.98), st.integers(5, 50_000), st.sampled_from([INNER, OUTER, 0.9999]))
def test_a_count_is_beyond_a_limit_only_where_its_tail_is_thin_enough(share, n, coverage):
    found = around(share)
    low, high = (float(limit) for limit in found.limits(n, coverage))
    tail = (1 - coverage) / 2
    counts = np.arange(n + 1) if n < 3_000 else np.rint(np.linspace(0, n, 3_000))
    below, above = counts[counts / n < low], counts[counts / n > high]
    assert below.size == 0 or stats.binom.cdf(below.max(), n, found.center) <= tail * (1 + 1e-9)
    assert above.size == 0 or stats.binom.sf(above.min() - 1, n, found.center) <= tail * (1 + 1e-9)
    # and no further out than one count
    assert low > 1 or stats.binom.cdf(np.ceil(low * n), n, found.center) >= tail * (1 - 1e-9)


def test_shares_and_rates_have_exact_limits_between_the_quantiles():
    low, high = around(0.9).limits(SIZES, OUTER)
    assert np.all(low * SIZES <= stats.binom.ppf(0.001, SIZES, 0.9)) and np.all(low * SIZES > stats.binom.ppf(0.001, SIZES, 0.9) - 1)
    assert np.all(np.diff(low) > 0) and np.all(np.diff(high) <= 0), "smooth, without the steps of counts"
    low, high = around(0.3, "poisson").limits(SIZES, OUTER)
    expected = 0.3 * np.array(SIZES)
    assert np.all(np.abs(high * SIZES - stats.poisson.ppf(0.999, expected)) <= 1)
    assert np.all(np.abs(low * SIZES - stats.poisson.ppf(0.001, expected)) <= 1)


def test_means_have_normal_limits_from_the_spread_inside_the_groups():
    """Two groups 1, 3 and 11, 13: a variance of 2 inside each, whatever lies between them."""
    groups = Moments.of([4, 24], [2, 2], [2, 2], [10, 290], [4, 24], [2, 2])
    assert pooled_scale(groups) == 2
    low, high = funnel("normal", [4, 24], [2, 2], [True, True], 2.0).limits([50], 0.95)
    assert (low[0], high[0]) == pytest.approx((7 - 1.959964 * 0.2, 7 + 1.959964 * 0.2))


def test_a_group_of_the_same_share_is_inside_when_small_and_low_when_large():
    found = funnel("binomial", [7, 700, 95_000], [10, 1_000, 100_000], everyone)
    assert found.center == pytest.approx(95_707 / 101_010)
    assert found.states == ("near", "low", "high")


def test_a_group_not_judged_counts_for_the_common_value_alone():
    found = funnel("binomial", [0, 90, 90], [5, 100, 100], [False, True, True])
    assert found.states == ("not_judged", "inside", "inside")
    assert found.center == 180 / 205


def test_more_than_twenty_five_groups_widen_the_outer_limits():
    assert funnel("binomial", [9] * 25, [10] * 25, [True] * 25).outer == OUTER
    assert funnel("binomial", [9] * 50, [10] * 50, [True] * 50).outer == pytest.approx(0.999)


@pytest.mark.parametrize("groups", [8, 45, 300])
def test_by_chance_one_table_in_twenty_has_a_group_outside(groups):
    rng = np.random.default_rng(7)
    marked = sum(_outside(rng, groups, lambda size: np.full(size, 0.93)) for _world in range(200))
    assert marked <= 18, "5 % of 200, and what a count of 200 allows"


@pytest.mark.parametrize("groups", [45, 200])
def test_groups_that_all_differ_a_little_are_not_marked(groups):
    """True shares that wander by a percentage point: without the allowance nearly every table has a group outside."""
    rng = np.random.default_rng(8)
    assert sum(_outside(rng, groups, lambda size: rng.beta(0.93 * 500, 0.07 * 500, size)) for _world in range(100)) <= 13


def _outside(rng, groups: int, shares) -> bool:
    trials = rng.poisson(3_000, groups) + 1
    states = funnel("binomial", rng.binomial(trials, shares(groups)), trials, trials >= 10).states
    return "low" in states or "high" in states


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_rare_events_of_groups_that_are_alike_are_no_spread_and_those_who_differ_are_found(family):
    """One failure in seventy and some eighty records each: a clean record in three is what chance brings."""
    rng = np.random.default_rng(10)
    declared = found = wrong = 0
    for _world in range(40):
        trials = rng.integers(60, 110, 387)
        draw = (lambda share, n=trials: rng.binomial(n, share)) if family == "binomial" else (lambda rate, n=trials: rng.poisson(n * rate))
        rare = np.full(387, 0.015)
        declared += funnel(family, draw(rare), trials, trials > 0).dispersion.tau > 0
        rare[:3] = 0.13
        states = funnel(family, draw(rare), trials, trials > 0).states
        found += states[:3].count("high")
        wrong += "high" in states[3:]
    assert declared <= 5 and wrong <= 5, "5 % of 40, and what a count of 40 allows"
    assert found >= 90


@given(st.integers(1, 400), st.floats(0.005, 0.15))
def test_few_expected_cases_have_the_normal_quantile_of_their_mid_p(n, share):
    cases = np.arange(0, min(n, 12) + 1, dtype=float)
    trials = np.full(len(cases), float(n))
    for family, law in (("binomial", stats.binom(n, share)), ("poisson", stats.poisson(n * share))):
        expected = stats.norm.ppf(law.cdf(cases) - law.pmf(cases) / 2)
        found = _exact_scores(family, cases, trials, share)
        known = np.abs(expected) < 6  # further out the oracle loses its digits
        assert found[known] == pytest.approx(expected[known], abs=1e-6)


def test_the_spread_between_groups_is_found_again():
    """Means of 100 units with a variance of 4, on top of true means with a standard deviation of 0.5."""
    rng = np.random.default_rng(9)
    n = np.full(4_000, 100)
    means = rng.normal(80, 0.5, 4_000) + rng.normal(0, 0.2, 4_000)
    spread = funnel("normal", means * n, n, n > 0, 4.0).dispersion
    assert spread.tau == pytest.approx(0.5, rel=0.05)
    assert spread.phi == pytest.approx((0.25 + 0.04) / 0.04, rel=0.05)


def test_few_groups_or_little_spread_leave_the_limits_of_chance():
    few = funnel("binomial", [50, 99], [100, 100], [True, True]).dispersion
    assert few.groups < LEAST_GROUPS and few.tau == 0
    alike = funnel("binomial", [900] * 30, [1_000] * 30, [True] * 30).dispersion
    assert (alike.phi, alike.tau) == (0, 0)


def test_nothing_and_everything_have_limits_without_width():
    assert [float(limit) for limit in around(0.0).limits(50, OUTER)] == [0, 0]
    assert [float(limit) for limit in around(1.0).limits(50, OUTER)] == [1, 1]
    assert np.isnan(around(0.5).limits(0, OUTER)).all()
    assert funnel("binomial", [0], [0], [True]).states == ("not_judged",)
