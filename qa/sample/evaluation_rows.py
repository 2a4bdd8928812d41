"""Evaluations and their items as the contract has them."""

import numpy as np
import pyarrow as pa

from qa.contract import table
from qa.contract.facts_quality import KINDS, SAMPLE_REASONS, STATUSES
from qa.sample.calls import Calls
from qa.sample.columns import Values, extract
from qa.sample.contacts import DAY_S
from qa.sample.evaluations import Evaluations
from qa.sample.identifiers import numbered
from qa.sample.marking import Marks
from qa.sample.places import CENTER_IDS
from qa.sample.scorecards import FIRST_ITEM, ITEM_COMMENTS, ITEM_IDS, SCORECARDS
from qa.sample.world import World

SCORECARD_IDS = tuple(card.scorecard_id for card in SCORECARDS)


def evaluation_ids(center: int, month: np.datetime64, count: int) -> np.ndarray:
    """A row of bytes for each evaluation of ``center`` in ``month``."""
    stamp = str(month)[2:].replace("-", "")
    return numbered(f"ZJ{CENTER_IDS[center]}{stamp}", np.arange(1, count + 1))


def evaluations_table(world: World, center: int, month: np.datetime64, calls: Calls, made: Evaluations) -> pa.Table:
    """The evaluations; those whose card says so leave ``passed`` to its rule."""
    count = len(made.call)
    said = np.array([card.says_passed for card in SCORECARDS])
    appealed, closed = made.appealed_at > 0, made.appeal_closed_at > 0
    return extract(
        table("evaluations"),
        {
            "evaluation_id": evaluation_ids(center, month, count),
            "call_id": Values(calls.ids[made.call], made.call >= 0),
            "agent_id": Values(made.agent, words=world.agent_ids),
            "center_id": Values(np.full(count, center), words=CENTER_IDS),
            "evaluator_id": Values(made.evaluator, words=world.evaluator_ids),
            "scorecard_id": Values(made.card, words=SCORECARD_IDS),
            "kind": Values(made.kind, words=KINDS),
            "sample_reason": Values(made.reason, words=SAMPLE_REASONS),
            "session_id": _sessions(world, month, made),
            "call_at": made.call_at,
            "evaluated_at": made.evaluated_at,
            "released_at": Values(made.released_at, made.released_at > 0),
            "score": made.score,
            "full_mark": made.full,
            "passed": Values(made.passed, said[made.card]),
            "fatal_errors": made.fatal,
            "nonfatal_errors": made.errors,
            "opportunities": made.opportunities,
            "version": (made.upheld | (made.status == STATUSES.index("retracted"))).astype(np.int64),
            "status": Values(made.status, words=STATUSES),
            "appealed_at": Values(made.appealed_at, appealed),
            "appeal_closed_at": Values(made.appeal_closed_at, closed),
            "appeal_upheld": Values(made.upheld, closed),
            "original_score": Values(made.original, closed),
            "calibration_id": _calibrations(center, month, made),
        },
    )


def items_table(center: int, month: np.datetime64, made: Evaluations) -> pa.Table:
    """The items of the evaluations, card by card."""
    ids = evaluation_ids(center, month, len(made.call))
    return pa.concat_tables([_items_of_card(ids[here], marks) for here, marks in made.marks])


def items_owners(made: Evaluations) -> np.ndarray:
    """The evaluation that each row of ``items_table`` belongs to."""
    return np.concatenate([np.repeat(here, marks.lost.shape[1]) for here, marks in made.marks])


def _items_of_card(ids: np.ndarray, marks: Marks) -> pa.Table:
    rows, items = marks.lost.shape
    item = np.tile(np.arange(items) + FIRST_ITEM[SCORECARDS.index(marks.card)], rows)
    applies = ~marks.absent.ravel()
    wrong = (marks.error | marks.fatal).ravel()
    bonus = ((marks.card.column("kind") == "bonus") & (marks.lost < 0)).ravel()
    return extract(
        table("evaluation_items"),
        {
            "evaluation_id": np.repeat(ids, items, axis=0),
            "item_id": Values(item, words=ITEM_IDS),
            "points": Values(marks.points.ravel(), applies),
            "full_mark": np.tile(marks.card.units, rows),
            "errors": wrong.astype(np.int64),
            "fatal": marks.fatal.ravel(),
            "not_applicable": ~applies,
            "comment": Values(np.where(wrong | bonus, item, -1), words=ITEM_COMMENTS),
        },
    )


def _sessions(world: World, month: np.datetime64, made: Evaluations) -> Values:
    """The listening session: the agent's live or recorded one of the half-month."""
    half = (made.call_at // DAY_S - int(month.astype("datetime64[D]").astype(np.int64)) >= 15).astype(np.int64)
    live = made.kind == KINDS.index("live")
    regular = (live | (made.kind == KINDS.index("recording"))) & (made.calibration < 0)
    stamp = str(month).replace("-", "")
    words = tuple(f"{agent}-{stamp}{part}{way}" for agent in world.agent_ids for part in "AB" for way in ("L", "R"))
    return Values(np.where(regular, made.agent * 4 + half * 2 + ~live, -1), words=words)


def _calibrations(center: int, month: np.datetime64, made: Evaluations) -> Values:
    stamp = str(month).replace("-", "")
    words = tuple(f"JZ-{CENTER_IDS[center]}-{stamp}-{number + 1}" for number in range(max(1, int(made.calibration.max(initial=-1)) + 1)))
    return Values(made.calibration, words=words)
