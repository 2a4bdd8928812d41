"""Errors, lost points, who makes them, and one item: numbers worked by hand over extracts built row by row."""

from datetime import date, datetime
from pathlib import Path

import pytest

from qa.filters import Asked, Filters
from qa.quality.error_cells import ANY_FATAL, error_cells
from qa.quality.errors import Course, accuracies, cards_used, ranked, vital_few
from qa.quality.items import comments, effects, item_headlines, people
from qa.quality.scorecards import cards_of
from qa.results import answer
from qa.session.board.items import Event
from qa.session.quality.errors import _of_months, errors_items
from qa.session.quality.item import item_items
from tests.support.world import World

OCTOBER, SEPTEMBER = Filters(date(2026, 10, 1), date(2026, 11, 1)), Filters(date(2026, 9, 1), date(2026, 10, 1))
ASKED = Asked(OCTOBER, SEPTEMBER)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two cards: S1 with two ordinary items of one section, one red line and a bonus; S2 with one item of its own."""
    world = World(tmp_path)
    world.add("agents", [{"agent_id": "A2", "name": "李雷"}, {"agent_id": "A3", "name": "韩梅", "center_id": "SH", "team": "二组"}])
    card = {"scorecard_id": "S1", "scorecard_name": "录音", "section": "业务", "severity": "nonfatal"}
    world.add("scorecards", [
        card | {"item_id": "I1", "item_name": "主动服务", "category": "affinity"},
        card | {"item_id": "I2", "item_name": "业务解答", "category": "business"},
        card | {"item_id": "F1", "item_name": "泄露信息", "severity": "fatal", "section": "红线"},
        card | {"item_id": "B1", "item_name": "温情加分", "item_kind": "bonus", "section": "加分"},
        {"scorecard_id": "S2", "scorecard_name": "外呼", "item_id": "I1", "item_name": "开场"},
    ])  # fmt: skip
    return world


def evaluated(world: World, number: int, *, wrong: int = 0, month: int = 10, day: int = 10, item: str = "I1", card: str = "S1", **more) -> None:
    """So many evaluations, the first ``wrong`` of them with an error on the item that costs two of five points."""
    at = datetime(2026, month, day, 10)
    start = len(world.tables.get("evaluations", ()))
    for place in range(number):
        name, bad = f"V{start + place:05d}", place < wrong
        fatal = bad and item.startswith("F")
        world.add("evaluations", [{
            "evaluation_id": name, "evaluated_at": at, "call_at": at, "scorecard_id": card, "full_mark": 40,
            "fatal_errors": int(fatal), "nonfatal_errors": int(bad and not fatal), **more,
        }])  # fmt: skip
        world.add("evaluation_items", [{"evaluation_id": name, "item_id": item, "points": 3 if bad else 5, "errors": int(bad), "fatal": fatal}])


def test_items_are_ranked_with_shares_that_add_up(world):
    evaluated(world, 20, wrong=6)
    evaluated(world, 20, wrong=2, item="I2")
    found = ranked(world.warehouse(), None, ASKED, Course())
    assert [(group.key, group.amount, group.share, group.cumulative) for group in found] == [
        (("S1", "I1"), 6, 0.75, 0.75), (("S1", "I2"), 2, 0.25, 1.0),
    ]  # fmt: skip
    assert (found[0].row["value"], found[0].row["n"]) == (0.3, 20)
    assert vital_few(found) == 2


def test_an_item_id_shared_by_two_cards_stays_two_items(world):
    evaluated(world, 10, wrong=3)
    evaluated(world, 10, wrong=1, card="S2")
    assert [group.key for group in ranked(world.warehouse(), None, ASKED, Course())] == [("S1", "I1"), ("S2", "I1")]
    assert [group.key for group in ranked(world.warehouse(), None, ASKED, Course("S2"))] == [("S2", "I1")]
    assert cards_used(world.warehouse(), None, OCTOBER) == ["S1", "S2"]


def test_lost_points_are_a_cards_own_or_brought_to_a_hundred(world):
    """Two points of a card of 40 are five of a hundred; a bonus that was not given is no loss."""
    evaluated(world, 10, wrong=3)
    world.add("evaluation_items", [{"evaluation_id": "V00000", "item_id": "B1", "points": 0, "full_mark": 10}])
    world.add("evaluation_items", [{"evaluation_id": "V00001", "item_id": "I2", "points": None, "full_mark": 5, "not_applicable": True}])
    assert [group.amount for group in ranked(world.warehouse(), None, ASKED, Course("S1", "item", "points"))] == [6]
    assert [group.amount for group in ranked(world.warehouse(), None, ASKED, Course("", "item", "points"))] == [15]


def test_a_change_beyond_noise_is_told_from_noise(world):
    evaluated(world, 200, wrong=100, month=9)
    evaluated(world, 200, wrong=20)
    evaluated(world, 200, wrong=20, month=9, item="I2")
    evaluated(world, 200, wrong=22, item="I2")
    found = {group.key[1]: group.change for group in ranked(world.warehouse(), None, ASKED, Course())}
    assert (found["I1"].before, found["I1"].now, found["I1"].direction) == (0.5, 0.1, "better")
    assert found["I2"].direction == "none"


def test_without_a_comparison_nothing_has_changed(world):
    evaluated(world, 20, wrong=5)
    assert [group.change for group in ranked(world.warehouse(), None, Asked(OCTOBER, None), Course())] == [None]


def test_a_section_counts_an_evaluation_once_however_many_items_went_wrong(world):
    """Ten evaluations, three of them wrong on both items: 3 of 10 in the section, six errors."""
    evaluated(world, 10, wrong=3)
    for place in range(10):
        bad = place < 3
        world.add("evaluation_items", [{"evaluation_id": f"V{place:05d}", "item_id": "I2", "points": 3 if bad else 5, "errors": int(bad)}])
    group = ranked(world.warehouse(), None, ASKED, Course("S1", "section"))[0]
    assert (group.key, group.amount, group.row["numerator"], group.row["n"]) == (("S1", "业务"), 6, 3, 10)
    scores = ranked(world.warehouse(), None, ASKED, Course("S1", "section", "points"))[0]
    assert (scores.amount, scores.row["value"]) == (12, pytest.approx((7 * 100 + 3 * 60) / 10))


def test_fatal_on_the_card_fails_the_call_and_elsewhere_its_section(world):
    evaluated(world, 20, wrong=2, item="F1")
    world.add("evaluation_items", [{"evaluation_id": "V00005", "item_id": "I1", "errors": 1, "fatal": True}])
    cards = cards_of(world.warehouse())
    found = {group.key: group for group in ranked(world.warehouse(), None, ASKED, Course())}
    assert {key[1]: cards.error_class(key, group.fatal) for key, group in found.items()} == {"F1": "whole_call", "I1": "section"}
    assert [group.fatal for group in found.values()] == [2, 1]


def test_targeted_samples_count_for_nobody(world):
    evaluated(world, 10, wrong=2)
    evaluated(world, 10, wrong=10, sample_reason="targeted")
    assert [group.amount for group in ranked(world.warehouse(), None, ASKED, Course())] == [2]


@pytest.mark.parametrize("split", ["team", "queue", "scorecard", "category", "section"])
def test_the_amounts_of_every_split_add_up_to_the_same(world, split):
    evaluated(world, 20, wrong=6)
    evaluated(world, 20, wrong=3, agent_id="A3", center_id="SH", card="S2")
    found = ranked(world.warehouse(), None, ASKED, Course("", split))
    assert sum(group.amount for group in found) == 9
    assert found[-1].cumulative == pytest.approx(1)


def test_the_scope_bounds_groups_rates_and_cells(world):
    evaluated(world, 20, wrong=6)
    evaluated(world, 20, wrong=9, agent_id="A3", center_id="SH")
    only = frozenset({"WH"})
    for split in ("item", "team", "section"):
        assert [(group.amount, group.row["n"]) for group in ranked(world.warehouse(), only, ASKED, Course("", split))] == [(6, 20)]
    assert {cell.row[0] for cell in error_cells(world.warehouse(), only, OCTOBER, "", "agent").cells} == {"WH"}


def test_a_cell_is_worse_only_beyond_noise_and_grey_below_the_least_n(world):
    """A1: 30 of 60 wrong, A2: 3 of 60; A3 has too few of I1 to be told, however bad, A4 of everything."""
    evaluated(world, 60, wrong=30)
    evaluated(world, 60, wrong=3, agent_id="A2")
    evaluated(world, 4, wrong=4, agent_id="A3", center_id="SH")
    evaluated(world, 20, wrong=1, agent_id="A3", center_id="SH", item="I2")
    evaluated(world, 20, wrong=1, agent_id="A2", item="I2")
    evaluated(world, 4, wrong=4, agent_id="A4")
    cells = error_cells(world.warehouse(), None, OCTOBER, "S1", "agent")
    assert {cell.row[2]: cell.signal for cell in cells.cells if cell.item[1] == "I1"} == {"A1": "worse", "A2": "none", "A3": "too_few"}
    assert (cells.compared, cells.all_rows) == (4, 4), "who has nothing to compare is left out while others have"


def test_fatal_errors_of_all_items_have_a_column_of_their_own(world):
    evaluated(world, 50, wrong=10, item="F1")
    evaluated(world, 150, wrong=1, item="F1", agent_id="A2")
    cells = error_cells(world.warehouse(), None, OCTOBER, "", "agent")
    assert cells.items[0] == ANY_FATAL
    assert next(cell.signal for cell in cells.cells if cell.item == ANY_FATAL and cell.row[2] == "A1") == "worse"


def test_agents_that_do_not_differ_are_not_coloured(world):
    for agent in ("A1", "A2", "A3"):
        evaluated(world, 50, wrong=5, agent_id=agent)
    assert {cell.signal for cell in error_cells(world.warehouse(), None, OCTOBER, "", "agent").cells} == {"none"}


def test_the_figures_on_the_page_are_those_of_the_command_line(world):
    evaluated(world, 40, wrong=6)
    evaluated(world, 40, wrong=2, item="F1")
    warehouse = world.warehouse()
    shown = {headline.metric.key: headline.row["value"] for headline in accuracies(warehouse, None, ASKED, "")}
    expected = answer(warehouse, list(shown), (), OCTOBER, None)
    assert shown == dict(expected.select("metric", "value").iter_rows())
    by_item = answer(warehouse, ["error_count"], ("scorecard", "item"), OCTOBER, None)
    amounts = {group.key: group.amount for group in ranked(warehouse, None, ASKED, Course())}
    assert amounts == {(card, item): value for card, item, value in by_item.select("scorecard", "item", "value").iter_rows() if value}


def test_an_item_has_its_rate_its_change_and_no_target(world):
    evaluated(world, 50, wrong=25, month=9)
    evaluated(world, 50, wrong=5)
    evaluated(world, 50, wrong=50, card="S2")
    rate = item_headlines(world.warehouse(), None, ASKED, ("S1", "I1"))[0]
    assert (rate.row["value"], rate.change.before, rate.change.direction, rate.row["verdict"]) == (0.1, 0.5, "better", "no_target")
    assert rate.course["target_maximum"].null_count() == rate.course.height


def test_an_item_names_who_differs(world):
    evaluated(world, 60, wrong=30)
    evaluated(world, 60, wrong=3, agent_id="A2")
    frame = people(world.warehouse(), None, OCTOBER, ("S1", "I1"), "composite_error_rate")
    assert dict(frame.select("agent", "signal").iter_rows()) == {"A1": "worse", "A2": "better"}


def test_comments_are_those_of_the_item_and_the_scope(world):
    evaluated(world, 2, wrong=1)
    evaluated(world, 2, wrong=1, agent_id="A3", center_id="SH")
    world.tables["evaluation_items"][0]["comment"] = "未主动询问"
    frame = comments(world.warehouse(), frozenset({"WH"}), OCTOBER, ("S1", "I1"))
    assert frame.select("evaluation_id", "comment").rows() == [("V00000", "未主动询问")]


def test_a_training_is_held_against_those_who_were_not_there(world):
    """A1 is trained on 20 September: 30 of 60 before, 3 of 60 after; A2 is not: 6 of 60 and 6 of 60."""
    world.add("trainings", [{"agent_id": "A1", "topic": "主动服务专项培训", "held_on": date(2026, 9, 20)}, {"agent_id": "A2", "topic": "别的"}])
    for month, wrong in ((9, 30), (10, 3)):
        evaluated(world, 60, wrong=wrong, month=month)
        evaluated(world, 60, wrong=6, month=month, agent_id="A2")
    found = effects(world.warehouse(), None, OCTOBER, ("S1", "I1"), "主动服务")
    assert len(found) == 1
    effect = found[0]
    assert (effect.before.rate, effect.after.rate, effect.others_before.rate, effect.others_after.rate) == (0.5, 0.05, 0.1, 0.1)
    difference, low, high = effect.difference
    assert difference == pytest.approx(-0.45)
    assert low < difference < high < 0


@pytest.mark.parametrize("fill", ["nothing", "calls", "no items", "no errors known"])
def test_pages_say_what_is_missing(tmp_path, fill):
    world = World(tmp_path)
    if fill == "calls":
        world.add("calls", [{}] * 5)
    elif fill == "no items":
        world.add("evaluations", [{"evaluated_at": datetime(2026, 10, 5), "nonfatal_errors": 1}] * 12)
    elif fill == "no errors known":
        world.add("evaluations", [{"evaluation_id": "V1", "fatal_errors": None, "nonfatal_errors": None}])
        world.add("evaluation_items", [{"evaluation_id": "V1", "item_id": "I1", "points": 2, "errors": None}])
    else:
        world.add("complaints", [{}])
    warehouse = world.warehouse()
    for split in ("item", "section", "team", "scorecard"):
        items = errors_items(warehouse, None, ASKED, Course("", split), "agent")
        assert items[0].items[0].text
    assert item_items(warehouse, None, ASKED, ("S1", "I1"))[0].items[0].text



def test_the_sample_shows_the_trained_items_lift(sample):
    import json

    from qa.warehouse import Warehouse

    truth = json.loads((sample / "truths.json").read_text("utf-8"))["training"]
    warehouse = Warehouse.open(sample)
    filters = Filters(date(2026, 5, 1), date(2026, 11, 1))
    item = (truth["scorecard_id"], truth["item_id"])
    effect = effects(warehouse, None, filters, item, truth["item_name"])[0]
    page = item_items(warehouse, None, Asked(filters, None), item)
    shapes = next(one for one in page if one.key == "months").figure["layout"]["shapes"]
    assert truth["held_on"] in [shape.get("x0") for shape in shapes]
    held = effect.training
    assert (held.center, held.held_on.isoformat(), len(held.agents)) == (truth["center_id"], truth["held_on"], len(truth["agents"]))
    assert effect.difference[2] < 0


def test_the_proof_of_the_months_is_the_months():
    month = _of_months(Event("point", "months fatal_accuracy", [None, "2026-09-01"]), OCTOBER)
    assert (month.by, month.filters.date_from, month.filters.date_to) == ((), date(2026, 9, 1), date(2026, 10, 1))
    assert _of_months(Event("proof", "months fatal_accuracy"), OCTOBER).by == ("month",)


def test_months_and_trainings_are_drawn_into_one_figure(world):
    world.add("trainings", [{"agent_id": "A1", "topic": "主动服务专项培训", "held_on": date(2026, 9, 20)}])
    evaluated(world, 60, wrong=30, month=9)
    evaluated(world, 60, wrong=3)
    months = next(item for item in item_items(world.warehouse(), None, ASKED, ("S1", "I1")) if item.key == "months")
    assert [shape["x0"] for shape in months.figure["layout"]["shapes"]] == ["2026-09-20"]


def test_points_of_cards_brought_to_100_are_written_alike_and_what_has_no_score_has_no_interval(world):
    evaluated(world, 3, wrong=1)
    evaluated(world, 3, wrong=2, card="S2", full_mark=30)
    table = {item.key: item for item in errors_items(world.warehouse(), None, ASKED, Course("", "item", "points"), "agent")}["groups"]
    assert [row.cells[2].text for row in table.rows] == ["13.3", "5.0"]
    assert all("- ·" not in cell.detail for row in table.rows for cell in row.cells)


@pytest.mark.parametrize(("measure", "named"), [("errors", "差错率"), ("points", "质检平均分")])
def test_the_rate_of_an_item_is_not_called_the_composite_error_rate_of_evaluations(world, measure, named):
    evaluated(world, 3, wrong=1)
    table = {item.key: item for item in errors_items(world.warehouse(), None, ASKED, Course("", "item", measure), "agent")}["groups"]
    assert [column.label for column in table.columns if column.key == "rate"] == [named]
