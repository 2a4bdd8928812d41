"""Each metric's definition, on rows small enough to work by hand."""

from datetime import date, datetime, timedelta

import pytest

from qa.filters import Filters
from qa.metrics import METRICS
from qa.relations import query_text
from tests.support.world import NOON, World, days


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def test_the_catalogue_and_the_macros_name_the_same_metrics():
    macros = {line.split("macro ")[1].split("(")[0] for line in query_text("metrics").splitlines() if line.startswith("create")}
    assert macros == set(METRICS)


def test_calibration_drafts_and_targeted_samples_do_not_count(world):
    world.add("evaluations", [
        {"passed": True},
        {"passed": False, "calibration_id": "K1"},
        {"passed": False, "status": "draft"},
        {"passed": False, "status": "retracted"},
        {"passed": False, "sample_reason": "targeted"},
    ])  # fmt: skip
    result = world.one("pass_rate")
    assert (result["numerator"], result["denominator"], result["value"]) == (1, 1, 1.0)


def test_an_evaluation_without_a_verdict_is_judged_by_its_scorecard(world):
    world.add("scorecards", [
        {"scorecard_id": "TOTAL", "item_id": "1", "pass_rule": "total", "pass_mark": 80},
        {"scorecard_id": "PARTS", "item_id": "1", "pass_rule": "every_section", "pass_mark": 80, "section": "甲"},
        {"scorecard_id": "PARTS", "item_id": "2", "pass_rule": "every_section", "pass_mark": 80, "section": "乙"},
        {"scorecard_id": "FATAL", "item_id": "1", "pass_rule": "no_fatal"},
    ])  # fmt: skip
    world.add("evaluations", [
        {"scorecard_id": "TOTAL", "passed": None, "score": 80},
        {"scorecard_id": "TOTAL", "passed": None, "score": 79.5},
        {"evaluation_id": "P", "scorecard_id": "PARTS", "passed": None, "score": 170, "full_mark": 200},
        {"scorecard_id": "FATAL", "passed": None, "fatal_errors": 1},
        {"scorecard_id": "UNKNOWN", "passed": None},
    ])  # fmt: skip
    world.add("evaluation_items", [
        {"evaluation_id": "P", "item_id": "1", "points": 100, "full_mark": 100},
        {"evaluation_id": "P", "item_id": "2", "points": 70, "full_mark": 100},
    ])  # fmt: skip
    result = world.one("pass_rate")
    assert (result["numerator"], result["denominator"]) == (1, 4)


def test_mean_score_compares_cards_by_share_of_full_mark_and_is_exact(world):
    world.add("evaluations", [{"score": 36, "full_mark": 40}] * 9 + [{"score": 90, "full_mark": 100}])
    result = world.one("mean_score")
    assert result["value"] == 90.0
    assert result["verdict"] == "met"


def test_accuracy_of_errors(world):
    world.add("evaluations", [{"nonfatal_errors": 3}, {"fatal_errors": 2}, {}, {"kind": "document"}])
    assert world.one("fatal_accuracy")["value"] == 0.75
    assert world.one("nonfatal_accuracy")["value"] == 1 - 3 / 48
    assert world.one("composite_error_rate")["value"] == 0.5


def test_short_abandons_are_left_out_of_offered_calls(world):
    world.add("calls", [
        {"wait_s": 20}, {"wait_s": 20.001},
        {"answered": False, "wait_s": 4.9, "agent_id": None},
        {"answered": False, "wait_s": 5, "agent_id": None},
    ])  # fmt: skip
    assert (world.one("answer_rate")["numerator"], world.one("answer_rate")["denominator"]) == (2, 3)
    assert world.one("abandonment_rate")["numerator"] == 1
    assert (world.one("service_level")["numerator"], world.one("service_level")["denominator"]) == (1, 3)
    assert world.one("answered_in_rings")["numerator"] == 0


def test_an_unknown_talk_time_is_not_a_zero(world):
    world.add("calls", [{"talk_s": 100}, {"talk_s": None}, {"talk_s": 200, "hold_s": 0, "wrap_s": 40}])
    assert world.one("mean_talk")["value"] == 150
    assert (world.one("mean_handling")["numerator"], world.one("mean_handling")["denominator"]) == (240, 1)


