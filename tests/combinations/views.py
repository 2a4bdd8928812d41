"""Random views: what a viewer could choose in the filter bar, and the centers that viewer may see."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from qa.filters import DATE_BASES, Asked, Filters, Scope
from qa.i18n import LANGUAGES
from qa.periods import COMPARISONS, PRESETS
from qa.session.data import choices_of
from qa.view import Choices, View, from_parameters
from qa.warehouse import Warehouse


@dataclass(frozen=True)
class Seen:
    """One viewer's view of one build.

    ``proof``: the same build opened again, which has nothing ready that the page has asked for.
    """

    build: Warehouse
    proof: Warehouse
    scope: Scope
    choices: Choices
    view: View

    @property
    def filters(self) -> Filters:
        return self.view.filters(self.choices)

    @property
    def asked(self) -> Asked:
        """As ``qa.session.asked`` has it."""
        before = self.view.compared(self.choices)
        return Asked(self.filters, self.filters.during(*before) if before else None)


def random_seen(build: Warehouse, proof: Warehouse, rng: Random) -> Seen:
    """A view as a link could ask for it: one viewer in three sees some of the centers only."""
    centers = sorted(build.center_names)
    scope = frozenset(rng.sample(centers, rng.randint(1, len(centers)))) if rng.random() < 1 / 3 else None
    choices = choices_of(build, scope)
    view, _problems = from_parameters(_parameters(choices, rng), choices)
    return Seen(build, proof, scope, choices, view)


def _parameters(choices: Choices, rng: Random) -> dict[str, list[str]]:
    month_start = rng.choice(choices.month_starts)
    wanted = {
        "lang": [rng.choice(LANGUAGES)],
        "months": [str(month_start)],
        "compare": [rng.choice(COMPARISONS)],
        "basis": [rng.choice(DATE_BASES)],
        **_period(choices, month_start, rng),
    }
    centers = _some(choices.center_ids, 0.5, rng)
    teams = _some(choices.teams_of(centers), 0.2, rng)
    agents = choices.agents_of(centers, teams)
    return wanted | {
        "center": centers, "team": teams, "queue": _some(choices.queues, 0.25, rng), "agent": _some(agents[:: max(1, len(agents) // 12)], 0.15, rng),
    }  # fmt: skip


def _period(choices: Choices, month_start: int, rng: Random) -> dict[str, list[str]]:
    """A preset, a month, or days: of a month from the 21st, a few days, one day, some of them with no data at all."""
    kind = rng.random()
    if kind < 0.45:
        return {"period": [rng.choice([name for name in PRESETS if name != "custom"])]}
    months = choices.months(month_start)
    if kind < 0.6 and months:
        return {"period": [rng.choice(months)]}
    days = (choices.today - choices.first_day).days + 1
    first = choices.first_day + timedelta(days=rng.randrange(-20, days + 10))
    if kind < 0.8:
        first = date(first.year, first.month, 21)
        last = (first + timedelta(days=31)).replace(day=20)
    else:
        last = first + timedelta(days=rng.choice((0, 6, 40, 120, 400)))
    return {"period": ["custom"], "from": [first.isoformat()], "to": [last.isoformat()]}


def _some(values: tuple[str, ...], chance: float, rng: Random) -> list[str]:
    if not values or rng.random() > chance:
        return []
    return rng.sample(values, rng.randint(1, min(3, len(values))))
