"""Headlines, findings and the state of the data, over extracts built row by row."""

from datetime import date, datetime, timedelta

import pytest

from qa.filters import Asked, Filters
from qa.headlines import HEADLINES, agents_judged, centers_judged, headlines, others_missed
from qa.measured import measured, monthly_course, months_up_to, provisional_from
from qa.metrics import METRICS
from qa.names import Names
from qa.overview.attention import Findings
from qa.overview.freshness import statements
from qa.periods import Period
from qa.session.overview.items import agent_items, groups_shown, month_items
from tests.support.world import World

OCTOBER, SEPTEMBER = (date(2026, 10, 1), date(2026, 11, 1)), (date(2026, 9, 1), date(2026, 10, 1))
ASKED = Asked(Filters(*OCTOBER), Filters(*SEPTEMBER))
NAMES = Names({"WH": "武汉", "SH": "上海"}, {"A1": "王芳"})


def evaluations(month: int, passed: int, failed: int, center: str = "WH", agent: str = "A1") -> list[dict]:
    rows = [{"passed": True}] * passed + [{"passed": False, "score": 40}] * failed
    at = datetime(2026, month, 15, 10)
    return [row | {"evaluated_at": at, "call_at": at, "center_id": center, "agent_id": agent} for row in rows]


@pytest.fixture
def world(tmp_path) -> World:
    return World(tmp_path).add("agents", [{"agent_id": "A2", "name": "李雷", "center_id": "SH"}])


def pass_rate(world: World):
    found = {headline.metric.key: headline for headline in headlines(world.warehouse(), None, ASKED)}
    return found["pass_rate"]


def findings(world: World) -> list[str]:
    warehouse = world.warehouse()
    shown = headlines(warehouse, None, ASKED)
    finder = Findings(warehouse, None, ASKED, NAMES)
    others, centers, agents = (ask(warehouse, None, ASKED) for ask in (others_missed, centers_judged, agents_judged))
    return [finding.text for finding in finder.all(shown, others, centers, agents)]


def test_headlines_are_those_of_the_catalogue_in_the_order_of_its_groups():
    assert {key for key, metric in METRICS.items() if metric.headline} == set(HEADLINES)


def test_a_headline_has_its_row_its_change_and_its_months(world):
    world.add("evaluations", evaluations(10, 60, 40) + evaluations(9, 95, 5))
    headline = pass_rate(world)
    assert (headline.row["value"], headline.row["verdict"]) == (0.6, "missed")
    assert (headline.change.before, headline.change.direction) == (0.95, "worse")
    assert headline.course.select("period", "value").rows() == [(date(2026, 9, 1), 0.95), (date(2026, 10, 1), 0.6)]


def test_metrics_without_a_record_in_the_period_are_no_headlines(world):
    world.add("evaluations", evaluations(10, 20, 0))
    assert {headline.metric.group for headline in headlines(world.warehouse(), None, ASKED)} == {"quality"}


def test_without_a_comparison_nothing_has_changed(world):
    world.add("evaluations", evaluations(10, 20, 0) + evaluations(9, 20, 0))
    found = headlines(world.warehouse(), None, Asked(ASKED.filters, None))
    assert all(headline.change is None for headline in found)


def test_the_scope_bounds_every_headline(world):
    world.add("evaluations", evaluations(10, 20, 0) + evaluations(10, 0, 20, "SH", "A2"))
    found = headlines(world.warehouse(), frozenset({"WH"}), ASKED)
    assert next(headline.row["value"] for headline in found if headline.metric.key == "pass_rate") == 1.0


def test_a_missed_target_says_where_most_of_it_sits(world):
    """Target 95 %: Wuhan misses 35 of 100, Shanghai 5 of 100, so Wuhan has 35 / 40 of what is missing."""
    world.add("evaluations", evaluations(10, 60, 40) + evaluations(10, 90, 10, "SH", "A2"))
    assert findings(world)[0] == "抽检合格率为 75.0%，未达目标（≥ 95.0%）。差额的 87.5% 在武汉（60.0%）。"


def test_a_center_off_target_is_named_although_the_whole_is_not(world):
    world.add("evaluations", evaluations(10, 40, 10) + evaluations(10, 950, 0, "SH", "A2"))
    assert "抽检合格率未达标的中心：武汉（80.0%，目标 ≥ 95.0%）。" in findings(world)


def test_all_of_a_shortfall_in_one_center_is_said_so(world):
    world.add("evaluations", evaluations(10, 60, 40) + evaluations(10, 100, 0, "SH", "A2"))
    assert findings(world)[0] == "抽检合格率为 80.0%，未达目标（≥ 95.0%）。差额全部在武汉（60.0%）。"


def test_a_center_far_behind_headquarters_is_told_so_beside_its_target(world):
    """Wuhan 88 % against a target of 90 % and 98 % at headquarters."""
    rows = [("WH", "A1", 1760, 240), ("SH", "A2", 19600, 400)]
    for center, agent, satisfied, others in rows:
        place = {"center_id": center, "agent_id": agent, "sent_at": datetime(2026, 10, 6), "answered_at": datetime(2026, 10, 6)}
        world.add("surveys", [place | {"score": 5}] * satisfied + [place | {"score": 1}] * others)
    assert "客户满意率未达标的中心：武汉（88.0%，目标 ≥ 90.0%；与总中心相比 −10.0 个百分点）。" in findings(world)


