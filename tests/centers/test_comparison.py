"""Places beside each other: who is held against whom, at which mix, and what is said of it."""

from dataclasses import replace
from datetime import date, datetime

import polars as pl
import pytest

from qa.build.run import build as make_build
from qa.centers.comparison import adjusted, matrix, metrics_told, mixes_possible, place_filters, place_funnel, worst
from qa.centers.comparison_words import ComparisonWords, funnel_line
from qa.config import load_config
from qa.filters import Asked, Filters
from qa.i18n import set_language
from qa.importing.command import import_files
from qa.metrics import METRICS
from qa.names import Names
from qa.session.board.items import Table
from qa.session.centers.comparison import _funnel_cell, comparison_items, metric_items
from qa.warehouse import Warehouse
from tests.centers.test_why import rated
from tests.importing.desk import REAL
from tests.support.world import World

NAMES = Names({"WH": "武汉", "SH": "上海", "CD": "成都"}, {})
ALL = Filters(date(2026, 9, 1), date(2026, 11, 1))


@pytest.fixture
def world(tmp_path) -> World:
    """Equal by queue: 90 % of bills and 60 % of faults are satisfied everywhere, but Wuhan has mostly faults."""
    world = World(tmp_path).add("centers", [{"center_id": "CD", "name": "成都"}])
    for center, bills, faults in (("SH", 400, 100), ("WH", 100, 400), ("CD", 400, 0)):
        world.add("surveys", rated(int(0.9 * bills), int(0.1 * bills), center_id=center, queue="账单"))
        world.add("surveys", rated(int(0.6 * faults), int(0.4 * faults), center_id=center, queue="故障"))
    return world


def test_every_center_is_held_against_headquarters(world):
    found = matrix(world.warehouse(), None, ALL)
    assert (found.by, found.reference, found.places) == ("center", "SH", ("SH", "WH", "CD"))
    gap = found.cells["WH", "satisfaction_rate"].gap
    assert gap.value == pytest.approx(0.66 - 0.84) and gap.direction == "worse" and gap.low < gap.value < gap.high
    assert found.cells["SH", "satisfaction_rate"].gap is None
    assert found.cells["CD", "satisfaction_rate"].gap.value == pytest.approx(0.06)
    assert worst(found)[0][0] == "WH"


def test_a_single_center_without_figures_by_team_is_shown_itself(world):
    """Surveys of no agent, as counts of calls: they belong to a center and to no team."""
    chosen = replace(ALL, centers=("CD",))
    found = matrix(world.warehouse(), None, chosen)
    assert (found.by, found.places) == ("center", ("SH", "CD")), "beside headquarters"
    assert found.cells["CD", "satisfaction_rate"].row["n"] == 400
    alone = matrix(world.warehouse(), frozenset({"CD"}), ALL)
    assert (alone.by, alone.places) == ("center", ("CD",))
    world.add("surveys", rated(20, 10, center_id="CD", agent_id="A9")).add("agents", [{"agent_id": "A9", "center_id": "CD"}])
    assert matrix(world.warehouse(), None, chosen).by == "team"
    assert matrix(world.warehouse(), None, replace(ALL, date_from=date(2027, 1, 1), date_to=date(2027, 2, 1), centers=("CD",))).places == ()


def test_without_headquarters_each_is_held_against_the_others(world):
    found = matrix(world.warehouse(), frozenset({"WH", "CD"}), ALL)
    assert found.reference == ""
    assert found.cells["WH", "satisfaction_rate"].gap.value == pytest.approx(0.66 - 0.9)
    assert found.cells["CD", "satisfaction_rate"].gap.value == pytest.approx(0.9 - 0.66)


def test_at_the_same_mix_centers_that_work_alike_are_alike(world):
    assert mixes_possible(world.warehouse(), None, ALL, "satisfaction_rate")[0] == "queue"
    found = {row.place: row for row in adjusted(world.warehouse(), None, ALL, "satisfaction_rate", "queue")}
    common = 0.9 * 900 / 1400 + 0.6 * 500 / 1400
    assert [found[place].value for place in ("SH", "WH", "CD")] == pytest.approx([common] * 3)
    assert found["WH"].row["value"] == 0.66 and found["WH"].low < common < found["WH"].high
    assert found["CD"].covered == pytest.approx(900 / 1400), "Chengdu has no faults: those count at the common 60 %"


