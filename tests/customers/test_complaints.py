"""Complaints by hand: rates per 10,000, what they are about, and which are open or overdue."""

from datetime import date, datetime

import pytest
from scipy import stats

from qa.customers.complaints import categories, open_complaints
from qa.filters import Asked, Filters
from qa.i18n import set_language
from qa.keys import SEPARATOR, joined
from qa.results import answer
from qa.session.board.items import Event
from qa.session.customers.complaints import clicked, complaint_items, place_clicked, place_items
from tests.support.world import NOON, World

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))
ASKED = Asked(OCTOBER, None)
DUE = datetime(2026, 10, 12, 12)


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("zh")


@pytest.fixture
def world(tmp_path) -> World:
    """200 answered calls; attitude: one upheld of two, closed in time; price: overdue, and not due yet; the data end on 31 October."""
    world = World(tmp_path).add("calls", [{}] * 199 + [{"call_id": "LAST", "started_at": datetime(2026, 10, 31, 9)}])
    return world.add("complaints", [
        {"complaint_id": "K1", "category": "态度", "upheld": True, "due_at": DUE, "closed_at": datetime(2026, 10, 11)},
        {"complaint_id": "K2", "category": "态度", "upheld": False, "due_at": DUE, "closed_at": datetime(2026, 10, 13)},
        {"complaint_id": "K3", "category": "资费", "due_at": DUE, "agent_id": "A1", "call_id": "LAST"},
        {"complaint_id": "K4", "category": "资费", "due_at": datetime(2026, 11, 9)},
        {"complaint_id": "K5", "category": None, "center_id": "SH"},
        {"complaint_id": "K0", "category": "旧", "received_at": datetime(2026, 9, 1), "due_at": datetime(2026, 9, 8)},
    ])  # fmt: skip


def test_categories_have_their_rate_with_an_exact_interval(world):
    rows = {row["category"]: row for row in categories(world.warehouse(), None, OCTOBER).iter_rows(named=True)}
    assert list(rows)[:2] == ["态度", "资费"] and rows[None]["complaints"] == 1
    attitude = rows["态度"]
    assert (attitude["complaints"], attitude["rate"], attitude["cumulative"]) == (2, 100.0, 0.4)
    low, high = stats.gamma.ppf(0.025, 2) / 0.02, stats.gamma.ppf(0.975, 3) / 0.02
    assert (attitude["low"], attitude["high"]) == pytest.approx((low, high))
    assert (attitude["upheld"], attitude["upheld_n"], attitude["on_time"], attitude["on_time_n"]) == (0.5, 2, 0.5, 2)
    assert (rows["资费"]["upheld"], rows["资费"]["upheld_n"], rows["资费"]["on_time"], rows["资费"]["on_time_n"]) == (None, 0, 0.0, 1)


def test_categories_add_up_to_the_metrics(world):
    warehouse = world.warehouse()
    rows = categories(warehouse, None, OCTOBER)
    rate, on_time = (answer(warehouse, [key], (), OCTOBER, None).row(0, named=True) for key in ("complaint_rate", "complaint_on_time"))
    assert rows["complaints"].sum() == rate["numerator"]
    assert rows["rate"].sum() == pytest.approx(rate["value"])
    assert rows["on_time_n"].sum() == on_time["denominator"]


def test_without_calls_there_is_no_rate(tmp_path):
    rows = categories(World(tmp_path).add("complaints", [{}, {}]).warehouse(), None, OCTOBER)
    assert rows.select("complaints", "rate", "low", "high").rows() == [(2, None, None, None)]


def test_open_complaints_come_longest_overdue_first(world):
    found = open_complaints(world.warehouse(), None, OCTOBER)
    assert found.rows["complaint_id"].to_list() == ["K0", "K3", "K4", "K5"]
    assert found.rows["is_overdue"].to_list() == [True, True, False, False]
    assert found.rows["over_s"].to_list()[1] == (datetime(2026, 11, 1) - DUE).total_seconds()
    assert (found.count, found.overdue) == (4, 2)


def test_open_complaints_keep_to_scope_choice_and_end_of_the_period(world):
    warehouse = world.warehouse()
    assert open_complaints(warehouse, frozenset({"SH"}), OCTOBER).rows["complaint_id"].to_list() == ["K5"]
    assert open_complaints(warehouse, None, Filters(date(2026, 9, 1), date(2026, 10, 1))).rows["complaint_id"].to_list() == ["K0"]
    assert open_complaints(warehouse, None, Filters(*OCTOBER_DAYS, teams=("一组",))).rows["complaint_id"].to_list() == ["K3"]


OCTOBER_DAYS = (OCTOBER.date_from, OCTOBER.date_to)


def test_a_complaint_closed_after_the_data_end_is_still_open(tmp_path):
    world = World(tmp_path).add("calls", [{}]).add("complaints", [{"closed_at": datetime(2026, 10, 9), "due_at": DUE}])
    assert open_complaints(world.warehouse(), None, OCTOBER).count == 1, "the data end with 5 October"


def test_the_page_says_how_many_and_lists_the_open_ones(world):
    items = {item.key: item for item in complaint_items(world.warehouse(), None, ASKED)}
    texts = {line.key: line.text for line in items["answer"].items}
    assert texts["answer"].startswith("5 complaints in 200 answered calls: 250.00 per 10,000 (")
    assert texts["on time"] == "1 of 3 complaints whose time limit is over were closed on time."
    assert texts["open"] == "4 complaints are open at the end of the data, 2 overdue."
    assert [row.key for row in items["open"].rows][1] == f"{NOON.isoformat()} LAST{SEPARATOR}K3"
    assert items["tile complaint_rate"].value == "250.00"


def test_a_choice_of_queues_is_left_out_and_said_so(world):
    items = complaint_items(world.warehouse(), None, Asked(Filters(*OCTOBER_DAYS, queues=("账单",)), None))
    assert "not recorded by queue" in items[0].items[-1].text


def test_places_show_the_figures_of_the_metrics(world):
    table = place_items(world.warehouse(), None, OCTOBER, "center")[-1]
    expected = answer(world.warehouse(), ["complaint_rate"], ("center",), OCTOBER, None)
    assert {row.key: row.cells[1].sort for row in table.rows} == {row["center"]: row["value"] for row in expected.iter_rows(named=True)}


def test_without_the_extract_the_page_names_it(tmp_path):
    items = complaint_items(World(tmp_path).add("calls", [{}]).warehouse(), None, ASKED)
    assert len(items) == 1 and "complaints" in items[0].items[0].text


def test_a_click_narrows_the_view_or_leads_to_the_figures():
    assert place_clicked(Event("row", "places", joined(("WH", "一组")))) == {"center": "WH", "team": "一组"}
    assert place_clicked(Event("point", "rate complaint_rate", ["WH"])) == {"center": "WH"}
    assert place_clicked(Event("proof", "places")) == {}
    assert clicked(Event("proof", "category table"), ASKED, "center").by == ("category",)
    one = clicked(Event("point", "categories", ["态度"]), ASKED, "center")
    assert one.metrics[0] == "complaint_count" and one.filters.categories == ("态度",)
    assert clicked(Event("row", "open", "x"), ASKED, "center") is None
