"""First-call resolution under every window, the time to a repeat, both measures beside each other, and chains: by hand."""

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from qa.calls.call import call_of, short_pseudonym
from qa.config import Config, Definitions
from qa.customers.resolution import Apart, Pairs, apart, called_again, chains, gaps, pairs, windows
from qa.filters import Asked, Filters
from qa.i18n import set_language
from qa.results import answer
from qa.session.board.items import Event, Table, Tile
from qa.session.customers.repeats import case_items, queue_clicked, repeat_items
from qa.session.customers.resolution import clicked, resolution_items
from qa.warehouse import Warehouse
from tests.oracle import random_tables
from tests.support.world import World

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))
AUTUMN = Filters(date(2026, 10, 1), date(2026, 12, 1))


def contact(day: int, hour: int = 12, month: int = 10, customer: str = "c1", **more: object) -> dict:
    return {"started_at": datetime(2026, month, day, hour), "customer_id": customer, "reason": "账单", **more}


@pytest.fixture
def world(tmp_path) -> World:
    """A came back after 2 days 23 hours (B) and 16 days 3 hours (C); D was transferred; E is known for 10 days and a half.

    The last call of the center, by nobody known, is on 30 November: the data end with that day.
    """
    world = World(tmp_path)
    return world.add("calls", [
        contact(1, 10, call_id="A"), contact(4, 9, call_id="B"), contact(20, 12, call_id="C"),
        contact(10, customer="c2", transferred=True, call_id="D"), contact(20, 12, 11, customer="c3", call_id="E"),
        {"started_at": datetime(2026, 11, 30, 9), "call_id": "LAST"},
    ])  # fmt: skip


def by_window(world: World, filters: Filters = AUTUMN) -> dict[int, dict]:
    warehouse = world.warehouse()
    return {row["window"]: row for row in windows(gaps(warehouse, None, filters), warehouse.config).iter_rows(named=True)}


@pytest.mark.parametrize(("window", "resolved", "firsts", "repeats", "provisional"), [
    (1, 4, 5, 0, 0), (2, 4, 5, 0, 0),  # nobody is back yet, D was transferred
    (3, 2, 4, 1, 0), (10, 2, 4, 1, 0),  # B follows A: C and E are settled
    (11, 1, 3, 1, 1), (16, 1, 3, 1, 1),  # E is not known for that long
    (17, 0, 2, 2, 1), (30, 0, 2, 2, 1),  # C follows B
])  # fmt: skip
def test_every_window_judges_the_contacts_as_by_hand(world, window, resolved, firsts, repeats, provisional):
    row = by_window(world)[window]
    assert (row["resolved_numerator"], row["resolved_denominator"]) == (resolved, firsts)
    assert (row["repeated_numerator"], row["repeated_denominator"]) == (repeats, 5)
    assert (row["resolved_value"], row["provisional"]) == (resolved / firsts, provisional)


def test_a_contact_exactly_a_window_later_is_no_repeat(tmp_path):
    rows = by_window(World(tmp_path).add("calls", [contact(1), contact(8), contact(30, 12, 11, customer="z")]))
    assert (rows[7]["repeated_numerator"], rows[8]["repeated_numerator"]) == (0, 1)


def test_a_first_contact_counts_from_the_moment_its_window_is_over(tmp_path):
    """At midnight of 24 November exactly seven days are known; an hour later, an hour less."""
    rows = [contact(24, 0, 11, customer="a"), contact(24, 1, 11, customer="b"), contact(30, 9, 11, customer="z")]
    row = by_window(World(tmp_path).add("calls", rows))[7]
    assert (row["resolved_denominator"], row["provisional"]) == (1, 2)


def random_warehouse(folder: Path, window: int) -> Warehouse:
    world = World(folder, f"[definitions]\nresolution_window_days = {window}\n")
    world.tables = random_tables(1)
    return world.warehouse()


@pytest.fixture(scope="module")
def week(tmp_path_factory) -> Warehouse:
    return random_warehouse(tmp_path_factory.mktemp("week"), 7)