def test_the_funnel_names_the_center_outside(world):
    found = place_funnel(world.warehouse(), None, ALL, "satisfaction_rate")
    assert dict(found.groups.select("center", "direction").rows())["WH"] == "worse"
    assert "武汉（66.0%）" in funnel_line(found, METRICS["satisfaction_rate"], "center", NAMES).text


def test_of_centers_beyond_the_funnel_on_both_sides_it_is_said_which_is_better(world):
    found = place_funnel(world.warehouse(), None, ALL, "satisfaction_rate")
    assert {"worse", "better"} <= set(found.outside["direction"])
    assert "武汉（66.0%）在较差一侧；" in (text := funnel_line(found, METRICS["satisfaction_rate"], "center", NAMES).text)
    assert "；成都（90.0%）在较好一侧。" in text


def test_the_answer_names_who_has_most_to_explain(world):
    lines = ComparisonWords(matrix(world.warehouse(), None, ALL), NAMES).lines()
    assert lines[0].text.startswith("3 个中心中，") and lines[0].text.endswith("最需要说明的是武汉。")
    assert "客户满意率（−18.0 个百分点 [" in lines[1].text
    set_language("en")
    lines = ComparisonWords(matrix(world.warehouse(), None, ALL), NAMES).lines()
    assert lines[0].text == "Of 3 centers, 2 miss a target beyond doubt and 1 is worse than headquarters beyond noise; 武汉 has the most to explain."


def test_the_months_are_headed_by_the_days_there_are_figures_of(world):
    world.add("surveys", rated(80, 20, center_id="SH", queue="账单", sent_at=datetime(2026, 9, 5, 9), answered_at=datetime(2026, 9, 5, 10)))
    items = metric_items(world.warehouse(), None, Asked(ALL, None), "satisfaction_rate", "")
    (heading,) = [item for item in items if item.key == "months"]
    assert heading.note == "2026年9月–10月", "not the thirteen months asked for"


def test_of_a_single_center_the_teams_are_compared(world):
    world.add("agents", [{"agent_id": "A2", "team": "二组"}])
    world.add("surveys", rated(30, 10, center_id="WH", queue="账单", agent_id="A1") + rated(30, 20, center_id="WH", queue="账单", agent_id="A2"))
    found = matrix(world.warehouse(), None, Filters(ALL.date_from, ALL.date_to, centers=("WH",)))
    assert (found.by, found.places) == ("team", ("一组", "二组"))
    assert found.cells["二组", "satisfaction_rate"].gap.value == pytest.approx(0.6 - 0.75)


def test_a_center_without_teams_says_what_is_missing(world):
    found = matrix(world.warehouse(), frozenset({"WH"}), ALL)
    assert not found.compares
    assert "班组" in ComparisonWords(found, NAMES).lines()[0].text


def test_headquarters_stands_beside_the_centers_chosen(world):
    chosen = Filters(ALL.date_from, ALL.date_to, centers=("WH", "CD"))
    assert place_filters(world.warehouse(), None, chosen)[1].centers == ("SH", "WH", "CD")
    assert place_filters(world.warehouse(), frozenset({"WH", "CD"}), chosen)[1].centers == ("WH", "CD")


def test_calls_that_nobody_took_keep_the_answer_rate_out_of_the_comparison_of_teams(tmp_path):
    """Ten calls of twenty were answered, five by each team: neither answered 100 %."""
    world = World(tmp_path).add("agents", [{"agent_id": "A2", "team": "二组"}])
    world.add("calls", [{"agent_id": agent} for agent in ("A1", "A2") for _call in range(5)])
    taken = matrix(world.warehouse(), None, replace(ALL, centers=("WH",)))
    assert {"answer_rate", "abandonment_rate", "mean_wait"} <= set(taken.metrics), "all calls belong to a team"
    world.add("calls", [{"agent_id": None, "answered": False}] * 10)
    found = matrix(world.warehouse(), None, replace(ALL, centers=("WH",)))
    assert not {"answer_rate", "abandonment_rate", "service_level"} & set(found.metrics) and "mean_wait" in found.metrics
    assert metrics_told(world.warehouse(), None, replace(ALL, centers=("WH",)), ["answer_rate", "mean_wait"]) == ["mean_wait"]
    assert metrics_told(world.warehouse(), None, ALL, ["answer_rate", "mean_wait"]) == ["answer_rate", "mean_wait"], "centers have them"


