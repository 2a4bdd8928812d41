"""One evaluation: found within the scope, judged as the metrics judge it, with what surrounds it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.filters import Asked, Filters
from qa.i18n import set_language
from qa.quality.evaluation import evaluation_of, evaluations_shown
from qa.records import record_key
from qa.session.agents.records import record_items
from qa.session.board.items import Cell, Item, Sentences, Table
from qa.session.quality.evaluation import evaluation_items
from tests.support.world import NOON, World

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))
CARD = {"scorecard_id": "S1", "scorecard_name": "三段", "pass_rule": "every_section", "pass_mark": 80}


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A card of two sections, each of which must reach 80 of 100; evaluations of A1 on three days."""
    world = World(tmp_path)
    sections = [("I1", "服务"), ("I2", "服务"), ("I3", "业务")]
    world.add("scorecards", [CARD | {"item_id": item, "section": section, "item_name": f"项目{item}"} for item, section in sections])
    world.add("evaluations", [
        {"evaluation_id": f"V{day}", "evaluated_at": NOON + timedelta(days=day), "call_id": f"C{day}", "passed": None} for day in range(3)
    ])  # fmt: skip
    return world


def scored(world: World, evaluation: str, *items: tuple[str, float, float], **more) -> None:
    world.add("evaluation_items", [{"evaluation_id": evaluation, "item_id": item, "points": points, "full_mark": full, **more} for item, points, full in items])


def found_items(world: World, key: str, scope=None) -> dict[str, Item]:
    return {item.key: item for item in evaluation_items(world.warehouse(), scope, key)}


def sentences(items: dict[str, Item]) -> dict[str, str]:
    answer = items["answer"]
    assert isinstance(answer, Sentences)
    return {line.key: line.text for line in answer.items}


def test_a_section_below_the_mark_fails_it_and_is_named(world):
    scored(world, "V1", ("I1", 5, 5), ("I2", 2, 5), ("I3", 9, 10))
    found = evaluation_of(world.warehouse(), None, "V1", NOON + timedelta(days=1))
    assert [(section.name, section.mark) for section in found.sections] == [("服务", 70.0), ("业务", 90.0)]
    assert (found.verdict.passed, found.verdict.rule) == (False, "every_section")
    assert "服务 70.0" in sentences(found_items(world, record_key(NOON + timedelta(days=1), "V1")))["verdict"]


def test_an_item_that_does_not_apply_is_left_out_of_its_section(world):
    scored(world, "V1", ("I1", 5, 5), ("I3", 9, 10))
    scored(world, "V1", ("I2", 0, 5), not_applicable=True)
    found = evaluation_of(world.warehouse(), None, "V1", NOON + timedelta(days=1))
    assert found.sections[0].mark == 100
    assert found.verdict.passed


def test_the_lists_judge_by_the_scorecard_what_has_no_verdict_of_its_own(world):
    scored(world, "V0", ("I1", 5, 5), ("I2", 5, 5), ("I3", 9, 10))
    scored(world, "V1", ("I1", 5, 5), ("I2", 2, 5), ("I3", 9, 10))
    world.add("evaluations", [{"evaluation_id": "R", "evaluated_at": NOON + timedelta(days=4), "passed": True}])
    set_language("en")
    beside = found_items(world, record_key(NOON, "V0"))["agent"]
    of_agent = record_items(world.warehouse(), None, Asked(OCTOBER, None), "A1")[0]
    assert [(cell.mark.text, cell.detail) for cell in cells(beside, "passed")] == [
        ("Passed", ""), ("Not judged", ""), ("Failed", "by the scorecard"), ("Passed", "by the scorecard")
    ]  # fmt: skip
    assert [(cell.text, cell.detail) for cell in cells(of_agent, "verdict")] == [
        ("Passed", ""), ("-", ""), ("Failed", "by the scorecard"), ("Passed", "by the scorecard")
    ]  # fmt: skip


def cells(table: Item, column: str) -> list[Cell]:
    assert isinstance(table, Table)
    place = [one.key for one in table.columns].index(column)
    return [row.cells[place] for row in table.rows]