@pytest.mark.parametrize("window", [1, 14, 45])
def test_the_window_in_force_gives_the_metrics_exactly(week, tmp_path, window):
    own = random_warehouse(tmp_path, window)
    rows = windows(gaps(own, None, Filters()), own.config)
    in_force = rows.row(by_predicate=pl.col("is_in_force"), named=True)
    figures = {row["metric"]: row for row in answer(own, ["first_call_resolution", "repeat_call_rate"], (), Filters(), None).iter_rows(named=True)}
    for metric, name in (("first_call_resolution", "resolved"), ("repeat_call_rate", "repeated")):
        assert [in_force[f"{name}_{part}"] for part in ("numerator", "denominator")] == [figures[metric][part] for part in ("numerator", "denominator")]
        assert [in_force[f"{name}_{part}"] for part in ("value", "low", "high")] == pytest.approx([figures[metric][part] for part in ("value", "low", "high")])
    facts = own.extract_rows("select sum(provisional_contacts) as provisional from contact_facts", {})
    assert in_force["provisional"] == facts["provisional"][0]
    if window <= 30:
        other = windows(gaps(week, None, Filters()), week.config).filter(pl.col("window") == window)
        assert other.drop("is_in_force").row(0) == rows.filter(pl.col("window") == window).drop("is_in_force").row(0)


def test_centers_teams_and_agents_narrow_the_curve_as_they_narrow_the_metric(week):
    warehouse = week
    agents = warehouse.agents["agent_id"].unique().sort().to_list()[:3]
    teams = warehouse.agents["team"].drop_nulls().unique().sort().to_list()[:1]
    centers = warehouse.centers["center_id"].sort().to_list()[:1]
    for filters in (Filters(agents=tuple(agents)), Filters(teams=tuple(teams)), Filters(centers=tuple(centers))):
        row = windows(gaps(warehouse, None, filters), warehouse.config).row(by_predicate=pl.col("is_in_force"), named=True)
        figure = answer(warehouse, ["first_call_resolution"], (), filters, None).row(0, named=True)
        assert (row["resolved_numerator"], row["resolved_denominator"]) == (figure["numerator"] or 0, figure["denominator"] or 0)
    assert gaps(warehouse, frozenset(), Filters()).is_empty()


def test_called_again_leaves_out_who_was_not_watched(world):
    """A is back on day 2 of 5 watched; on day 16 B is, of B, C and D: E was watched for 10 days only."""
    warehouse = world.warehouse()
    frame = called_again(gaps(warehouse, None, AUTUMN), warehouse.config)
    shares = dict(frame.select("days", "value").rows())
    assert [shares[days] for days in (0, 2, 3, 16, 17, 30)] == pytest.approx([0, 0, 1 / 5, 1 / 5, 1 - 4 / 5 * 2 / 3, 7 / 15])
    watched = dict(frame.select("days", "watched").rows())
    assert (watched[1], watched[10], watched[11]) == (5, 4, 3)


def test_a_return_on_a_day_not_known_whole_does_not_count(tmp_path):
    """The second contact falls on the last half day: whoever did not call is not known for that day either."""
    warehouse = World(tmp_path).add("calls", [contact(30, 12), contact(31, 20)]).warehouse()
    assert called_again(gaps(warehouse, None, OCTOBER), warehouse.config)["value"].to_list()[:3] == [0.0, 0.0, None]


def test_no_contacts_give_no_values(tmp_path):
    warehouse = World(tmp_path).add("calls", [{}]).warehouse()
    empty = gaps(warehouse, None, OCTOBER)
    assert windows(empty, warehouse.config)["resolved_value"].null_count() == 30
    assert called_again(empty, warehouse.config)["value"].to_list() == [0.0, *[None] * 30]


def answered(call: str | None, resolved: bool | None, survey: str) -> dict:
    at = datetime(2026, 10, 25, 12)
    return {"survey_id": survey, "call_id": call, "sent_at": at, "answered_at": at, "score": 5, "resolved_first_time": resolved}


