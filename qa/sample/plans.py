"""Which calls are listened to: the monitoring plan of a month, as a list of what is to be evaluated."""

from dataclasses import dataclass, fields

import numpy as np

from qa.contract.facts_quality import KINDS, SAMPLE_REASONS
from qa.sample.calls import Calls
from qa.sample.contacts import DAY_S
from qa.sample.places import CALL_BACK_QUEUE, CENTER_IDS, SALES_QUEUE
from qa.sample.scorecards import CALL_BACK, OUTBOUND, RECORDING, SCORECARDS, THREE_PART, WORK_ORDER
from qa.sample.shapes import days_of
from qa.sample.trainings import attendees
from qa.sample.world import World

LIVE_A_MONTH = 2
TRAINING_DRAWS, NEW_HIRE_DRAWS = 5, 5  # some of them fall outside the days asked for, and are dropped
NEW_HIRE_DAYS = 30
WITHOUT_CALL = (KINDS.index("mystery"), KINDS.index("document"))


@dataclass
class Plan:
    """What is to be evaluated, an array a field: roster row, call (-1 for none), kind, reason, scorecard, time of the call."""

    row: np.ndarray
    call: np.ndarray
    kind: np.ndarray
    reason: np.ndarray
    card: np.ndarray
    call_at: np.ndarray

    def take(self, which: np.ndarray) -> "Plan":
        """The entries that ``which`` picks."""
        return Plan(*(getattr(self, f.name)[which] for f in fields(self)))


def make_plan(world: World, center: int, month: np.datetime64, calls: Calls, complained: np.ndarray, rng: np.random.Generator) -> Plan:
    """The plan of ``center`` in ``month``; ``complained``: the calls somebody complained about. No call is evaluated twice."""
    groups = _groups(world, center, month, calls, rng)
    row = np.concatenate([rows for rows, _, _ in groups])
    kind = np.concatenate([np.full(len(rows), KINDS.index(kind)) for rows, kind, _ in groups])
    reason = np.concatenate([np.full(len(rows), SAMPLE_REASONS.index(reason)) for rows, _, reason in groups])
    row = np.concatenate([row, calls.row[complained]])
    call = np.concatenate([_random_calls(calls, row[: len(kind)], rng), complained])
    kind = np.concatenate([kind, np.full(len(complained), KINDS.index("recording"))])
    reason = np.concatenate([reason, np.full(len(complained), SAMPLE_REASONS.index("complaint"))])
    without_call = np.isin(kind, WITHOUT_CALL)  # a call on the same working day stands for the time of the mystery call or the work order
    call_at, call = calls.at[call] + 900 * without_call, np.where(without_call, -1, call)
    plan = Plan(row, call, kind, reason, _cards(calls, call, kind), call_at)
    return plan.take(_once(plan) & _in_training_time(world, plan) & _newly_there(world, plan, calls))


def _groups(world: World, center: int, month: np.datetime64, calls: Calls, rng: np.random.Generator) -> list[tuple[np.ndarray, str, str]]:
    rows = np.flatnonzero(np.bincount(calls.row[calls.answered], minlength=len(calls.roster.agents)))
    everyone = np.repeat(rows, world.scale.recordings // 2)
    groups = [
        (everyone, "recording", "quota"),
        (everyone, "recording", "random"),
        (np.repeat(rows, LIVE_A_MONTH), "live", "quota"),
        (np.repeat(rows, rng.poisson(0.6, len(rows))), "recording", "targeted"),
        (np.repeat(rows, rng.poisson(0.12, len(rows))), "recording", "recheck"),
        (rows[rng.random(len(rows)) < 0.08], "mystery", "random"),
        (rows[rng.random(len(rows)) < 0.8], "document", "random"),
        (np.repeat(_newly_confirmed(world, rows, calls, month), NEW_HIRE_DRAWS), "side_by_side", "new_hire"),
    ]
    held = world.effects.training_day.astype("datetime64[M]")
    if CENTER_IDS[center] == world.effects.training_center and month in (held, held + 1):
        trained = rows[np.isin(calls.roster.agents[rows], attendees(world))]
        groups.append((np.repeat(trained, TRAINING_DRAWS), "recording", "training_before" if month == held else "training_after"))
    return groups


def _newly_confirmed(world: World, rows: np.ndarray, calls: Calls, month: np.datetime64) -> np.ndarray:
    """The rows of agents most of whose first days after confirmation lie in ``month``."""
    first = int(days_of(month)[0].astype(np.int64))
    since = first - _confirmed(world, calls)[rows]
    return rows[(since <= NEW_HIRE_DAYS // 3) & (since > -NEW_HIRE_DAYS // 2)]


def _confirmed(world: World, calls: Calls) -> np.ndarray:
    """The day each roster row's agent was confirmed, 0 for not at all."""
    return np.array([world.people.agents[agent].confirmed or 0 for agent in calls.roster.agents])


def _newly_there(world: World, plan: Plan, calls: Calls) -> np.ndarray:
    """Drops what is called a sample of a new hire and lies outside the first days after confirmation."""
    since = plan.call_at // DAY_S - _confirmed(world, calls)[plan.row]
    return (plan.reason != SAMPLE_REASONS.index("new_hire")) | ((since >= 0) & (since < NEW_HIRE_DAYS))


def _random_calls(calls: Calls, row: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A random answered call of each roster row."""
    answered = np.flatnonzero(calls.answered)
    by_row = answered[np.argsort(calls.row[answered], kind="stable")]
    counts = np.bincount(calls.row[answered], minlength=len(calls.roster.agents))
    first = np.cumsum(counts) - counts
    return by_row[first[row] + (rng.random(len(row)) * counts[row]).astype(np.int64)]


def _cards(calls: Calls, call: np.ndarray, kind: np.ndarray) -> np.ndarray:
    place = {card.scorecard_id: n for n, card in enumerate(SCORECARDS)}
    queue = np.where(call >= 0, calls.queue[call], -1)
    card = np.full(len(call), place[RECORDING.scorecard_id])
    card[queue == SALES_QUEUE] = place[OUTBOUND.scorecard_id]
    card[queue == CALL_BACK_QUEUE] = place[CALL_BACK.scorecard_id]
    card[kind == KINDS.index("live")] = place[THREE_PART.scorecard_id]
    card[kind == KINDS.index("document")] = place[WORK_ORDER.scorecard_id]
    return card


def _once(plan: Plan) -> np.ndarray:
    first = np.zeros(len(plan.call), dtype=bool)
    first[np.unique(plan.call, return_index=True)[1]] = True
    return first | (plan.call < 0)


def _in_training_time(world: World, plan: Plan) -> np.ndarray:
    """Drops what is called "before" or "after" a training and is not."""
    held = int(world.effects.training_day.astype(np.int64))
    day = plan.call_at // DAY_S
    before, after = (plan.reason == SAMPLE_REASONS.index(f"training_{when}") for when in ("before", "after"))
    return ~(before & (day >= held)) & ~(after & (day <= held))
