"""One call: found from its own moment or from what came of it, within the scope, with all that came of it."""

from datetime import timedelta
from pathlib import Path

import pytest

from qa.calls.call import call_of
from qa.i18n import set_language
from qa.records import record_key
from qa.session.calls.call import call_items
from tests.support.world import NOON, World


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A call of Wuhan with a customer who called again the next day, an evaluation, a survey and a complaint."""
    world = World(tmp_path)
    known = {"customer_id": "c1", "reason": "账单", "talk_s": 100, "hold_s": 20, "wrap_s": 30}
    world.add("calls", [known | {"call_id": "C1", "resolved": True, "ended_by": "agent"}, known | {"call_id": "C2", "started_at": NOON + timedelta(days=1)}])
    world.add("evaluations", [{"evaluation_id": "V1", "call_id": "C1", "evaluated_at": NOON + timedelta(days=3)}])
    world.add("surveys", [{"call_id": "C1", "answered_at": NOON, "score": 4, "comment": "太慢"}])
    world.add("complaints", [{"call_id": "C1", "category": "服务态度"}])
    return world


@pytest.mark.parametrize("days", [0, 3, 60])
def test_it_is_found_from_its_moment_and_from_what_came_of_it(world, days):
    found = call_of(world.warehouse(), None, "C1", NOON + timedelta(days=days))
    assert found.row["team"] == "一组"
    assert found.contacts["call_id"].to_list() == ["C1", "C2"]
    assert found.evaluations["evaluation_id"].to_list() == ["V1"]
    assert found.surveys["comment"].to_list() == ["太慢"]
    assert found.complaints["category"].to_list() == ["服务态度"]


def test_it_is_not_found_outside_the_scope_nor_long_before(world):
    assert call_of(world.warehouse(), frozenset({"SH"}), "C1", NOON) is None
    assert call_of(world.warehouse(), None, "C1", NOON - timedelta(days=2)) is None


def test_the_page_tells_the_course_of_the_call(world):
    set_language("en")
    items = {item.key: item for item in call_items(world.warehouse(), None, record_key(NOON, "C1"))}
    lines = [line.text for line in items["answer"].items]
    assert lines[0] == "Inbound · 账单 · 账单; waited 10.0 s; talked 1 min 40 s; ended by the agent"
    assert lines[1:] == ["2 contacts of this customer for this reason within 92 days.", "1 complaint about it."]
    assert sum(trace["x"][0] for trace in items["times"].figure["data"]) == 160
    assert [row.key for row in items["evaluations"].rows] == [record_key(NOON + timedelta(days=3), "V1")]


@pytest.mark.parametrize("key", ["", "nonsense", "2026-10-05T12:00:00 C404", "9999-12-31T23:59:59 C1", "0001-01-01T00:00:00 C1"])
def test_a_link_that_names_nothing_known_is_told_in_words(world, key):
    assert [item.key for item in call_items(world.warehouse(), None, key)] == ["answer"]


def test_without_calls_the_page_says_which_extract_would_fill_it(tmp_path):
    set_language("en")
    [answer] = call_items(World(tmp_path).add("evaluations", [{}]).warehouse(), None, record_key(NOON, "C1"))
    assert answer.items[0].text == "Single calls are not known here. The extract “calls” would fill this page."