def test_a_missed_metric_without_a_tile_is_told_too(world):
    world.add("calls", [{"started_at": datetime(2026, 10, 6, 9), "wait_s": 19}] * 100)
    assert any(text.startswith("三声铃响接听率为 0.0%，未达目标（≥ 90.0%）") for text in findings(world))


def test_a_fall_beyond_noise_says_where_it_comes_from(world):
    world.add("evaluations", evaluations(9, 100, 0) + evaluations(9, 100, 0, "SH", "A2"))
    world.add("evaluations", evaluations(10, 50, 50) + evaluations(10, 100, 0, "SH", "A2"))
    assert "抽检合格率从 100.0% 变为 75.0%（−25.0 个百分点），超出波动。其中 100.0% 来自武汉。" in findings(world)


def test_agents_behind_the_others_are_named(world):
    world.add("evaluations", evaluations(10, 10, 40) + evaluations(10, 400, 5, "SH", "A2"))
    assert any(text.startswith("1 名坐席的抽检合格率落后于其他坐席") and "王芳（20.0%）" in text for text in findings(world))


def test_nothing_is_said_where_nothing_is_certain(world):
    world.add("evaluations", evaluations(10, 96, 4) + evaluations(9, 95, 5))
    assert not any("抽检合格率" in text for text in findings(world))


def test_measures_of_a_metric_that_cannot_be_asked_are_left_out(world):
    world.add("evaluations", evaluations(10, 5, 5))
    frames = measured(world.warehouse(), ["pass_rate", "answer_rate", "repeat_call_rate"], ("evaluator",), Filters(*OCTOBER), None)
    assert list(frames) == ["pass_rate"]
    assert frames["pass_rate"]["value"].to_list() == [0.5]


def test_the_course_covers_a_year_and_a_month():
    assert months_up_to(Period(date(2026, 10, 3), date(2026, 10, 9)), 1) == Period(date(2025, 10, 1), date(2026, 11, 1))
    assert months_up_to(Period(date(2026, 9, 21), date(2026, 10, 21)), 21) == Period(date(2025, 9, 21), date(2026, 10, 21))


def test_a_month_the_data_do_not_fill_is_provisional(world):
    world.add("evaluations", evaluations(9, 9, 1) + evaluations(10, 9, 1))
    course = monthly_course(world.warehouse(), ["pass_rate"], (), Filters(*OCTOBER), None)["pass_rate"]
    assert dict(course.select("period", "provisional").iter_rows()) == {date(2026, 9, 1): False, date(2026, 10, 1): True}


def test_first_call_resolution_is_provisional_for_its_window(world):
    world.add("evaluations", evaluations(10, 1, 0))
    warehouse = world.warehouse()
    assert provisional_from(warehouse, METRICS["first_call_resolution"]) == warehouse.span.until - timedelta(days=7)


def test_resolution_is_called_provisional_only_where_calls_name_customers(world):
    world.add("calls", [{"started_at": datetime(2026, 10, 30, 9)}])
    assert "provisional" not in {statement.key for statement in statements(world.warehouse(), None, ASKED, NAMES.centers)}
    world.add("calls", [{"started_at": datetime(2026, 10, 30, 9), "customer_id": "C1"}])
    assert "provisional" in {statement.key for statement in statements(world.warehouse(), None, ASKED, NAMES.centers)}


def test_absent_extracts_are_named_with_what_they_would_show(world):
    world.add("evaluations", evaluations(10, 5, 0))
    found = {statement.key: statement for statement in statements(world.warehouse(), None, ASKED, NAMES.centers)}
    assert found["absent surveys"].is_problem
    assert "客户满意率" in found["absent surveys"].text


def test_a_center_whose_records_end_early_is_named(world):
    world.add("calls", [{"started_at": datetime(2026, 10, 1, 9) + timedelta(days=day)} for day in range(30)])
    world.add("calls", [{"started_at": datetime(2026, 10, 5, 9), "center_id": "SH", "agent_id": None}])
    found = {statement.key: statement.text for statement in statements(world.warehouse(), None, ASKED, NAMES.centers)}
    assert found["lag calls"] == "通话数据滞后的中心：上海（10月5日）。"
    assert "30 天中 30 天有通话" in found["coverage"]


def test_groups_without_a_figure_are_not_offered_nor_drawn(world):
    world.add("calls", [{"started_at": datetime(2026, 10, 1 + day, 9), "agent_id": None} for day in range(20)])
    warehouse = world.warehouse()
    assert groups_shown(warehouse, None, ASKED) == ("calls",)
    items = {item.key for item in (*month_items(warehouse, None, ASKED, "calls"), *agent_items(warehouse, None, ASKED))}
    assert "trend answer_rate" in items
    assert "agents" not in items, "no record names an agent"
    assert "trend mean_handling" not in items, "talk and wrap-up are not known"


def test_of_many_centers_the_largest_are_drawn(world):
    world.add("centers", [{"center_id": f"C{place:02}", "name": f"中心{place}"} for place in range(20)])
    for place in range(20):
        world.add("calls", [{"center_id": f"C{place:02}", "agent_id": None}] * (place + 1))
    chart = next(item for item in month_items(world.warehouse(), None, ASKED, "calls") if item.key == "trend answer_rate")
    lines = [trace["name"] for trace in chart.figure["data"] if trace.get("mode") == "lines" and trace.get("showlegend", True)]
    assert chart.caption == "仅画 20 个中心中业务量最大的 8 个。"
    assert {"中心19", "中心12"} <= set(lines) and "中心11" not in lines
