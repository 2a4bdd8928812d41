"""Sheets whose rows are about some calls: they are no log of calls, and say when they were made under any header of a day."""

import pytest

from qa.importing.choose import Proposed

LOG = "通话流水号,来电时间,是否接通,等待时长,通话时长,技能组,工号\nA1,2026-10-05 09:30,是,12,240,售后,0012\nA2,2026-10-05 09:31,否,40,0,售后,\n"
SHEETS = {
    "evaluations": "质检编号,通话流水号,通话时间,通话时长,工号,质检员,质检时间,得分\nZ1,A1,2026-10-05 09:30,240,0012,李,2026-10-06 10:00,92\n",
    "surveys": "评价编号,通话流水号,来电时间,通话时长,工号,评价时间,满意度\nZ1,A1,2026-10-05 09:30,240,0012,2026-10-05 09:40,满意\n",
    "complaints": "投诉编号,通话流水号,来电时间,通话时长,被投诉工号,受理时间,投诉类型\nZ1,A1,2026-10-05 09:30,240,0012,2026-10-05 09:40,态度\n",
}


@pytest.mark.parametrize("table", SHEETS)
def test_calls_of_a_sheet_about_some_do_not_replace_those_of_the_log(desk, table):
    desk.load(desk.file(LOG, "log.csv"), accept=True)
    before = desk.rows("calls")
    path = desk.file(SHEETS[table], "sheet.csv")
    with pytest.raises(Proposed) as proposed:
        desk.load(path)
    assert any("not imported as calls" in note.en and "不作为话务明细" in note.zh for note in proposed.value.notes)
    desk.load(path, accept=True)
    assert desk.rows("calls") == before and len(desk.rows(table)) == 1


def test_a_log_of_calls_with_scores_beside_stays_one(desk):
    lines = LOG.splitlines()
    text = "\n".join([lines[0] + ",质检编号,质检员,质检时间,得分", lines[1] + ",Z1,李,2026-10-06 10:00,92", ""])
    desk.load(desk.file(text), accept=True)
    assert desk.rows("calls", "call_id, wait_s::int") == [("A1", 12)] and desk.rows("evaluations", "call_id, score::int") == [("A1", 92)]


@pytest.mark.parametrize("header", ["Date", "日期", "Datetime"])
def test_the_only_day_of_an_evaluation_is_taken_for_its_own_and_told(desk, header):
    summary = desk.load(desk.file(f"QA ID,Agent,Evaluator,{header},Score\nQ1,Ann,Bob,2026-10-05,92\n"), accept=True)
    assert [str(at) for (at,) in desk.rows("evaluations", "evaluated_at")] == ["2026-10-05 00:00:00"]
    assert any("call_at" in note.en and "call_at" in note.zh for note in summary.files[0].notes)


def test_the_only_day_of_a_survey_is_taken_for_its_own(desk):
    desk.load(desk.file("Survey ID,Agent,Date,CSAT\nS1,Ann,2026-10-05,5\nS2,Ann,2026-10-06,\n"), accept=True)
    assert desk.rows("surveys", "survey_id, sent_at::date::varchar, answered_at is not null", "survey_id") == [
        ("S1", "2026-10-05", True), ("S2", "2026-10-06", False),
    ]  # fmt: skip


def test_a_header_in_two_rows_names_each_column_once(desk):
    head = "工号,质检员,质检日期,服务规范,,业务能力,,总分\n,,,开场白(10分),结束语(10分),准确性(50分),完整性(30分),\n"
    desk.load(desk.file("2026年10月成绩,,,,,,,\n" + head + "0012,李,2026-10-05,10,10,45,30,95\n0013,李,2026-10-06,10,8,50,30,98\n"), accept=True)
    assert desk.rows("evaluation_items", "count(*), sum(points)::int") == [(8, 193)] and not (desk.into / "quarantine").exists()


def test_a_first_row_that_lacks_something_is_no_second_row_of_the_header(desk):
    desk.load(desk.file("Call ID,,Start Time,Answered\na,x,2026-10-05 09:00,Y\nb,,2026-10-05 09:10,N\n"), accept=True)
    assert desk.rows("calls", "call_id", "call_id") == [("a",), ("b",)]
