"""Service and outbound: the four definitions, the week by half-hours, handling and its parts; worked by hand."""

from datetime import date, datetime, timedelta

import polars as pl
import pytest

from qa.calls import outbound, service, service_words
from qa.drill import level_below
from qa.filters import Filters
from qa.i18n import set_language
from qa.results import answer
from qa.session.board.items import Event
from qa.session.calls.service import clicked, place_items
from tests.support.world import World

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))
MONDAY = datetime(2026, 10, 5, 9)


def calls(count: int, **values) -> list[dict]:
    return [values | {"agent_id": "A1" if values.get("answered", True) else None}] * count


def worked_example(world: World) -> World:
    """Threshold 20 s: 70 answered after 10 s, 10 after 40 s; 6 gave up after 8 s, 4 after 60 s, 5 after 3 s (short).

    Known: answered within 20 s = 70; answered = 80; offered = 80 + 6 + 4 = 90; quick abandons = 6.
    """
    world.add("calls", calls(70, wait_s=10) + calls(10, wait_s=40))
    return world.add("calls", calls(6, answered=False, wait_s=8) + calls(4, answered=False, wait_s=60) + calls(5, answered=False, wait_s=3))


def test_the_four_definitions_differ_on_the_same_calls_as_they_should(tmp_path):
    warehouse = worked_example(World(tmp_path)).warehouse()
    found = service.definitions(warehouse, None, OCTOBER)
    levels = {row["variant"]: (row["numerator"], row["denominator"], row["value"]) for row in found.iter_rows(named=True)}
    assert levels == {
        "of_offered": (70, 90, pytest.approx(70 / 90)),
        "of_answered": (70, 80, pytest.approx(70 / 80)),
        "plus_quick_abandons": (76, 90, pytest.approx(76 / 90)),
        "less_quick_abandons": (70, 84, pytest.approx(70 / 84)),
    }
    assert found.filter("in_force")["variant"].to_list() == ["of_offered"]


@pytest.mark.parametrize("variant", list(service.DEFINITIONS))
def test_the_one_in_force_is_the_service_level(tmp_path, variant):
    world = worked_example(World(tmp_path, f'[definitions]\nservice_level_variant = "{variant}"\n'))
    found = service.definitions(world.warehouse(), None, OCTOBER).filter("in_force").row(0, named=True)
    assert found["variant"] == variant
    held = world.one("service_level", OCTOBER)
    assert [held[name] for name in ("numerator", "denominator", "value")] == [found[name] for name in ("numerator", "denominator", "value")]


def test_each_definition_is_held_against_the_target_of_the_one_in_force(tmp_path):
    """870 of 1,000 offered are in time; of the 900 answered that is 96.7 %. The target of 90 % is missed by one, met by the other."""
    world = World(tmp_path).add("targets", [{"metric": "service_level", "minimum": 90}])
    world.add("calls", calls(870, wait_s=10) + calls(30, wait_s=30) + calls(100, answered=False, wait_s=60))
    found = service.definitions(world.warehouse(), None, OCTOBER)
    verdicts = dict(found.select("variant", "verdict").iter_rows())
    assert (verdicts["of_offered"], verdicts["of_answered"]) == ("missed", "met")


def test_counts_know_no_quick_abandons_and_stay_out_of_those_definitions(tmp_path):
    world = worked_example(World(tmp_path))
    world.add("call_counts", [{"center_id": "SH", "period": date(2026, 10, 1), "offered": 200, "answered": 190, "answered_in_target": 180}])
    found = service.definitions(world.warehouse(), None, OCTOBER)
    assert dict(found.select("variant", "denominator").iter_rows()) == {
        "of_offered": 290, "of_answered": 270, "plus_quick_abandons": 90, "less_quick_abandons": 84,
    }  # fmt: skip


def test_counts_alone_are_held_against_the_two_definitions_they_allow(tmp_path):
    set_language("en")
    world = World(tmp_path).add("targets", [{"metric": "service_level", "minimum": 80}])
    world.add("call_counts", [{"center_id": "SH", "period": date(2026, 10, 1), "offered": 200, "answered": 190, "answered_in_target": 180}])
    found = service.definitions(world.warehouse(), None, OCTOBER)
    assert found["variant"].to_list() == ["of_offered", "of_answered"]
    assert service_words.definitions(found) == (
        "The same calls give 90.0% (of offered) to 94.7% (of answered), depending on the definition; in force is “of offered”. "
        "Held against the target, all of them say: on target."
    )
    assert "left out" in service_words.counts_left_out(found)
    assert "quick" not in service_words.formulas(found)


