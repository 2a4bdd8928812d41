"""Days, weeks, months and the periods a viewer picks: all half-open, all from the data's own last day.

A month may start on the 21st. It is then named by the month it ends in: with ``month_start=21``,
"2026-10" is [2026-09-21, 2026-10-21), and quarters and years are made of such months.
"""

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

Grain = Literal["day", "week", "half_month", "month", "quarter", "year"]
Preset = Literal[
    "this_month", "last_month", "this_quarter", "last_quarter", "this_year", "last_year", "last_12_months", "custom"
]
Comparison = Literal["elapsed", "previous", "last_year", "none"]

GRAINS: tuple[Grain, ...] = get_args(Grain)
PRESETS: tuple[Preset, ...] = get_args(Preset)
COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
# The days on which centers let their months start; sums by month are held for these.
MONTH_STARTS = (1, 21)

_DAY = timedelta(days=1)
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
_PRESET_BUCKETS: dict[str, tuple[Grain, int]] = {
    "this_month": ("month", 0),
    "last_month": ("month", -1),
    "this_quarter": ("quarter", 0),
    "last_quarter": ("quarter", -1),
    "this_year": ("year", 0),
    "last_year": ("year", -1),
}


class Period(NamedTuple):
    """The days from ``date_from`` up to, not including, ``date_to``."""

    date_from: date
    date_to: date

    @property
    def days(self) -> int:
        return (self.date_to - self.date_from).days

    @property
    def last_day(self) -> date:
        return self.date_to - _DAY


def month_named(name: str, month_start: int = 1) -> Period:
    """The month called ``"YYYY-MM"``; ValueError for anything else."""
    if not re.fullmatch(r"\d{4}-\d{2}", name):
        raise ValueError(f"not a month: {name!r}")
    first = date.fromisoformat(f"{name}-01")
    return Period(_month_begins(first, month_start), _month_begins(_add_months(first, 1), month_start))


def month_name(day: date, month_start: int = 1) -> str:
    """The name, ``"YYYY-MM"``, of the month that holds the day."""
    return f"{_named_first(day, month_start):%Y-%m}"


