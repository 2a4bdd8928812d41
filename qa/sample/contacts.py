"""Customers' contacts: when they call, what about, whether they get through, and whether they call again."""

from dataclasses import dataclass, fields

import numpy as np

from qa.sample.effects import BASE_ABANDONED
from qa.sample.places import CENTER_IDS, PLACES, QUEUES, REASON_SHARES
from qa.sample.shapes import CLOSES_S, days_of, inbound_weights, load, outbound_weights, times_of_day
from qa.sample.world import (
    CALLS_AGAIN_RESOLVED,
    CALLS_AGAIN_UNRESOLVED,
    REDIALS_AFTER_ABANDONING,
    SHORT_ABANDONED,
    UNRESOLVED,
    World,
)

DAY_S = 86_400
LAST_CALL_S = CLOSES_S - 120
CONNECTED = 0.46  # of outbound calls
GENERATIONS = 4  # a contact is followed by three more at most, within a month
INBOUND = np.array([queue.inbound for queue in QUEUES])


@dataclass
class Contacts:
    """Contacts, an array a field: seconds since 1970, customer, queue, reason."""

    at: np.ndarray
    customer: np.ndarray
    queue: np.ndarray
    reason: np.ndarray

    def take(self, which: np.ndarray) -> "Contacts":
        """The contacts that ``which`` (mask or positions) picks."""
        return Contacts(*(getattr(self, f.name)[which] for f in fields(self)))

    @staticmethod
    def joined(parts: list["Contacts"]) -> "Contacts":
        """All contacts of ``parts``."""
        return Contacts(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Contacts)))

    @staticmethod
    def none() -> "Contacts":
        """No contacts."""
        return Contacts(*(np.zeros(0, np.int64) for _ in fields(Contacts)))


@dataclass
class Outcomes:
    """What became of contacts: reached an agent (or a customer), gave up within seconds, was left unresolved."""

    answered: np.ndarray
    short: np.ndarray
    unresolved: np.ndarray


def chance_of_following(abandoned: float = BASE_ABANDONED) -> float:
    """The expected number of contacts that follow directly on an inbound one."""
    lost = SHORT_ABANDONED + (1 - SHORT_ABANDONED) * abandoned
    again = UNRESOLVED * CALLS_AGAIN_UNRESOLVED + (1 - UNRESOLVED) * CALLS_AGAIN_RESOLVED
    return lost * REDIALS_AFTER_ABANDONING + (1 - lost) * again


def month_of_contacts(world: World, center: int, month: np.datetime64, rng: np.random.Generator, carried: Contacts) -> tuple[Contacts, Outcomes, Contacts]:
    """The contacts of ``center`` in ``month`` with their outcomes, and those that follow in the next month.

    ``carried``: what the month before handed on.
    """
    after = int((month + 1).astype("datetime64[s]").astype(np.int64))
    generation = Contacts.joined([_first_contacts(world, center, month, rng), carried])
    made, outcomes, later = [], [], []
    for _ in range(GENERATIONS):
        found = _outcomes(world, center, generation, rng)
        made.append(generation)
        outcomes.append(found)
        following = _following(generation, found, rng)
        later.append(following.take(following.at >= after))
        generation = following.take(following.at < after)
    joined = Outcomes(*(np.concatenate([getattr(o, f.name) for o in outcomes]) for f in fields(Outcomes)))
    return Contacts.joined(made), joined, Contacts.joined(later)


def daily_contacts(world: World, center: int, days: np.ndarray) -> np.ndarray:
    """The expected first contacts of ``center``, days by queues."""
    whole = np.arange(world.months[0].astype("datetime64[D]"), (world.months[-1] + 1).astype("datetime64[D]"))
    shares = world.queue_shares(center)
    inbound_calls = INBOUND / (1 - chance_of_following()) + ~INBOUND
    contacts = world.scale.calls * PLACES[center].share / (shares * inbound_calls).sum()
    inbound = inbound_weights(days) / inbound_weights(whole).sum()
    outbound = outbound_weights(days) / outbound_weights(whole).sum()
    return contacts * shares * np.where(INBOUND, inbound[:, None], outbound[:, None])


def _first_contacts(world: World, center: int, month: np.datetime64, rng: np.random.Generator) -> Contacts:
    days = days_of(month)
    expected = daily_contacts(world, center, days)
    noisy = expected * rng.lognormal(0.0, 0.05, (len(days), 1))
    counts = rng.poisson(noisy)
    queue = np.repeat(np.tile(np.arange(len(QUEUES)), len(days)), counts.ravel())
    day = np.repeat(days.astype(np.int64), counts.sum(axis=1))
    inbound = INBOUND[queue]
    at = np.empty(len(queue), dtype=np.int64)
    at[inbound] = times_of_day(rng, int(inbound.sum()))
    at[~inbound] = times_of_day(rng, int((~inbound).sum()), outbound=True)
    customers = max(500, int(world.scale.calls / len(world.months) * PLACES[center].share * 3))
    customer = rng.integers(0, customers, len(queue)) * len(PLACES) + center
    chosen = np.searchsorted(np.cumsum(REASON_SHARES)[:-1], rng.random(len(queue), dtype=np.float32))
    return Contacts(day * DAY_S + at, customer, queue, queue * len(REASON_SHARES) + chosen)


def _outcomes(world: World, center: int, contacts: Contacts, rng: np.random.Generator) -> Outcomes:
    count = len(contacts.at)
    inbound = INBOUND[contacts.queue]
    short = inbound & (rng.random(count, dtype=np.float32) < SHORT_ABANDONED)
    abandoned = np.full(count, BASE_ABANDONED)
    if CENTER_IDS[center] == world.effects.step_center:
        stepped = (contacts.queue == world.stepping_queue) & (contacts.at >= world.effects.step_day.astype("datetime64[s]").astype(np.int64))
        abandoned[stepped] = world.effects.abandoned_after
    chance = np.where(inbound, abandoned * load(contacts.at % DAY_S), 1 - CONNECTED)
    answered = ~short & (rng.random(count, dtype=np.float32) >= chance)
    unresolved = rng.random(count, dtype=np.float32) < UNRESOLVED
    return Outcomes(answered, short, unresolved)


def _following(contacts: Contacts, outcomes: Outcomes, rng: np.random.Generator) -> Contacts:
    """The contacts that follow: redialled at once after an abandonment, else on one of the next six days or later the same day."""
    chance = np.where(outcomes.unresolved, CALLS_AGAIN_UNRESOLVED, CALLS_AGAIN_RESOLVED)
    chance = np.where(outcomes.answered, chance, REDIALS_AFTER_ABANDONING)
    again = INBOUND[contacts.queue] & (rng.random(len(chance), dtype=np.float32) < chance)
    following, redial = contacts.take(again), ~outcomes.answered[again]
    count = len(following.at)
    soon = following.at + 45 + np.where(redial, rng.exponential(900, count), 1200 + rng.exponential(4000, count)).astype(np.int64)
    today = following.at - following.at % DAY_S
    late = soon > today + LAST_CALL_S
    later_day = ~redial & (late | (rng.random(count) < 0.7))
    days = np.minimum(1 + rng.exponential(1.3, count).astype(np.int64), 6)
    another_day = today + days * DAY_S + times_of_day(rng, count)
    following.at = np.where(later_day, another_day, np.minimum(soon, today + LAST_CALL_S))
    return following
