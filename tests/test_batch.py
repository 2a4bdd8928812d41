"""Questions asked in one batch get what each gets by itself."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from polars.testing import assert_frame_equal

from qa.batch import batches
from qa.filters import Filters
from qa.headlines import AGENT_METRICS, HEADLINES
from qa.metrics import METRICS
from qa.query import Question, obstacle, questions
from qa.warehouse import Warehouse
from tests.oracle import random_tables
from tests.support.world import World

GROUPINGS = ((), ("center",), ("center", "month"), ("month",), ("week",), ("center", "day"), ("queue",), ("center", "team", "agent"))


def asked(rng: Random, warehouse: Warehouse) -> list:
    """Questions of several groupings and periods that overlap, one of them empty, some of one center only."""
    found = []
    queues = tuple(warehouse.known("queue", "calls_by_center_day", None)["queue"].unique().sort()[:1])
    first = warehouse.span.first_day
    keys = (*HEADLINES, *AGENT_METRICS, "complaint_rate", "plan_completion")
    for by in GROUPINGS:
        start = first + timedelta(days=rng.randrange(-10, 40))
        filters = Filters(start, start + timedelta(days=rng.randrange(1, 60)), month_start=rng.choice([1, 21]))
        overlapping = filters.during(start + timedelta(days=9), start + timedelta(days=30))
        empty = filters.during(date(1999, 1, 1), date(1999, 2, 1))
        for one in (filters, overlapping, empty, filters.during(None, None)):
            one = replace(one, date_basis=rng.choice(["evaluated", "call"]), queues=rng.choice([None, queues]) if "agent" not in by else None)
            scope = rng.choice([None, frozenset(warehouse.centers["center_id"][:1])])
            askable = [key for key in dict.fromkeys(keys) if not obstacle(METRICS[key], by, one)]
            found += questions(askable, by, one, scope)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_a_batch_answers_as_each_question_alone(tmp_path: Path, seed: int):
    rng = Random(seed)
    world = World(tmp_path)
    world.tables = random_tables(seed)
    together = world.warehouse()
    alone = Warehouse.open(tmp_path)
    found = asked(rng, together)
    together.ahead(found)
    for question in found:
        expected = alone.sums(question)
        assert_frame_equal(together.sums(question).select(expected.columns), expected, check_exact=False, abs_tol=0, rel_tol=1e-12)


def test_the_same_groups_in_another_order_give_no_row_twice(tmp_path: Path):
    world = World(tmp_path)
    world.tables = random_tables(0)
    together = world.warehouse()
    found = [Question(("answer_rate",), by, Filters(), None) for by in (("center", "month"), ("month", "center"))]
    for batch in batches(found, together.measures):
        for question, rows in batch.answers(together._sums._run(batch.query)):
            assert not rows.select(question.by).is_duplicated().any()