def test_first_call_resolution_of_a_chain(world):
    last = datetime(2026, 10, 31, 23)
    world.add("calls", [
        {"customer_id": "c1", "started_at": NOON},                                  # followed after 6 days: not resolved
        {"customer_id": "c1", "started_at": NOON + days(6)},                        # a repeat, no first contact
        {"customer_id": "c1", "started_at": NOON + days(13)},                       # 7 days after: a first contact again, resolved
        {"customer_id": "c2", "started_at": NOON, "reason": "账单"},
        {"customer_id": "c2", "started_at": NOON + days(1), "reason": "故障"},       # another reason: both resolved
        {"customer_id": "c3", "started_at": NOON, "transferred": True},             # passed on: not resolved
        {"customer_id": "c4", "started_at": NOON, "answered": False, "agent_id": None},
        {"customer_id": None, "started_at": NOON},
        {"customer_id": "c5", "started_at": last},                                  # window not over: provisional
    ])  # fmt: skip
    result = world.one("first_call_resolution")
    assert (result["numerator"], result["denominator"]) == (3, 5)
    repeats = world.one("repeat_call_rate")
    assert (repeats["numerator"], repeats["denominator"]) == (1, 7)


def test_unanswered_survey_questions_are_not_a_no(world):
    answered = {"answered_at": NOON}
    world.add("surveys", [
        {**answered, "score": 4, "resolved_first_time": True},
        {**answered, "score": 3},
        {**answered, "score": None},
        {**answered, "score": 1, "satisfied": True, "resolved_first_time": False},
        {},
    ])  # fmt: skip
    assert (world.one("satisfaction_rate")["numerator"], world.one("satisfaction_rate")["denominator"]) == (2, 3)
    assert (world.one("one_time_resolution")["numerator"], world.one("one_time_resolution")["denominator"]) == (1, 2)
    assert world.one("response_rate")["value"] == 4 / 5
    assert world.one("mean_satisfaction")["value"] == pytest.approx(100 * (0.8 + 0.6 + 0.2) / 3)


def test_counts_fill_in_where_a_center_has_no_calls(world):
    world.add("calls", [{"center_id": "WH", "started_at": datetime(2026, 9, 3)}])
    world.add("call_counts", [
        {"center_id": "WH", "offered": 1000, "answered": 500},
        {"center_id": "SH", "offered": 100, "answered": 90, "abandoned": 8, "answered_in_target": 70, "target_s": 20},
        {"center_id": "SH", "period": date(2026, 8, 1), "offered": 50, "answered": 50, "answered_in_target": 50, "target_s": 60},
    ])  # fmt: skip
    assert (world.one("answer_rate")["numerator"], world.one("answer_rate")["denominator"]) == (141, 151)
    assert (world.one("abandonment_rate")["numerator"], world.one("abandonment_rate")["denominator"]) == (8, 101)
    assert (world.one("service_level")["numerator"], world.one("service_level")["denominator"]) == (71, 101)


def test_a_months_count_belongs_to_no_part_of_the_month(world):
    world.add("call_counts", [{"center_id": "SH", "offered": 100, "answered": 90}])
    assert world.one("answer_rate", Filters(date(2026, 9, 1), date(2026, 10, 1)))["denominator"] == 100
    assert world.one("answer_rate", Filters(date(2026, 9, 1), date(2026, 9, 30)))["value"] is None
    assert world.by("answer_rate", ("month",)).height == 1
    assert world.by("answer_rate", ("week",)).is_empty()


def test_a_months_count_gives_way_to_counts_of_its_days(world):
    day = {"center_id": "SH", "grain": "day", "offered": 10, "answered": 9}
    world.add("call_counts", [{"center_id": "SH", "offered": 100, "answered": 90}, {**day, "period": date(2026, 9, 4)}, {**day, "period": date(2026, 8, 4)}])
    assert (world.one("answer_rate")["numerator"], world.one("answer_rate")["denominator"]) == (18, 20)


def test_errors_that_were_not_recorded_are_not_a_zero(world):
    unknown = {"fatal_errors": None, "nonfatal_errors": None, "opportunities": None}
    world.add("evaluations", [{}, {"fatal_errors": 1}, unknown])
    assert (world.one("fatal_accuracy")["numerator"], world.one("fatal_accuracy")["denominator"]) == (1, 2)
    assert world.one("composite_error_rate")["denominator"] == 2
    assert world.one("nonfatal_accuracy")["denominator"] == 24
    assert world.one("pass_rate")["denominator"] == 3


