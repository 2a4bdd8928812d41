"""Evaluations of a center's month: who evaluated what, the marks, appeals, calibrations."""

from dataclasses import dataclass, field

import numpy as np

from qa.contract.facts_quality import KINDS, SAMPLE_REASONS, STATUSES
from qa.sample.calls import Calls
from qa.sample.contacts import DAY_S
from qa.sample.effects import BASE_FATAL
from qa.sample.marking import Marks, mark, one_error_lifted, seen_by_others, waive_share, waived
from qa.sample.places import HEADQUARTERS
from qa.sample.plans import Plan, make_plan
from qa.sample.randomness import Purpose, stream
from qa.sample.scales import END
from qa.sample.scorecards import RECORDING, SCORECARDS, Scorecard
from qa.sample.trainings import attendees
from qa.sample.world import World

END_S = int(END.astype("datetime64[s]").astype(np.int64))
BY_HEADQUARTERS = 0.10
RETRACTED, DRAFT = 0.012, 0.006
APPEALED, UPHELD = 0.07, 0.33
LONGEST_TO_COMPLAIN = 2  # days
BIASED_REASONS = tuple(SAMPLE_REASONS.index(reason) for reason in ("targeted", "complaint"))


@dataclass
class Evaluations:
    """Evaluations, an array a field; times in seconds since 1970 (0: never), scores in ten-thousandths.

    ``call``: position in the month's calls or -1; ``calibration``: its number in the month, or -1.
    ``marks``: for each scorecard the positions of its evaluations and their marks.
    """

    call: np.ndarray
    agent: np.ndarray
    evaluator: np.ndarray
    card: np.ndarray
    kind: np.ndarray
    reason: np.ndarray
    call_at: np.ndarray
    evaluated_at: np.ndarray
    released_at: np.ndarray
    status: np.ndarray
    appealed_at: np.ndarray
    appeal_closed_at: np.ndarray
    upheld: np.ndarray
    calibration: np.ndarray
    original: np.ndarray
    score: np.ndarray
    full: np.ndarray
    passed: np.ndarray
    fatal: np.ndarray
    errors: np.ndarray
    opportunities: np.ndarray
    marks: list[tuple[np.ndarray, Marks]] = field(default_factory=list)

    @property
    def counted(self) -> np.ndarray:
        """Which are released and no calibration."""
        return (self.status == STATUSES.index("released")) & (self.calibration < 0)


def make_evaluations(world: World, center: int, month: np.datetime64, calls: Calls, complained: np.ndarray) -> Evaluations:
    """The evaluations of the calls of ``center`` in ``month``; some are made in the next month."""
    rng = stream(world.seed, Purpose.EVALUATIONS, center, int(month.astype(int)))
    plan = make_plan(world, center, month, calls, complained, rng)
    ends = np.where(plan.call >= 0, calls.ended_at[plan.call], plan.call_at + 300)
    evaluations = _planned(plan, calls.roster.agents[plan.row], _evaluators(world, center, len(plan.row), rng), ends, rng)
    for number, card in enumerate(SCORECARDS):
        here = np.flatnonzero(evaluations.card == number)
        marks = _marks(world, card, evaluations, here, rng)
        _record(evaluations, here, _after_appeals(evaluations, here, marks, rng))
    return _with_calibrations(world, center, month, calls, evaluations)


