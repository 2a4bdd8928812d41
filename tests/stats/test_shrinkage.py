"""Shrinkage against the published baseball table, simulation and first principles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.stats.shrinkage import LEAST_GROUPS, shrunken_shares, shrunken_values

# Hits in the first 45 times at bat of 18 players. Efron and Morris 1977, Scientific American 236(5):119-127, table 1.
HITS = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7]
PUBLISHED = [.294, .289, .285, .280, .275, .275, .270, .266, .261, .261, .256, .256, .256, .256, .256, .252, .247, .242]  # fmt: skip


def test_the_published_estimates_of_batting_averages():
    averages = np.array(HITS) / 45
    mean = averages.mean()
    found = shrunken_values(averages, mean * (1 - mean) / 45)
    assert round(found.mean, 3) == 0.265
    assert round((found.estimate[0] - mean) / (averages[0] - mean), 3) == 0.212
    assert found.estimate.round(3).tolist() == PUBLISHED


def test_counts_of_the_same_players_shrink_alike():
    found = shrunken_shares(HITS, 45)
    assert np.abs(found.estimate - PUBLISHED).max() < 0.0015


def test_no_difference_beyond_chance_means_one_estimate_for_all_and_nobody_ranks():
    found = shrunken_shares([95, 96, 94, 95, 97, 93, 95, 95, 94, 96], 100)
    assert found.spread == 0
    assert np.allclose(found.estimate, 0.95)
    assert (found.in_top == 0.1).all() and (found.in_bottom == 0.1).all()


def test_all_alike_or_all_perfect_is_no_error():
    perfect = shrunken_shares([10, 20, 30, 40, 50], [10, 20, 30, 40, 50])
    assert perfect.estimate.tolist() == [1.0] * 5 and perfect.spread == 0
    assert shrunken_values([5.0] * 6, 1.0).estimate.tolist() == [5.0] * 6


def test_three_groups_are_too_few_to_know_where_they_come_from():
    found = shrunken_values([0.0, 50.0, 100.0], 1.0)
    assert found.spread == 0 and np.allclose(found.estimate, 50)


def test_groups_without_a_value_stay_without_and_are_not_counted():
    found = shrunken_shares([9, np.nan, 5, 8, 7, 1, 0], [10, 10, 10, 10, 10, 10, 0])
    assert np.isnan(found.estimate).tolist() == [False, True, False, False, False, False, True]
    assert found.size == 1
    assert shrunken_values([np.nan], [1.0]).size == 0


def test_one_truly_bad_group_is_at_the_bottom_almost_surely():
    found = shrunken_shares([99] * 20 + [60], [100] * 21)
    assert found.in_bottom[-1] > 0.99 and found.in_top[-1] < 0.01
    assert found.low[-1] < found.estimate[-1] < found.high[-1]
    assert 0.6 < found.estimate[-1] < 0.7


@pytest.mark.parametrize("groups", [8, 40, 400])
def test_the_chance_of_a_tenth_is_that_of_simulated_true_values(groups):
    """Values and true values drawn many times from the model: of those given a chance, so many truly are in the tenth."""
    rng, given_chance, was_top = np.random.default_rng(3), [], []
    for _world in range(max(60, 12_000 // groups)):
        variance = rng.uniform(0.2, 1.5, groups)
        truth = rng.normal(0, 1, groups)
        found = shrunken_values(rng.normal(truth, np.sqrt(variance)), variance)
        given_chance.append(found.in_top)
        was_top.append(truth >= np.sort(truth)[-found.size])
    chance, happened = np.concatenate(given_chance), np.concatenate(was_top)
    for low, high in ((0.0, 0.05), (0.05, 0.2), (0.2, 0.5), (0.5, 0.8), (0.8, 1.01)):
        chosen = (chance >= low) & (chance < high)
        if chosen.sum() > 60:
            error = np.sqrt(chance[chosen].mean() * (1 - chance[chosen].mean()) / chosen.sum())
            assert abs(happened[chosen].mean() - chance[chosen].mean()) < 4 * error + 0.04


def test_the_interval_holds_the_true_share_as_often_as_it_says():
    rng, held = np.random.default_rng(5), []
    for _world in range(60):
        trials = rng.integers(20, 200, 80)
        truth = rng.beta(60, 6, 80)
        found = shrunken_shares(rng.binomial(trials, truth), trials)
        held.append((found.low <= truth) & (truth <= found.high))
    assert 0.93 < np.mean(held) < 0.975


def test_a_share_is_the_mean_of_its_beta_distribution():
    """The prior beta distribution of the fitted mean m and spread t has a + b = m (1 - m) / t^2 - 1; the posterior mean is (s + a) / (n + a + b)."""
    rng = np.random.default_rng(3)
    trials = rng.integers(12, 60, 200)
    successes = rng.binomial(trials, rng.beta(45, 5, 200))
    found = shrunken_shares(successes, trials)
    both = found.mean * (1 - found.mean) / found.spread**2 - 1
    assert found.spread > 0
    assert found.estimate == pytest.approx((successes + found.mean * both) / (trials + both), abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=LEAST_GROUPS, max_size=40))
def test_shares_stay_shares_and_move_towards_the_mean(counts):
    successes, failures = np.array(counts, dtype=float).T
    trials = successes + failures
    found = shrunken_shares(successes, trials)
    known = trials > 0
    assert np.isnan(found.estimate).tolist() == (~known).tolist()
    raw = successes[known] / trials[known]
    estimate = found.estimate[known]
    assert ((estimate >= np.minimum(raw, found.mean) - 1e-9) & (estimate <= np.maximum(raw, found.mean) + 1e-9)).all()
    assert ((found.low[known] >= 0) & (found.high[known] <= 1)).all()
    assert ((found.in_top[known] >= 0) & (found.in_top[known] <= 1)).all()


def test_thousands_of_agents_at_once():
    rng = np.random.default_rng(1)
    trials = rng.integers(20, 900, 4000)
    found = shrunken_shares(rng.binomial(trials, rng.beta(90, 10, 4000)), trials)
    assert found.size == 400
    assert found.in_top.sum() == pytest.approx(400, rel=0.02) and found.in_bottom.sum() == pytest.approx(400, rel=0.02)
