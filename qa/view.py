"""The view a link stands for: everything a viewer has chosen, to and from the parameters of a URL.

A link holds codes, never words of one language, and leaves out what is not chosen. What a link asks for is checked
against what there is and what the viewer may see: the rest is dropped and said so.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import TypedDict, TypeVar

from qa.filters import DATE_BASES, Asked, DateBasis, Filters
from qa.i18n import LANGUAGES, Language, _
from qa.periods import COMPARISONS, MONTH_STARTS, PRESETS, Comparison, Period, bucket_at, compared_with, month_name, resolve

MONTHS_OFFERED = 24
# The presets that are a month, by their place among the months offered.
_PRESENT = {"this_month": 0, "last_month": 1}
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")
Word = TypeVar("Word", bound=str)


@dataclass(frozen=True)
class Center:
    """A center as the filter bar knows it."""

    center_id: str
    name: str
    name_en: str = ""
    is_headquarters: bool = False
    month_start: int = 1


@dataclass(frozen=True)
class Agent:
    """An agent a view can be narrowed to; ``places``: the centers and teams the agent has worked in."""

    name: str
    places: frozenset[tuple[str, str | None]] = frozenset()


@dataclass(frozen=True)
class Choices:
    """What there is to choose from, within the viewer's scope.

    ``today``: the last day the data know; presets count from it.
    ``teams``: the teams of each center. ``agents``: by their id.
    """

    today: date
    first_day: date
    centers: tuple[Center, ...] = ()
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    queues: tuple[str, ...] = ()
    agents: Mapping[str, Agent] = field(default_factory=dict)

    @property
    def center_ids(self) -> tuple[str, ...]:
        return tuple(center.center_id for center in self.centers)

    @property
    def month_starts(self) -> tuple[int, ...]:
        """The days months may start on: the calendar's first, and the 21st where a center keeps it."""
        return tuple(day for day in MONTH_STARTS if day == 1 or any(center.month_start == day for center in self.centers))

    def teams_of(self, centers: Sequence[str]) -> tuple[str, ...]:
        """The teams of the chosen centers; of all of them where none is chosen."""
        found = {team for center in centers or self.center_ids for team in self.teams.get(center, ())}
        return tuple(sorted(found))

    def agents_of(self, centers: Sequence[str], teams: Sequence[str]) -> tuple[str, ...]:
        """The agents who have worked in the chosen centers and teams; all of them where none is chosen."""
        wanted = set(centers or self.center_ids)
        return tuple(
            agent_id
            for agent_id, agent in self.agents.items()
            if any(center in wanted and (not teams or team in teams) for center, team in agent.places)
        )

    def has_team(self, agent_id: str, centers: Sequence[str]) -> bool:
        """Whether the agent was ever in a team of these centers."""
        return any(center in centers and team is not None for center, team in self.agents[agent_id].places)

    def months(self, month_start: int) -> tuple[str, ...]:
        """The names of the months with data, the latest first."""
        return _month_names(self.first_day, self.today, month_start)

    def months_beside(self, period: str, month_start: int) -> tuple[str | None, str | None]:
        """The months before and after a period that is a month; None where there is none."""
        months = self.months(month_start)
        place = _PRESENT.get(period, months.index(period) if period in months else None)
        if place is None:
            return None, None
        before, after = (months[at] if 0 <= at < len(months) else None for at in (place + 1, place - 1))
        return before, after


@lru_cache
def _month_names(first_day: date, today: date, month_start: int) -> tuple[str, ...]:
    first = bucket_at(first_day, "month", month_start).date_from
    offered = (bucket_at(today, "month", month_start, -back) for back in range(MONTHS_OFFERED))
    return tuple(month_name(month.date_from, month_start) for month in offered if month.date_from >= first)


@dataclass(frozen=True)
class View:
    """What a viewer has chosen. ``centers``, ``teams``, ``queues``, ``agents``: empty means all of them.

    ``date_from``, ``date_to``: the first and the last day of a custom period, both included.
    """

    language: Language = "zh"
    period: str = "this_month"
    date_from: date | None = None
    date_to: date | None = None
    month_start: int = 1
    comparison: Comparison = "elapsed"
    centers: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    date_basis: DateBasis = "evaluated"

    def shown(self, choices: Choices) -> Period:
        """The days shown."""
        if self.period != "custom":
            return resolve(self.period, choices.today, self.month_start)
        return Period(self.date_from, self.date_to + timedelta(days=1))

    def compared(self, choices: Choices) -> Period | None:
        """The days they are compared with, or None."""
        return compared_with(self.shown(choices), self.comparison, choices.today, self.month_start)

    def filters(self, choices: Choices) -> Filters:
        """The question this view asks."""
        period = self.shown(choices)
        return Filters(
            date_from=period.date_from,
            date_to=period.date_to,
            centers=self.centers or None,
            teams=self.teams or None,
            queues=self.queues or None,
            agents=self.agents or None,
            date_basis=self.date_basis,
            month_start=self.month_start,
        )

    def asked(self, choices: Choices) -> Asked:
        """The same with the rows of the period it is compared with."""
        filters, before = self.filters(choices), self.compared(choices)
        return Asked(filters, filters.during(*before) if before else None)


