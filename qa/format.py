"""Numbers, dates and periods as people read them, in the language in force.

Null is "-" everywhere. Shares come as 0-1 and leave as percentages; rounding happens here and nowhere earlier.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isfinite
from typing import Literal
from zoneinfo import available_timezones

import numpy as np
from babel.core import Locale, get_global
from babel.dates import format_date, get_day_names, get_timezone_location
from babel.numbers import format_compact_decimal

from qa.i18n import _, language
from qa.periods import Grain, Period, bucket_end, bucket_start, whole_months

Unit = Literal["share", "points", "seconds", "hours", "per_hour", "per_10k", "count", "difference"]

NOTHING = "-"
_DECIMALS = {
    "share": 1,
    "points": 1,
    "seconds": 1,
    "hours": 2,
    "per_hour": 1,
    "per_10k": 2,
    "count": 0,
    "difference": 1,
}
_SCALE = {"share": 100.0}
_MINUS = "\N{MINUS SIGN}"
_DASH = "\N{EN DASH}"


def value(number: float | None, unit: Unit, beside: float | None = None) -> str:
    """A metric's value with its unit.

    ``beside``: a target; where plain rounding would print the two alike although they differ, more digits are given,
    so that a missed target never looks met.
    """
    if not _is_number(number):
        return NOTHING
    return _with_unit(_digits(number, unit, _decimals_to_tell(number, beside, unit)), unit)


def values(numbers: Sequence[float | None], unit: Unit, beside: Sequence[float | None]) -> list[str]:
    """``value`` of many numbers, each beside its own target: a tenth of the time for a long column."""
    scale, decimals = _SCALE.get(unit, 1.0), _DECIMALS[unit]
    known, targets = np.array(numbers, dtype=float), np.array(beside, dtype=float)
    texts = list(map(_with_unit(f"{{:,.{decimals}f}}", unit).format, (known * scale).tolist()))
    with np.errstate(invalid="ignore"):
        is_near = np.abs(known - targets) < 10.0**-decimals / scale
    is_plain = np.isfinite(known) & (known > 0) & ~is_near
    for place in np.flatnonzero(~is_plain).tolist():
        texts[place] = value(numbers[place], unit, beside[place])
    return texts


def bare(number: float | None, unit: Unit) -> str:
    """A metric's value for a column whose heading names the unit; percentages keep their sign."""
    if not _is_number(number):
        return NOTHING
    digits = _digits(number, unit, _DECIMALS[unit])
    return f"{digits}%" if unit == "share" else digits


def interval(low: float | None, high: float | None, unit: Unit) -> str:
    """An interval, "94.2%-96.0%" with a dash; "-" when either end is missing."""
    if not _is_number(low) or not _is_number(high):
        return NOTHING
    least, most = (_digits(end, unit, _DECIMALS[unit]) for end in (low, high))
    return f"{least}%{_DASH}{most}%" if unit == "share" else _with_unit(f"{least}{_DASH}{most}", unit)


def change(difference: float | None, unit: Unit) -> str:
    """A difference with its sign; shares differ by percentage points."""
    if not _is_number(difference):
        return NOTHING
    digits = signed(difference, unit)
    return _("{number} pp").format(number=digits) if unit == "share" else _with_unit(digits, unit)


def change_interval(low: float | None, high: float | None, unit: Unit) -> str:
    """The interval of a difference as it stands beside it: both ends with their signs, without the unit again."""
    if not _is_number(low) or not _is_number(high):
        return NOTHING
    return f"[{signed(low, unit)}, {signed(high, unit)}]"


def bounds(minimum: float | None, maximum: float | None, unit: Unit) -> str:
    """A target in words of its own: at least, at most, or a band; "-" when there is none."""
    if minimum is not None and maximum is not None:
        return interval(minimum, maximum, unit)
    if minimum is not None:
        return f"≥ {value(minimum, unit)}"
    return NOTHING if maximum is None else f"≤ {value(maximum, unit)}"


