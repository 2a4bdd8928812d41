"""Surveys sent after answered inbound calls, and the answers of those who gave one."""

import numpy as np
import pyarrow as pa

from qa.contract import table
from qa.sample.calls import Calls
from qa.sample.columns import NUMBER_UNIT, Values, extract
from qa.sample.identifiers import repeated
from qa.sample.places import CENTER_IDS, QUEUE_NAMES
from qa.sample.randomness import Purpose, stream
from qa.sample.words import CHANNELS, COMPLAINTS_OF_CUSTOMERS, DISSATISFACTION, PRAISE_OF_CUSTOMERS
from qa.sample.world import UNRESOLVED, World

INVITED = 0.60
RESPONDS_SATISFIED, RESPONDS_DISSATISFIED = 0.36, 0.42  # the dissatisfied are a little keener to answer
RESOLUTION_GAP = 0.25  # how much likelier a caller is satisfied when the matter was resolved
SAYS_RESOLVED, SAYS_RESOLVED_WRONGLY = 0.985, 0.22
TEN_POINT_CENTERS = ("XA",)  # ask on a scale of 10 and say themselves who counts as satisfied
COMMENTS = COMPLAINTS_OF_CUSTOMERS + PRAISE_OF_CUSTOMERS


def observed_satisfaction(satisfied: np.ndarray) -> np.ndarray:
    """The expected satisfaction rate among those who answer, where ``satisfied`` is the true rate of all callers."""
    answers = satisfied * RESPONDS_SATISFIED
    return answers / (answers + (1 - satisfied) * RESPONDS_DISSATISFIED)


def response_rate(satisfied: np.ndarray) -> np.ndarray:
    """The expected share of surveys answered, where ``satisfied`` is the true rate of all callers."""
    return satisfied * RESPONDS_SATISFIED + (1 - satisfied) * RESPONDS_DISSATISFIED


def surveys_table(world: World, center: int, month: np.datetime64, calls: Calls) -> pa.Table:
    """The surveys on ``calls``, answered or not."""
    rng = stream(world.seed, Purpose.SURVEYS, center, int(month.astype(int)))
    asked = np.flatnonzero(calls.answered & calls.inbound)
    asked = asked[rng.random(len(asked), dtype=np.float32) < INVITED]
    count = len(asked)
    unresolved = calls.unresolved[asked]
    chance = world.satisfaction(center)[calls.queue[asked]] + RESOLUTION_GAP * (UNRESOLVED - unresolved)
    satisfied = rng.random(count) < chance
    responds = rng.random(count, dtype=np.float32) < np.where(satisfied, RESPONDS_SATISFIED, RESPONDS_DISSATISFIED)
    sent_at = calls.ended_at[asked] + 5
    scale = 10 if CENTER_IDS[center] in TEN_POINT_CENTERS else 5
    words = _words(rng, satisfied, responds)
    resolved_draw = rng.random(count, dtype=np.float32)
    return extract(
        table("surveys"),
        {
            "survey_id": np.hstack([repeated("P", count), calls.ids[asked]]),
            "call_id": calls.ids[asked],
            "agent_id": Values(calls.agent[asked], words=world.agent_ids),
            "center_id": Values(np.full(count, center), words=CENTER_IDS),
            "queue": Values(calls.queue[asked], words=QUEUE_NAMES),
            "channel": Values(np.searchsorted([0.78, 0.93], rng.random(count, dtype=np.float32)), words=CHANNELS),
            "sent_at": sent_at,
            "answered_at": Values(sent_at + rng.integers(4, 420, count), responds),
            "score": Values(_stars(rng, satisfied) * (scale // 5) * NUMBER_UNIT, responds),
            "scale_max": np.full(count, scale * NUMBER_UNIT),
            "satisfied": Values(satisfied, responds & (scale != 5)),
            "resolved_first_time": Values(
                resolved_draw < np.where(unresolved, SAYS_RESOLVED_WRONGLY, SAYS_RESOLVED), responds & (rng.random(count, dtype=np.float32) < 0.86)
            ),
            **words,
        },
    )


def _stars(rng: np.random.Generator, satisfied: np.ndarray) -> np.ndarray:
    """One to five stars; four and five are satisfied."""
    draw = rng.random(len(satisfied), dtype=np.float32)
    return np.where(satisfied, 4 + (draw < 0.72), 1 + np.searchsorted([0.26, 0.46], draw))


def _words(rng: np.random.Generator, satisfied: np.ndarray, responds: np.ndarray) -> dict[str, Values]:
    """Why customers were dissatisfied, and what some of them said."""
    count = len(satisfied)
    reason = np.searchsorted(np.cumsum([0.24, 0.22, 0.15, 0.13, 0.11, 0.09]), rng.random(count))
    gives_reason = responds & ~satisfied & (rng.random(count, dtype=np.float32) < 0.72)
    comments = responds & (rng.random(count, dtype=np.float32) < np.where(satisfied, 0.05, 0.34))
    praise = len(COMPLAINTS_OF_CUSTOMERS) + rng.integers(0, len(PRAISE_OF_CUSTOMERS), count)
    return {
        "reason": Values(reason, gives_reason, DISSATISFACTION),
        "comment": Values(np.where(satisfied, praise, reason), comments, COMMENTS),
    }
