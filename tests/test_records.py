"""The key of a single record, and the way from a row behind a number to it."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.behind import can_open, record_behind
from qa.filters import Filters
from qa.keys import joined
from qa.periods import bucket_end
from qa.query import Question
from qa.records import record_key, record_of
from qa.warehouse import Warehouse
from tests.oracle import random_tables
from tests.support.world import NOON, World


@given(at=st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)), record_id=st.text(min_size=1).filter(lambda text: "\x1f" not in text))
def test_a_key_brings_back_moment_and_id(at, record_id):
    key = record_key(at, record_id)
    assert record_of(key) == (at, record_id)
    assert record_of(joined((key, "what tells two rows of a table apart"))) == (at, record_id)


@given(st.text())
def test_any_other_text_is_no_key_or_one_of_a_moment(text):
    found = record_of(text)
    assert found is None or found[0].tzinfo is None


def test_nonsense_in_a_link_names_nothing():
    assert [record_of(text) for text in ("", "V1", "2026-10-05", "2026-10-05T12:00:00", "yesterday V1")] == [None] * 5


def rows(world: World, metric: str, scope=None) -> list[dict]:
    return world.warehouse().rows(Question((metric,), (), Filters(), scope)).to_dicts()


def test_rows_lead_to_their_evaluation_or_call(tmp_path):
    world = World(tmp_path)
    world.add("calls", [{"call_id": "C1"}]).add("evaluations", [{"evaluation_id": "V 1", "call_id": "C1"}])
    world.add("evaluation_items", [{"evaluation_id": "V 1", "item_id": "I1"}])
    answered = {"answered_at": NOON, "satisfied": True}
    world.add("surveys", [answered | {"survey_id": "S1", "call_id": "C1"}, answered | {"survey_id": "S2"}])
    world.add("complaints", [{"call_id": "C1", "due_at": NOON, "closed_at": NOON}]).add("scorecards", [{"scorecard_id": "S1", "item_id": "I1"}])
    leads = {}
    for metric in ("pass_rate", "answer_rate", "satisfaction_rate", "complaint_on_time"):
        for row in rows(world, metric):
            assert can_open(row)
            leads[row["key"]] = record_behind(world.warehouse(), None, row["source"], row["key"], row["happened_at"])
    at = NOON.isoformat()
    assert leads == {
        "V 1": ("evaluation", f"{at} V 1"), "C1": ("call", f"{at} C1"), "S1": ("call", f"{at} C1"), "S2": None, "CO00001": ("call", f"{at} C1"),
    }  # fmt: skip
    item = world.warehouse().rows(Question(("mean_score",), ("item",), Filters(), None)).row(0, named=True)
    assert record_behind(world.warehouse(), None, item["source"], item["key"], item["happened_at"]) == ("evaluation", f"{at} V 1")
    assert record_behind(world.warehouse(), frozenset({"SH"}), "surveys", "S1", NOON) is None, "a survey of a center that is not the viewer's"


def test_a_count_of_calls_leads_nowhere(tmp_path):
    world = World(tmp_path)
    world.add("call_counts", [{"offered": 900, "answered": 880, "abandoned": 20, "queue": "账单", "period": datetime(2026, 9, 1)}])
    assert [can_open(row) for row in rows(world, "answer_rate")] == [False]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory) -> Warehouse:
    world = World(tmp_path_factory.mktemp("world"))
    world.tables = random_tables(0)
    return world.warehouse()


@pytest.mark.parametrize("basis", ["evaluated", "call"])
@pytest.mark.parametrize("month", [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1), None])
def test_evaluations_of_a_month_are_the_same_over_its_files_alone(recorded, basis, month):
    day = {"evaluated": "evaluated_day", "call": "call_day"}[basis]
    until = bucket_end(month, "month") if month else None
    sql = f"from evaluation_facts where coalesce({day} >= $first and {day} < $until, $first is null) order by evaluation_id"
    wanted = {"first": month, "until": until}
    whole = recorded.extract_rows(sql, wanted)
    assert whole.height
    assert recorded.evaluations_around(Filters(month, until, date_basis=basis)).fetch(sql, wanted).equals(whole)