def test_answers_are_set_beside_their_calls(world):
    """A: followed. C: settled. D: transferred. B: a repeat. One call is not known, one survey did not answer the question."""
    world.add("surveys", [
        answered("A", True, "S1"), answered("C", True, "S2"), answered("D", False, "S3"), answered("C", False, "S4"),
        answered("B", True, "S5"), answered("NONE", True, "S6"), answered(None, False, "S7"), answered("A", None, "S8"),
    ])  # fmt: skip
    found = pairs(world.warehouse(), None, OCTOBER)
    assert found == Pairs(7, 1, 0, resolved_by_both=1, resolved_by_survey_only=1, resolved_by_calls_only=1, resolved_by_neither=1)
    assert (found.compared, found.without_contact, found.by_survey, found.by_calls, found.agreement, found.p_value) == (4, 2, 0.5, 0.5, 0.5, 1.0)


def test_an_answer_about_an_open_window_is_provisional(tmp_path):
    world = World(tmp_path).add("calls", [contact(25, call_id="NEW"), contact(28, customer="z")]).add("surveys", [answered("NEW", True, "S1")])
    assert pairs(world.warehouse(), None, OCTOBER) == Pairs(1, 0, 1, 0, 0, 0, 0)


def test_a_survey_after_midnight_finds_its_call_of_the_month_before(tmp_path):
    world = World(tmp_path).add("calls", [contact(30, 23, 9, call_id="LATE"), contact(28, customer="z")])
    world.add("surveys", [answered("LATE", True, "S1") | {"sent_at": datetime(2026, 10, 1, 0, 5)}])
    assert pairs(world.warehouse(), None, OCTOBER).resolved_by_both == 1


def test_the_difference_of_both_measures_is_explained_exactly():
    """90 % by answers, 80 % by calls; on the same 100 contacts 85 and 82: 3 points of judgement, 7 of coverage."""
    found = Pairs(120, 10, 5, 75, 10, 7, 8)
    difference = apart(0.90, 0.80, found)
    assert difference == Apart(pytest.approx(0.10), pytest.approx(0.03))
    assert difference.by_coverage == pytest.approx(0.07)
    assert difference.by_judgement + difference.by_coverage == pytest.approx(difference.whole)
    assert apart(0.9, None, found) is None
    assert apart(0.9, 0.8, Pairs(0, 0, 0, 0, 0, 0, 0)) is None


def test_a_chain_runs_from_a_first_contact_as_long_as_the_window_holds(world):
    rows = chains(world.warehouse(), None, OCTOBER)
    assert rows.select("call_id", "customer_id", "contacts").rows() == [("A", "c1", 2)]
    assert chains(world.warehouse(), frozenset({"SH"}), OCTOBER).is_empty()
    assert chains(world.warehouse(), None, Filters(date(2026, 10, 2), date(2026, 11, 1))).is_empty(), "it began the day before"


def test_every_repeat_is_in_one_chain_and_every_chain_begins_with_a_first_contact(week):
    warehouse = week
    found = chains(warehouse, None, Filters())
    facts = warehouse.extract_rows("select call_id, repeat_contacts from contact_facts", {})
    repeats = dict(facts.rows())
    assert found.height < 200
    assert found["contacts"].sum() - found.height == sum(repeats.values())
    assert all(repeats[call] == 0 for call in found["call_id"])


def test_a_case_shows_the_calls_of_one_customer_for_one_reason(world):
    world.add("calls", [contact(5, call_id="OTHER") | {"reason": "宽带"}])
    world.add("surveys", [answered("B", False, "S1")]).add("complaints", [{"call_id": "C", "category": None}])
    found = call_of(world.warehouse(), None, "B", datetime(2026, 10, 25))
    assert found.row["queue"] == "账单"
    assert found.contacts["call_id"].to_list() == ["A", "B", "C"]
    assert found.contacts["gap_s"].to_list() == [None, 2 * 86_400 + 23 * 3600, 16 * 86_400 + 3 * 3600]
    assert found.contacts["resolved_first_time"].to_list() == [None, False, None]
    assert found.contacts["complaint"].to_list() == [None, None, ""]
    assert call_of(world.warehouse(), frozenset({"SH"}), "B", datetime(2026, 10, 25)) is None
    assert call_of(world.warehouse(), None, "LAST", datetime(2026, 11, 30)).contacts.is_empty()


