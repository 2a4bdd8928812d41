"""A month of one center's calls, and the agents' working days that go with them."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from qa.contract import table
from qa.contract.facts_calls import DIRECTIONS, ENDED_BY
from qa.sample.columns import SECONDS_UNIT, Values, extract
from qa.sample.contacts import DAY_S, INBOUND, Contacts, month_of_contacts
from qa.sample.identifiers import day_stamps, digits, pseudonyms, repeated
from qa.sample.places import CENTER_IDS, QUEUE_NAMES, QUEUES, REASONS, SALES_QUEUE
from qa.sample.randomness import Purpose, stream
from qa.sample.rosters import Roster, make_roster, slots, takers
from qa.sample.shapes import days_of, load
from qa.sample.world import World

TALK_SIGMA = 0.55
TRANSFERRED = 0.03
SOLD = 0.13
QUEUED, QUEUED_S = 0.30, 18.0  # the share of callers who wait in the queue at average load, and their mean wait beyond ringing
LONGEST_TALK_S = 1800


@dataclass
class Calls:
    """The calls of a center and month in order of time; seconds and times as whole seconds, ``wait`` in thousandths.

    ``day``: of the month, from 0; ``row``: of the roster, -1 where no agent took the call; ``ids``: a row of bytes each.
    """

    roster: Roster
    at: np.ndarray
    day: np.ndarray
    queue: np.ndarray
    reason: np.ndarray
    customer: np.ndarray
    answered: np.ndarray
    short: np.ndarray
    unresolved: np.ndarray
    row: np.ndarray
    wait: np.ndarray
    talk: np.ndarray
    hold: np.ndarray
    wrap: np.ndarray
    transferred: np.ndarray
    transfer: np.ndarray
    ended_by: np.ndarray
    sold: np.ndarray
    ids: np.ndarray

    @property
    def inbound(self) -> np.ndarray:
        """Which calls came in."""
        return INBOUND[self.queue]

    @property
    def agent(self) -> np.ndarray:
        """The agent of each call, -1 for none."""
        return np.where(self.row >= 0, self.roster.agents[self.row], -1)

    @property
    def ended_at(self) -> np.ndarray:
        """When the customer hung up."""
        return self.at + np.where(self.inbound, self.wait // SECONDS_UNIT, 20) + self.talk + self.hold


def make_calls(world: World, center: int, month: np.datetime64, carried: Contacts) -> tuple[Calls, Contacts]:
    """The calls of ``center`` in ``month``, and the contacts that follow in the next month."""
    rng = stream(world.seed, Purpose.CALLS, center, int(month.astype(int)))
    contacts, outcomes, later = month_of_contacts(world, center, month, rng, carried)
    order = np.argsort(contacts.at, kind="stable")
    contacts = contacts.take(order)
    answered, short, unresolved = outcomes.answered[order], outcomes.short[order], outcomes.unresolved[order]
    roster = make_roster(world, center, month)
    days = days_of(month)
    day = contacts.at // DAY_S - int(days[0].astype(np.int64))
    seconds = contacts.at % DAY_S
    inbound = INBOUND[contacts.queue]
    row = _rows(roster, rng, day, slots(seconds), answered | ~inbound)
    count = len(day)
    talk, hold, wrap = _durations(rng, contacts.queue, answered)
    transferred = answered & inbound & (rng.random(count, dtype=np.float32) < TRANSFERRED)
    transfer = np.where(transferred, np.clip(rng.lognormal(3.4, 0.42, count), 5, 300), 0).astype(np.int64)
    calls = Calls(
        roster, contacts.at, day, contacts.queue, contacts.reason, contacts.customer, answered, short, unresolved, row,
        _waits(rng, answered, short, load(seconds)), talk, hold, wrap, transferred, transfer, _ended_by(rng, answered, inbound),
        answered & (contacts.queue == SALES_QUEUE) & (rng.random(count, dtype=np.float32) < SOLD),
        _ids(CENTER_IDS[center], days, day),
    )  # fmt: skip
    return calls, later


def calls_table(world: World, center: int, calls: Calls) -> pa.Table:
    """The calls as the contract has them."""
    answered, inbound = calls.answered, calls.inbound
    return extract(
        table("calls"),
        {
            "call_id": calls.ids,
            "center_id": Values(np.full(len(calls.at), center), words=CENTER_IDS),
            "agent_id": Values(calls.agent, words=world.agent_ids),
            "queue": Values(calls.queue, words=QUEUE_NAMES),
            "direction": Values((~inbound).astype(np.int8), words=DIRECTIONS),
            "started_at": calls.at,
            "answered": answered,
            "wait_s": Values(calls.wait, inbound),
            "talk_s": Values(calls.talk * SECONDS_UNIT, answered),
            "hold_s": Values(calls.hold * SECONDS_UNIT, answered),
            "wrap_s": Values(calls.wrap * SECONDS_UNIT, answered),
            "transferred": Values(calls.transferred, answered),
            "transfer_s": Values(calls.transfer * SECONDS_UNIT, calls.transferred),
            "ended_by": Values(calls.ended_by, words=ENDED_BY),
            "customer_id": pseudonyms(calls.customer, world.seed),
            "reason": Values(calls.reason, words=REASONS),
            "resolved": Values(~calls.unresolved, answered & inbound),
            "sold": Values(calls.sold, answered & ~inbound),
        },
    )


def agent_days_table(world: World, center: int, month: np.datetime64, calls: Calls) -> pa.Table:
    """Login and scheduled time of every agent and day at work: handling takes some three quarters of the login."""
    rng = stream(world.seed, Purpose.ROSTER, center, int(month.astype(int)), 1)
    roster, days = calls.roster, days_of(month)
    taken = calls.row >= 0
    cell = calls.row[taken] * len(days) + calls.day[taken]
    handling = (calls.talk + calls.hold + calls.wrap)[taken] + 25 * ~calls.answered[taken]
    busy = np.bincount(cell, handling, minlength=roster.at_work.size).astype(np.int64).reshape(roster.at_work.shape)
    rows, day = np.nonzero(roster.at_work)
    login = (busy[rows, day] / rng.uniform(0.70, 0.82, len(rows)) + rng.uniform(240, 900, len(rows))).astype(np.int64)
    scheduled = (login * rng.uniform(0.97, 1.08, len(rows)) / 900).astype(np.int64) * 900 + 900
    return extract(
        table("agent_days"),
        {
            "agent_id": Values(roster.agents[rows], words=world.agent_ids),
            "center_id": Values(np.full(len(rows), center), words=CENTER_IDS),
            "day": days.astype(np.int64)[day],
            "login_s": login * SECONDS_UNIT,
            "scheduled_s": scheduled * SECONDS_UNIT,
        },
    )


def _rows(roster: Roster, rng: np.random.Generator, day: np.ndarray, slot: np.ndarray, taken: np.ndarray) -> np.ndarray:
    order = np.lexsort((slot[taken], day[taken])) if len(day) else np.zeros(0, np.int64)
    rows = np.full(len(day), -1)
    positions = np.flatnonzero(taken)[order]
    rows[positions] = takers(roster, rng, day[positions], slot[positions])
    return rows


def _durations(rng: np.random.Generator, queue: np.ndarray, answered: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Talk, hold and wrap-up in whole seconds, 0 where not answered."""
    count = len(queue)
    middle = np.log([q.talk_s for q in QUEUES]).astype(np.float32) - np.float32(TALK_SIGMA**2 / 2)
    talk = np.exp(middle[queue] + np.float32(TALK_SIGMA) * rng.standard_normal(count, dtype=np.float32))
    hold = np.where(rng.random(count, dtype=np.float32) < 0.14, 4 + 26 * rng.standard_exponential(count, dtype=np.float32), 0)
    wrap = np.exp(np.float32(2.65) + np.float32(0.6) * rng.standard_normal(count, dtype=np.float32))
    return _whole(answered, talk, 5), _whole(answered, hold), _whole(answered, wrap)


