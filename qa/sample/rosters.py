"""Who is at work on which day and shift of a month, and who takes which call."""

from dataclasses import dataclass

import numpy as np

from qa.sample.people import Spell
from qa.sample.randomness import Purpose, stream
from qa.sample.shapes import days_of, inbound_weights
from qa.sample.world import World

LEARNING_DAYS = 10  # a new hire takes no calls before
LEAST_AT_WORK = 4
MOST_AT_WORK = 0.95
AFTERNOON_S, EVENING_S = 13 * 3600, 17 * 3600
SLOTS = 3  # early shift only, both shifts, late shift only


@dataclass
class Roster:
    """A month of one center.

    ``agents``: the agent of each row; ``at_work`` and ``late``: agents by days.
    ``pools``: rows of the agents on duty by day and slot, padded; ``sizes``: how many they are.
    """

    agents: np.ndarray
    at_work: np.ndarray
    late: np.ndarray
    pools: np.ndarray
    sizes: np.ndarray


def make_roster(world: World, center: int, month: np.datetime64) -> Roster:
    """The roster of ``center`` in ``month``."""
    rng = stream(world.seed, Purpose.ROSTER, center, int(month.astype(int)))
    days = days_of(month)
    spells = _spells_within(world.spells[center], days)
    eligible = _eligible(spells, days)
    draw = np.where(eligible, rng.random(eligible.shape), 2.0)
    rank = draw.argsort(axis=0).argsort(axis=0)
    share = np.minimum(world.scale.roster_share * np.clip(inbound_weights(days), 0.5, 1.4), MOST_AT_WORK)
    at_work = eligible & ((draw < share) | (rank < LEAST_AT_WORK))
    late = rank % 2 == 1
    pools, sizes = _pools(at_work, late)
    return Roster(np.array([spell.agent for spell in spells]), at_work, late, pools, sizes)


def slots(seconds: np.ndarray) -> np.ndarray:
    """The slot of each second of the day: 0 until 13:00, 1 until 17:00, then 2."""
    return (seconds >= AFTERNOON_S).astype(np.int64) + (seconds >= EVENING_S)


def takers(roster: Roster, rng: np.random.Generator, day: np.ndarray, slot: np.ndarray) -> np.ndarray:
    """The roster row that takes each call; the calls are given in order of time.

    Calls go round the agents on duty, with some disorder, as they do to the longest idle.
    """
    groups = day * SLOTS + slot
    counts = np.bincount(groups, minlength=len(roster.sizes) * SLOTS)
    turn = np.arange(len(groups)) - (np.cumsum(counts) - counts)[groups]
    size = roster.sizes[day, slot]
    disorder = (rng.random(len(groups), dtype=np.float32) * (1 + size // 2)).astype(np.int64)
    return roster.pools[day, slot, (turn + disorder) % size]


def _spells_within(spells: list[Spell], days: np.ndarray) -> list[Spell]:
    first, last = int(days[0].astype(int)), int(days[-1].astype(int))
    return [spell for spell in spells if spell.start <= last and spell.end > first]


def _eligible(spells: list[Spell], days: np.ndarray) -> np.ndarray:
    number = days.astype(np.int64)
    start = np.array([spell.start + LEARNING_DAYS * spell.first for spell in spells])
    end = np.array([spell.end for spell in spells])
    return (start[:, None] <= number) & (number < end[:, None])


def _pools(at_work: np.ndarray, late: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rows, days = at_work.shape
    pools = np.zeros((days, SLOTS, rows), dtype=np.int64)
    sizes = np.zeros((days, SLOTS), dtype=np.int64)
    for day in range(days):
        everyone = at_work[:, day]
        for slot, there in enumerate((everyone & ~late[:, day], everyone, everyone & late[:, day])):
            on_duty = np.flatnonzero(there)
            pools[day, slot, : len(on_duty)] = on_duty
            sizes[day, slot] = len(on_duty)
    return pools, sizes
