"""Complaints about calls, and how they were handled."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from qa.contract import table
from qa.sample.calls import Calls
from qa.sample.columns import Values, extract
from qa.sample.contacts import DAY_S
from qa.sample.evaluations import END_S, LONGEST_TO_COMPLAIN
from qa.sample.identifiers import numbered
from qa.sample.places import CENTER_IDS
from qa.sample.randomness import Purpose, stream
from qa.sample.words import COMPLAINT_CATEGORIES
from qa.sample.world import World

COMPLAINED = 0.0012
CATEGORY_SHARES = (0.24, 0.20, 0.26, 0.18, 0.08, 0.04)
UPHELD = 0.38
DAYS_TO_CLOSE = 7


@dataclass
class Complaints:
    """Complaints of a center and month; ``call``: positions in the month's calls."""

    call: np.ndarray
    received_at: np.ndarray
    closed_at: np.ndarray
    category: np.ndarray
    upheld: np.ndarray


def make_complaints(world: World, center: int, month: np.datetime64, calls: Calls) -> Complaints:
    """The complaints about the calls of ``center`` in ``month``: the same chance for every answered inbound call."""
    rng = stream(world.seed, Purpose.COMPLAINTS, center, int(month.astype(int)))
    able = np.flatnonzero(calls.answered & calls.inbound)
    call = able[rng.random(len(able), dtype=np.float32) < COMPLAINED]
    took_to_complain = np.minimum(600 + rng.exponential(0.6 * DAY_S, len(call)), LONGEST_TO_COMPLAIN * DAY_S)
    received = calls.ended_at[call] + took_to_complain.astype(np.int64)
    call, received = call[received < END_S], received[received < END_S]
    count = len(call)
    in_time = rng.random(count) < 0.955
    took = np.where(in_time, rng.uniform(0.3, 6.8, count), rng.uniform(7.2, 16, count)) * DAY_S
    category = rng.choice(len(CATEGORY_SHARES), count, p=CATEGORY_SHARES)
    return Complaints(call, received, received + took.astype(np.int64), category, rng.random(count) < UPHELD)


def complaints_table(world: World, center: int, month: np.datetime64, calls: Calls, made: Complaints) -> pa.Table:
    """The complaints; what is still open when the sample ends is neither closed nor decided."""
    count = len(made.call)
    closed = made.closed_at < END_S
    stamp = str(month)[2:].replace("-", "")
    return extract(
        table("complaints"),
        {
            "complaint_id": numbered(f"TS{CENTER_IDS[center]}{stamp}", np.arange(1, count + 1)),
            "call_id": calls.ids[made.call],
            "agent_id": Values(calls.agent[made.call], words=world.agent_ids),
            "center_id": Values(np.full(count, center), words=CENTER_IDS),
            "received_at": made.received_at,
            "category": Values(made.category, words=COMPLAINT_CATEGORIES),
            "upheld": Values(made.upheld, closed),
            "due_at": made.received_at + DAYS_TO_CLOSE * DAY_S,
            "closed_at": Values(made.closed_at, closed),
        },
    )
