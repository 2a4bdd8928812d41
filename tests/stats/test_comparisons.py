"""Groups against the rest: against scipy and statsmodels, and how often nothing is called something."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportions_ztest

from qa.stats import holm, proportions_against_rest, rates_against_rest, ratios_against_rest

SEEDS = 200
GROUPS = 60
# 5 % of 200 families plus three standard errors of that share.
MOST_FALSE_ALARMS = SEEDS * (0.05 + 3 * np.sqrt(0.05 * 0.95 / SEEDS))

p_values = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def moments(x, y, group, groups=GROUPS):
    """The six sums of each group, in the order in which the functions take them."""
    parts = (x, y, np.ones(len(x)), x * x, x * y, y * y)
    return tuple(np.bincount(group, part, minlength=groups) for part in parts)


def doubled_fisher(successes, trials, all_successes, all_trials):
    """The exact p-value as scipy has it."""
    sides = stats.hypergeom(all_trials, all_successes, trials)
    return min(1, 2 * min(sides.cdf(successes), sides.sf(successes - 1)))


@pytest.mark.parametrize("seed", range(20))
def test_small_cells_are_tested_exactly(seed):
    rng = np.random.default_rng(seed)
    trials = rng.integers(1, 400, 12)
    successes = rng.binomial(trials, rng.choice([0.01, 0.02, 0.98, 0.99]))
    share = successes.sum() / trials.sum()
    small = np.minimum(trials, trials.sum() - trials) * min(share, 1 - share) < 10
    expected = [doubled_fisher(s, n, successes.sum(), trials.sum()) for s, n in zip(successes, trials, strict=True)]
    found = proportions_against_rest(successes, trials)
    assert small.any()
    np.testing.assert_allclose(found[small], np.array(expected)[small], rtol=1e-9, atol=1e-70)


def test_a_group_larger_than_the_rest_is_tested_exactly_too():
    found = proportions_against_rest([990, 3], [1000, 12])
    assert found == pytest.approx([doubled_fisher(990, 1000, 993, 1012)] * 2)


def test_one_hundred_and_more_where_few_are_expected_is_beyond_doubt():
    assert proportions_against_rest([300, 300], [400, 1_000_000])[0] < 1e-80


def test_large_cells_take_the_pooled_score_test():
    successes, trials = np.array([900, 600, 1640]), np.array([1000, 700, 1800])
    expected = [proportions_ztest([s, 3140 - s], [n, 3500 - n])[1] for s, n in zip(successes, trials, strict=True)]
    np.testing.assert_allclose(proportions_against_rest(successes, trials), expected)


def test_groups_that_cannot_be_compared_have_no_p_value():
    assert np.isnan(proportions_against_rest([3], [9])).all()
    assert np.isnan(proportions_against_rest([0, 5, 4, np.nan], [0, 9, 9, 9])).tolist() == [True, False, False, True]
    assert np.isnan(rates_against_rest([0, 5, 4], [0, 9, 9])).tolist() == [True, False, False]
    four_units, two_fives = (4, 4, 4, 6, 4, 4), (5, 5, 5, 9, 5, 5)
    columns = zip(four_units, two_fives, two_fives, strict=True)
    assert np.isnan(ratios_against_rest(*(np.array(column) for column in columns))).tolist() == [True, False, False]


def test_all_alike_is_no_difference():
    assert proportions_against_rest([5, 7], [5, 7]).tolist() == [1, 1]
    assert rates_against_rest([0, 0], [5, 7]).tolist() == [1, 1]
    group = np.repeat([0, 1], 6)
    assert ratios_against_rest(*moments(np.full(12, 90.0), np.ones(12), group, groups=2)).tolist() == [1, 1]


def test_ratios_of_two_groups_take_the_more_doubtful_of_two_tests():
    rng = np.random.default_rng(1)
    one, other = rng.normal(90, 4, 30), rng.normal(87, 9, 50)
    group = np.repeat([0, 1], [30, 50])
    p = ratios_against_rest(*moments(np.append(one, other), np.ones(80), group, groups=2))
    welch = stats.ttest_ind(one, other, equal_var=False).pvalue
    assert p[0] == pytest.approx(p[1])
    assert p[0] == pytest.approx(max(welch, stats.ttest_ind(one, other).pvalue))


def test_six_units_that_happen_to_be_equal_are_no_proof():
    rng = np.random.default_rng(2)
    scores = np.append(np.full(6, 100.0), 100 - rng.choice([0, 0, 0, 5, 10], 300))
    group = np.repeat([0, 1], [6, 300])
    assert ratios_against_rest(*moments(scores, np.ones(306), group, groups=2))[0] > 0.01


def test_rates_take_the_exact_conditional_test():
    counts, exposures = np.array([0, 4, 31]), np.array([10.0, 50.0, 120.0])
    expected = []
    for count, exposure in zip(counts, exposures, strict=True):
        given_all = stats.binom(35, exposure / 180)
        expected.append(min(1, 2 * min(given_all.cdf(count), given_all.sf(count - 1))))
    np.testing.assert_allclose(rates_against_rest(counts, exposures), expected)


def test_no_group_differs_when_all_are_equal_shares():
    false_alarms = 0
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        trials = rng.integers(3, 40, GROUPS)
        false_alarms += holm(proportions_against_rest(rng.binomial(trials, 0.93), trials)).any()
    assert false_alarms <= MOST_FALSE_ALARMS


@pytest.mark.parametrize(
    "draw",
    [
        lambda rng, size: rng.normal(90, 5, size),
        lambda rng, size: rng.lognormal(5, 0.8, size),
        lambda rng, size: 100 - rng.choice([0, 0, 0, 0, 5, 10, 40], size),
        lambda rng, size: np.where(rng.random(size) < 0.05, 60.0, 100.0),
    ],
    ids=["symmetric", "skewed like talk time", "scores with deductions", "mostly perfect scores"],
)
def test_no_group_differs_when_all_are_equal_means(draw):
    false_alarms = 0
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        group = np.repeat(np.arange(GROUPS), rng.integers(2, 20, GROUPS))
        values = draw(rng, len(group)).astype(float)
        false_alarms += holm(ratios_against_rest(*moments(values, np.ones(len(group)), group))).any()
    assert false_alarms <= MOST_FALSE_ALARMS


def test_no_group_differs_when_all_are_equal_clusters():
    false_alarms = 0
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        group = np.repeat(np.arange(GROUPS), rng.integers(5, 20, GROUPS))
        opportunities = rng.integers(8, 13, len(group))
        errors = rng.binomial(opportunities, rng.beta(1, 19, len(group)))
        sums = moments(errors.astype(float), opportunities.astype(float), group)
        false_alarms += holm(ratios_against_rest(*sums)).any()
    assert false_alarms <= MOST_FALSE_ALARMS


def test_no_group_differs_when_all_are_equal_rates():
    false_alarms = 0
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        exposures = rng.uniform(100, 2_000, GROUPS)
        false_alarms += holm(rates_against_rest(rng.poisson(exposures * 0.004), exposures)).any()
    assert false_alarms <= MOST_FALSE_ALARMS


def test_three_bad_groups_among_sixty_are_found():
    trials = np.full(GROUPS, 60)
    successes = np.full(GROUPS, 59)
    successes[[4, 17, 40]] = 44
    assert np.flatnonzero(holm(proportions_against_rest(successes, trials))).tolist() == [4, 17, 40]


@pytest.mark.parametrize("tests", [1, 2, 7, 60])
def test_holm_equals_statsmodels(tests):
    p = np.random.default_rng(tests).uniform(0, 1, tests) ** 6
    assert holm(p).tolist() == multipletests(p, alpha=0.05, method="holm")[0].tolist()


def test_holm_stops_at_the_first_p_value_that_fails():
    # 0.05 / 3, 0.05 / 2, 0.05: the second fails, so the third, small enough by itself, is not flagged either.
    assert holm([0.01, 0.03, 0.04]).tolist() == [True, False, False]


@given(p_values)
def test_holm_neither_flags_nor_counts_what_was_not_tested(p):
    with_gaps = [value for tested in p for value in (tested, np.nan)]
    assert holm(with_gaps)[::2].tolist() == holm(p).tolist()
    assert not holm(with_gaps)[1::2].any()


def test_holm_of_nothing_is_nothing():
    assert holm([]).tolist() == []