class PeriodFields(TypedDict, total=False):
    """Those fields of a view that say which days it shows."""

    period: str
    date_from: date | None
    date_to: date | None


def to_parameters(view: View) -> dict[str, list[str]]:
    """The parameters of the view's URL; what is not chosen is left out."""
    custom = view.period == "custom"
    written = {
        "lang": _unless(view.language, "zh"),
        "period": _unless(view.period, "this_month"),
        "from": [view.date_from.isoformat()] if custom else [],
        "to": [view.date_to.isoformat()] if custom else [],
        "months": _unless(str(view.month_start), "1"),
        "compare": _unless(view.comparison, "elapsed"),
        "center": list(view.centers),
        "team": list(view.teams),
        "queue": list(view.queues),
        "agent": list(view.agents),
        "basis": _unless(view.date_basis, "evaluated"),
    }
    return {name: values for name, values in written.items() if values}


PARAMETERS = ("lang", "period", "from", "to", "months", "compare", "center", "team", "queue", "agent", "basis")


def language_of(parameters: Mapping[str, Sequence[str]]) -> Language:
    """The language a URL asks for, Chinese where it names none there is; what is wrong with the URL is told in it."""
    return _Reader(parameters).one("lang", LANGUAGES, "zh")


def from_parameters(parameters: Mapping[str, Sequence[str]], choices: Choices) -> tuple[View, list[str]]:
    """The view a URL asks for, and a sentence for each thing in it that cannot be shown."""
    reader = _Reader(parameters)
    month_start = int(reader.one("months", [str(day) for day in choices.month_starts], "1"))
    centers = reader.several("center", choices.center_ids)
    teams = reader.several("team", choices.teams_of(centers))
    view = View(
        language=reader.one("lang", LANGUAGES, "zh"),
        month_start=month_start,
        comparison=reader.one("compare", COMPARISONS, "elapsed"),
        centers=centers,
        teams=teams,
        queues=reader.several("queue", choices.queues),
        agents=reader.several("agent", choices.agents_of(centers, teams)) if parameters.get("agent") else (),
        date_basis=reader.one("basis", DATE_BASES, "evaluated"),
        **reader.period(choices, month_start),
    )
    return view, reader.problems()


def left_out(name: str, values: Sequence[str]) -> str:
    """What is said of a parameter that cannot be used, without repeating more than the start of what was asked for."""
    sentence = _("This link asks for “{value}” ({name}), which is not available here; it was left out.")
    return sentence.format(value=", ".join(values)[:60], name=name)


def parsed_day(text: str) -> date | None:
    """The day a person wrote: 2026-10-31, 2026/10/31, 20261031, with year, month and day signs; None for no day."""
    found = _DATE.fullmatch(text.strip())
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None


def custom_range(first: str, last: str) -> Period | None:
    """The days between two written ones, both included; None when one is no day or they are the wrong way round."""
    date_from, date_to = parsed_day(first), parsed_day(last)
    if date_from is None or date_to is None or date_to < date_from or date_to == date.max:
        return None
    return Period(date_from, date_to + timedelta(days=1))


def _unless(value: str, default: str) -> list[str]:
    return [] if value == default else [value]


class _Reader:
    """Reads parameters one by one and remembers those that could not be used."""

    def __init__(self, parameters: Mapping[str, Sequence[str]]):
        self._parameters = parameters
        self._dropped: dict[str, list[str]] = {}

    def one(self, name: str, allowed: Iterable[Word], default: Word) -> Word:
        """The last value given, or the default when it is not allowed."""
        values = self._parameters.get(name, ())
        if not values:
            return default
        found = next((word for word in allowed if word == values[-1]), None)
        if found is None:
            self._dropped[name] = [values[-1]]
        return default if found is None else found

    def several(self, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
        """The values given that are allowed, each once."""
        values = tuple(dict.fromkeys(self._parameters.get(name, ())))
        if dropped := [value for value in values if value not in allowed]:
            self._dropped[name] = dropped
        return tuple(value for value in values if value in allowed)

    def period(self, choices: Choices, month_start: int) -> PeriodFields:
        """The view's period fields; the default period when the one asked for is none."""
        name = self.one("period", (*PRESETS, *choices.months(month_start)), "this_month")
        if name != "custom":
            return {"period": name}
        written = [(self._parameters.get(end) or [""])[-1] for end in ("from", "to")]
        days = custom_range(*written)
        if days is None:
            self._dropped["period"] = [" ".join(written).strip() or "custom"]
            return {"period": "this_month"}
        return {"period": name, "date_from": days.date_from, "date_to": days.last_day}

    def problems(self) -> list[str]:
        """One sentence a parameter."""
        return [left_out(name, values) for name, values in self._dropped.items()]
