"""A change is told from noise, and traced to where it comes from."""

from math import nan

import polars as pl
import pytest

from qa.changes import changes, contributions, shortfall_shares
from qa.config import Config
from qa.metrics import METRICS

PASS_RATE, TALK, SALES = METRICS["pass_rate"], METRICS["mean_talk"], METRICS["sales"]


def share(passed: float, n: float) -> dict:
    return {"numerator": passed, "denominator": n, "n": n, "value": passed / n if n else None}


def one(metric, now, before):
    return changes([metric], [now], [before], Config())[0]


def test_a_large_fall_is_worse_and_a_large_rise_better():
    assert one(PASS_RATE, share(800, 1000), share(950, 1000)).direction == "worse"
    rise = one(PASS_RATE, share(950, 1000), share(800, 1000))
    assert rise.direction == "better" and rise.is_real
    assert rise.difference == pytest.approx(0.15)


def test_a_fall_that_chance_explains_is_none():
    change = one(PASS_RATE, share(94, 100), share(96, 100))
    assert change.direction == "none" and not change.is_real


def test_a_lower_better_metric_is_worse_when_it_rises():
    assert one(METRICS["abandonment_rate"], share(200, 1000), share(100, 1000)).direction == "worse"


def test_a_metric_without_a_better_side_only_says_that_it_changed():
    change = one(METRICS["response_rate"], share(600, 1000), share(400, 1000))
    assert (change.direction, change.is_real) == ("none", True)


@pytest.mark.parametrize("before", [None, share(0, 0), share(4, 5)])
def test_too_little_to_compare_with(before):
    assert one(PASS_RATE, share(90, 100), before).direction == "too_few"


def test_many_changes_at_once_are_allowed_for():
    """p is about 0.03 for the single change: enough alone, not among twenty."""
    now, before = share(905, 1000), share(931, 1000)
    assert one(PASS_RATE, now, before).is_real
    crowd = changes([PASS_RATE] * 20, [now] + [share(930, 1000)] * 19, [before] + [share(930, 1000)] * 19, Config())
    assert not crowd[0].is_real


def test_contributions_add_up_to_the_change():
    """Overall 0.90 -> 0.85; A falls from 0.9 to 0.8 with half of the calls, B stays."""
    now = pl.DataFrame({"center": ["A", "B"], "numerator": [80.0, 90.0], "denominator": [100.0, 100.0]})
    before = pl.DataFrame({"center": ["A", "B"], "numerator": [90.0, 90.0], "denominator": [100.0, 100.0]})
    parts = dict(contributions(now, before, "center").iter_rows())
    assert parts["A"] == pytest.approx(-0.05)
    assert parts["B"] == pytest.approx(0.0)


def test_a_group_that_only_grew_heavier_contributes_its_distance():
    """B (0.5) grows from 100 to 300 beside A (0.9): 0.7 -> 0.6, all of it by B's weight and A's."""
    now = pl.DataFrame({"center": ["A", "B"], "numerator": [90.0, 150.0], "denominator": [100.0, 300.0]})
    before = pl.DataFrame({"center": ["A", "B"], "numerator": [90.0, 50.0], "denominator": [100.0, 100.0]})
    parts = dict(contributions(now, before, "center").iter_rows())
    assert sum(parts.values()) == pytest.approx(0.6 - 0.7)
    assert parts["A"] == pytest.approx((90 - 70) / 400 - (90 - 70) / 200)


def test_a_group_that_is_new_counts_from_nothing():
    now = pl.DataFrame({"center": ["A", "C"], "numerator": [90.0, 50.0], "denominator": [100.0, 100.0]})
    before = pl.DataFrame({"center": ["A"], "numerator": [90.0], "denominator": [100.0]})
    parts = dict(contributions(now, before, "center").iter_rows())
    assert sum(parts.values()) == pytest.approx(0.7 - 0.9)


def test_what_is_missing_to_a_minimum_sits_with_those_below_it():
    """Target 0.9 of 100 each: A misses 10, B misses 30, C has 5 to spare."""
    groups = pl.DataFrame({"numerator": [80.0, 60.0, 95.0], "denominator": [100.0, 100.0, 100.0]})
    assert shortfall_shares(groups, 0.9) == pytest.approx([0.25, 0.75, nan], nan_ok=True)


def test_what_exceeds_a_maximum_sits_with_those_above_it():
    groups = pl.DataFrame({"numerator": [30.0, 5.0], "denominator": [100.0, 100.0]})
    assert shortfall_shares(groups, 0.1) == pytest.approx([1.0, nan], nan_ok=True)
