"""A gap, its sides, its splits and its parts: worked by hand on a few surveys, and held to what the sample planted."""

import json
from datetime import date

import pytest

from qa.centers.command import why_arguments
from qa.centers.naming import segment_name
from qa.centers.sides import Course, against_possible, sides
from qa.centers.splits import SPLITS, splits_possible
from qa.centers.why import center_to_explain, explanation, explanations, metrics_possible, whole
from qa.centers.why_words import WhyWords
from qa.cli.app import app
from qa.filters import Asked, Filters
from qa.i18n import set_language
from qa.metrics import METRICS
from qa.names import Names
from qa.quality.scorecards import Cards
from qa.warehouse import Warehouse
from tests.support.world import NOON, World

EVERYTHING = Asked(Filters(date(2026, 9, 1), date(2026, 11, 1)), None)
OVER_TIME = Asked(Filters(date(2026, 10, 1), date(2026, 11, 1)), Filters(date(2026, 9, 1), date(2026, 10, 1)))
NAMES = Names({"WH": "武汉", "SH": "上海"}, {})
TO_HEADQUARTERS = Course("satisfaction_rate", "WH", ("headquarters",), "queue")


def rated(good: int, bad: int, **more) -> list[dict]:
    return [{"answered_at": NOON, "satisfied": is_good, "score": 5 if is_good else 1, **more} for is_good in [True] * good + [False] * bad]


@pytest.fixture
def world(tmp_path) -> World:
    """Wuhan has 40 hard calls at 50 % and 60 easy ones at 80 %; headquarters 20 hard at 60 % and 80 easy at 90 %."""
    world = World(tmp_path)
    for center, queue, good, bad in (("WH", "故障", 20, 20), ("WH", "账单", 48, 12), ("SH", "故障", 12, 8), ("SH", "账单", 72, 8)):
        world.add("surveys", rated(good, bad, center_id=center, queue=queue, agent_id="A1" if center == "WH" else "A2"))
    return world.add("agents", [{"agent_id": "A2", "center_id": "SH", "team": "上海一组", "name": "李"}])


def test_the_parts_of_a_gap_to_headquarters(world):
    found = explanation(world.warehouse(), None, EVERYTHING, TO_HEADQUARTERS)
    assert (found.here["value"], found.there["value"]) == (0.68, 0.84)
    assert found.gap.value == pytest.approx(-0.16)
    assert (found.mix.value, found.performance.value) == (pytest.approx(-0.06), pytest.approx(-0.10))
    by_queue = {segment.key: segment for segment in found.segments}
    assert by_queue[("故障",)].performance.value == pytest.approx(-0.1 * 0.3)
    assert (by_queue[("账单",)].share_here, by_queue[("账单",)].share_there) == (0.6, 0.8)


def test_small_gaps_of_segments_are_noise_and_nothing_is_marked(world):
    found = explanation(world.warehouse(), None, EVERYTHING, TO_HEADQUARTERS)
    assert {segment.change.direction for segment in found.segments} == {"none"}
    assert found.gap.direction == "worse" and found.mix.direction == "worse", "100 surveys a side tell 16 points"
    text = WhyWords(found, EVERYTHING, NAMES, Cards()).answer().text
    assert text.startswith("武汉的客户满意率比总中心低 16.0 个百分点（68.0% 对 84.0%") and "结构 −6.0" in text and "表现 −10.0" in text


def test_a_gap_whose_interval_leaves_out_zero_is_not_simply_called_noise(tmp_path):
    """72 of 100 against 84 of 100, alike in both queues: p is 0.04, and three statements are judged together."""
    set_language("en")
    world = World(tmp_path)
    for center, good in (("WH", 36), ("SH", 42)):
        for queue in ("故障", "账单"):
            world.add("surveys", rated(good, 50 - good, center_id=center, queue=queue))
    found = explanation(world.warehouse(), None, EVERYTHING, TO_HEADQUARTERS)
    assert found.gap.high < 0 and not found.gap.is_real
    text = WhyWords(found, EVERYTHING, NAMES, Cards()).answer().text
    assert "by itself beyond noise, but not once gap, mix and performance are judged together." in text and "this is within noise" not in text


def test_the_sentence_in_english(world):
    set_language("en")
    lines = WhyWords(explanation(world.warehouse(), None, EVERYTHING, TO_HEADQUARTERS), EVERYTHING, NAMES, Cards()).lines()
    assert lines[0].text.startswith("Satisfaction rate of 武汉 is 16.0 pp below headquarters (68.0% against 84.0%")
    assert lines[1].text == "By queue, no single difference in performance is more than noise."


