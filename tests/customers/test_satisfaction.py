"""Satisfaction by hand: what the silent could change, groups, reasons, and comments found as they were written."""

from datetime import date, timedelta
from io import BytesIO

import polars as pl
import pytest

from qa.build.run import build
from qa.config import load_config
from qa.customers.comments import Search, comments, scores
from qa.customers.satisfaction import Nonresponse, dissatisfied_reasons, groups, nonresponse, uneven_response, weighted_to_asked
from qa.exports import xlsx_bytes
from qa.filters import Asked, Filters
from qa.i18n import set_language
from qa.importing.command import import_files
from qa.keys import joined
from qa.results import answer
from qa.session.board.items import Event
from qa.session.customers.comments import comment_items, comment_table, ratings
from qa.session.customers.satisfaction import clicked, place_clicked, satisfaction_items, split_items
from qa.session.customers.satisfaction_words import silent_sentences
from qa.warehouse import Warehouse
from tests.importing.desk import REAL
from tests.support.world import NOON, World

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))
ASKED = Asked(OCTOBER, Filters(date(2026, 9, 1), date(2026, 10, 1)))


def rated(*scores_given: int | None, **more: object) -> list[dict]:
    """A survey a score; None for no answer."""
    return [{"score": score, "answered_at": None if score is None else NOON, **more} for score in scores_given]


@pytest.fixture
def world(tmp_path) -> World:
    return World(tmp_path)


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("zh")


def test_the_silent_could_put_the_rate_anywhere_between_the_bounds(world):
    """Ten asked, four rated, three of them satisfied: 30 % if the six are not, 90 % if they are; 80 % needs 5 of the 6."""
    found = nonresponse(world.add("surveys", rated(5, 4, 4, 1, *[None] * 6)).warehouse(), None, OCTOBER)
    assert found == Nonresponse(10, 4, 3)
    assert found.bounds == (0.3, 0.9)
    assert found.needed(0.8) == pytest.approx(5 / 6)
    assert found.is_carried_by_silent(0.8)
    assert not found.is_carried_by_silent(0.95) and not found.is_carried_by_silent(0.3)


def test_an_answer_without_a_rating_is_silent_too(world):
    world.add("surveys", [*rated(5, 5), {"answered_at": NOON, "resolved_first_time": True}])
    assert nonresponse(world.warehouse(), None, OCTOBER).silent == 1


def test_nobody_silent_leaves_nothing_to_warn_of():
    everyone = Nonresponse(10, 10, 8)
    assert everyone.bounds == (0.8, 0.8)
    assert everyone.needed(0.9) is None and not everyone.is_carried_by_silent(0.9)
    assert silent_sentences(everyone, 0.9, None) == []


@pytest.mark.parametrize(("found", "target", "mark"), [
    (Nonresponse(1000, 300, 270), 0.85, "uncertain"), (Nonresponse(1000, 990, 970), 0.85, "none"), (Nonresponse(1000, 990, 500), 0.85, "none"),
])  # fmt: skip
def test_the_warning_stands_where_the_silent_could_carry_the_result(found, target, mark):
    sentence = silent_sentences(found, target, None)[1]
    assert sentence.mark.state == mark
    if mark == "uncertain":
        assert "82.9%" in sentence.text and "−7.1 pp" in sentence.text, "(850 - 270) / 700 = 82.9 %, 7.1 points below 90 %"


def test_weighting_by_queue_counts_each_by_who_was_asked(world):
    """Half of each queue's 10 rate in one, 10 of 10 in the other: 5/5 and 5/10, weighted 75 %, unweighted 10 of 15."""
    world.add("surveys", rated(*[5] * 5, *[None] * 5, queue="a") + rated(*[5] * 5, *[1] * 5, queue="b"))
    warehouse = world.warehouse()
    assert weighted_to_asked(warehouse, None, OCTOBER) == pytest.approx(0.75)
    assert weighted_to_asked(warehouse, None, Filters(OCTOBER.date_from, OCTOBER.date_to, queues=("a",))) is None


def test_hours_are_those_at_which_customers_were_asked(world):
    evening = NOON.replace(hour=20, minute=59)
    world.add("surveys", rated(5, 1, None) + [row | {"sent_at": evening, "answered_at": evening + timedelta(hours=2)} for row in rated(5, 5)])
    found = groups(world.warehouse(), None, OCTOBER, "hour")
    rows = found.filter(pl.col("metric") == "satisfaction_rate").select("hour", "numerator", "denominator", "verdict").rows()
    assert rows == [("12", 1.0, 2.0, "too_few"), ("20", 2.0, 2.0, "too_few")]
    assert found.filter(pl.col("metric") == "response_rate")["value"].to_list() == pytest.approx([2 / 3, 1])