def test_talk_hours_and_calls_per_hour_are_per_day_worked(world):
    world.add("calls", [{"talk_s": 1800}, {"talk_s": 3600, "direction": "outbound"}])
    world.add("agent_days", [{}, {"day": date(2026, 10, 6), "login_s": 14400}, {"day": date(2026, 10, 7), "login_s": 0}])
    assert world.one("talk_hours_per_day")["value"] == 0.75
    assert world.one("calls_per_hour")["value"] == pytest.approx(2 / 12)


def test_complaints_per_ten_thousand_calls(world):
    world.add("calls", [{}] * 50)
    world.add("complaints", [
        {"upheld": True, "due_at": NOON, "closed_at": NOON},
        {"upheld": False, "due_at": NOON + days(40)},
        {"due_at": NOON, "closed_at": None},
    ])  # fmt: skip
    assert world.one("complaint_rate")["value"] == 600
    assert world.one("complaint_count")["value"] == 3
    assert world.one("upheld_complaint_rate")["value"] == 0.5
    assert (world.one("complaint_on_time")["numerator"], world.one("complaint_on_time")["denominator"]) == (1, 2)


def test_a_time_limit_without_a_time_of_day_is_that_whole_day(world):
    """Due on the 6th: closed at 16:30 and at its last second in time, at midnight late; the limit on the data's last day is over with it."""
    limit = datetime(2026, 10, 6)
    world.add("calls", [{"started_at": datetime(2026, 10, 31, 9)}])
    closed = [limit + timedelta(hours=16.5), limit + timedelta(days=1, seconds=-1), limit + timedelta(days=1)]
    world.add("complaints", [{"due_at": limit, "closed_at": at} for at in closed])
    world.add("complaints", [{"due_at": datetime(2026, 10, 31)}, {"due_at": datetime(2026, 11, 1)}])
    world.add("coaching", [{"due_at": limit, "closed_at": at} for at in closed])
    complaints, coaching = world.one("complaint_on_time"), world.one("rectification_rate")
    assert (complaints["numerator"], complaints["denominator"]) == (2, 4)
    assert (coaching["numerator"], coaching["denominator"]) == (2, 3)


def test_calibration_holds_each_evaluator_against_the_others(world):
    world.add("evaluations", [
        {"calibration_id": "K", "evaluator_id": "E1", "score": 96},
        {"calibration_id": "K", "evaluator_id": "E2", "score": 90},
        {"calibration_id": "K", "evaluator_id": "E3", "score": 84},
        {"calibration_id": "ALONE", "evaluator_id": "E1"},
    ])  # fmt: skip
    assert (world.one("evaluator_agreement")["numerator"], world.one("evaluator_agreement")["denominator"]) == (1, 3)
    by_evaluator = dict(world.by("evaluator_leniency", ("evaluator",)).select("evaluator", "value").iter_rows())
    assert by_evaluator == pytest.approx({"E1": 0.09, "E2": 0, "E3": -0.09})


def test_attrition_is_leavers_over_mean_headcount(world):
    world.tables["agents"] = []
    world.add("agents", [{}] * 8 + [{"left_on": date(2026, 10, 16)}, {"hired_on": date(2026, 10, 17)}])
    world.add("calls", [{"started_at": datetime(2026, 10, 1)}, {"started_at": datetime(2026, 10, 31)}])
    result = world.one("attrition_rate")
    assert result["numerator"] == 1
    assert result["denominator"] == pytest.approx(8 + 15 / 31 + 15 / 31)


def test_a_plan_is_met_by_enough_released_evaluations_in_a_whole_period(world):
    world.tables["agents"] = []
    world.add("agents", [{"agent_id": "A1"}, {"agent_id": "A2"}, {"agent_id": "NEW", "hired_on": date(2026, 9, 15)}])
    world.add("calls", [{"started_at": datetime(2026, 9, 1)}, {"started_at": datetime(2026, 10, 15)}])
    world.add("evaluations", [{"evaluated_at": datetime(2026, 9, 9)}] * 3 + [{"agent_id": "A2", "evaluated_at": datetime(2026, 9, 9)}] * 2)
    result = world.one("plan_completion")
    assert (result["numerator"], result["denominator"]) == (1, 2)


def test_agents_belong_to_the_team_they_had_at_the_time(world):
    world.add("agents", [{"agent_id": "A1", "team": "二组", "valid_from": date(2026, 10, 10)}])
    world.add("calls", [{}, {"started_at": datetime(2026, 10, 10, 8), "answered": False, "wait_s": 60}])
    assert dict(world.by("answer_rate", ("team",)).select("team", "value").iter_rows()) == {"一组": 1.0, "二组": 0.0}
