"""The course of a metric: a planted step is dated and told, an ordinary one is left in peace."""

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from qa.filters import Filters
from qa.i18n import set_language
from qa.metrics import METRICS
from qa.names import Names
from qa.trend.courses import MOST_PANELS, Course, covered, grains_of, splits_of, trend
from qa.trend.holidays import known_until, special_day
from qa.trend.words import TrendWords
from tests.support.world import World

FIRST = date(2026, 6, 1)
STEP = date(2026, 7, 13)
DAYS = 84
NAMES = Names({"WH": "武汉", "SH": "上海"}, {})
OCTOBER = Filters(date(2026, 8, 1), date(2026, 9, 1))


@pytest.fixture
def in_english():
    set_language("en")
    yield
    set_language("zh")


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    """Two centers with two queues, 20 calls a day and queue; from STEP on Wuhan's billing queue loses six a day instead of one."""
    rng, rows = np.random.default_rng(5), []
    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        for center, queue in (("WH", "账单"), ("WH", "报修"), ("SH", "账单"), ("SH", "报修")):
            lost = 0.3 if (center, queue) == ("WH", "账单") and day >= STEP else 0.05
            for place, is_lost in enumerate(rng.random(20) < lost):
                at = datetime.combine(day, datetime.min.time()) + timedelta(hours=9, minutes=place)
                rows.append({"center_id": center, "queue": queue, "answered": not is_lost, "started_at": at, "wait_s": 30})
    world = World(tmp_path_factory.mktemp("trend")).add("calls", rows)
    world.warehouse()
    return world


def course(world: World, course: Course, filters: Filters = OCTOBER):
    return trend(world.warehouse(), None, filters, course)


def words(found) -> TrendWords:
    return TrendWords(found, NAMES, {})


def test_the_step_is_dated_and_its_levels_are_those_of_the_metric(world):
    found = course(world, Course("answer_rate", split="queue"), Filters(OCTOBER.date_from, OCTOBER.date_to, centers=("WH",)))
    first = found.panels[0]
    assert first.group == ("账单",)
    (change,) = first.changes
    assert abs((change.day - STEP).days) <= 1
    assert change.earliest <= STEP <= change.latest
    before = Filters(change.since, change.day, centers=("WH",), queues=("账单",))
    assert change.before == pytest.approx(world.one("answer_rate", before)["value"])
    assert change.after == pytest.approx(world.one("answer_rate", before.during(change.day, change.until))["value"])
    assert not found.panels[1].changes


def test_the_whole_is_told_by_the_part_that_carries_the_change(world, in_english):
    found = course(world, Course("answer_rate"))
    (change,) = found.panels[0].changes
    assert dict(change.origin.where) == {"center": "WH", "queue": "账单"}
    text = words(found).answer().text
    assert "账单" in text and "2026" in text and "fell from" in text and "more than ordinary variation" in text


def test_the_step_is_told_in_chinese_too(world):
    text = words(course(world, Course("answer_rate"))).answer().text
    assert "起，水平由" in text and "降到" in text and "超出波动范围" in text


def test_an_ordinary_course_needs_no_cause(world, in_english):
    found = course(world, Course("answer_rate", grain="week"), Filters(OCTOBER.date_from, OCTOBER.date_to, centers=("SH",)))
    assert words(found).answer().text == "Answer rate: ordinary variation, no cause to look for."
    set_language("zh")
    assert "普通波动，不必找原因" in words(found).answer().text


def test_too_few_periods_are_said_so_instead_of_limits(world, in_english):
    found = course(world, Course("answer_rate", grain="month"), Filters(OCTOBER.date_from, OCTOBER.date_to, centers=("SH",)))
    panel = found.panels[0]
    assert panel.limits_now is None and panel.assurance is None and panel.marked == 0
    assert "limits need 12" in words(found).answer().text


def test_limits_are_computed_anew_only_when_asked(world):
    filters = Filters(OCTOBER.date_from, OCTOBER.date_to, centers=("WH",), queues=("账单",))
    whole = course(world, Course("answer_rate"), filters).panels[0]
    anew = course(world, Course("answer_rate", rebase="found"), filters).panels[0]
    chosen = course(world, Course("answer_rate", rebase=STEP.isoformat()), filters).panels[0]
    assert whole.method.since is None and whole.frame["center"].n_unique() == 1
    assert anew.method.since == anew.changes[0].day
    assert chosen.method.since == STEP
    after = world.one("answer_rate", filters.during(STEP, date(2026, 8, 24)))
    assert chosen.limits_now[1] == pytest.approx(after["value"], abs=0.01)
    assert words(course(world, Course("answer_rate"), filters)).findings()[-1].key == "proposal"
    assert "proposal" not in [one.key for one in words(course(world, Course("answer_rate", rebase="found"), filters)).findings()]


