"""Narrowing a view by what was clicked, and the way back up."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from qa.filters import Filters
from qa.i18n import _, language
from qa.periods import Period, resolve
from qa.view import Choices, PeriodFields, View

# From the whole to the single agent: each level, with the levels below it, is what a step back up lets go.
LEVELS = ("centers", "teams", "queues", "agents")
Level = Literal["center", "team", "agent"]


@dataclass(frozen=True)
class Crumb:
    """One part of the breadcrumb: its words, and the view a click on it goes back to."""

    text: str
    view: View


def narrowed(
    view: View,
    choices: Choices,
    center: str | None = None,
    team: str | None = None,
    queue: str | None = None,
    agent: str | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
) -> View:
    """The view with only what is named here of each dimension, everything else as it is.

    ``team``: empty for work in no team, which a view can only tell of an agent who had no team in the center at all.
    Teams and agents chosen before that have no place in the new choice are let go. ``date_from``, ``date_to``:
    half-open days, both or neither. Where the choices lack any of it the view stays as it is: another would show other
    numbers than the one clicked.
    """
    centers = (center,) if center is not None else view.centers
    offered = choices.teams_of(centers)
    teams = (team,) if team else tuple(name for name in view.teams if name in offered)
    placed = choices.agents_of(centers, teams) if agent is not None or view.agents else ()
    is_known = (
        (center is None or center in choices.center_ids) and (not team or team in offered)
        and (queue is None or queue in choices.queues) and (agent is None or agent in placed)
    )  # fmt: skip
    if not is_known or (team == "" and (agent is None or choices.has_team(agent, centers))):
        return view
    return replace(
        view,
        centers=centers,
        teams=teams,
        queues=(queue,) if queue is not None else view.queues,
        agents=(agent,) if agent is not None else tuple(name for name in view.agents if name in placed),
        **_period(view, choices, date_from, date_to),
    )


def crumbs(view: View, choices: Choices, whole: bool = False) -> list[Crumb]:
    """The way from everything to what the view is narrowed to; empty when it is not narrowed, unless ``whole`` is to be named.

    The last part stands for the view itself.
    """
    found = [Crumb(_("All centers"), _up_to(view, 0))]
    for place, level in enumerate(LEVELS):
        chosen = getattr(view, level)
        if chosen:
            names = [_name(level, value, choices) for value in chosen]
            found.append(Crumb(_listed(names), _up_to(view, place + 1)))
    return found if whole or len(found) > 1 else []


def level_below(filters: Filters, centers: int) -> Level:
    """What the rows asked for are broken down into next: centers, the teams of one, the agents of a team.

    ``centers``: how many there are to be seen.
    """
    if (centers if filters.centers is None else len(filters.centers)) > 1:
        return "center"
    is_one_team = filters.teams is not None and len(filters.teams) == 1
    return "agent" if is_one_team or filters.agents is not None else "team"


def _up_to(view: View, kept: int) -> View:
    let_go: dict[str, Any] = dict.fromkeys(LEVELS[kept:], ())
    return replace(view, **let_go)


def _listed(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("{name} and {count} more").format(name=names[0], count=len(names) - 1)


def _name(level: str, value: str, choices: Choices) -> str:
    if level == "agents":
        return choices.agents[value].name
    if level == "centers":
        center = next(center for center in choices.centers if center.center_id == value)
        return center.name_en or center.name if language() == "en" else center.name
    return value


def _period(view: View, choices: Choices, date_from: date | None, date_to: date | None) -> PeriodFields:
    """The view's period fields for these days: a month by its name, other days as a custom period."""
    if date_from is None or date_to is None:
        return {}
    days = Period(date_from, date_to)
    if days == view.shown(choices):
        return {}
    for name in choices.months(view.month_start):
        if resolve(name, choices.today, view.month_start) == days:
            return {"period": name, "date_from": None, "date_to": None}
    return {"period": "custom", "date_from": date_from, "date_to": date_to - timedelta(days=1)}