def test_reasons_are_those_of_the_calls(world):
    world.add("calls", [{"call_id": "C1", "reason": "账单", "started_at": NOON.replace(month=9, day=30)}, {"call_id": "C2", "reason": "宽带"}])
    world.add("surveys", rated(5, call_id="C1") + rated(1, 5, call_id="C2", reason="服务态度") + rated(5))
    found = groups(world.warehouse(), None, OCTOBER, "reason").filter(pl.col("metric") == "satisfaction_rate")
    assert {row[0]: row[1:] for row in found.select("call_reason", "numerator", "denominator").rows()} == {"账单": (1, 1), "宽带": (1, 2), None: (1, 1)}


def test_hours_and_reasons_add_up_to_the_metric(sample):
    warehouse, september = Warehouse.open(sample), Filters(date(2026, 9, 1), date(2026, 10, 1))
    for key in ("satisfaction_rate", "mean_satisfaction", "response_rate"):
        whole = answer(warehouse, [key], (), september, None).row(0, named=True)
        for by in ("hour", "reason", "team"):
            parts = groups(warehouse, None, september, by).filter(pl.col("metric") == key)
            assert parts["denominator"].sum() == whole["denominator"]
            assert parts["numerator"].sum() == pytest.approx(whole["numerator"])


def test_uneven_response_is_told_from_chance(world):
    world.add("surveys", rated(*[5] * 40, *[None] * 60, queue="a") + rated(*[5] * 80, *[None] * 20, queue="b") + rated(*[5] * 60, *[None] * 40, queue="c"))
    found = groups(world.warehouse(), None, OCTOBER, "queue")
    assert uneven_response(found, ("queue",), 10, 0.05)["queue"].to_list() == ["a", "b"]
    assert uneven_response(found.filter(pl.col("queue") == "c"), ("queue",), 10, 0.05).is_empty()


def test_reasons_of_the_dissatisfied_pile_up(world):
    world.add("surveys", rated(1, 2, 1, reason="态度") + rated(1, reason="等待") + rated(1, 2) + rated(5, reason="态度"))
    found = dissatisfied_reasons(world.warehouse(), None, OCTOBER)
    assert (found.dissatisfied, found.given) == (6, 4)
    assert found.frame.select("reason", "count", "share", "cumulative").rows() == [("态度", 3, 0.75, 0.75), ("等待", 1, 0.25, 1)]


WRITTEN = [
    "服务态度很好，非常满意！😀👍🏽", "ＡＢＣ全角　空格，“引号”……", "WiFi信号不稳定", "wifi 太慢", "100%满意_真的", "=1+1",
    "It's 'quoted' -- ; drop table surveys",
    "nbsp\u00a0在这里", "第一行\n第二行", "长" * 930,
]  # fmt: skip


@pytest.fixture(scope="module")
def said(tmp_path_factory) -> Warehouse:
    world = World(tmp_path_factory.mktemp("said"))
    rows = [
        {"comment": text, "sent_at": NOON + timedelta(minutes=place), "answered_at": NOON + timedelta(hours=1), "score": 1 + place % 5, "call_id": f"C{place}"}
        for place, text in enumerate(WRITTEN)
    ]
    world.add("surveys", [*rows, {"comment": "上海的意见", "center_id": "SH", "answered_at": NOON}, {"comment": ""}])
    return world.add("calls", [{"call_id": "C0"}]).warehouse()


def texts(warehouse: Warehouse, search: Search, page: int = 1, filters: Filters = OCTOBER, scope: frozenset[str] | None = None) -> list[str]:
    return comments(warehouse, scope, filters, search, page).rows["comment"].to_list()


WUHAN = Filters(OCTOBER.date_from, OCTOBER.date_to, centers=("WH",))


def test_comments_come_newest_first_and_unchanged(said):
    assert texts(said, Search(), filters=WUHAN) == WRITTEN[::-1]


@pytest.mark.parametrize(("wanted", "places"), [
    ("满意", [4, 0]), ("WIFI", [3, 2]), ("wifi", [3, 2]), ("😀", [0]), ("“引号”", [1]), ("　", [1]), ("%", [4]), ("_", [4]), ("'", [6]),
    ("第一行\n第", [8]), ("\u00a0", [7]), ("没有这样的话", []), ("长" * 930, [9]),
])  # fmt: skip
def test_a_search_finds_the_text_wherever_it_stands(said, wanted, places):
    assert texts(said, Search(wanted), filters=WUHAN) == [WRITTEN[place] for place in places]


def test_comments_are_filtered_by_rating(said):
    assert texts(said, Search(rated="2/5"), filters=WUHAN) == [WRITTEN[6], WRITTEN[1]]
    assert texts(said, Search(rated="satisfied"), filters=WUHAN) == [WRITTEN[place] for place in (9, 8, 4, 3)]
    assert len(texts(said, Search(rated="dissatisfied"))) == 6
    assert texts(said, Search("wifi", "4/5")) == [WRITTEN[3]]
    assert scores(said, None, OCTOBER) == ["1/5", "2/5", "3/5", "4/5", "5/5"]