def test_a_pseudonym_is_shortened():
    assert (short_pseudonym("c1"), short_pseudonym("30f2f4e54dbf")) == ("c1", "30f2f4…")


def test_the_page_shows_the_figures_of_the_metrics(sample):
    set_language("en")
    warehouse = Warehouse.open(sample)
    asked = Asked(Filters(date(2026, 9, 1), date(2026, 10, 1)), Filters(date(2026, 8, 1), date(2026, 9, 1)))
    items = {item.key: item for item in resolution_items(warehouse, None, asked)}
    figures = {row["metric"]: row for row in answer(warehouse, ["first_call_resolution", "one_time_resolution", "repeat_call_rate"], (), asked.filters, None).iter_rows(named=True)}  # noqa: E501
    for metric, row in figures.items():
        tile = items[f"tile {metric}"]
        assert isinstance(tile, Tile) and tile.value == f"{row['value'] * 100:.1f}%" and tile.n == f"n = {row['n']:,}"
    curve = items["windows"].figure["data"][-1]
    assert curve["y"][list(curve["x"]).index(7)] == pytest.approx(figures["first_call_resolution"]["value"])
    table = next(item for item in repeat_items(warehouse, None, asked.filters) if isinstance(item, Table))
    assert len(table.rows) == answer(warehouse, ["repeat_call_rate"], ("queue",), asked.filters, None).height
    assert case_items(warehouse, None, asked.filters)[0].rows
    set_language("zh")


def test_a_click_leads_to_the_figures_or_narrows_the_view():
    asked = Asked(OCTOBER, None)
    assert clicked(Event("proof", "tile repeat_call_rate"), asked).metrics == ("repeat_call_rate",)
    assert clicked(Event("proof", "repeat reason"), asked).by == ("reason",)
    assert clicked(Event("point", "repeat reason", ["账单"]), asked).filters.reasons == ("账单",)
    assert clicked(Event("row", "table reason", ""), asked).by == ("reason",), "calls without a reason are told among all"
    assert clicked(Event("row", "chains", "x"), asked) is None
    assert clicked(None, asked) is None
    assert queue_clicked(Event("point", "repeat queue", ["账单"])) == "账单"
    assert queue_clicked(Event("row", "table queue", "账单")) == "账单"
    assert queue_clicked(Event("proof", "repeat queue")) is None


def test_definitions_beyond_thirty_days_keep_their_place_on_the_curve():
    config = Config(definitions=Definitions(resolution_window_days=45))
    frame = pl.DataFrame({"days": [45], "contacts": [3], "first_contacts": [3], "resolved_first_contacts": [2]})
    rows = windows(frame, config)
    assert rows["window"].to_list()[-1] == 45
    assert np.allclose(rows["resolved_value"].to_numpy(), 2 / 3)


def test_time_since_the_epoch_does_not_matter(tmp_path):
    """Microseconds count: a second contact one microsecond short of seven days is a repeat."""
    first = datetime(2026, 10, 1, 12)
    rows = [contact(1), contact(1) | {"started_at": first + timedelta(days=7) - timedelta(microseconds=1)}, contact(30, 12, 11, customer="z")]
    assert by_window(World(tmp_path).add("calls", rows))[7]["repeated_numerator"] == 1


def test_a_choice_without_records_is_told_from_records_without_customers(world):
    def words(filters: Filters) -> str:
        return " ".join(sentence.text for item in resolution_items(world.warehouse(), None, Asked(filters, None)) for sentence in item.items)

    set_language("en")
    assert "No records for this choice" in words(Filters(date(2020, 1, 1), date(2020, 2, 1)))
    assert "customer_id" not in words(Filters(date(2020, 1, 1), date(2020, 2, 1)))


def test_records_that_name_no_customer_say_which_column_is_missing(tmp_path):
    set_language("en")
    warehouse = World(tmp_path).add("calls", [contact(1, customer=None)] * 3).warehouse()
    (needs,) = resolution_items(warehouse, None, Asked(OCTOBER, None))
    assert "customer_id" in needs.items[0].text