def bucket_start(day: date, grain: Grain, month_start: int = 1) -> date:
    """The first day of the bucket that holds the day; weeks start on Monday."""
    if grain == "day":
        return day
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "half_month":
        return _half_month_start(day, month_start)
    named = _named_first(day, month_start)
    size = _MONTHS_OF[grain]
    return _month_begins(date(named.year, (named.month - 1) // size * size + 1, 1), month_start)


def bucket_end(day: date, grain: Grain, month_start: int = 1) -> date:
    """The first day after the bucket that holds the day."""
    if grain == "day":
        return day + _DAY
    if grain == "week":
        return bucket_start(day, "week") + timedelta(days=7)
    if grain == "half_month":
        # Seventeen days on is always inside the next half: halves last 13 to 16 days.
        return _half_month_start(_half_month_start(day, month_start) + timedelta(days=17), month_start)
    named = _named_first(bucket_start(day, grain, month_start), month_start)
    return _month_begins(_add_months(named, _MONTHS_OF[grain]), month_start)


def buckets(period: Period, grain: Grain, month_start: int = 1) -> list[Period]:
    """The whole buckets that touch the period, in order."""
    found = []
    start = bucket_start(period.date_from, grain, month_start)
    while start < period.date_to:
        end = bucket_end(start, grain, month_start)
        found.append(Period(start, end))
        start = end
    return found


def days_within(days: NDArray[np.datetime64], date_from: date, date_to: date) -> NDArray[np.bool_]:
    """Which of many days lie in the half-open period; a day that is not known does not."""
    return (days >= np.datetime64(date_from)) & (days < np.datetime64(date_to))


def bucket_at(day: date, grain: Grain, month_start: int = 1, offset: int = 0) -> Period:
    """The bucket that holds the day, or the one ``offset`` buckets later (earlier when negative)."""
    start = bucket_start(day, grain, month_start)
    for _step in range(abs(offset)):
        start = bucket_end(start, grain, month_start) if offset > 0 else bucket_start(start - _DAY, grain, month_start)
    return Period(start, bucket_end(start, grain, month_start))


def resolve(name: str, today: date, month_start: int = 1) -> Period:
    """The period a preset, or a month's name ``"YYYY-MM"``, stands for when the data end on ``today``.

    Whole buckets: this month lasts to its end, although its data do not. ValueError for any other name.
    """
    if name in _PRESET_BUCKETS:
        grain, offset = _PRESET_BUCKETS[name]
        return bucket_at(today, grain, month_start, offset)
    if name == "last_12_months":
        this = bucket_at(today, "month", month_start)
        return Period(bucket_at(today, "month", month_start, -11).date_from, this.date_to)
    return month_named(name, month_start)


def compared_with(period: Period, comparison: Comparison, today: date, month_start: int = 1) -> Period | None:
    """The period to set beside this one; None when nothing is to be compared.

    ``previous``: as many whole months before, or as many days when the period is not whole months.
    ``elapsed``: the same, cut to as many days as this period has data for.
    ``last_year``: the same days a year earlier, cut to the days that have data this year.
    """
    if comparison == "none":
        return None
    months = whole_months(period, month_start)
    elapsed = min(period.days, max((today + _DAY - period.date_from).days, 0))
    if comparison == "last_year":
        return _first_days(_back(period, 12, month_start), period, elapsed)
    if months:
        before = Period(_back(period, months, month_start).date_from, period.date_from)
    else:
        before = Period(period.date_from - timedelta(days=period.days), period.date_from)
    return before if comparison == "previous" else _first_days(before, period, elapsed)


def whole_months(period: Period, month_start: int = 1) -> int:
    """How many months the period is made of; 0 when it cuts one."""
    if period.days <= 0 or period.date_from != bucket_start(period.date_from, "month", month_start):
        return 0
    if period.date_to != bucket_start(period.date_to, "month", month_start):
        return 0
    first, last = _named_first(period.date_from, month_start), _named_first(period.last_day, month_start)
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _first_days(before: Period, period: Period, elapsed: int) -> Period:
    """The earlier period, cut to the days elapsed; whole when the later one is complete."""
    if elapsed >= period.days:
        return before
    return Period(before.date_from, min(before.date_from + timedelta(days=elapsed), before.date_to))


def _back(period: Period, months: int, month_start: int) -> Period:
    """The period that many months earlier: whole months stay whole, other days are clipped to their month."""
    if whole_months(period, month_start):
        first, after = (_named_first(day, month_start) for day in period)
        return Period(*(_month_begins(_add_months(named, -months), month_start) for named in (first, after)))
    return Period(_add_months(period.date_from, -months), _add_months(period.last_day, -months) + _DAY)


def _named_first(day: date, month_start: int) -> date:
    """The first calendar day of the month that gives its name to the one holding the day."""
    first = day.replace(day=1)
    return _add_months(first, 1) if month_start > 1 and day.day >= month_start else first


def _month_begins(named_first: date, month_start: int) -> date:
    """The first day of the month that bears this name."""
    return named_first if month_start == 1 else _add_months(named_first, -1).replace(day=month_start)


def _half_month_start(day: date, month_start: int) -> date:
    """The later of the two days of a month on which a half begins (1 and 16; 21 and 6) that is not after the day."""
    second = month_start + 15 if month_start + 15 <= 28 else max(1, month_start - 15)
    starts = sorted((month_start, second))
    for first_day in reversed(starts):
        if day.day >= first_day:
            return day.replace(day=first_day)
    return _add_months(day.replace(day=1), -1).replace(day=starts[-1])


def _add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first.replace(day=1) + timedelta(days=day.day - 1), following - _DAY)
