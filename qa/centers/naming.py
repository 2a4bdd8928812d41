"""What sides, splits and segments are called on screen."""

from collections.abc import Sequence

from qa import format
from qa.centers.sides import HEADQUARTERS, OTHERS, PREVIOUS, REST, Course, Key
from qa.filters import Asked
from qa.i18n import _, capital
from qa.names import Names
from qa.periods import Period
from qa.quality.scorecards import Cards, category_word
from qa.query import dimension_label
from qa.words import code_words

_CLOCK = {"hour": format.hour, "half_hour": format.half_hour, "weekday": format.weekday}


def split_word(by: Sequence[str]) -> str:
    """The dimensions of a split in words."""
    return " × ".join(dimension_label(dimension) for dimension in by)


def segment_name(by: Sequence[str], key: Key, names: Names, cards: Cards) -> str:
    """A segment by its names; what is not recorded is said to be so."""
    return " · ".join(_value_name(dimension, value, names, cards) for dimension, value in zip(by, key, strict=True))


def _value_name(dimension: str, value: str | None, names: Names, cards: Cards) -> str:
    if value is None or value == "":
        return _("{dimension} not recorded").format(dimension=capital(dimension_label(dimension)))
    if dimension in _CLOCK:
        return _CLOCK[dimension](value)
    if dimension == "scorecard":
        return cards.card(value)
    if dimension == "category":
        return category_word(value)
    return code_words().get(dimension, {}).get(value) or names.of(dimension, value)


def here_name(course: Course, asked: Asked, names: Names) -> str:
    """This side: the center, or the teams or agents chosen in it."""
    filters = asked.filters
    listed = filters.agents or filters.teams or ()
    own = [names.of("agent" if filters.agents else "team", one) for one in listed]
    centers = [course.center] if course.center else list(filters.centers or ())
    parts = [_listed([names.of("center", center) for center in centers]) or _("All centers"), _listed(own)]
    return " · ".join(part for part in parts if part)


def there_name(course: Course, asked: Asked, names: Names) -> str:
    """The other side."""
    if course.against == (PREVIOUS,):
        return before_name(asked)
    if course.against == (REST,):
        return _("the rest of {center}").format(center=names.of("center", course.center))
    if course.against == (HEADQUARTERS,):
        return _("headquarters")
    if course.against == (OTHERS,):
        return _("all other centers")
    return _listed([names.of("center", center) for center in course.against])


def before_name(asked: Asked) -> str:
    """The period compared with."""
    if asked.before is None:
        return format.NOTHING
    return format.period(Period(asked.before.date_from, asked.before.date_to), asked.filters.month_start)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else _("{name} and {count} more").format(name=names[0], count=len(names) - 1) if names else ""
