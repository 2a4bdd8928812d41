"""Headers that have the name of a column in them and are about something else."""

import pytest

from qa.importing import propose
from qa.importing.errors import NeedsUser

CALLS = "Call ID,Start Time,Answered,Talk Time,Agent"
ROW = "1,2026-10-05 09:00,Y,60,Ann"


def taken(desk, text: str) -> dict[str, dict]:
    return {fill.fills: {name: take.source for name, take in fill.columns.items() if take.source} for fill in propose(desk.file(text)).mapping.table}


@pytest.mark.parametrize("header", ["Ringing Duration", "Queue Duration", "IVR Duration", "Hold Duration", "Login Duration"])
def test_how_long_something_else_took_is_no_talk_time(desk, header):
    assert "talk_s" not in taken(desk, f"Call ID,Start Time,Answered,{header}\n1,2026-10-05 09:00,Y,60\n")["calls"]


def test_the_durations_of_a_call_in_their_places(desk):
    header = "Session ID,Call Start Timestamp,Answered,Ringing Duration,Queue Duration,Connected Duration,Hold Duration,Wrapup Duration"
    calls = taken(desk, f"{header}\ns1,2026-10-05 09:00,Y,4,12,240,5,30\n")["calls"]
    assert [calls[name] for name in ("wait_s", "talk_s", "hold_s", "wrap_s")] == ["Queue Duration", "Connected Duration", "Hold Duration", "Wrapup Duration"]


@pytest.mark.parametrize("header", ["QA Score", "Quality Score", "Sentiment Score", "Audit Score"])
def test_a_score_of_quality_beside_a_call_is_no_answer_of_a_customer(desk, header):
    assert "surveys" not in taken(desk, f"{CALLS},{header}\n{ROW},5\n{ROW.replace('1', '2', 1)},4\n")


@pytest.mark.parametrize("header", ["CSAT Score", "NPS Score", "Customer Effort Score"])
def test_an_answer_of_a_customer_is_no_evaluation(desk, header):
    text = f"Agent,Evaluator,Evaluation Date,{header}\nAnn,Bob,2026-10-05,5\nAnn,Bob,2026-10-06,4\n"
    assert "score" not in taken(desk, text).get("evaluations", {})


@pytest.mark.parametrize("header", ["Dissatisfied", "Not Satisfied", "Unsatisfied customer"])
def test_not_satisfied_is_not_taken_for_satisfied(desk, header):
    assert "satisfied" not in taken(desk, f"Survey ID,Survey Date,Agent,CSAT,{header}\n1,2026-10-05,Ann,5,N\n2,2026-10-05,Ann,1,Y\n")["surveys"]


@pytest.mark.parametrize("header", ["15秒接通量", "30秒内接通量", "呼出接通量", "Answered within SL", "Answered %"])
def test_calls_answered_in_time_or_outbound_are_not_all_that_were_answered(desk, header):
    assert "answered" not in taken(desk, f"日期,呼入量,{header}\n2026-10-05,100,80\n2026-10-06,100,90\n").get("call_counts", {})


def test_other_thresholds_than_twenty_seconds_are_those_of_their_headers(desk):
    desk.load(desk.file("日期,呼入量,接通量,15秒接通量\n2026-10-05,100,90,80\n2026-10-06,100,95,90\n"), accept=True)
    assert desk.rows("call_counts", "answered, answered_in_target, target_s::int", "period") == [(90, 80, 15), (95, 90, 15)]


@pytest.mark.parametrize("header", ["Login Time,Logout Time", "First Login Time,Last Logout Time", "签入时间,签出时间"])
def test_when_agents_came_is_not_how_long_they_stayed(desk, header):
    assert "agent_days" not in taken(desk, f"Agent ID,Date,{header}\n07,2026-10-05,08:59:01,18:00:00\n08,2026-10-05,09:00:00,18:01:00\n")


@pytest.mark.parametrize("header", ["Start Time (UTC)", "Start Time UTC", "开始时间（世界标准时）"])
def test_universal_times_without_their_mark_are_not_taken_for_local_ones(desk, header):
    text = f"Call ID,{header},Answered,Talk Time\n1,2026-10-05 01:00,Y,60\n"
    with pytest.raises(NeedsUser, match="universal time.*Asia/Shanghai %Y-%m-%d %H:%M") as asked:
        desk.load(desk.file(text), accept=True)
    assert "世界标准时" in asked.value.text.zh
    (written,) = (desk.into / "mappings").glob("*.toml")
    mapping = written.read_text(encoding="utf-8").replace("reviewed = false", "reviewed = true")
    lacking = next(line for line in mapping.splitlines() if line.startswith("# started_at"))
    said = f'started_at = {{ from = "{header}", format = "Asia/Shanghai %Y-%m-%d %H:%M" }}'
    written.write_text(mapping.replace(lacking, said), encoding="utf-8")
    desk.load(desk.file(text))
    assert str(desk.rows("calls", "started_at")[0][0]) == "2026-10-05 09:00:00"


@pytest.mark.parametrize("header", ["Start Time (GMT+8)", "Start Time (Local)"])
def test_local_times_are_taken_before_universal_ones(desk, header):
    desk.load(desk.file(f"Call ID,Start Time (UTC),{header},Answered\n1,2026-10-05 01:00,2026-10-05 09:00,Y\n"), accept=True)
    assert str(desk.rows("calls", "started_at")[0][0]) == "2026-10-05 09:00:00"
