"""Numbers, dates and periods as they appear on screen, in both languages."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import format
from qa.i18n import set_language
from qa.periods import Period, month_named


@pytest.fixture
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("zh")


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        (0.9512, "share", "95.1%"),
        (1.0, "share", "100.0%"),
        (88.04, "points", "88.0"),
        (38.23, "seconds", "38.2 秒"),
        (1234.5, "seconds", "1,234.5 秒"),
        (3.256, "hours", "3.26 小时"),
        (12.34, "per_hour", "12.3"),
        (1.239, "per_10k", "1.24"),
        (12345.0, "count", "12,345"),
        (-1.25, "difference", "−1.2"),
        (-0.0001, "points", "0.0"),
        (None, "share", "-"),
        (float("nan"), "points", "-"),
        (float("inf"), "seconds", "-"),
    ],
)
def test_a_value_with_its_unit(number, unit, text):
    assert format.value(number, unit) == text


def test_units_in_english(english):
    assert format.value(38.23, "seconds") == "38.2 s"
    assert format.value(3.25, "hours") == "3.25 h"
    assert format.change(0.012, "share") == "+1.2 pp"


def test_a_missed_target_never_looks_met():
    assert format.value(0.9496, "share", beside=0.95) == "94.96%"
    assert format.value(0.95, "share", beside=0.95) == "95.0%"
    assert format.value(0.93, "share", beside=0.95) == "93.0%"


def test_an_interval():
    assert format.interval(0.942, 0.96, "share") == "94.2%–96.0%"
    assert format.interval(36.0, 40.5, "seconds") == "36.0–40.5 秒"
    assert format.interval(None, 0.96, "share") == "-"


@pytest.mark.parametrize(
    ("difference", "unit", "text"),
    [
        (0.012, "share", "+1.2 个百分点"),
        (-0.012, "share", "−1.2 个百分点"),
        (0.0001, "share", "±0.0 个百分点"),
        (-3.25, "seconds", "−3.2 秒"),
        (1200.0, "count", "+1,200"),
        (None, "share", "-"),
    ],
)
def test_a_change(difference, unit, text):
    assert format.change(difference, unit) == text


def test_targets_in_words():
    assert format.bounds(0.95, None, "share") == "≥ 95.0%"
    assert format.bounds(None, 20, "seconds") == "≤ 20.0 秒"
    assert format.bounds(60, 300, "seconds") == "60.0–300.0 秒"
    assert format.bounds(None, None, "share") == "-"


def test_counts_shorten_only_when_asked():
    assert format.count(1234567) == "1,234,567"
    assert format.count(1234567, compact=True) == "123.5万"
    assert format.count(123456789, compact=True) == "1.2亿"
    assert format.count(9999, compact=True) == "9,999"
    assert format.count(None) == "-"


def test_counts_shorten_the_english_way(english):
    assert format.count(1234567, compact=True) == "1.2M"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(38.2, "38.2 秒"), (222, "3 分 42 秒"), (4000, "1 小时 6 分"), (-222, "−3 分 42 秒"), (None, "-")],
)
def test_long_durations(seconds, text):
    assert format.duration(seconds) == text


def test_days_and_moments():
    assert format.day(date(2026, 10, 31)) == "2026年10月31日"
    assert format.moment(datetime(2026, 10, 31, 9, 5)) == "2026年10月31日 09:05"
    assert format.day(None) == "-"


def test_days_in_english(english):
    assert format.day(date(2026, 10, 31)) == "31 Oct 2026"


def days(first: str, after: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(after))


@pytest.mark.parametrize(
    ("period", "month_start", "chinese", "in_english"),
    [
        (days("2026-10-01", "2026-11-01"), 1, "2026年10月", "Oct 2026"),
        (days("2026-09-21", "2026-10-21"), 21, "2026年9月21日–10月20日", "21 Sep – 20 Oct 2026"),
        (days("2026-08-01", "2026-11-01"), 1, "2026年8月–10月", "Aug – Oct 2026"),
        (days("2026-07-01", "2026-10-01"), 1, "2026年第3季度", "Q3 2026"),
        (days("2026-01-01", "2027-01-01"), 1, "2026年", "2026"),
        (days("2025-11-01", "2026-11-01"), 1, "2025年11月 – 2026年10月", "Nov 2025 – Oct 2026"),
        (days("2026-10-05", "2026-10-06"), 1, "2026年10月5日", "5 Oct 2026"),
        (days("2025-12-21", "2026-01-21"), 1, "2025年12月21日 – 2026年1月20日", "21 Dec 2025 – 20 Jan 2026"),
    ],
)
def test_a_period_by_its_shortest_name(period, month_start, chinese, in_english):
    assert format.period(period, month_start) == chinese
    set_language("en")
    assert format.period(period, month_start) == in_english
    set_language("zh")


def test_a_month_from_the_21st_says_its_days():
    assert format.month_and_days(month_named("2026-10", 21), 21) == "2026年10月（9月21日–10月20日）"
    assert format.bucket(date(2026, 9, 21), "month", 21) == "2026年10月"
    assert format.bucket(date(2025, 12, 21), "quarter", 21) == "2026年第1季度"


def test_zones_are_called_by_the_place_in_the_language_in_force():
    assert format.zones()[:2] == ("Asia/Shanghai", "UTC") and len(set(format.zones())) == len(format.zones())
    named = [format.zone_name(zone) for zone in ("Asia/Shanghai", "UTC", "Europe/London")]
    assert named == ["北京时间 (Asia/Shanghai)", "世界标准时 (UTC)", "伦敦 (Europe/London)"]
    assert format.zone_name("Asia/Kolkata") == "加尔各答 (Asia/Kolkata)", "translated under the zone's old name"


def test_every_zone_offered_has_a_name_in_chinese():
    assert [zone for zone in format.zones() if format.zone_name(zone).isascii()] == []


@pytest.mark.parametrize("unit", ["share", "points", "seconds", "count", "per_10k", "difference"])
@given(st.lists(st.tuples(st.none() | st.floats(-1e6, 1e6) | st.sampled_from([0.9, 0.8996, float("nan")]), st.none() | st.sampled_from([0.9, 90.0, 300.0]))))
def test_many_values_read_as_each_alone(unit, pairs):
    numbers, targets = [number for number, _target in pairs], [target for _number, target in pairs]
    assert format.values(numbers, unit, targets) == [format.value(number, unit, beside=target) for number, target in pairs]
