"""Control charts against published tables, and the rules against series worked by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qa.stats.change_points import chance_of_step, steps
from qa.stats.control_charts import individuals, proportions, rates
from qa.stats.special_causes import assurance, shift_length, signals, variation
from qa.stats.weekdays import weekday_offsets

# Montgomery, Introduction to Statistical Quality Control: nonconforming cans of orange juice, 30 samples of 50.
ORANGE_JUICE = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
# Wheeler's way of working: fourteen values, their moving ranges 3 1 4 2 2 3 1 2 4 3 1 2 3 add up to 31.
FOURTEEN = [39, 42, 41, 45, 43, 41, 44, 43, 45, 41, 44, 43, 41, 44]


def test_p_chart_of_montgomerys_orange_juice():
    limits = proportions(ORANGE_JUICE, [50] * 30)
    assert limits.kind == "p"
    assert (limits.center[0], limits.low[0], limits.high[0]) == pytest.approx((0.2313, 0.0524, 0.4102), abs=5e-5)
    assert [place + 1 for place in np.flatnonzero(np.abs(limits.z) > 3)] == [15, 23]


def test_the_same_without_the_two_samples_whose_cause_was_found():
    counted = [place not in (14, 22) for place in range(30)]
    limits = proportions(ORANGE_JUICE, [50] * 30, counted)
    assert (limits.center[0], limits.low[0], limits.high[0]) == pytest.approx((0.2150, 0.0407, 0.3893), abs=5e-5)
    # Montgomery goes on: now sample 21 is outside as well.
    assert [place + 1 for place in np.flatnonzero(np.abs(limits.z) > 3)] == [15, 21, 23]


def test_xmr_limits_are_the_mean_and_2_66_mean_moving_ranges():
    limits = individuals(FOURTEEN)
    mean, mean_range = 596 / 14, 31 / 13
    assert limits.center[0] == pytest.approx(mean)
    assert (limits.low[0], limits.high[0]) == pytest.approx((mean - 2.66 * mean_range, mean + 2.66 * mean_range), abs=2e-3)


def test_fewer_than_twelve_points_make_no_limits():
    assert individuals(FOURTEEN[:11]) is None
    assert individuals(FOURTEEN, counted=[place > 2 for place in range(14)]) is None
    assert proportions([1] * 11, [50] * 11) is None


def test_limits_follow_each_points_own_number():
    limits = proportions([20, 80] * 10, [100, 400] * 10)
    wide, narrow = (limits.high - limits.low)[:2]
    assert wide == pytest.approx(2 * narrow)


def test_limits_of_small_numbers_are_the_binomial_distributions_own():
    """50 calls at 99 % answered: 4 lost have a chance of 0.0016, 5 of 0.00015, so 45 answered is beyond and 46 is not."""
    limits = proportions([49, 50] * 10, [50] * 20)
    expected = stats.binom(50, 1 - limits.center[0]).isf(stats.norm.sf(3))
    assert limits.low[0] == pytest.approx(1 - expected / 50)
    assert limits.high[0] == 1
    assert not limits.runs_apply


def test_large_numbers_that_vary_more_than_chance_get_laneys_limits():
    rng = np.random.default_rng(7)
    trials = np.full(60, 5000)
    answered = rng.binomial(trials, rng.normal(0.9, 0.02, 60))
    limits = proportions(answered, trials)
    assert limits.kind == "laney_p"
    z = (answered / trials - limits.center) / np.sqrt(limits.center * (1 - limits.center) / trials)
    assert limits.spread == pytest.approx(np.abs(np.diff(z)).mean() / 1.128)
    assert (np.abs(limits.z) > 3).sum() == 0 < (np.abs(z) > 3).sum()


def test_rates_have_poisson_limits():
    limits = rates([16, 16, 16, 16] * 5, [1.0] * 20)
    assert (limits.kind, limits.low[0], limits.high[0]) == ("u", pytest.approx(4), pytest.approx(28))


def test_values_without_any_variation_are_ordinary_and_one_beside_them_is_not():
    limits = individuals([5.0] * 20)
    assert np.array_equal(limits.z, np.zeros(20))
    limits = proportions([50] * 19 + [49], [50] * 20, counted=[True] * 19 + [False])
    assert limits.z[-1] == -np.inf


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 60)), min_size=12, max_size=40))
def test_limits_enclose_the_center_and_stay_possible(points):
    successes, trials = zip(*((min(x, n), n) for x, n in points), strict=True)
    limits = proportions(successes, trials)
    assert (limits.low <= limits.center + 1e-12).all() and (limits.center <= limits.high + 1e-12).all()
    assert (limits.low >= 0).all() and (limits.high <= 1).all()


def test_a_point_beyond_the_limit_is_a_signal():
    found = signals([0.5, -3.2, 0.1, 3.1], np.zeros(4), [True] * 4)
    assert found.outside.tolist() == [0, -1, 0, 1]


def test_seven_on_one_side_are_a_shift_and_six_are_not():
    six, seven = [-1] + [1] * 6 + [-1], [-1] + [1] * 7 + [-1]
    assert not signals(six, np.zeros(8), [True] * 8).shift.any()
    assert signals(seven, np.zeros(9), [True] * 9).shift.tolist() == [0] + [1] * 7 + [0]


def test_points_not_judged_neither_make_nor_break_a_run():
    z = [1, 1, 1, -9, 1, 1, 1, 1]
    found = signals(z, np.zeros(8), [one > 0 for one in z])
    assert found.shift.tolist() == [1, 1, 1, 0, 1, 1, 1, 1]
    assert not found.outside.any()


def test_a_shift_takes_more_points_on_a_longer_chart():
    assert [shift_length(points) for points in (12, 24, 31, 32, 120, 365)] == [7, 7, 7, 8, 9, 11]


def test_seven_points_each_above_the_one_before_are_a_trend():
    level = np.array([0, 1, 2, 3, 4, 5, 6, 5.0])
    assert signals(np.zeros(8), level, [True] * 8).trend.tolist() == [1] * 7 + [0]
    assert not signals(np.zeros(7), np.array([0, 1, 2, 3, 3, 5, 6.0]), [True] * 7).trend.any()


def test_two_of_three_near_the_same_limit_are_marked_when_all_three_lie_on_that_side():
    assert signals([2.1, 0.5, 2.2], np.zeros(3), [True] * 3).near.tolist() == [1, 0, 1]
    assert not signals([2.1, -0.5, 2.2], np.zeros(3), [True] * 3).near.any()


def test_few_expected_leave_only_the_first_rule():
    found = signals([1.0] * 12, np.arange(12.0), [True] * 12, runs_apply=False)
    assert not found.direction.any()


def test_the_better_side_decides_between_improvement_and_concern():
    assert variation([1, 0, -1], "higher") == ["special_cause_improvement", "common_cause", "special_cause_concern"]
    assert variation([1, -1], "lower") == ["special_cause_concern", "special_cause_improvement"]
    assert variation([1, -1], "band") == ["special_cause_neither"] * 2


@pytest.mark.parametrize(
    ("low", "high", "minimum", "maximum", "expected"),
    [
        (0.91, 0.97, 0.90, None, "consistent_pass"),
        (0.90, 0.97, 0.90, None, "consistent_pass"),
        (0.85, 0.89, 0.90, None, "consistent_fail"),
        (0.85, 0.95, 0.90, None, "inconsistent"),
        (0.02, 0.04, None, 0.05, "consistent_pass"),
        (70, 280, 60, 300, "consistent_pass"),
        (310, 400, 60, 300, "consistent_fail"),
        (0.85, 0.95, None, None, None),
    ],
)
def test_assurance_tells_whether_the_target_lies_within_the_limits(low, high, minimum, maximum, expected):
    assert assurance(low, high, minimum, maximum) == expected


def test_a_step_in_a_share_is_found_at_its_point():
    answered = [99, 98, 100, 99, 99, 98, 100, 99, 99, 98] * 3 + [91, 93, 90, 92, 91, 92, 90, 91, 92, 93] * 3
    (step,) = steps(answered, [100] * 60, "binomial", alpha=0.01)
    assert (step.at, step.p < 1e-9) == (30, True)
    assert step.earliest <= 30 <= step.latest


def test_one_terrible_day_is_no_step():
    answered = [99, 98, 100, 99, 99, 98, 100, 99, 99, 98] * 4
    answered[33] = 5
    assert steps(answered, [100] * 40, "binomial", alpha=0.05) == []


def test_two_steps_are_told_apart():
    rng = np.random.default_rng(3)
    values = np.concatenate([rng.normal(level, 1, 30) for level in (10, 20, 15)])
    assert [step.at for step in steps(values, np.ones(90), "normal", alpha=0.01)] == [30, 60]


def test_a_series_that_never_varies_has_no_step():
    assert steps([100] * 40, [100] * 40, "binomial", alpha=0.05) == []


def test_the_chance_of_a_step_grows_with_the_places_looked_at():
    assert chance_of_step(14.0, 300, 7) < chance_of_step(14.0, 3000, 7) < 0.1
    assert chance_of_step(0.0, 60, 7) == 1


def test_weekdays_that_differ_are_found_and_sum_to_nothing():
    days = np.arange(739_000, 739_000 + 70)
    effect = np.array([2, 1, 0, 0, 0, -1, -2])[(days - 1) % 7]
    # The level itself rises by ten in the middle: that is not the weekdays' doing.
    values = 100 + effect + np.random.default_rng(1).normal(0, 0.3, 70) + np.where(days > 739_035, 10, 0)
    offsets = weekday_offsets(days, values, np.ones(70), np.ones(70, bool))
    assert offsets == pytest.approx([2, 1, 0, 0, 0, -1, -2], abs=0.8)
    assert offsets.sum() == pytest.approx(0, abs=1e-9)


def test_weekdays_that_do_not_differ_have_no_offsets():
    values = np.random.default_rng(2).normal(100, 1, 70)
    assert weekday_offsets(np.arange(739_000, 739_070), values, np.ones(70), np.ones(70, bool)) is None


def test_four_weeks_are_too_few_for_weekdays():
    days = np.arange(739_000, 739_028)
    assert weekday_offsets(days, (days % 7).astype(float), np.ones(28), np.ones(28, bool)) is None


def test_ordinary_months_are_marked_no_more_often_than_stated():
    """200 years of two: at most five of a hundred points, as docs/false_alarms.md states; a step in at most one of twenty."""
    marked, with_step = [], []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        trials = rng.poisson(900, 24) + 1
        passed = rng.binomial(trials, 0.95)
        limits = proportions(passed, trials)
        marked.append((signals(limits.z, passed / trials, np.ones(24, bool), limits.runs_apply).direction != 0).mean())
        with_step.append(bool(steps(passed, trials, "binomial", 0.05, 4)))
    assert np.mean(marked) <= 0.05
    assert np.mean(with_step) <= 0.05