def _planned(plan: Plan, agents: np.ndarray, evaluators: np.ndarray, ends: np.ndarray, rng: np.random.Generator) -> Evaluations:
    count = len(agents)
    at_once = np.isin(plan.kind, [KINDS.index("live"), KINDS.index("side_by_side")])
    lag = rng.integers(1, 7, count) + LONGEST_TO_COMPLAIN * (plan.reason == SAMPLE_REASONS.index("complaint"))
    later = (ends // DAY_S + lag) * DAY_S + rng.integers(9 * 3600, 18 * 3600, count)
    evaluated = np.where(at_once, ends + rng.integers(120, 1500, count), later)
    status = np.searchsorted([1 - RETRACTED - DRAFT, 1 - DRAFT], rng.random(count), side="right")
    released = evaluated + rng.integers(600, 20 * 3600, count)
    status[released >= END_S] = STATUSES.index("draft")
    released[status == STATUSES.index("draft")] = 0
    zero = np.zeros(count, dtype=np.int64)
    return Evaluations(
        plan.call, agents, evaluators, plan.card, plan.kind, plan.reason, plan.call_at, evaluated, released, status,
        zero.copy(), zero.copy(), np.zeros(count, bool), zero - 1, zero.copy(), zero.copy(), zero.copy(), np.zeros(count, bool),
        zero.copy(), zero.copy(), zero.copy(),
    )  # fmt: skip


def _evaluators(world: World, center: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """The center's own evaluators in turn by lot; headquarters listens to a tenth of the branches' samples."""
    own = rng.choice(world.evaluators[center], count)
    return np.where(rng.random(count) < BY_HEADQUARTERS, rng.choice(world.evaluators[HEADQUARTERS], count), own)


def _marks(world: World, card: Scorecard, evaluations: Evaluations, here: np.ndarray, rng: np.random.Generator) -> Marks:
    effects = world.effects
    risk = np.where(np.isin(evaluations.reason[here], BIASED_REASONS), effects.targeted_risk, 1.0)
    chances = _chances(world, card, evaluations, here) if card is RECORDING and effects.planted else None
    marks = mark(rng, card, world.fatal_rates(evaluations.agent[here]), risk, chances)
    return waived(rng, marks, _overlooking(world, card, evaluations.evaluator[here]))


def _chances(world: World, card: Scorecard, evaluations: Evaluations, here: np.ndarray) -> np.ndarray:
    """The chance of each error, calls by items: the trained item's changes for those trained."""
    chances = np.tile(card.column("error"), (len(here), 1))
    after = evaluations.call_at[here] // DAY_S > int(world.effects.training_day.astype(np.int64))
    trained = after & np.isin(evaluations.agent[here], attendees(world))
    chances[trained, list(card.column("item_id")).index(world.effects.trained_item)] = world.effects.item_error_after
    return chances


def _overlooking(world: World, card: Scorecard, evaluators: np.ndarray) -> np.ndarray:
    return np.where(evaluators == world.lenient_code, waive_share(card, world.effects.leniency, BASE_FATAL), 0.0)


def _after_appeals(evaluations: Evaluations, here: np.ndarray, marks: Marks, rng: np.random.Generator) -> Marks:
    """``marks`` after appeals within a day of the release; what is not decided when the sample ends stays open."""
    count = len(here)
    released = evaluations.released_at[here]
    appealed = (evaluations.status[here] == 0) & marks.error.any(axis=1) & (rng.random(count) < APPEALED)
    appealed_at = np.where(appealed, released + rng.integers(1800, 20 * 3600, count), 0)
    closed_at = appealed_at + rng.integers(DAY_S, 4 * DAY_S, count)
    appealed_at = np.where(appealed_at < END_S, appealed_at, 0)
    decided = (appealed_at > 0) & (closed_at < END_S)
    upheld = decided & (rng.random(count) < UPHELD)
    evaluations.appealed_at[here] = appealed_at
    evaluations.appeal_closed_at[here] = np.where(decided, closed_at, 0)
    evaluations.upheld[here] = upheld
    evaluations.original[here] = marks.points.sum(axis=1)
    return one_error_lifted(rng, marks, upheld)


def _record(evaluations: Evaluations, here: np.ndarray, marks: Marks) -> None:
    evaluations.score[here] = marks.points.sum(axis=1)
    evaluations.full[here] = marks.full
    evaluations.passed[here] = marks.passed
    evaluations.fatal[here] = marks.fatal.sum(axis=1)
    evaluations.errors[here] = marks.error.sum(axis=1)
    evaluations.opportunities[here] = marks.opportunities
    evaluations.marks.append((here, marks))


def _with_calibrations(world: World, center: int, month: np.datetime64, calls: Calls, evaluations: Evaluations) -> Evaluations:
    """``evaluations`` and the calibrations after them: a few calls, each marked by every evaluator of the center and one of headquarters."""
    rng = stream(world.seed, Purpose.CALIBRATIONS, center, int(month.astype(int)))
    group = world.evaluators[center]
    raters = np.array(group if center == HEADQUARTERS else [world.evaluators[HEADQUARTERS][0], *group])
    able = np.flatnonzero(calls.answered & calls.inbound)
    chosen = np.sort(rng.choice(able, min(len(able), world.scale.calibrations), replace=False))
    call = np.repeat(chosen, len(raters))
    evaluator = np.tile(raters, len(chosen))
    number = np.repeat(np.arange(len(chosen)), len(raters))
    agent, ends = calls.agent[call], calls.ended_at[call]
    plan = Plan(call * 0, call, call * 0 + KINDS.index("recording"), call * 0 + SAMPLE_REASONS.index("random"), call * 0, calls.at[call])
    made = _planned(plan, agent, evaluator, ends, rng)
    made.status[:] = STATUSES.index("released")
    made.calibration[:] = number
    made.evaluated_at[:] = (calls.at[call] // DAY_S + 3) * DAY_S + 14 * 3600 + 300 * np.arange(len(call))
    made.released_at[:] = made.evaluated_at + 3600
    truth = mark(rng, RECORDING, world.fatal_rates(calls.agent[chosen]), np.ones(len(chosen)))
    whole = Marks(RECORDING, truth.lost[number], truth.error[number], truth.absent[number], truth.fatal[number])
    marks = waived(rng, seen_by_others(rng, whole), _overlooking(world, RECORDING, evaluator))
    _record(made, np.arange(len(call)), marks)
    return _joined(evaluations, made)


def _joined(first: Evaluations, second: Evaluations) -> Evaluations:
    names = [name for name in first.__dataclass_fields__ if name != "marks"]
    shifted = [(here + len(first.call), marks) for here, marks in second.marks]
    return Evaluations(**{name: np.concatenate([getattr(first, name), getattr(second, name)]) for name in names}, marks=first.marks + shifted)
