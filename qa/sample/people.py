"""The agents: who works where and when, with hires, leavers, and changes of team and center."""

from dataclasses import dataclass

import numpy as np

from qa.sample.places import PLACES
from qa.sample.randomness import Purpose, stream
from qa.sample.scales import END, Scale
from qa.sample.words import GIVEN_FIRST, GIVEN_SECOND, NUMERALS, SURNAMES

MONTHLY_LEAVERS = 0.025
MONTHLY_TEAM_CHANGES = 0.008
MOVES_TO_ANOTHER_CENTER = 0.06
TEAM_SIZE = 9
FOREVER = int(END.astype("datetime64[D]").astype(int)) + 10_000
LAST_DAY = int(END.astype("datetime64[D]").astype(int))


@dataclass
class Agent:
    """A person; days are counted from 1970, and ``left`` is None while employed."""

    agent_id: str
    name: str
    hired: int
    confirmed: int | None = None
    left: int | None = None


@dataclass
class Spell:
    """An agent's time in one team, half-open; ``first``: the agent's first one."""

    agent: int
    center: int
    team: int
    start: int
    end: int
    first: bool


@dataclass
class People:
    """All agents, their spells, and the names of the teams."""

    agents: list[Agent]
    spells: list[Spell]
    teams: list[str]


class _Staffing:
    """Fills the seats of every center, one person after the other."""

    def __init__(self, scale: Scale, rng: np.random.Generator):
        self.rng = rng
        self.first_day = int(scale.first_month.astype("datetime64[D]").astype(int))
        self.people = People([], [], [])
        self.seats = [max(6, round(scale.agents * place.share)) for place in PLACES]
        self.teams: list[list[int]] = []
        self.hired_in_center = [0] * len(PLACES)
        for place, seats in zip(PLACES, self.seats, strict=True):
            count = min(len(NUMERALS), max(2, round(seats / TEAM_SIZE)))
            self.teams.append([len(self.people.teams) + n for n in range(count)])
            self.people.teams += [f"{place.team_prefix}{NUMERALS[n]}组" for n in range(count)]

    def fill(self) -> People:
        """Everybody who ever sits on a seat within the time covered."""
        for center, seats in enumerate(self.seats):
            for seat in range(seats):
                self._fill_seat(center, self.teams[center][seat % len(self.teams[center])])
        return self.people

    def _fill_seat(self, center: int, team: int) -> None:
        day = self.first_day - int(self.rng.exponential(700)) - 20
        day = max(day, self.first_day - 3000)
        while day < LAST_DAY:
            leaves = max(day, self.first_day) + 1 + int(self.rng.exponential(30.44 / MONTHLY_LEAVERS))
            self._employ(center, team, day, leaves)
            day = leaves + int(self.rng.integers(3, 25))

    def _employ(self, center: int, team: int, hired: int, leaves: int) -> None:
        agent = self._new_agent(center, hired)
        moves = leaves < LAST_DAY and self.rng.random() < MOVES_TO_ANOTHER_CENTER
        self._spells_in_center(agent, center, team, hired, leaves, first=True)
        if moves:
            elsewhere = int((center + self.rng.integers(1, len(PLACES))) % len(PLACES))
            final = leaves + 1 + int(self.rng.exponential(30.44 / MONTHLY_LEAVERS))
            team = int(self.rng.choice(self.teams[elsewhere]))
            self._spells_in_center(agent, elsewhere, team, leaves, final, first=False)
            leaves = final
        person = self.people.agents[agent]
        person.left = leaves if leaves < LAST_DAY else None
        confirmed = hired + int(self.rng.integers(60, 92))
        person.confirmed = confirmed if confirmed < min(leaves, LAST_DAY) else None

    def _new_agent(self, center: int, hired: int) -> int:
        self.hired_in_center[center] += 1
        number = 100 + self.hired_in_center[center] * 3 + int(self.rng.integers(0, 3))
        surname, first, second = (words[self.rng.integers(len(words))] for words in (SURNAMES, GIVEN_FIRST, GIVEN_SECOND))
        name = surname + second if self.rng.random() < 0.25 else surname + first + second
        self.people.agents.append(Agent(PLACES[center].employee_number.format(number), name, hired))
        return len(self.people.agents) - 1

    def _spells_in_center(self, agent: int, center: int, team: int, start: int, end: int, first: bool) -> None:
        """Adds the spells from ``start`` to ``end``, with a change of team now and then."""
        while True:
            changes = max(start, self.first_day) + 1 + int(self.rng.exponential(30.44 / MONTHLY_TEAM_CHANGES))
            until = min(changes, end)
            still_there = FOREVER if until >= LAST_DAY else until
            self.people.spells.append(Spell(agent, center, team, start, still_there, first))
            if changes >= end or until >= LAST_DAY:
                return
            others = [other for other in self.teams[center] if other != team]
            team, start, first = int(self.rng.choice(others)), until, False


def staff(scale: Scale, seed: int) -> People:
    """The people of a sample: the same for the same scale and seed."""
    return _Staffing(scale, stream(seed, Purpose.PEOPLE)).fill()