def test_teams_of_one_center_are_contributions_to_the_whole_gap(world):
    found = explanation(world.warehouse(), None, EVERYTHING, Course("satisfaction_rate", "WH", ("headquarters",), "agent"))
    assert found is None, "a single agent splits nothing"
    world.add("agents", [{"agent_id": "A3", "team": "二组"}]).add("surveys", rated(10, 0, center_id="WH", queue="账单", agent_id="A3"))
    found = explanation(world.warehouse(), None, EVERYTHING, Course("satisfaction_rate", "WH", ("headquarters",), "team"))
    assert found.is_within and found.mix.value == 0
    parts = {segment.key[0]: segment.performance.value for segment in found.segments}
    assert parts == {"一组": pytest.approx(100 / 110 * (0.68 - 0.84)), "二组": pytest.approx(10 / 110 * (1 - 0.84))}
    assert sum(parts.values()) == pytest.approx(found.gap.value)


def test_a_team_against_the_rest_of_its_center_by_agent(world):
    world.add("agents", [{"agent_id": "A3", "team": "二组"}]).add("surveys", rated(10, 0, center_id="WH", queue="账单", agent_id="A3"))
    asked = Asked(Filters(centers=("WH",), teams=("二组",)), None)
    assert against_possible(world.warehouse(), None, asked, "WH")[0] == "rest"
    found = whole(world.warehouse(), None, asked, Course("satisfaction_rate", "WH", ("rest",)))
    assert (found.here["value"], found.there["value"], found.there["n"]) == (1.0, 0.68, 100)


def test_one_period_against_the_other_by_team_has_both_parts(world):
    september = NOON.replace(month=9)
    world.add("surveys", rated(30, 10, center_id="WH", queue="故障", sent_at=september) + rated(20, 0, center_id="WH", queue="账单", sent_at=september))
    found = explanation(world.warehouse(), None, OVER_TIME, Course("satisfaction_rate", "WH", ("previous",), "queue"))
    assert (found.here["value"], found.there["value"]) == (0.68, 50 / 60)
    assert found.performance.value == pytest.approx((0.5 - 0.75) * (0.4 + 2 / 3) / 2 + (0.8 - 1) * (0.6 + 1 / 3) / 2)
    assert found.mix.value + found.performance.value == pytest.approx(found.gap.value)


def test_too_few_say_nothing(tmp_path):
    few = rated(5, 1, center_id="WH", queue="A") + rated(2, 0, center_id="WH", queue="B")
    world = World(tmp_path).add("surveys", few + rated(50, 5, center_id="SH", queue="A"))
    found = explanation(world.warehouse(), None, EVERYTHING, TO_HEADQUARTERS)
    assert {part.direction for part in (found.gap, found.mix, found.performance)} == {"too_few"}
    assert "样本太少" in WhyWords(found, EVERYTHING, NAMES, Cards()).answer().text


def test_what_can_be_compared_depends_on_what_is_seen(world):
    build = world.warehouse()
    assert against_possible(build, None, OVER_TIME, "WH") == ("headquarters", "previous")
    assert against_possible(build, frozenset({"WH"}), OVER_TIME, "WH") == ("previous",)
    assert against_possible(build, None, EVERYTHING, "") == ()
    assert sides(build, frozenset({"WH"}), EVERYTHING, TO_HEADQUARTERS) is None
    assert explanations(build, frozenset({"WH"}), EVERYTHING, TO_HEADQUARTERS) == []


def test_a_survey_is_not_explained_by_its_own_dissatisfaction(world):
    possible = splits_possible(world.warehouse(), METRICS["satisfaction_rate"], Filters(), TO_HEADQUARTERS)
    assert "queue" in possible and "reason" not in possible
    assert "queue" not in splits_possible(world.warehouse(), METRICS["satisfaction_rate"], Filters(queues=("故障",)), TO_HEADQUARTERS)


def test_counts_without_a_queue_are_no_reason_to_show_half_the_calls(tmp_path):
    """Parts of a scorecard score an evaluation once each: their sums are not the whole, so they do not split the mean score."""
    world = World(tmp_path)
    for center, points in (("WH", 3), ("SH", 5)):
        for number in range(12):
            name = f"{center}{number}"
            world.add("evaluations", [{"evaluation_id": name, "center_id": center, "score": 90 + points, "queue": "账单"}])
            marked = {"evaluation_id": name, "scorecard_id": "S1", "points": points, "full_mark": 5}
            world.add("evaluation_items", [marked | {"item_id": item} for item in ("I1", "I2")])
    world.add("scorecards", [{"scorecard_id": "S1", "item_id": item, "section": item} for item in ("I1", "I2")])
    found = explanations(world.warehouse(), None, EVERYTHING, Course("mean_score", "WH", ("headquarters",)))
    assert "section" not in [one.split for one in found]


