"""Coaching that follows failed evaluations: interview or plan, then a recheck."""

from dataclasses import dataclass, fields

import numpy as np
import pyarrow as pa

from qa.contract import table
from qa.contract.facts_follow_up import COACHING_KINDS
from qa.sample.columns import Values, extract
from qa.sample.contacts import DAY_S
from qa.sample.evaluation_rows import evaluation_ids
from qa.sample.evaluations import END_S, Evaluations
from qa.sample.identifiers import numbered
from qa.sample.places import CENTER_IDS
from qa.sample.randomness import Purpose, stream
from qa.sample.scorecards import FIRST_ITEM, ITEM_NAMES, SCORECARDS
from qa.sample.world import World

COACHED, RECHECKED = 0.85, 0.75
KIND_SHARES = (0.62, 0.30, 0.08)  # interview, plan, training
COACHING_KIND_CODES = np.array([COACHING_KINDS.index(kind) for kind in ("interview", "plan", "training")])
DAYS_TO_CLOSE, DAYS_TO_RECHECK = 14, 10


@dataclass
class _Coaching:
    evaluation: np.ndarray
    kind: np.ndarray
    topic: np.ndarray
    opened_at: np.ndarray
    due_at: np.ndarray
    closed_at: np.ndarray
    passed: np.ndarray


def coaching_table(world: World, center: int, month: np.datetime64, made: Evaluations) -> pa.Table:
    """The coaching opened on the evaluations of ``center`` in ``month``; what comes after the sample's end is left out."""
    rng = stream(world.seed, Purpose.COACHING, center, int(month.astype(int)))
    failed = np.flatnonzero(made.counted & ~made.passed & (made.evaluated_at < END_S))
    coached = failed[rng.random(len(failed)) < COACHED]
    first = _opened(rng, made, coached)
    again = _rechecked(rng, first)
    both = _Coaching(*(np.concatenate([getattr(first, f.name), getattr(again, f.name)]) for f in fields(_Coaching)))
    kept = both.opened_at < END_S
    rows = _Coaching(*(getattr(both, f.name)[kept] for f in fields(_Coaching)))
    return _table(world, center, month, made, rows)


def _opened(rng: np.random.Generator, made: Evaluations, coached: np.ndarray) -> _Coaching:
    count = len(coached)
    opened = made.evaluated_at[coached] + rng.integers(DAY_S // 2, 3 * DAY_S, count)
    due = opened + DAYS_TO_CLOSE * DAY_S
    in_time = rng.random(count) < 0.92
    took = np.where(in_time, rng.uniform(1, 13.5, count), rng.uniform(14.5, 30, count)) * DAY_S
    kind = rng.choice(COACHING_KIND_CODES, count, p=KIND_SHARES)
    return _Coaching(coached, kind, _worst_items(made)[coached], opened, due, opened + took.astype(np.int64), np.ones(count, dtype=bool))


def _rechecked(rng: np.random.Generator, first: _Coaching) -> _Coaching:
    again = (rng.random(len(first.evaluation)) < RECHECKED) & (first.closed_at < END_S)
    count = int(again.sum())
    opened = first.closed_at[again] + rng.integers(DAY_S, 4 * DAY_S, count)
    took = (rng.uniform(1, 10.4, count) * DAY_S).astype(np.int64)
    kind = np.full(count, COACHING_KINDS.index("recheck"))
    passed = rng.random(count) < 0.86
    return _Coaching(first.evaluation[again], kind, first.topic[again], opened, opened + DAYS_TO_RECHECK * DAY_S, opened + took, passed)


def _worst_items(made: Evaluations) -> np.ndarray:
    """For each evaluation the item that cost most, a fatal one first."""
    worst = np.zeros(len(made.call), dtype=np.int64)
    for here, marks in made.marks:
        worst[here] = FIRST_ITEM[SCORECARDS.index(marks.card)] + (marks.lost + marks.fatal * 10**9).argmax(axis=1)
    return worst


def _table(world: World, center: int, month: np.datetime64, made: Evaluations, rows: _Coaching) -> pa.Table:
    count = len(rows.evaluation)
    closed = rows.closed_at < END_S
    stamp = str(month)[2:].replace("-", "")
    recheck = rows.kind == COACHING_KINDS.index("recheck")
    return extract(
        table("coaching"),
        {
            "coaching_id": numbered(f"FD{CENTER_IDS[center]}{stamp}", np.arange(1, count + 1)),
            "agent_id": Values(made.agent[rows.evaluation], words=world.agent_ids),
            "center_id": Values(np.full(count, center), words=CENTER_IDS),
            "evaluation_id": evaluation_ids(center, month, len(made.call))[rows.evaluation],
            "kind": Values(rows.kind, words=COACHING_KINDS),
            "topic": Values(rows.topic, words=ITEM_NAMES),
            "opened_at": rows.opened_at,
            "due_at": rows.due_at,
            "closed_at": Values(rows.closed_at, closed),
            "passed": Values(rows.passed, closed & recheck),
        },
    )
