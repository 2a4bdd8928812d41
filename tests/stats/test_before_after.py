"""Before and after: published intervals, a plain second way, and null worlds drawn from a seed."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from qa.stats.before_after import Units, difference_in_differences, expected_regression, shrinkage, widened_by_units
from qa.stats.differences import proportion_difference, ratio_difference
from qa.stats.moments import Moments


def moments(values: np.ndarray) -> Moments:
    """The sums of a plain mean."""
    return Moments.of(values.sum(), len(values), len(values), (values**2).sum(), values.sum(), len(values))


def test_the_difference_of_two_changes_is_newcombes_squared_and_added():
    """Newcombe's own interval of each change (statsmodels), then the same square-and-add once more."""
    own, other = proportion_difference(80, 100, 50, 100, 0.95), proportion_difference(60, 100, 60, 100, 0.95)
    found = difference_in_differences(own, other)
    ends = [confint_proportions_2indep(a, 100, b, 100, method="newcomb") for a, b in ((80, 50), (60, 60))]
    low = 0.3 - np.hypot(0.3 - ends[0][0], ends[1][1])
    high = 0.3 + np.hypot(ends[0][1] - 0.3, -ends[1][0])
    assert [float(part) for part in found] == pytest.approx([0.3, low, high], abs=2e-3)


def test_a_side_without_records_gives_no_difference():
    nothing = (np.asarray(np.nan),) * 3
    assert all(np.isnan(part) for part in difference_in_differences(proportion_difference(8, 10, 5, 10, 0.95), nothing))


def test_whole_units_give_the_t_interval_of_each_units_own_change():
    """Where every unit has one record before and one after, it is Welch's interval of the units' changes."""
    rng = np.random.default_rng(3)
    own, other = (rng.normal(size=(count, 2)) for count in (9, 14))
    sides = [Units(side[:, 0], np.ones(len(side)), side[:, 1], np.ones(len(side))) for side in (own, other)]
    changes = [side[:, 1] - side[:, 0] for side in (own, other)]
    value = changes[0].mean() - changes[1].mean()
    narrow = (np.asarray(value), np.asarray(value), np.asarray(value))
    welch = stats.ttest_ind(*changes, equal_var=False).confidence_interval(0.95)
    assert [float(part) for part in widened_by_units(narrow, *sides)] == pytest.approx([value, welch.low, welch.high])
    wide = (np.asarray(value), np.asarray(value - 99), np.asarray(value + 99))
    assert widened_by_units(wide, *sides) == wide


def test_the_difference_of_means_is_the_interaction_of_a_regression():
    """Ordinary least squares with an interaction and robust errors gives the same point, and about the same interval."""
    rng = np.random.default_rng(5)
    cells = {(group, after): rng.normal(80 + 4 * group * after, 6, 400) for group in (0, 1) for after in (0, 1)}
    own, other = (ratio_difference(moments(cells[group, 1]), moments(cells[group, 0]), 0.95) for group in (1, 0))
    found = [float(part) for part in difference_in_differences(own, other)]
    rows = np.array([(group, after, group * after, score) for (group, after), scores in cells.items() for score in scores])
    fitted = sm.OLS(rows[:, 3], sm.add_constant(rows[:, :3])).fit(cov_type="HC2")
    assert found == pytest.approx([fitted.params[3], *fitted.conf_int()[3]], abs=0.02)


def test_shrinkage_is_that_of_der_simonian_and_laird():
    """The BCG trials' log risk ratios and variances as published (Colditz 1994, used by metafor): tau² = 0.3088."""
    values = [-0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.0120, -0.4694, -1.3713, -0.3394, 0.4459, -0.0173]
    variances = [0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730, 0.0124, 0.5325, 0.0714]
    lasting = shrinkage(values, variances)
    assert lasting.between == pytest.approx(0.3088, abs=5e-4) and lasting.mean == pytest.approx(-0.7141, abs=5e-4)
    assert lasting.kept == pytest.approx(0.3088 / (0.3088 + np.array(variances)), abs=1e-3)


def test_a_group_chosen_for_its_value_moves_as_far_as_expected():
    """Drawn twice from the same true values: the worst third come back by what was expected, within the error of the mean."""
    rng = np.random.default_rng(11)
    moved, expected = [], []
    for _world in range(300):
        true = rng.normal(0.8, 0.03, 40)
        first, again = (rng.binomial(100, np.clip(true, 0, 1)) / 100 for _time in range(2))
        variance = np.full(40, first.mean() * (1 - first.mean()) / 100)
        lasting, worst = shrinkage(first, variance), np.argsort(first)[:13]
        chosen = type(lasting)(lasting.mean, lasting.between, lasting.kept[worst])
        expected.append(expected_regression(first[worst], np.ones(13), chosen))
        moved.append((again[worst] - first[worst]).mean())
    assert np.mean(moved) == pytest.approx(np.mean(expected), abs=0.002)
    assert np.mean(expected) > 0.01


def test_two_claims_by_holm_from_intervals_err_as_one_does():
    """A group and those it is compared with, nothing changed: either claim alone errs near 5 %, one of the two near 8 %, by the rule at most 5 %."""
    rng = np.random.default_rng(17)
    draws = 4000
    a, b, c, d = (rng.binomial(200, 0.8, draws) for _cell in range(4))

    def claims(confidence: float) -> np.ndarray:
        own, other = proportion_difference(b, 200, a, 200, confidence), proportion_difference(d, 200, c, 200, confidence)
        return np.array([(low > 0) | (high < 0) for _value, low, high in (own, difference_in_differences(own, other))])

    usual, strict = claims(0.95), claims(0.975)
    marked = usual & strict.any(axis=0)
    assert usual.any(axis=0).mean() > 0.065
    assert marked.any(axis=0).mean() < 0.055
    assert (marked <= usual).all() and (marked.any(axis=0) == strict.any(axis=0)).all()