def test_the_center_that_most_needs_an_explanation_comes_first(world):
    world.add("centers", [{"center_id": "CD", "name": "成都"}]).add("surveys", rated(83, 17, center_id="CD", queue="账单"))
    build = world.warehouse()
    assert center_to_explain(build, None, EVERYTHING, "satisfaction_rate", ["SH", "WH", "CD"]) == "WH"
    assert center_to_explain(build, None, EVERYTHING, "pass_rate", ["CD", "WH"]) == "CD", "without figures the first"


def test_segments_are_called_by_their_words():
    cards = Cards({"S1": "录音评分表 v2"})
    assert segment_name(("queue", "call_reason"), ("账单", None), NAMES, cards) == "账单 · 未记录来电原因"
    assert segment_name(("scorecard",), ("S1",), NAMES, cards) == "录音评分表 v2"
    assert segment_name(("hour",), ("08",), NAMES, cards) == "08:00"
    assert segment_name(("weekday",), ("1",), NAMES, cards) == "周一"


def test_the_command_prints_the_page(world, capsysbinary):
    world.warehouse()
    wanted = [*why_arguments(EVERYTHING, TO_HEADQUARTERS, None), "--format=json", f"--data={world.folder}"]
    app(["why", *wanted], result_action="return_value")
    told = json.loads(capsysbinary.readouterr().out)
    found = explanation(world.warehouse(), None, EVERYTHING, TO_HEADQUARTERS)
    assert told["mix"] == {"value": found.mix.value, "low": found.mix.low, "high": found.mix.high, "state": "worse"}
    assert [segment["performance"]["value"] for segment in told["segments"]] == [segment.performance.value for segment in found.segments]
    assert sum(segment["mix"]["value"] + segment["performance"]["value"] for segment in told["segments"]) == pytest.approx(told["gap"]["value"])


def test_tables_for_people_are_in_their_language_and_csv_keeps_its_keys(world, capsys):
    world.warehouse()
    wanted = [*why_arguments(EVERYTHING, TO_HEADQUARTERS, None), f"--data={world.folder}"]
    printed = {}
    for command in (["why", *wanted], ["metric", "satisfaction_rate", "--by=center,agent", f"--data={world.folder}"]):
        for format in ("table", "csv"):
            app([*command, f"--format={format}"], result_action="return_value")
            printed[command[0], format] = capsys.readouterr().out
    assert "波动范围内" in printed["why", "table"] and "none" not in printed["why", "table"]
    assert "坐席" in printed["metric", "table"] and not {"agent", "center"} & set(printed["metric", "table"].split())
    assert ",none\n" in printed["why", "csv"]
    assert printed["metric", "csv"].startswith("metric,center,agent,numerator")


@pytest.mark.parametrize("course", [Course("satisfaction_rate", "WH", ("others",), "queue"), Course("satisfaction_rate", "", ("previous",), "queue")])
def test_the_command_says_what_the_viewer_may_see(course):
    wanted = why_arguments(OVER_TIME, course, frozenset({"WH", "SH"}))
    if course.center:
        assert "--against=SH" in wanted and "--against=others" not in wanted
    else:
        assert "--center=SH" in wanted and "--before-from=2026-09-01" in wanted


# The sample's own truth. -------------------------------------------------------------------------------------------

def test_every_split_of_every_metric_adds_up_to_its_gap(sample):
    build, asked = Warehouse.open(sample), Asked(Filters(date(2026, 9, 1), date(2026, 11, 1)), Filters(date(2026, 7, 1), date(2026, 9, 1)))
    for metric in metrics_possible(build, asked):
        for against in ("headquarters", "previous"):
            for found in explanations(build, None, asked, Course(metric, "WH", (against,))):
                assert found.mix.value + found.performance.value == pytest.approx(found.gap.value, abs=1e-9), (metric, found.split)
                assert sum(one.mix.value + one.performance.value for one in found.segments) == pytest.approx(found.gap.value, abs=1e-9), (metric, found.split)


def test_the_planted_mix_and_performance_lie_in_their_intervals(sample):
    planted = json.loads((sample / "truths.json").read_text())["satisfaction_gap"]
    course = Course("satisfaction_rate", planted["center_id"], ("headquarters",), "queue")
    found = explanation(Warehouse.open(sample), None, Asked(Filters(), None), course)
    truth = planted["among_answers"]
    for part, points in ((found.gap, truth["gap_points"]), (found.mix, truth["mix_points"]), (found.performance, truth["performance_points"])):
        assert part.low <= points / 100 <= part.high
        assert part.direction == "worse"
    assert set(SPLITS) >= {"queue", "team"}
