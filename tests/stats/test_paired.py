"""Paired judgements and returns over time against statsmodels."""

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.contingency_tables import mcnemar

from qa.stats.paired import paired_p_value
from qa.stats.survival import returned_within


@pytest.mark.parametrize(("only_first", "only_second"), [(42, 30), (0, 6), (5, 5), (1, 0), (10, 25), (300, 200)])
def test_paired_p_value_is_mcnemars_exact_one(only_first, only_second):
    expected = mcnemar([[50, only_first], [only_second, 50]], exact=True).pvalue
    assert paired_p_value(only_first, only_second) == pytest.approx(min(expected, 1.0))


def test_without_a_disagreement_nothing_differs():
    assert paired_p_value(0, 0) == 1.0


def test_mcnemars_classic_table():
    """Agresti, Categorical Data Analysis, 2nd ed. 2002, table 10.1 has 150 and 86 disagreements: beyond any doubt uneven."""
    assert paired_p_value(150, 86) == pytest.approx(3.7e-5, rel=0.05)


def test_returned_within_is_the_product_limit_estimate():
    """Returns on day d are events at time d + 1; who is watched for k whole days is censored at time k."""
    rng = np.random.default_rng(5)
    returns, watched_for = rng.geometric(0.08, 400) - 1, rng.integers(0, 31, 400)
    is_return = returns < watched_for
    times = np.where(is_return, returns + 1, watched_for)
    expected = SurvfuncRight(times, is_return.astype(int))
    last = np.where(is_return, returns, watched_for - 1)
    events = [int((is_return & (returns == day)).sum()) for day in range(30)]
    at_risk = [int((last >= day).sum()) for day in range(30)]
    share, low, high = returned_within(events, at_risk)
    found = dict(enumerate(share))
    for time, staying in zip(expected.surv_times, expected.surv_prob, strict=True):
        assert found[int(time)] == pytest.approx(1 - staying)
    known = ~np.isnan(share)
    low, share, high = low[known], share[known], high[known]
    assert np.all((low <= share + 1e-12) & (share <= high + 1e-12) & (low >= 0) & (high <= 1))


def test_the_interval_is_greenwoods_on_the_log_log_scale():
    """10 of 100 return: S = 0.9, variance of log S = 10 / (100 x 90); low and high by hand."""
    share, low, high = returned_within([10], [100])
    reach = 1.959964 * np.sqrt(10 / (100 * 90)) / abs(np.log(0.9))
    assert (share[1], low[1], high[1]) == pytest.approx((0.1, 1 - 0.9 ** np.exp(-reach), 1 - 0.9 ** np.exp(reach)), rel=1e-6)


def test_nobody_or_everybody_returns():
    share, low, high = returned_within([0, 5, 0], [10, 5, 0])
    assert share[:3].tolist() == [0, 0, 1] and low[2] == high[2] == 1
    assert np.isnan(share[3]) and np.isnan(low[3])
