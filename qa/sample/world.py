"""The fixed part of a sample: people, evaluators, and who carries a planted effect."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from qa.sample.effects import BASE_FATAL, NULL_WORLD, PLANTED, Effects
from qa.sample.people import FOREVER, People, Spell, staff
from qa.sample.places import CENTER_IDS, PLACES, QUEUE_NAMES, QUEUES
from qa.sample.randomness import Purpose, stream
from qa.sample.scales import SCALES, Scale

# Shares of contacts that follow another; the same in every center and inbound queue.
UNRESOLVED = 0.115
CALLS_AGAIN_UNRESOLVED = 0.75
CALLS_AGAIN_RESOLVED = 0.015
REDIALS_AFTER_ABANDONING = 0.45
SHORT_ABANDONED = 0.008


@dataclass
class World:
    """Everything that months and centers share."""

    scale: Scale
    seed: int
    effects: Effects
    people: People
    fatal_agents: tuple[int, ...]
    evaluators: list[list[int]]
    evaluator_ids: tuple[str, ...]

    @cached_property
    def agent_ids(self) -> tuple[str, ...]:
        """The employee numbers; an agent's place in it is its code everywhere."""
        return tuple(agent.agent_id for agent in self.people.agents)

    @cached_property
    def months(self) -> np.ndarray:
        """The months covered."""
        return self.scale.months

    @cached_property
    def spells(self) -> list[list[Spell]]:
        """The spells of each center."""
        return [[spell for spell in self.people.spells if spell.center == center] for center in range(len(PLACES))]

    def queue_shares(self, center: int) -> np.ndarray:
        """The share of contacts that each queue gets in ``center``."""
        harder = self.effects.planted and CENTER_IDS[center] == self.effects.trailing_center
        shares = np.array([queue.harder_share if harder else queue.share for queue in QUEUES])
        return shares / shares.sum()

    def satisfaction(self, center: int) -> np.ndarray:
        """The true chance, by queue, that a caller of ``center`` is satisfied."""
        drop = self.effects.satisfaction_drop if CENTER_IDS[center] == self.effects.trailing_center else 0.0
        return np.array([queue.satisfied - drop if queue.inbound else 0.0 for queue in QUEUES])

    def fatal_rates(self, agents: np.ndarray) -> np.ndarray:
        """The true chance of a fatal error on a call of each of ``agents``."""
        bad = np.isin(agents, self.fatal_agents)
        return np.where(bad, self.effects.fatal_rate, BASE_FATAL)

    @property
    def stepping_queue(self) -> int:
        """The queue whose answer rate steps down."""
        return QUEUE_NAMES.index(self.effects.step_queue)

    @cached_property
    def lenient_code(self) -> int:
        """The code of the lenient evaluator."""
        return self.evaluator_ids.index(self.effects.lenient_evaluator)


def make_world(scale: str, seed: int, effects: bool = True) -> World:
    """The world of ``scale`` and ``seed``; KeyError for a scale that does not exist."""
    size = SCALES[scale]
    people = staff(size, seed)
    planted = PLANTED if effects else NULL_WORLD
    evaluators, ids = _evaluators(size)
    return World(size, seed, planted, people, _fatal_agents(people, planted, seed, size), evaluators, ids)


def _evaluators(scale: Scale) -> tuple[list[list[int]], tuple[str, ...]]:
    """Each center's evaluators, as codes, and the words for the codes: one for some 15 agents, two at least."""
    groups: list[list[int]] = []
    ids: list[str] = []
    for place in PLACES:
        least = 5 if place.is_headquarters else 2
        count = min(9, max(least, round(scale.agents * place.share / 15)))
        groups.append(list(range(len(ids), len(ids) + count)))
        ids += [f"Q{place.center_id}{n:02d}" for n in range(1, count + 1)]
    return groups, tuple(ids)


def _fatal_agents(people: People, effects: Effects, seed: int, scale: Scale) -> tuple[int, ...]:
    """Three agents who were there all the time, one from each center named; none in a null world."""
    if not effects.planted:
        return ()
    rng = stream(seed, Purpose.PLANTS)
    first_day = int(scale.first_month.astype("datetime64[D]").astype(int))
    chosen = []
    for center_id in effects.fatal_centers:
        steady = [s.agent for s in people.spells if s.first and s.end == FOREVER and s.start < first_day and CENTER_IDS[s.center] == center_id]
        chosen.append(int(rng.choice(steady)))
    return tuple(chosen)
