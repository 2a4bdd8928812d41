"""The page of one agent: whom it means, whom he is held against, which items differ, and his records."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from qa.agents.one import agent_of, beside, courses, items, latest, standing, worst_and_best
from qa.agents.one_words import against_others, of_items, on_target
from qa.filters import Asked, Filters
from qa.i18n import set_language
from qa.quality.evaluation import evaluations_shown
from qa.quality.scorecards import cards_of
from qa.session.agents.records import record_items
from qa.session.board.items import Table
from tests.support.world import NOON, World, days

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))


@pytest.fixture
def world(tmp_path) -> World:
    """A1 and A2 in team 一组, A3 in 二组, B1 in Shanghai."""
    set_language("en")
    world = World(tmp_path)
    world.add("agents", [{"agent_id": "A2"}, {"agent_id": "A3", "team": "二组"}, {"agent_id": "B1", "center_id": "SH", "team": "三组"}])
    world.add("scorecards", [{"scorecard_id": "S1", "item_id": item, "item_name": name} for item, name in (("I1", "规范用语"), ("I2", "业务知识"))])
    return world


def checked(world: World, agent: str, wrong: dict[str, int], count: int) -> None:
    """Evaluations of an agent, in so many of which an item goes wrong."""
    for place in range(count):
        key = f"{agent}-{place}"
        errors = {item: int(place < bad) for item, bad in wrong.items()}
        center = "SH" if agent == "B1" else "WH"
        world.add("evaluations", [{"evaluation_id": key, "agent_id": agent, "center_id": center, "nonfatal_errors": sum(errors.values())}])
        world.add("evaluation_items", [{"evaluation_id": key, "item_id": item, "errors": error} for item, error in errors.items()])


def test_an_agent_is_held_against_team_and_center_and_never_against_another_center(world):
    for agent, score in (("A1", 80), ("A2", 90), ("A3", 100), ("B1", 0)):
        world.add("evaluations", [{"agent_id": agent, "score": score, "center_id": "SH" if agent == "B1" else "WH"}])
    who = agent_of(world.warehouse(), None, OCTOBER, "A1")
    assert (who.center, who.team) == ("WH", "一组")
    assert beside(world.warehouse(), None, OCTOBER, who)["mean_score"] == {"一组": 85, "WH": 90}
    lines = courses(world.warehouse(), None, OCTOBER, who)["mean_score"]
    assert dict(lines.select("who", "value").rows()) == {"A1": 80, "一组": 85, "WH": 90}


def test_only_items_beyond_noise_are_called_weak_or_strong(world):
    checked(world, "A1", {"I1": 18, "I2": 2}, 30)
    checked(world, "A2", {"I1": 2, "I2": 3}, 30)
    build = world.warehouse()
    metric, found = items(build, None, OCTOBER, agent_of(build, None, OCTOBER, "A1"))
    assert metric.key == "composite_error_rate"
    assert [(one.item[1], one.change.direction) for one in found] == [("I1", "worse"), ("I2", "none")]
    assert found[0].change.before == pytest.approx(2 / 30)
    text = of_items(found, cards_of(build))
    assert "weak: 规范用语" in text and "业务知识" not in text
    assert "none differs" in of_items(found[1:], cards_of(build))


def test_how_long_a_call_took_reads_as_on_the_page_of_the_call(world):
    known = {"wait_s": 5.6, "talk_s": 120, "hold_s": 4, "wrap_s": 30}
    world.add("calls", [known | {"call_id": "C1", "transferred": False}, known | {"call_id": "C2", "wait_s": 75, "transferred": True}])
    table = record_items(world.warehouse(), None, Asked(OCTOBER, None), "A1")[1]
    assert isinstance(table, Table)
    assert sorted([cell.text for cell in row.cells[4:]] for row in table.rows) == [["1 min 15 s", "2 min 34 s", "yes"], ["5.6 s", "2 min 34 s", "no"]]


def test_the_latest_records_are_of_the_queues_chosen(world):
    before = NOON - timedelta(hours=1)
    world.add("calls", [{"call_id": f"C{place}", "queue": queue, "started_at": before} for place, queue in enumerate(("投诉", "账单", None))])
    world.add("evaluations", [{"evaluation_id": f"V{place}", "call_id": f"C{place}"} for place in range(3)])
    world.add("evaluations", [{"evaluation_id": "D0", "call_id": "C0", "status": "draft"}])
    build, chosen = world.warehouse(), replace(OCTOBER, queues=("投诉",))
    who = agent_of(build, None, chosen, "A1")
    assert latest(build, None, chosen, who, "calls")["call_id"].to_list() == ["C0"]
    assert latest(build, None, chosen, who, "evaluations")["evaluation_id"].to_list() == ["V0"]
    assert sorted(evaluations_shown(build, None, chosen)["evaluation_id"]) == ["D0", "V0"]
    assert evaluations_shown(build, None, replace(chosen, centers=("SH",))).is_empty()
    assert evaluations_shown(build, None, OCTOBER).height == 4


def of_one_whose_second_item_was_checked_once(world, errors, times):
    checked(world, "A1", errors, times)
    world.add("evaluations", [{"evaluation_id": "X", "agent_id": "A1"}]).add("evaluation_items", [{"evaluation_id": "X", "item_id": "I2", "errors": 1}])
    checked(world, "A2", {"I1": 1, "I2": 1}, 12)
    build = world.warehouse()
    return items(build, None, OCTOBER, agent_of(build, None, OCTOBER, "A1"))[1]


def test_items_with_too_few_checks_are_shown_only_where_all_are(world):
    found = of_one_whose_second_item_was_checked_once(world, {"I1": 1}, 12)
    assert [one.item[1] for one in worst_and_best(found)] == ["I1"]
    assert worst_and_best(found[:1]) == found[:1]


def test_where_no_item_has_enough_checks_those_checked_most_come_first(world):
    found = of_one_whose_second_item_was_checked_once(world, {"I1": 2}, 3)
    assert [one.item[1] for one in found] == ["I2", "I1"]
    assert [one.item[1] for one in worst_and_best(found)] == ["I1", "I2"]


def test_the_sentences_name_the_figures_and_the_number_of_agents(world):
    for agent in ("A1", "A2", "A3"):
        world.add("evaluations", [{"agent_id": agent, "fatal_errors": int(agent == "A1" and place < 20)} for place in range(40)])
    build = world.warehouse()
    rows, agents = standing(build, None, Filters(date(2026, 10, 1), date(2026, 11, 1), agents=("A1",)), agent_of(build, None, OCTOBER, "A1"))
    assert agents == 3
    assert "off target beyond doubt: Fatal error accuracy" in on_target(rows)
    assert "worse in Fatal error accuracy" in against_others(rows, agents)


def test_records_are_the_agents_own_of_the_period_the_latest_first_within_the_scope(world):
    world.add("evaluations", [
        {"evaluation_id": "OLD", "evaluated_at": NOON - days(3)}, {"evaluation_id": "NEW"}, {"evaluation_id": "CAL", "calibration_id": "K1"},
        {"evaluation_id": "SEP", "evaluated_at": datetime(2026, 9, 30)}, {"evaluation_id": "OTHER", "agent_id": "A2"},
        {"evaluation_id": "SH", "center_id": "SH"},
    ])  # fmt: skip
    world.add("calls", [{"call_id": "C1"}, {"call_id": "C2", "answered": False}])
    world.add("coaching", [{"topic": "语速", "closed_at": NOON + days(1)}, {"topic": "LATER", "opened_at": datetime(2026, 11, 2)}])
    world.add("trainings", [{"topic": "服务用语", "held_on": date(2026, 9, 1)}])
    build = world.warehouse()
    who = agent_of(build, None, OCTOBER, "A1")
    assert latest(build, None, OCTOBER, who, "evaluations")["evaluation_id"].to_list() == ["NEW", "SH", "OLD"]
    assert latest(build, frozenset({"WH"}), OCTOBER, who, "evaluations")["evaluation_id"].to_list() == ["NEW", "OLD"]
    assert latest(build, None, OCTOBER, who, "calls")["call_id"].to_list() == ["C1"]
    assert latest(build, None, OCTOBER, who, "follow_up").select("kind", "topic").rows() == [("interview", "语速"), ("training", "服务用语")]