def test_the_week_tells_half_hours_apart(tmp_path):
    """Monday 09:00-09:29: 3 of 4 answered; 09:30: 1 of 1; the Monday after adds 1 of 1 at 09:15; Sunday 23:59 is its own."""
    world = World(tmp_path)
    at = [(MONDAY, True), (MONDAY + timedelta(minutes=10), True), (MONDAY + timedelta(minutes=29, seconds=59), False)]
    at += [(MONDAY + timedelta(minutes=30), True), (MONDAY + timedelta(days=7, minutes=15), True), (datetime(2026, 10, 11, 23, 59), False)]
    world.add("calls", [{"started_at": moment, "answered": answered, "agent_id": "A1" if answered else None} for moment, answered in at])
    found = service.week(world.warehouse(), None, OCTOBER, "answer_rate")
    assert found.select("weekday", "half_hour", "numerator", "denominator").rows() == [
        ("1", "09:00", 3, 4), ("1", "09:30", 1, 1), ("7", "23:30", 0, 1),
    ]  # fmt: skip


def test_the_half_hours_of_a_week_add_up_to_the_whole_and_to_their_rows(tmp_path):
    world = worked_example(World(tmp_path))
    for metric in service.TIME_OF_DAY:
        whole, parts = world.one(metric, OCTOBER), service.week(world.warehouse(), None, OCTOBER, metric)
        assert parts["numerator"].sum() == pytest.approx(whole["numerator"]), metric
        assert (parts["denominator"].sum() or None) == (whole["denominator"] or None), metric
    cell = Filters(OCTOBER.date_from, OCTOBER.date_to, weekdays=("1",), half_hours=("12:00",))
    assert world.one("answer_rate", cell)["denominator"] == 90
    assert world.one("answer_rate", Filters(weekdays=("2",)))["value"] is None


def test_a_metric_that_half_hours_do_not_hold_is_refused(tmp_path):
    world = worked_example(World(tmp_path))
    assert answer(world.warehouse(), ["mean_talk"], ("weekday",), OCTOBER, None).is_empty()
    assert service.week(world.warehouse(), None, Filters(agents=("A1",)), "answer_rate").is_empty()


def test_the_parts_of_handling_add_up_to_it(tmp_path):
    """Three calls: 100 + 10 + 20, 200 + 0 + 40, and one whose wrap-up is unknown: it is in none of the means."""
    world = World(tmp_path)
    timed = [(100, 10, 20), (200, 0, 40), (999, 5, None)]
    world.add("calls", [{"talk_s": talk, "hold_s": hold, "wrap_s": wrap} for talk, hold, wrap in timed])
    row = service.handling(world.warehouse(), None, OCTOBER, ("center",)).row(0, named=True)
    assert {name: row[name] for name in ("talk", "hold", "wrap", "value", "n")} == {"talk": 150, "hold": 5, "wrap": 30, "value": 185, "n": 2}


def test_handling_known_by_counts_alone_has_no_parts(tmp_path):
    world = World(tmp_path).add("call_counts", [{"offered": 90, "answered": 80, "handle_s": 8000}])
    row = service.handling(world.warehouse(), None, Filters(), ()).row(0, named=True)
    assert row["value"] == 100 and (row["talk"] is None or row["talk"] != row["talk"])


def test_a_center_known_by_counts_alone_is_named_beside_the_bars_it_is_not_among(tmp_path):
    world = World(tmp_path).add("calls", [{"talk_s": 100, "hold_s": 10, "wrap_s": 20}] * 20)
    world.add("call_counts", [{"center_id": "SH", "offered": 90, "answered": 80, "handle_s": 8000}])
    chart = place_items(world.warehouse(), None, Filters(), "center")[0]
    assert [code for code, *_rest in chart.figure["data"][0]["customdata"]] == ["WH"]
    assert "上海" in chart.caption and "武汉" not in chart.caption


