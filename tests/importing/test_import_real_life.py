"""Files as call-center systems and people make them: what a careful reader would take from them, and nothing else."""

import pytest
import xlsxwriter

from qa.importing.words import NOTHING

CALLS = "通话编号,工号,开始时间,是否接通,等待时长,通话时长\n"


def accounted(summary) -> bool:
    """Whether every row read went somewhere."""
    return all(t.read == t.loaded + t.replaced + t.unchanged + t.repeated + t.quarantined for t in summary.tables)


def test_chinese_halves_of_the_day_in_a_column_of_their_own(desk):
    rows = "T1,2026年3月5日,上午9:08:07,已接,3分42秒\nT2,2026年3月5日,下午1:08:07,未接,0秒\nT3,2026年3月6日,下午12:30:00,已接,1小时2分3秒\n"
    desk.load(desk.file("通话编号,来电日期,来电时间,接通状态,通话时长\n" + rows), accept=True)
    assert [(str(at), answered, int(talk)) for at, answered, talk in desk.rows("calls", "started_at, answered, talk_s", "call_id")] == [
        ("2026-03-05 09:08:07", True, 222), ("2026-03-05 13:08:07", False, 0), ("2026-03-06 12:30:00", True, 3723),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-3-5 下午3:00", "2026-03-05 15:00:00"),
        ("2026年3月5日 上午12:05:06", "2026-03-05 00:05:06"),
        ("2026/3/5 晚上8:00", "2026-03-05 20:00:00"),
    ],
)
def test_halves_of_the_day_inside_a_date(desk, text, read):
    desk.load(desk.file(f"{CALLS}1,07,{text},是,1,60\n2,07,2026-03-05 09:00,是,1,60\n"), accept=True)
    assert str(desk.rows("calls", "started_at", "call_id")[0][0]) == read


def test_what_says_nothing_is_empty_and_is_told(desk):
    rows = "".join(f'{i},{word},2026-03-05 09:00:00,是,{word},60\n' for i, word in enumerate([*NOTHING, "N/A", "NULL", "07"]))
    summary = desk.load(desk.file(CALLS + rows), accept=True)
    assert summary.status == 0 and accounted(summary)
    assert desk.rows("agents", "agent_id") == [("07",)]
    assert desk.rows("calls", "count(*), count(agent_id), count(wait_s)")[0] == (len(NOTHING) + 3, 1, 1)
    assert any("read as empty" in note.en for note in summary.files[0].notes)


def test_an_empty_word_in_a_required_cell_is_named(desk):
    desk.load(desk.file(f"{CALLS}1,07,N/A,是,1,60\n2,07,2026-03-05 09:00,是,1,60\n"), accept=True)
    assert [row[1:4] for row in desk.quarantine("calls")] == [["2", "started_at", "N/A"]]


def test_days_of_agents_are_not_taken_for_calls(desk):
    rows = "2026-03-05,0012,7:58:01,3:12:00,80\n小计,,7:58:01,3:12:00,80\n"
    summary = desk.load(desk.file("日期,坐席工号,签入时长,通话时长,接通量\n" + rows), accept=True)
    assert {t.table for t in summary.tables} == {"centers", "agents", "agent_days"} and desk.rows("calls") == []
    assert desk.rows("agent_days", "agent_id, login_s::int") == [("0012", 28681)]


def test_subtotals_remarks_and_the_header_once_more_are_no_records(desk):
    rows = "一组,01,2026-03-05,8:00:00\n一组 小计,,,8:00:00\n班组,工号,日期,签入时长\n二组,03,2026-03-05,8:00:00\n全部合计,,,16:00:00\n制表人：张三,,,\n"
    summary = desk.load(desk.file("班组,工号,日期,签入时长\n" + rows), accept=True)
    assert summary.status == 0
    assert summary.files[0].totals == [(3, "一组 小计"), (4, "班组"), (6, "全部合计"), (7, "制表人：张三")]
    assert summary.files[0].rows == 6 and desk.rows("agent_days", "count(*)") == [(2,)]


def test_words_of_satisfaction_are_points(desk):
    words = ["非常满意", "满意", "一般", "不满意", "非常不满意", "未评价"]
    rows = "".join(f"{i},0012,2026-03-05 10:00:00,{word}\n" for i, word in enumerate(words))
    summary = desk.load(desk.file("评价编号,工号,评价时间,满意度\n" + rows), accept=True)
    assert summary.status == 0
    assert desk.rows("surveys", "score::int, scale_max::int, answered_at is null", "survey_id") == [
        *((score, 5, False) for score in (5, 4, 3, 2, 1)), (None, 5, True),
    ]  # fmt: skip


def test_failed_formulas_are_named_and_not_lost(desk):
    path = desk.folder / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["流水号", "工号", "开始时间", "是否接通", "通话时长"])
        sheet.write_row(1, 0, ["1", "07", "2026-03-05 09:00", "是"])
        sheet.write_formula(1, 4, "=1/0", None, "#DIV/0!")
        sheet.write_row(2, 0, ["2", None, "2026-03-05 09:00", "是", 60])
        sheet.write_formula(2, 1, "=NA()", None, "#N/A")
        sheet.write_row(3, 0, ["3", "07", "2026-03-05 09:00", "是", 60])
    summary = desk.load(path, accept=True)
    assert [row[1:4] for row in desk.quarantine("calls")] == [["2", "talk_s", "#DIV/0!"]] and accounted(summary)
    assert desk.rows("calls", "call_id, agent_id", "call_id") == [("2", None), ("3", "07")]


def test_three_hundred_columns_are_no_burden(desk):
    names = [f"备用{i}" for i in range(296)]
    header, row = ["通话编号", "开始时间", "是否接通", "通话时长", *names], ["1", "2026-03-05 09:00", "是", "30", *["x"] * 296]
    summary = desk.load(desk.file(f"{','.join(header)}\n{','.join(row)}\n"), accept=True)
    assert summary.status == 0 and len(summary.files[0].ignored) == 296