def counts(numbers: Iterable[int], words: str = "{}") -> list[str]:
    """``count`` of many numbers that are known and not below nothing, each in the words' place "{}"."""
    return list(map(words.replace("{}", "{:,}").format, numbers))


def count(number: float | None, compact: bool = False) -> str:
    """A count with thousands set apart, or in short form: 1.2万, 3.4亿 in Chinese, 12K, 3.4M in English."""
    if not _is_number(number):
        return NOTHING
    if compact and abs(number) >= 10_000:
        return format_compact_decimal(number, locale=_locale(), fraction_digits=1)
    return _whole(number)


def plain(number: float | None) -> str:
    """A sum as it is, thousands set apart, without a fraction where it has none."""
    if not _is_number(number):
        return NOTHING
    text = f"{number:,.3f}".rstrip("0").rstrip(".")
    return text.replace("-", _MINUS)


def duration(seconds: float | None) -> str:
    """Seconds as hours, minutes and seconds, the two largest that apply: how long one thing took.

    A mean or a target of many is a ``value`` in seconds: it is held against others to the tenth.
    """
    if not _is_number(seconds):
        return NOTHING
    if abs(seconds) < 60:
        return value(seconds, "seconds")
    whole = round(abs(seconds))
    sign = _MINUS if seconds < 0 else ""
    if whole < 3600:
        return sign + _("{minutes} min {seconds} s").format(minutes=whole // 60, seconds=whole % 60)
    return sign + _("{hours} h {minutes} min").format(hours=f"{whole // 3600:,}", minutes=whole % 3600 // 60)


def day(on: date | None) -> str:
    """A date in full."""
    return NOTHING if on is None else _date(on, _("d MMM y"))


def short_day(on: date | None) -> str:
    """A date without its year."""
    return NOTHING if on is None else _date(on, _("d MMM"))


def moment(at: datetime | None) -> str:
    """A date with hours and minutes."""
    return NOTHING if at is None else f"{day(at)} {at:%H:%M}"


def month(named: date) -> str:
    """A calendar month: any of its days names it."""
    return _date(named, _("MMM y"))


def weekday(number: str) -> str:
    """A day of the week by its ISO number, "1" for Monday."""
    return get_day_names("abbreviated", locale=_locale())[int(number) - 1]


def hour(number: str) -> str:
    """An hour of the day by its beginning: "08" is 08:00."""
    return f"{number}:00"


@lru_cache
def zones() -> tuple[str, ...]:
    """The names of time zones, each place by one name: those of most viewers first, then by name."""
    places = sorted(name for name in available_timezones() & get_global("zone_territories").keys() if not name.startswith("Etc/"))
    return tuple(dict.fromkeys(("Asia/Shanghai", "UTC", *places)))


def zone_name(zone: str) -> str:
    """What people call a time zone, in the language in force, and its name: ``北京时间 (Asia/Shanghai)``, ``伦敦 (Europe/London)``."""
    usual = {"Asia/Shanghai": _("Beijing time"), "UTC": _("Universal time")}
    return f"{usual.get(zone) or _place(zone, _locale())} ({zone})"


@lru_cache(1024)
def _place(zone: str, locale: str) -> str:
    """The city a zone is named after; where a zone was renamed, translations stand by its old names."""
    old = [before for before, now in get_global("zone_aliases").items() if now == zone]
    cities = (Locale.parse(locale).time_zones.get(name, {}).get("city") for name in (zone, *old))
    return next(filter(None, cities), None) or get_timezone_location(zone, locale=locale, return_city=True)


def half_hour(start: str) -> str:
    """A half-hour by its beginning: "08:30" is 08:30-09:00 with a dash."""
    minutes = int(start[:2]) * 60 + int(start[3:]) + 30
    return f"{start}{_DASH}{minutes // 60:02}:{minutes % 60:02}"


def period(shown: Period, month_start: int = 1) -> str:
    """A period by its shortest name: a month, several months, a quarter, a year, else its first and last day."""
    if shown.days <= 0:
        return NOTHING
    if month_start == 1 and (months := whole_months(shown)):
        return _months(shown, months)
    return _span(shown)


def month_and_days(shown: Period, month_start: int = 1) -> str:
    """A month by name, with its days where it is not the calendar's."""
    if month_start == 1:
        return month(shown.date_from)
    return _("{month} ({days})").format(month=month(shown.last_day), days=_short_span(shown))


def bucket(start: date, grain: Grain, month_start: int = 1) -> str:
    """A bucket's name for an axis or a table: by the month it ends in where it is made of months."""
    end = bucket_end(start, grain, month_start)
    last = end - timedelta(days=1)
    if grain == "day":
        return day(start)
    if grain in ("week", "half_month"):
        return _span(Period(start, end))
    if grain == "month":
        return month(last)
    quarter = (last.month - 1) // 3 + 1
    return _("Q{quarter} {year}").format(quarter=quarter, year=last.year) if grain == "quarter" else _year(last)


def _months(shown: Period, months: int) -> str:
    first, last = shown.date_from, shown.last_day
    if months == 1:
        return month(first)
    if months == 12 and first.month == 1:
        return _year(first)
    if months == 3 and bucket_start(first, "quarter") == first:
        return bucket(first, "quarter")
    if first.year == last.year:
        return _("{first_short} – {last}").format(
            first_short=_date(first, "LLL"), last=month(last), first=month(first), last_short=_date(last, "LLL")
        )
    return f"{month(first)} {_DASH} {month(last)}"


def _span(shown: Period) -> str:
    first, last = shown.date_from, shown.last_day
    if first == last:
        return day(first)
    if first.year == last.year:
        return _("{first_short} – {last}").format(
            first_short=short_day(first), last=day(last), first=day(first), last_short=short_day(last)
        )
    return f"{day(first)} {_DASH} {day(last)}"


def _short_span(shown: Period) -> str:
    return f"{short_day(shown.date_from)}{_DASH}{short_day(shown.last_day)}"


def _year(on: date) -> str:
    return _date(on, _("y"))


def _date(on: date, pattern: str) -> str:
    return _written(on, pattern, _locale())


@lru_cache(16384)
def _whole(number: float) -> str:
    """Kept: a table of agents has thousands of small counts."""
    return f"{number:,.0f}".replace("-", _MINUS)


@lru_cache(4096)
def _written(on: date, pattern: str, locale: str) -> str:
    return format_date(on, pattern, locale=locale)


def _locale() -> str:
    return "zh_Hans_CN" if language() == "zh" else "en"


def _is_number(number: float | None) -> bool:
    return number is not None and isfinite(number)


def _digits(number: float, unit: Unit, decimals: int) -> str:
    text = f"{number * _SCALE.get(unit, 1.0):,.{decimals}f}"
    if text[0] != "-":
        return text
    return text.replace("-", "" if float(text.replace(",", "")) == 0 else _MINUS)


def _decimals_to_tell(number: float, beside: float | None, unit: Unit) -> int:
    """The fewest decimals, up to three more than usual, at which the number and the target print differently."""
    usual = _DECIMALS[unit]
    if not _is_number(beside) or number == beside or abs(number - beside) * _SCALE.get(unit, 1.0) >= 10.0**-usual:
        return usual
    for decimals in range(usual, usual + 4):
        if _digits(number, unit, decimals) != _digits(beside, unit, decimals):
            return decimals
    return usual


def signed(difference: float, unit: Unit) -> str:
    """A difference with its sign and without its unit, for a column whose heading names it."""
    digits = _digits(abs(difference), unit, _DECIMALS[unit])
    is_nothing = float(digits.replace(",", "")) == 0
    return ("±" if is_nothing else "+" if difference > 0 else _MINUS) + digits


def _with_unit(digits: str, unit: Unit) -> str:
    if unit == "share":
        return f"{digits}%"
    if unit == "seconds":
        return _("{number} s").format(number=digits)
    if unit == "hours":
        return _("{number} h").format(number=digits)
    return digits