def test_every_value_shown_is_the_metrics_own(world):
    found = course(world, Course("answer_rate", grain="week", split="center"))
    for panel in found.panels:
        for row in panel.frame.iter_rows(named=True):
            own = world.one("answer_rate", Filters(row["period"], row["until"], centers=panel.group))
            assert (row["value"], row["n"]) == (pytest.approx(own["value"]), own["n"])


def test_a_scope_hides_other_centers(world):
    found = trend(world.warehouse(), frozenset({"SH"}), OCTOBER, Course("answer_rate", split="center"))
    assert [panel.group for panel in found.panels] == [("SH",)]


def test_periods_that_are_not_over_do_not_make_limits(world):
    week = course(world, Course("answer_rate", grain="week")).panels[0].frame
    assert week["provisional"].to_list()[:-1] == [False] * (week.height - 1)
    last = week.row(-1, named=True)
    assert last["provisional"] == (last["until"] > world.warehouse().span.until)


def test_more_groups_than_there_is_room_for_keep_those_with_signals(tmp_path):
    rows = [
        {"queue": f"Q{queue:02d}", "answered": not (queue == 17 and day >= 30 and call < 5) and (day + call + queue) % 10 > 0, "wait_s": 30,
         "started_at": datetime(2026, 6, 1, 9, call) + timedelta(days=day)}
        for queue in range(20) for day in range(60) for call in range(10)
    ]  # fmt: skip
    found = trend(World(tmp_path).add("calls", rows).warehouse(), None, Filters(date(2026, 7, 1), date(2026, 8, 1)), Course("answer_rate", split="queue"))
    assert len(found.panels) == 20 and len(found.shown) == MOST_PANELS
    assert found.shown[0].group == ("Q17",)
    assert found.shown[0].changes[0].day == date(2026, 7, 1)


def test_counts_by_month_offer_no_days(tmp_path):
    rows = [{"period": date(2025, month, 1), "offered": 1000, "answered": 960, "abandoned": 40, "queue": "热线"} for month in range(1, 13)]
    warehouse = World(tmp_path).add("call_counts", rows).warehouse()
    filters = Filters(date(2025, 12, 1), date(2026, 1, 1))
    assert grains_of(warehouse, None, METRICS["answer_rate"], filters) == ("month",)
    assert course_frame(warehouse, filters).height == 12


def course_frame(warehouse, filters):
    return trend(warehouse, None, filters, Course("answer_rate", "month")).panels[0].frame


def test_a_chart_reaches_back_further_than_the_period_chosen(world):
    period = covered(world.warehouse(), OCTOBER, "day")
    assert (period.date_from, period.date_to) == (FIRST, date(2026, 8, 24))


def test_splits_are_those_the_metric_knows(world):
    assert splits_of(METRICS["answer_rate"], OCTOBER, world.warehouse()) == ["none", "center", "team", "queue"]
    assert "queue" not in splits_of(METRICS["attrition_rate"], OCTOBER, world.warehouse())


def test_holidays_and_their_make_up_days_are_known():
    assert special_day(date(2026, 10, 1)).name.zh == "国庆节"
    assert special_day(date(2026, 10, 10)).is_make_up
    assert special_day(date(2026, 10, 12)) is None
    assert special_day(known_until() + timedelta(days=1)) is None


def test_the_planted_step_of_the_sample_is_found(sample: Path):
    import json

    from qa.warehouse import Warehouse

    truth = json.loads((sample / "truths.json").read_text("utf-8"))["answer_rate_step"]
    filters = Filters(date(2026, 10, 1), date(2026, 11, 1), centers=(truth["center_id"],))
    found = trend(Warehouse.open(sample), None, filters, Course("answer_rate", split="queue"))
    assert found.panels[0].group == (truth["queue"],)
    (change,) = found.panels[0].changes
    assert change.earliest <= date.fromisoformat(truth["day"]) <= change.latest
    assert (change.before, change.after) == (pytest.approx(truth["before"], abs=0.02), pytest.approx(truth["after"], abs=0.02))
