"""What spreadsheets and report programs do to codes, dates and the end of a file."""

import pytest

from qa.importing.errors import Refused
from qa.importing.excel import sheets
from tests.importing.desk import times

CALLS = "通话编号,工号,开始时间,是否接通,主叫号码,备注\n"


@pytest.mark.parametrize("agent", ['"=""{}"""', '="{}"', "'{}", '"\t{}"'])
def test_signs_that_keep_a_code_a_text_are_no_part_of_it(desk, agent):
    rows = "".join(f"{i},{agent.format(f'00{i}')},2026-10-05 09:00,是,,'90s\n" for i in range(1, 4)) + "9,,2026-10-05 09:00,是,,\n"
    assert desk.load(desk.file(CALLS + rows), accept=True).status == 0
    assert desk.rows("agents", "agent_id", "agent_id") == [("001",), ("002",), ("003",)]
    assert desk.rows("calls", "count(*), count(agent_id)") == [(4, 3)]


def test_a_formula_far_down_a_file_is_no_code_either(desk):
    rows = "".join(f"{i},01,2026-10-05 09:00,是,,\n" for i in range(1500)) + '"=""x1""",="02",2026-10-05 09:00,是,,\n'
    desk.load(desk.file(CALLS + rows), accept=True)
    assert desk.rows("agents", "agent_id", "agent_id") == [("01",), ("02",)] and ("x1",) in desk.rows("calls", "call_id")


def test_an_apostrophe_that_only_some_cells_begin_with_is_kept(desk):
    desk.load(desk.file("调查编号,发送时间,满意度,意见\n1,2026-10-05,5,'90s music\n2,2026-10-05,5,good\n"), accept=True)
    assert desk.rows("surveys", "comment", "survey_id") == [("'90s music",), ("good",)]


@pytest.mark.parametrize("lost", ["1.38E+10", "1.24e+17", '"1,38E+10"', "2E+10"])
@pytest.mark.parametrize("column", ["call_id", "agent_id", "customer_id"])
def test_codes_whose_digits_are_lost_are_put_aside_and_never_taken_for_one(desk, column, lost):
    cells = {"call_id": "1", "agent_id": "07", "customer_id": "13800138000"}
    rows = "2,08,2026-10-05 09:00,是,13800138001,\n" + "{call_id},{agent_id},2026-10-05 09:00,是,{customer_id},\n".format(**cells | {column: lost})
    desk.load(desk.file(CALLS + rows), accept=True)
    assert desk.rows("calls", "call_id") == [("2",)]
    assert [row[1:3] for row in desk.quarantine("calls")] == [["3", column]] and "位数已丢失" in desk.quarantine("calls")[0][4]


def test_reports_that_end_with_lines_of_one_cell_are_read(desk):
    end = '"Confidential Information - Do Not Distribute"\n\n"Copyright (c) 2000-2026 salesforce.com, inc."\n合计：2 条\n'
    summary = desk.load(desk.file(CALLS + "1,07,2026-10-05 09:00,是,,\n2,07,2026-10-05 09:00,否,,\n\n" + end), accept=True)
    assert summary.status == 0 and desk.rows("calls", "count(*)") == [(2,)]
    assert [row for row, _said in summary.files[0].totals] == [5, 7, 8]


def test_a_line_of_one_cell_that_nobody_can_tell_is_no_remark(desk):
    summary = desk.load(desk.file(CALLS + "1,07,2026-10-05 09:00,是,,\n2\n"), accept=True)
    assert summary.status == 2 and summary.files[0].totals == [] and desk.quarantine("calls")[0][1] == "3"
    texts = "1,07,2026-10-05 09:00,是,,\n2,07,2026-10-05 09:00,是,,he said\nno\n3,07,2026-10-05 09:00,是,,\n4,07,2026-10-05 09:00,是,,\n"
    desk.load(desk.file(CALLS + texts, "middle.csv"), accept=True)
    assert desk.rows("calls", "call_id") == [("1",), ("3",), ("4",)]
    assert [row[1] for row in desk.quarantine("calls") if row[0] == "middle.csv"] == ["3", "4"]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Thu, 29 Oct 2026 14:05:06", "2026-10-29 14:05:06"),
        ("Thu, 29 Oct 2026 14:05:06 +0800", "2026-10-29 14:05:06"),
        ("2026-10-29 星期四", "2026-10-29 00:00:00"),
        ("2026年10月29日（周四） 14:05", "2026-10-29 14:05:00"),
        ("Thu 10/29/2026 2:05 PM", "2026-10-29 14:05:00"),
        ("Thursday 29/10/26", "2026-10-29 00:00:00"),
    ],
)
def test_days_of_the_week_beside_a_date(desk, text, read):
    assert times(desk, text, form="day first" if "29/10" in text else None) == [read]


GERMAN = "call id;agent id;start time;answered;wait time;talk time\n"


def test_decimals_behind_a_comma_are_told_from_thousands(desk):
    rows = "1;a;29.10.2026 09:00;ja;1,234;12,5\n2;b;30.10.2026 09:00;nein;0,125;\"1.234,25\"\n3;b;30.10.2026 09:00;ja;7;\n"
    assert desk.load(desk.file(GERMAN + rows.replace("nein", "ja")), accept=True).status == 0
    assert desk.rows("calls", "wait_s::double, talk_s::double", "call_id") == [(1.234, 12.5), (0.125, 1234.25), (7, None)]


