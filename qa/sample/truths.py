"""The true parameters of a sample, for whoever wants to see whether they are found again."""

import numpy as np

from qa.sample.contacts import INBOUND
from qa.sample.effects import BASE_ABANDONED, BASE_FATAL
from qa.sample.marking import waive_share
from qa.sample.places import CENTER_IDS, HEADQUARTERS, PLACES, QUEUE_NAMES
from qa.sample.scales import END
from qa.sample.scorecards import RECORDING, SCORECARDS
from qa.sample.surveys import observed_satisfaction, response_rate
from qa.sample.trainings import attendees
from qa.sample.world import UNRESOLVED, World

COMMON = "agents, teams, centers and evaluators share every chance but those named above; queues differ in talk time and satisfaction, scorecards in difficulty"
CONSEQUENCES = (
    "the trailing center's queue mix also lengthens its mean talk and handling time",
    "the bad agents lower the fatal accuracy, pass rate and mean score of their teams and centers",
    "the lenient evaluator lifts the scores and pass rate of the evaluator's own center, and a little those of the branches headquarters listens to",
    "after the training the trained agents' scores are a little higher",
    "after the step more callers of that queue redial",
)


def truths(world: World) -> dict:
    """Everything that is truly different in the sample, with dates, identifiers and sizes; rates as shares, gaps in points."""
    planted = world.effects.planted
    return {
        "scale": world.scale.name,
        "seed": world.seed,
        "effects": planted,
        "from": str(world.months[0].astype("datetime64[D]")),
        "until": str(END),
        "satisfaction_gap": _satisfaction_gap(world) if planted else None,
        "lenient_evaluator": _lenient_evaluator(world) if planted else None,
        "fatal_agents": _fatal_agents(world) if planted else None,
        "answer_rate_step": _answer_rate_step(world) if planted else None,
        "training": _training(world) if planted else None,
        "biased_samples": {"sample_reasons": ["targeted", "complaint"], "error_risk": world.effects.targeted_risk} if planted else None,
        "common": {
            "fatal_rate": BASE_FATAL,
            "answer_rate": 1 - BASE_ABANDONED,
            "unresolved": UNRESOLVED,
            "item_error_rates": {item.item_id: item.error for card in SCORECARDS for item in card.items if item.error},
            "note": COMMON,
        },
        "consequences": list(CONSEQUENCES) if planted else [],
    }


def _satisfaction_gap(world: World) -> dict:
    """The gap of the trailing center and its parts (Kitagawa, halfway weights), among those who answer and among all callers."""
    center = CENTER_IDS.index(world.effects.trailing_center)
    true = [world.satisfaction(c)[INBOUND] for c in (center, HEADQUARTERS)]
    shares = [world.queue_shares(c)[INBOUND] for c in (center, HEADQUARTERS)]
    answers = [share * response_rate(rate) for share, rate in zip(shares, true, strict=True)]
    names = [name for name, inbound in zip(QUEUE_NAMES, INBOUND, strict=True) if inbound]
    return {
        "center_id": CENTER_IDS[center],
        "headquarters": CENTER_IDS[HEADQUARTERS],
        "method": "sum over queues: mix = (share difference) x (mean rate); performance = (rate difference) x (mean share); points",
        "among_answers": _parts(names, answers, [observed_satisfaction(rate) for rate in true]),
        "among_callers": _parts(names, shares, true),
    }


def _parts(names: list[str], shares: list[np.ndarray], rates: list[np.ndarray]) -> dict:
    mine, theirs = (share / share.sum() for share in shares)
    mix = ((mine - theirs) * (rates[0] + rates[1]) / 2).sum() * 100
    performance = ((rates[0] - rates[1]) * (mine + theirs) / 2).sum() * 100
    return {
        "rate": round(float((mine * rates[0]).sum()), 6),
        "headquarters_rate": round(float((theirs * rates[1]).sum()), 6),
        "gap_points": round(float(mix + performance), 4),
        "mix_points": round(float(mix), 4),
        "performance_points": round(float(performance), 4),
        "queues": [
            {
                "queue": name,
                "share": round(float(a), 6),
                "headquarters_share": round(float(b), 6),
                "rate": round(float(p), 6),
                "headquarters_rate": round(float(q), 6),
            }
            for name, a, b, p, q in zip(names, mine, theirs, *rates, strict=True)
        ],
    }


def _lenient_evaluator(world: World) -> dict:
    effects = world.effects
    return {
        "evaluator_id": effects.lenient_evaluator,
        "center_id": effects.lenient_center,
        "shift_of_full_mark": effects.leniency,
        "waived_share_of_deductions": {card.scorecard_id: round(waive_share(card, effects.leniency, BASE_FATAL), 6) for card in SCORECARDS},
        "note": "fatal errors are never overlooked; the shift holds for samples drawn at random, on every scorecard",
    }


def _fatal_agents(world: World) -> dict:
    center_of = {spell.agent: PLACES[spell.center].center_id for spell in world.people.spells}
    return {
        "base_rate": BASE_FATAL,
        "rate": world.effects.fatal_rate,
        "agents": [{"agent_id": world.agent_ids[agent], "center_id": center_of[agent]} for agent in world.fatal_agents],
    }


def _answer_rate_step(world: World) -> dict:
    effects = world.effects
    return {
        "center_id": effects.step_center,
        "queue": effects.step_queue,
        "day": str(effects.step_day),
        "before": round(1 - BASE_ABANDONED, 6),
        "after": round(1 - effects.abandoned_after, 6),
        "note": "short abandons left out",
    }


def _training(world: World) -> dict:
    effects = world.effects
    item = next(item for item in RECORDING.items if item.item_id == effects.trained_item)
    return {
        "training_id": effects.training_id,
        "center_id": effects.training_center,
        "topic": effects.training_topic,
        "held_on": str(effects.training_day),
        "item_id": item.item_id,
        "scorecard_id": RECORDING.scorecard_id,
        "item_name": item.name,
        "error_rate_before": item.error,
        "error_rate_after": effects.item_error_after,
        "agents": [world.agent_ids[agent] for agent in attendees(world)],
        "note": "calls from the day after; as first marked, before leniency and appeals",
    }
