"""Months that begin on the 1st or the 21st, the periods made of them, and what they are compared with."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.periods import (
    COMPARISONS,
    GRAINS,
    PRESETS,
    Period,
    bucket_end,
    bucket_start,
    buckets,
    compared_with,
    month_name,
    month_named,
    resolve,
    whole_months,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
MONTH_STARTS = st.sampled_from([1, 21])


def days(first: str, after: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(after))


@pytest.mark.parametrize(
    ("name", "month_start", "period"),
    [
        ("2026-10", 1, days("2026-10-01", "2026-11-01")),
        ("2026-10", 21, days("2026-09-21", "2026-10-21")),
        ("2026-01", 21, days("2025-12-21", "2026-01-21")),
        ("2026-12", 1, days("2026-12-01", "2027-01-01")),
    ],
)
def test_a_month_is_named_by_the_month_it_ends_in(name, month_start, period):
    assert month_named(name, month_start) == period
    assert month_name(period.date_from, month_start) == name
    assert month_name(period.last_day, month_start) == name


@pytest.mark.parametrize("name", ["2026-13", "2026-1", "this_month", "2026-10-01", ""])
def test_other_names_are_no_months(name):
    with pytest.raises(ValueError):
        month_named(name)


@pytest.mark.parametrize(
    ("day", "grain", "month_start", "period"),
    [
        ("2026-11-22", "day", 1, days("2026-11-22", "2026-11-23")),
        ("2026-11-22", "week", 1, days("2026-11-16", "2026-11-23")),
        ("2026-11-22", "week", 21, days("2026-11-16", "2026-11-23")),
        ("2026-02-15", "half_month", 1, days("2026-02-01", "2026-02-16")),
        ("2026-02-16", "half_month", 1, days("2026-02-16", "2026-03-01")),
        ("2026-03-05", "half_month", 21, days("2026-02-21", "2026-03-06")),
        ("2026-03-06", "half_month", 21, days("2026-03-06", "2026-03-21")),
        ("2026-11-20", "month", 21, days("2026-10-21", "2026-11-21")),
        ("2026-11-21", "month", 21, days("2026-11-21", "2026-12-21")),
        ("2026-12-21", "month", 21, days("2026-12-21", "2027-01-21")),
        ("2026-11-22", "quarter", 1, days("2026-10-01", "2027-01-01")),
        ("2026-12-20", "quarter", 21, days("2026-09-21", "2026-12-21")),
        ("2026-12-21", "quarter", 21, days("2026-12-21", "2027-03-21")),
        ("2026-12-21", "year", 1, days("2026-01-01", "2027-01-01")),
        ("2026-12-21", "year", 21, days("2026-12-21", "2027-12-21")),
    ],
)
def test_the_bucket_of_a_day(day, grain, month_start, period):
    day = date.fromisoformat(day)
    assert (bucket_start(day, grain, month_start), bucket_end(day, grain, month_start)) == period


@given(day=DAYS, grain=st.sampled_from(GRAINS), month_start=MONTH_STARTS)
def test_buckets_hold_their_days_and_leave_no_gap(day, grain, month_start):
    start, end = bucket_start(day, grain, month_start), bucket_end(day, grain, month_start)
    assert start <= day < end
    assert bucket_start(end - timedelta(days=1), grain, month_start) == start
    assert bucket_start(end, grain, month_start) == end


@given(day=DAYS, month_start=MONTH_STARTS)
def test_two_halves_make_a_month(day, month_start):
    month = Period(bucket_start(day, "month", month_start), bucket_end(day, "month", month_start))
    halves = buckets(month, "half_month", month_start)
    assert len(halves) == 2
    assert (halves[0].date_from, halves[1].date_to) == month


TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("preset", "month_start", "period"),
    [
        ("this_month", 1, days("2026-11-01", "2026-12-01")),
        ("this_month", 21, days("2026-11-21", "2026-12-21")),
        ("last_month", 1, days("2026-10-01", "2026-11-01")),
        ("last_month", 21, days("2026-10-21", "2026-11-21")),
        ("this_quarter", 1, days("2026-10-01", "2027-01-01")),
        ("last_quarter", 21, days("2026-06-21", "2026-09-21")),
        ("this_year", 21, days("2025-12-21", "2026-12-21")),
        ("last_year", 1, days("2025-01-01", "2026-01-01")),
        ("last_12_months", 1, days("2025-12-01", "2026-12-01")),
        ("2026-02", 21, days("2026-01-21", "2026-02-21")),
    ],
)
def test_a_preset_counts_from_the_last_day_of_the_data(preset, month_start, period):
    assert resolve(preset, TODAY, month_start) == period


def test_custom_is_no_period_by_itself():
    with pytest.raises(ValueError):
        resolve("custom", TODAY)


@pytest.mark.parametrize(
    ("period", "comparison", "before"),
    [
        # November has data up to the 25th: 25 days of October.
        (days("2026-11-01", "2026-12-01"), "elapsed", days("2026-10-01", "2026-10-26")),
        (days("2026-11-01", "2026-12-01"), "previous", days("2026-10-01", "2026-11-01")),
        (days("2026-11-01", "2026-12-01"), "last_year", days("2025-11-01", "2025-11-26")),
        (days("2026-11-01", "2026-12-01"), "none", None),
        # A complete month is compared whole.
        (days("2026-10-01", "2026-11-01"), "elapsed", days("2026-09-01", "2026-10-01")),
        (days("2026-10-01", "2026-11-01"), "last_year", days("2025-10-01", "2025-11-01")),
        # Whole months go back by as many months, other days by as many days.
        (days("2026-07-01", "2026-10-01"), "previous", days("2026-04-01", "2026-07-01")),
        (days("2026-10-10", "2026-10-20"), "previous", days("2026-09-30", "2026-10-10")),
        (days("2024-02-29", "2024-03-01"), "last_year", days("2023-02-28", "2023-03-01")),
    ],
)
def test_what_a_period_is_compared_with(period, comparison, before):
    assert compared_with(period, comparison, TODAY) == before


def test_elapsed_days_never_run_into_the_period_itself():
    march_so_far = days("2026-03-01", "2026-04-01")
    assert compared_with(march_so_far, "elapsed", date(2026, 3, 30)) == days("2026-02-01", "2026-03-01")


def test_a_month_from_the_21st_is_compared_with_the_month_before_it():
    october = month_named("2026-10", 21)
    assert compared_with(october, "previous", TODAY, 21) == month_named("2026-09", 21)
    assert compared_with(october, "last_year", TODAY, 21) == month_named("2025-10", 21)


@given(
    today=DAYS,
    preset=st.sampled_from([name for name in PRESETS if name != "custom"]),
    comparison=st.sampled_from(COMPARISONS),
    month_start=MONTH_STARTS,
)
def test_a_comparison_lies_before_its_period_and_is_no_longer_than_it_may_be(today, preset, comparison, month_start):
    period = resolve(preset, today, month_start)
    before = compared_with(period, comparison, today, month_start)
    if before is None:
        assert comparison == "none"
    else:
        assert before.date_from < before.date_to <= period.date_from


def test_months_are_whole_only_when_both_ends_are():
    assert whole_months(days("2025-12-01", "2026-03-01")) == 3
    assert whole_months(days("2026-01-02", "2026-03-01")) == 0
    assert whole_months(days("2025-12-21", "2026-02-21"), 21) == 2
    assert whole_months(days("2025-12-21", "2026-02-21"), 1) == 0
