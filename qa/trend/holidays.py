"""China's public holidays, with the working days that make up for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from qa.text import Text


@dataclass(frozen=True)
class SpecialDay:
    """A day off because of a holiday, or with ``is_make_up`` a weekend day worked in exchange for one."""

    name: Text
    is_make_up: bool = False


def special_days(first: date, after: date) -> dict[date, SpecialDay]:
    """The special days in [first, after); none for years whose holidays are not announced yet (``known_until``)."""
    days = (first + timedelta(days=number) for number in range((after - first).days))
    return {day: found for day in days if (found := special_day(day)) is not None}


@cache
def special_day(day: date) -> SpecialDay | None:
    """What the day is by the State Council's yearly announcement; None for an ordinary day or an unknown year."""
    # Loaded at the first question: the table holds twenty years of days.
    from chinese_calendar import get_holiday_detail

    try:
        is_off, name = get_holiday_detail(day)
    except NotImplementedError:
        return None
    return None if name is None else SpecialDay(_names()[name], is_make_up=not is_off)


@cache
def known_until() -> date:
    """The last day of the last year whose holidays are known."""
    from chinese_calendar.constants import holidays

    return date(max(holidays).year, 12, 31)


@cache
def _names() -> dict[str, Text]:
    """The holidays by the English name the package knows them by."""
    from chinese_calendar import Holiday

    return {holiday.value: Text(holiday.chinese, holiday.value) for holiday in Holiday}