def test_thousands_stay_thousands_and_a_nought_before_a_comma_begins_none(desk):
    rows = '1;a;29.10.2026 09:00;ja;"1,234";12.5\n2;a;30.10.2026 09:00;ja;"0,125";1\n'
    desk.load(desk.file(GERMAN + rows), accept=True)
    assert desk.rows("calls", "call_id, wait_s::float, talk_s::float") == [("1", 1234, 12.5)]
    assert [row[1:4] for row in desk.quarantine("calls")] == [["3", "wait_s", "0,125"]]


def test_what_may_be_a_thousand_is_read_as_the_other_numbers_of_the_file(desk):
    summary = desk.load(desk.file(GERMAN + "1;a;29.10.2026 09:00;ja;1,234;12,5\n2;a;30.10.2026 09:00;ja;1.200;3\n"), accept=True)
    assert desk.rows("calls", "wait_s::double, talk_s::double", "call_id") == [(1.234, 12.5), (1200, 3)]
    assert any("wait time is read" in note.en and "也这样读" in note.zh for note in summary.files[0].notes)


def test_counts_with_points_between_thousands_are_whole_numbers(desk):
    header = "date;queue;calls offered;calls answered;total talk\n"
    desk.load(desk.file(header + "2026-10-29;q;1.000;900;1.234,5\n2026-10-30;q;2.345;2.000;7\n"), accept=True)
    assert desk.rows("call_counts", "offered, answered, talk_s::double", "offered") == [(1000, 900, 1234.5), (2345, 2000, 7)]


def test_a_point_before_decimals_is_none_between_thousands_wherever_it_stands(desk):
    rows = "".join(f"{i};a;29.10.2026 09:00;ja;{i},5;1\n" for i in range(2500)) + "x;a;29.10.2026 09:00;ja;12.5;1\ny;a;29.10.2026 09:00;ja;1.200,5;1\n"
    desk.load(desk.file(GERMAN + rows), accept=True)
    assert desk.rows("calls", "wait_s::double", "call_id desc")[:2] == [(1200.5,), (12.5,)]


def test_a_list_of_numbers_that_fills_nothing_says_nothing_of_decimals(desk):
    desk.load(desk.file(GERMAN.replace("\n", ";items\n") + "1;a;2026-10-29 09:00;ja;1,234;3;3,5\n2;a;2026-10-29 09:00;ja;2,345;3;3,5,7\n"), accept=True)
    assert desk.rows("calls", "wait_s::int", "call_id") == [(1234,), (2345,)]


def test_a_rating_beside_a_call_is_about_that_call(desk):
    desk.load(desk.file("Interaction ID,Agent ID,Queue,Start Time,Talk Time,Rating\nc1,a1,q1,2026-10-29 09:00,60,5\n"), accept=True)
    assert desk.rows("surveys", "call_id, agent_id, queue, survey_id") == [("c1", "a1", "q1", "c1")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_text_that_only_has_a_workbooks_name_is_read(desk, encoding):
    text = CALLS.replace(",", "\t") + "1\t07\t2026-10-05 09:00\t是\t\t好\n2\t08\t2026-10-05 09:00\t是\t\t\n"
    path = desk.file(text.encode(encoding), "话单.xls")
    assert sheets(path) == [] and desk.load(path, accept=True).status == 0
    assert desk.rows("calls", "call_id, agent_id", "call_id") == [("1", "07"), ("2", "08")]


def test_a_web_page_with_a_workbooks_name_is_named_for_what_it_is(desk):
    with pytest.raises(Refused, match="web page") as caught:
        desk.load(desk.file("<html><table><tr><td>1</td></tr></table></html>", "a.xls"))
    assert "另存为" in caught.value.text.zh


def test_a_date_that_has_not_come_yet_is_empty(desk):
    rows = "T1,07,2026-10-05 09:00,投诉,未办结\nT2,07,2026-10-05 09:00,投诉,2026-10-06 09:00\nT3,07,2026-10-05 09:00,投诉,明天\n"
    desk.load(desk.file("投诉单号,工号,受理时间,投诉类型,办结时间\n" + rows), accept=True)
    assert desk.rows("complaints", "complaint_id, closed_at is null", "complaint_id") == [("T1", True), ("T2", False)]
    assert [row[3] for row in desk.quarantine("complaints")] == ["明天"]


@pytest.mark.parametrize("column", ["主叫号码", "客户编号"])
def test_callers_without_a_number_are_no_customer(desk, column):
    words = ["匿名", "Anonymous", "无", "unknown", "0", "-", "13800138000"]
    rows = "".join(f"{i},07,2026-10-05 09:00,是,{word},\n" for i, word in enumerate(words))
    assert desk.load(desk.file(CALLS.replace("主叫号码", column) + rows), accept=True).status == 0
    assert desk.rows("calls", "count(*), count(customer_id)") == [(7, 1)]
