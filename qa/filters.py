"""What a viewer looks at: the filters of a question, and the scope that bounds them."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

DateBasis = Literal["evaluated", "call"]
DATE_BASES: tuple[DateBasis, ...] = ("evaluated", "call")

Chosen = tuple[str, ...] | None
"""What is chosen of one dimension: None means everything, an empty tuple means nothing."""

Scope = frozenset[str] | None
"""The centers a viewer may see; None means every center. Part of every fetch and every cache key."""

# What can be chosen of each dimension: the attribute of ``Filters`` and the dimension's word.
FILTERED = {
    "centers": "center", "teams": "team", "queues": "queue", "agents": "agent", "evaluators": "evaluator",
    "scorecards": "scorecard", "items": "item", "samples": "sample", "kinds": "kind",
    "weekdays": "weekday", "half_hours": "half_hour",
    "reasons": "reason", "call_reasons": "call_reason", "hours": "hour", "sections": "section", "categories": "category",
}  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """The rows a question is about.

    ``date_from``, ``date_to``: half-open days, None where unbounded.
    ``date_basis``: whether an evaluation belongs to the day it was made or to the day of its call.
    ``samples``: sample reasons of evaluations; ``kinds``: how they were made, recording, live and so on.
    ``weekdays``: "1" (Monday) to "7"; ``half_hours``: their beginnings, "08:30": when a call came in.
    ``reasons``: of calls, or of dissatisfaction, whatever the metric records; ``call_reasons``, ``hours`` ("08"): of the
    call a survey is about, and when the customer was asked; ``sections`` and ``categories`` of scorecards, ``categories``
    also of complaints.
    ``month_start``: 1 for calendar months; 21 for months from the 21st to the 20th, named by the month they end in.
    """

    date_from: date | None = None
    date_to: date | None = None
    centers: Chosen = None
    teams: Chosen = None
    queues: Chosen = None
    agents: Chosen = None
    evaluators: Chosen = None
    date_basis: DateBasis = "evaluated"
    month_start: int = 1
    scorecards: Chosen = None
    items: Chosen = None
    samples: Chosen = None
    weekdays: Chosen = None
    half_hours: Chosen = None
    reasons: Chosen = None
    call_reasons: Chosen = None
    hours: Chosen = None
    sections: Chosen = None
    categories: Chosen = None
    kinds: Chosen = None

    def __post_init__(self):
        if self.date_from and self.date_to and self.date_to < self.date_from:
            raise ValueError(f"date_to {self.date_to} is before date_from {self.date_from}")

    @cached_property
    def narrowed(self) -> tuple[str, ...]:
        """The dimensions of which only some values are asked for."""
        return tuple(dimension for attribute, dimension in FILTERED.items() if getattr(self, attribute) is not None)

    def during(self, date_from: date | None, date_to: date | None) -> "Filters":
        """The same question about another period."""
        return replace(self, date_from=date_from, date_to=date_to)

    def choosing(self, **chosen: Chosen) -> "Filters":
        """The same question with another choice of these dimensions, named by their attributes."""
        values: dict[str, Any] = chosen
        return replace(self, **values)

    def within(self, scope: Scope) -> "Filters":
        """The same question, with no center outside the scope."""
        return replace(self, centers=visible(self.centers, scope))


def visible(centers: Chosen, scope: Scope) -> Chosen:
    """The chosen centers that the scope lets through: never more than the scope, whatever was asked."""
    if scope is None:
        return centers
    if centers is None:
        return tuple(sorted(scope))
    return tuple(center for center in centers if center in scope)


@dataclass(frozen=True)
class Asked:
    """What the page is asked: the rows of a period, and of the one it is compared with (None: no comparison)."""

    filters: Filters
    before: Filters | None
