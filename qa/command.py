"""A figure of the board as a command: ``python -m qa metric`` with the arguments that ask for the same rows."""

import shlex

from qa.filters import Filters, Scope
from qa.proof import Shown

# Filters -> options of the command line, in the order they are written.
OPTIONS = {
    "centers": "center", "teams": "team", "queues": "queue", "agents": "agent", "evaluators": "evaluator",
    "scorecards": "scorecard", "items": "item", "sections": "section", "categories": "category", "samples": "sample", "kinds": "kind",
    "reasons": "reason", "call_reasons": "call-reason", "hours": "hour", "weekdays": "weekday", "half_hours": "half-hour",
}  # fmt: skip


def arguments(shown: Shown, key: str, scope: Scope) -> list[str] | None:
    """What follows ``python -m qa metric``; None where nothing is chosen of a dimension, which no command can say.

    A viewer's scope becomes a choice of centers: the command line itself sees everything.
    """
    filters = shown.filters.within(scope)
    chosen = {option: getattr(filters, name) for name, option in OPTIONS.items()}
    if () in chosen.values():
        return None
    by = [f"--by={','.join(shown.by)}"] if shown.by else []
    return [key, *by, *_days(filters), *(f"--{option}={value}" for option, values in chosen.items() for value in values or ())]


def command(shown: Shown, key: str, scope: Scope) -> str | None:
    """The whole line for a shell, or None as for ``arguments``."""
    found = arguments(shown, key, scope)
    return None if found is None else shlex.join(["python", "-m", "qa", "metric", *found])


def _days(filters: Filters) -> list[str]:
    days = {"from": filters.date_from, "to": filters.date_to}
    found = [f"--{name}={day.isoformat()}" for name, day in days.items() if day is not None]
    found += [f"--date-basis={filters.date_basis}"] if filters.date_basis != "evaluated" else []
    return found + ([f"--month-start={filters.month_start}"] if filters.month_start != 1 else [])