def outbound_world(folder) -> World:
    """A1 of 一组: 100 dialled, 60 taken, 6 sold. A2 of 二组: 100 dialled, 30 taken, 3 sold. A3 answers inbound calls only."""
    world = World(folder).add("agents", [{"agent_id": "A2", "name": "李雷", "team": "二组"}, {"agent_id": "A3", "name": "韩梅", "team": "二组"}])
    for agent, taken, sold in (("A1", 60, 6), ("A2", 30, 3)):
        out = {"agent_id": agent, "direction": "outbound"}
        world.add("calls", [out | {"sold": True, "talk_s": 600}] * sold + [out | {"sold": False, "talk_s": 60}] * (taken - sold))
        world.add("calls", [out | {"answered": False, "sold": None}] * (100 - taken))
    return world.add("calls", calls(20, agent_id="A3")).add("agent_days", [{"agent_id": agent} for agent in ("A1", "A2", "A3")])


def test_outbound_is_counted_by_who_called(tmp_path):
    warehouse = outbound_world(tmp_path).warehouse()
    found = outbound.by_level(warehouse, None, OCTOBER, "agent")
    values = {(row["agent"], row["metric"]): row["value"] for row in found.iter_rows(named=True)}
    assert {agent for agent, _metric in values} == {"A1", "A2"}, "who only answers does not call out"
    assert values["A1", "outbound_calls"] == 100 and values["A2", "connect_rate"] == 0.3 and values["A1", "sales"] == 6
    assert values["A1", "sales_rate"] == pytest.approx(0.1)
    assert values["A1", "talk_hours_per_day"] == pytest.approx((6 * 600 + 54 * 60) / 3600)


def test_only_differences_beyond_noise_are_told_apart(tmp_path):
    """60 of 100 against 30 of 100 is more than noise; 6 of 60 sold against 3 of 30 is the same rate."""
    found = outbound.by_level(outbound_world(tmp_path).warehouse(), None, OCTOBER, "agent")
    assert outbound.apart(found, "connect_rate")["agent"].to_list() == ["A2", "A1"]
    assert outbound.apart(found, "sales_rate").is_empty()


def test_a_team_without_outbound_calls_is_not_compared(tmp_path):
    world = outbound_world(tmp_path).add("agents", [{"agent_id": "A4", "name": "赵六", "team": "三组"}])
    world.add("calls", calls(5, agent_id="A4")).add("agent_days", [{"agent_id": "A4"}])
    found = outbound.by_level(world.warehouse(), None, OCTOBER, "team")
    assert set(found["team"]) == {"一组", "二组"}


@pytest.mark.parametrize(
    "filters, level",
    [
        (Filters(), "center"),
        (Filters(centers=("WH", "SH")), "center"),
        (Filters(centers=("WH",)), "team"),
        (Filters(centers=("WH",), teams=("一组", "二组")), "team"),
        (Filters(centers=("WH",), teams=("一组",)), "agent"),
        (Filters(centers=("WH",), agents=("A1",)), "agent"),
    ],
)
def test_the_level_below_follows_the_filters(filters, level):
    assert level_below(filters, centers=2) == level


def test_one_center_alone_is_broken_down_by_team():
    assert level_below(Filters(), centers=1) == "team"


def test_page_figures_equal_the_metrics(tmp_path):
    world = outbound_world(tmp_path)
    frame = outbound.by_level(world.warehouse(), None, OCTOBER, "center")
    for metric in outbound.COMPARED:
        own = frame.filter(pl.col("metric") == metric).select("center", "value")
        assert own.rows() == world.by(metric, ("center",), OCTOBER).filter(pl.col("value").is_not_null()).select("center", "value").rows()


def test_the_proof_of_the_definitions_has_all_four():
    assert len(clicked(Event("proof", "definitions"), OCTOBER, "answer_rate", "center").metrics) == 4
    assert clicked(Event("row", "definitions", "service_level_of_answered"), OCTOBER, "answer_rate", "center").metrics == ("service_level_of_answered",)


def test_a_call_nobody_answered_was_not_answered_in_time_although_its_wait_is_unknown(tmp_path):
    world = World(tmp_path)
    world.add("calls", [{"wait_s": 10}, {"wait_s": 30}, {"answered": False, "wait_s": None, "agent_id": None}])
    assert world.one("service_level_of_offered")["value"] == world.one("answered_in_rings")["value"] == pytest.approx(1 / 3)
    assert world.one("service_level_of_answered")["value"] == 1 / 2
    assert world.one("service_level_plus_quick_abandons")["value"] == world.one("service_level_less_quick_abandons")["value"] == pytest.approx(1 / 3)


def test_a_center_that_times_nothing_has_no_service_level(tmp_path):
    world = World(tmp_path)
    world.add("calls", [{"wait_s": None}, {"answered": False, "wait_s": None, "agent_id": None}])
    assert world.one("service_level_of_offered")["value"] is None