def test_agents_without_a_team_are_no_team(tmp_path):
    """A roster of a source that knows no teams holds “-”."""
    world = World(tmp_path)
    world.tables["agents"] = []
    world.add("agents", [{"agent_id": agent, "team": "-"} for agent in ("A1", "A2")])
    world.add("surveys", rated(30, 10, center_id="WH", agent_id="A1") + rated(30, 20, center_id="WH", agent_id="A2"))
    found = matrix(world.warehouse(), None, replace(ALL, centers=("WH",)))
    assert (found.by, found.places) == ("center", ("WH",))
    assert world.warehouse().agents["team"].to_list() == [None, None]


def test_one_place_lies_near_the_limits_and_two_lie(world):
    set_language("en")
    found = place_funnel(world.warehouse(), None, ALL, "satisfaction_rate")
    groups = found.groups.with_columns(pl.Series("state", ["near", "inside", "inside"]))
    one = funnel_line(replace(found, groups=groups), METRICS["satisfaction_rate"], "center", NAMES).text
    groups = found.groups.with_columns(pl.Series("state", ["near", "near", "inside"]))
    two = funnel_line(replace(found, groups=groups), METRICS["satisfaction_rate"], "center", NAMES).text
    assert ") lies between" in one and ") lie between" in two


def test_alike_centers_are_not_told_apart(tmp_path):
    world = World(tmp_path)
    for center in ("SH", "WH"):
        world.add("surveys", rated(95, 5, center_id=center, queue="账单"))
    found = matrix(world.warehouse(), None, ALL)
    assert {cell.gap.direction for cell in found.cells.values() if cell.gap} == {"none"}
    assert ComparisonWords(found, NAMES).lines()[0].state == "none"


def test_providers_of_nhs_111_outside_the_funnel_are_listed(tmp_path):
    """May 2015: 45 providers spread far more than chance, and three abandon more than that spread explains."""
    path = REAL / "nhs111_calls" / "NHS Calls.csv"
    if not path.exists():
        pytest.skip("the real files are not here")
    import_files([path], into=tmp_path)
    make_build(tmp_path, load_config(tmp_path))
    found = place_funnel(Warehouse.open(tmp_path), None, Filters(date(2015, 5, 1), date(2015, 6, 1)), "abandonment_rate")
    assert found.funnel.dispersion.groups == 45 and found.funnel.dispersion.phi > 100 and found.funnel.dispersion.tau > 0
    assert found.outside["center"].to_list() == ["111AF1", "111AE9", "111AF2"]
    assert found.funnel.outer == pytest.approx(1 - 0.05 / 45)


def test_of_places_with_as_much_off_the_furthest_off_comes_first(tmp_path):
    world = World(tmp_path).add("centers", [{"center_id": center} for center in ("A1", "B2", "C3", "D4")])
    for center, satisfied in (("SH", 950), ("A1", 880), ("B2", 600), ("C3", 850), ("D4", 951)):
        world.add("surveys", rated(satisfied, 1000 - satisfied, center_id=center))
    assert [place for place, missed, behind in worst(matrix(world.warehouse(), None, ALL)) if missed or behind] == ["B2", "C3", "A1"]


def test_a_metric_whose_target_is_not_the_same_everywhere_says_so(world):
    world.add("targets", [
        {"metric": "satisfaction_rate", "minimum": 0.9, "valid_from": date(2026, 1, 1)},
        {"metric": "satisfaction_rate", "minimum": 0.88, "valid_from": date(2026, 1, 1), "center_id": "WH"},
    ])  # fmt: skip
    set_language("en")
    table = next(item for item in comparison_items(world.warehouse(), None, Asked(ALL, None)) if isinstance(item, Table))
    assert {row.cells[0].text: row.cells[0].detail for row in table.rows}["Satisfaction rate"] == "Targets differ"


@pytest.mark.parametrize(
    ("state", "spread", "text"),
    [("near", False, "within noise, near the limit"), ("near", True, "within the limits, near them"), ("inside", True, "within the limits")],
)
def test_where_a_place_lies_within_the_limits_is_a_mark_as_outside_of_them(state, spread, text):
    set_language("en")
    cell = _funnel_cell("none", state, spread)
    assert (cell.text, cell.mark.text) == ("", text)