def test_it_is_judged_as_the_pass_rate_judges_it(tmp_path_factory):
    points = st.integers(0, 10)
    rules = st.sampled_from(["total", "every_section", "no_fatal", None])
    verdicts = st.sampled_from([None, True, False])

    judgements = st.tuples(rules, st.sampled_from([80, None]), points, points, st.integers(0, 100), st.sampled_from([None, 0, 1]), verdicts)

    # One build for many judgements, each with a card and an agent of its own.
    @settings(max_examples=2)
    @given(st.lists(judgements, min_size=12, max_size=24))
    def check(made):
        world = World(tmp_path_factory.mktemp("judged"))
        for number, (rule, pass_mark, first, second, score, fatal, recorded) in enumerate(made):
            card = {"scorecard_id": f"S{number}", "pass_rule": rule, "pass_mark": pass_mark}
            world.add("scorecards", [card | {"item_id": "I1", "section": "服务"}, card | {"item_id": "I2", "section": "业务"}])
            evaluation = {"evaluation_id": f"V{number}", "scorecard_id": f"S{number}", "agent_id": f"A{number}"}
            world.add("evaluations", [evaluation | {"score": score, "fatal_errors": fatal, "passed": recorded}])
            scored(world, f"V{number}", ("I1", first, 10), ("I2", second, 10))
        rates = dict(world.by("pass_rate", ("scorecard",)).select("scorecard", "value").iter_rows())
        listed = evaluations_shown(world.warehouse(), None, OCTOBER)
        assert listed.height == len(made)
        for number, (*_card, recorded) in enumerate(made):
            found = evaluation_of(world.warehouse(), None, f"V{number}", NOON)
            assert {None: None, True: 1.0, False: 0.0}[found.verdict.passed] == rates.get(f"S{number}")
            for rows in (found.of_agent, listed.filter(evaluation_id=f"V{number}")):
                assert rows["judged"].to_list() == [found.verdict.passed]
                assert rows["by_card"].to_list() == [recorded is None and found.verdict.passed is not None]

    check()


def test_it_is_not_found_outside_the_scope_nor_at_another_moment(world):
    warehouse = world.warehouse()
    at = NOON + timedelta(days=1)
    assert evaluation_of(warehouse, frozenset({"WH"}), "V1", at) is not None
    assert evaluation_of(warehouse, frozenset({"SH"}), "V1", at) is None
    assert evaluation_of(warehouse, None, "V1", NOON) is None
    set_language("en")
    hidden = sentences(found_items(world, record_key(at, "V1"), frozenset({"SH"})))
    assert hidden == {"none": "Evaluation V1 was not found, or it belongs to a center that is not yours to see."}


def test_neighbours_are_those_of_the_agent_in_order(world):
    world.add("evaluations", [{"evaluation_id": "X", "agent_id": "A9", "evaluated_at": NOON + timedelta(days=1.5)}])
    found = evaluation_of(world.warehouse(), None, "V1", NOON + timedelta(days=1))
    before, after = found.neighbours
    assert (before["evaluation_id"], after["evaluation_id"]) == ("V0", "V2")
    assert evaluation_of(world.warehouse(), None, "V0", NOON).neighbours[0] is None


def test_a_calibration_shows_each_evaluator_against_the_mean_of_the_others(world):
    group = [{"evaluation_id": f"K{score}", "evaluator_id": f"E{score}", "score": score, "calibration_id": "J1"} for score in (80, 90, 100)]
    world.add("evaluations", group)
    table = found_items(world, record_key(NOON, "K80"))["calibration"]
    assert isinstance(table, Table)
    assert [(row.cells[0].text, row.cells[2].sort) for row in table.rows] == [("E100", 15.0), ("E90", 0.0), ("E80", -15.0)]
    set_language("en")
    assert sentences(found_items(world, record_key(NOON, "K80")))["counted"].startswith("Counts neither")


def test_an_appeal_says_what_it_changed_and_coaching_is_listed(world):
    world.add("evaluations", [{
        "evaluation_id": "V9", "appealed_at": NOON + timedelta(days=1), "appeal_closed_at": NOON + timedelta(days=2), "appeal_upheld": True,
        "original_score": 88, "score": 95, "version": 1,
    }])  # fmt: skip
    world.add("coaching", [{"evaluation_id": "V9", "topic": "安抚"}, {"evaluation_id": "V1", "topic": "别的"}])
    set_language("en")
    items = found_items(world, record_key(NOON, "V9"))
    assert sentences(items)["appeal"].endswith("upheld. Score before 88, after 95.")
    assert [row.cells[0].text for row in items["coaching"].rows] == ["安抚"]


@pytest.mark.parametrize("key", ["", "nonsense", "2026-10-05T12:00:00 V404", "9999-12-31T23:59:59 V1", "0001-01-01T00:00:00 V1"])
def test_a_link_that_names_nothing_known_is_told_in_words(world, key):
    assert list(found_items(world, key)) == ["answer"]