def _whole(answered: np.ndarray, seconds: np.ndarray, least: int = 0) -> np.ndarray:
    return np.where(answered, np.clip(seconds, least, LONGEST_TALK_S), 0).astype(np.int64)


def _waits(rng: np.random.Generator, answered: np.ndarray, short: np.ndarray, busy: np.ndarray) -> np.ndarray:
    """The wait of each call in thousandths, at tenths of a second: ringing only, or ringing and queueing, or until giving up."""
    count = len(answered)
    patience = rng.standard_exponential(count, dtype=np.float32)
    ringing = 1 + 5 * rng.random(count, dtype=np.float32)
    queued = rng.random(count, dtype=np.float32) < QUEUED * busy
    wait = np.where(answered, ringing + queued * QUEUED_S * patience, 5.5 + 45 * patience)
    wait = np.where(short, 0.3 + 4.4 * (ringing - 1) / 5, wait)
    return np.minimum(wait * 10, 6000).astype(np.int64) * 100


def _ended_by(rng: np.random.Generator, answered: np.ndarray, inbound: np.ndarray) -> np.ndarray:
    draw = rng.random(len(answered), dtype=np.float32)
    of_answered = np.searchsorted([0.26, 0.985], draw)  # agent, customer, system
    of_lost = np.where(draw < np.where(inbound, 0.96, 0.45), 1, 2)
    return np.where(answered, of_answered, of_lost)


def _ids(center_id: str, days: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Center, day, and the number of the call on that day."""
    counts = np.bincount(day, minlength=len(days))
    number = np.arange(len(day)) - (np.cumsum(counts) - counts)[day] + 1
    return np.hstack([repeated(center_id, len(day)), day_stamps(days)[day], digits(number)])