def test_comments_outside_the_scope_or_the_period_are_not_found(said):
    assert texts(said, Search("上海"), scope=frozenset({"WH"})) == []
    assert texts(said, Search("上海"), scope=frozenset({"SH"})) == ["上海的意见"]
    assert texts(said, Search(), filters=Filters(date(2026, 9, 1), date(2026, 10, 1))) == []


def test_comments_come_page_by_page(world):
    world.add("surveys", [{"comment": f"第{number:02d}条", "sent_at": NOON + timedelta(minutes=number)} for number in range(45)])
    warehouse = world.warehouse()
    pages = [comments(warehouse, None, OCTOBER, Search("条"), page) for page in (1, 2, 3, 4)]
    assert [page.rows.height for page in pages] == [20, 20, 5, 0]
    assert pages[0].count == 45
    assert [text for page in pages for text in page.rows["comment"]] == [f"第{number:02d}条" for number in reversed(range(45))]


def test_a_file_holds_every_comment_unchanged(said):
    table = comment_table(said, None, WUHAN, Search())
    book = pl.read_excel(BytesIO(xlsx_bytes(table, "Comments", [], "Definition")), sheet_name="Comments", engine="calamine", infer_schema_length=0)
    assert book["Comment"].to_list() == WRITTEN[::-1]


def test_a_comment_opens_its_call_where_one_is_named(said):
    items = comment_items(said, None, OCTOBER, Search(), 1)[0].items
    assert {item.opens for item in items if item.text == "上海的意见"} == {False}
    first = next(item for item in items if item.text == WRITTEN[0])
    assert first.opens and first.key == f"{NOON.isoformat()} C0"
    assert list(ratings(said, None, OCTOBER))[:4] == ["all", "dissatisfied", "satisfied", "1/5"]


def test_the_page_shows_the_figures_of_the_metrics(sample):
    warehouse, asked = Warehouse.open(sample), Asked(Filters(date(2026, 9, 1), date(2026, 10, 1)), Filters(date(2026, 8, 1), date(2026, 9, 1)))
    items = {item.key: item for item in satisfaction_items(warehouse, None, asked)}
    for key, decimals, scale in (("satisfaction_rate", "%", 100), ("mean_satisfaction", "", 1), ("response_rate", "%", 100)):
        row = answer(warehouse, [key], (), asked.filters, None).row(0, named=True)
        assert items[f"tile {key}"].value == f"{row['value'] * scale:.1f}{decimals}"
    whole = answer(warehouse, ["satisfaction_rate"], ("center",), asked.filters, None)
    table = split_items(warehouse, None, asked.filters, "center")[-1]
    assert {row.key: row.cells[1].sort for row in table.rows} == dict(whole.drop_nulls("value").select("center", "value").rows())


def test_a_page_without_surveys_names_the_extract_that_would_fill_it(world):
    warehouse = world.add("calls", [{}]).warehouse()
    found = satisfaction_items(warehouse, None, ASKED)
    assert len(found) == 1 and "surveys" in found[0].items[0].text
    assert all(split_items(warehouse, None, OCTOBER, by)[0].items for by in ("center", "team", "queue", "reason", "hour"))


def test_a_click_narrows_the_view_or_leads_to_the_figures():
    assert place_clicked(Event("point", "rate response_rate", [joined(("WH", "一组"))]), "team") == {"center": "WH", "team": "一组"}
    assert place_clicked(Event("row", "groups", "账单"), "queue") == {"queue": "账单"}
    assert place_clicked(Event("row", "groups", "9"), "hour") == {}
    assert clicked(Event("proof", "tile response_rate"), ASKED, "center").metrics == ("response_rate",)
    assert clicked(Event("point", "reasons", ["态度"]), ASKED, "center").filters.reasons == ("态度",)
    assert clicked(Event("point", "reasons", [""]), ASKED, "center").by == ("reason",), "the bar of all others"
    assert clicked(Event("row", "groups", "09"), ASKED, "hour").filters.hours == ("09",)
    assert clicked(Event("point", "rate response_rate", ["账单"]), ASKED, "reason").filters.call_reasons == ("账单",)
    assert clicked(Event("proof", "groups"), ASKED, "hour").by == ("hour",)
    assert clicked(Event("proof", "rate satisfaction_rate"), ASKED, "reason").by == ("call_reason",)
    assert clicked(Event("open", "comments", "x"), ASKED, "center") is None


@pytest.mark.skipif(not (REAL / "chinese_comments").exists(), reason="the real files are not here")
def test_real_comments_are_found_as_they_were_written(tmp_path):
    import_files([REAL / "chinese_comments" / "dianping_comments.csv"], into=tmp_path)
    build(tmp_path, load_config(tmp_path))
    warehouse = Warehouse.open(tmp_path)
    everything = Filters(date(2020, 1, 1), date(2020, 1, 2))
    written = pl.read_csv(REAL / "chinese_comments" / "dianping_comments.csv", infer_schema_length=0)["comment"]
    assert comments(warehouse, None, everything, Search("味道")).count == sum("味道" in text for text in written)
    assert sorted(comment_table(warehouse, None, everything, Search())["Comment"]) == sorted(written)
