"""Files with what people leave in them: unknown headers, full-width signs, merged cells, blank rows, lost zeros. None of it may pass unseen."""

import pytest

from qa.importing.summary import ALL_LOADED, NOTHING_LOADED, SOME_QUARANTINED

CALLS = "通话编号,工号,中心,开始时间,是否接通,等待时长,通话时长\n"


def call(number: int, agent: str = "001001", talk: str = "60", day: str = "2026-10-01", wait: str = "5") -> str:
    return f"K{number},{agent},上海,{day} 09:00:00,是,{wait},{talk}\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blank_rows_are_passed_over(desk, end):
    text = CALLS + call(1) + ",,,,,,\n" + call(2) + ",,,,,,\n , ,,,,,\n"
    summary = desk.load(desk.file(text.replace("\n", end)), accept=True)
    assert summary.status == ALL_LOADED and summary.files[0].rows == 2 and summary.files[0].totals == []
    assert desk.rows("calls", "count(*)") == [(2,)]


@pytest.mark.parametrize("said", ["共2人", "共 30 条", "总计：30", "共计２条记录", "记录数:2"])
def test_a_count_at_the_end_is_no_record(desk, said):
    summary = desk.load(desk.file(CALLS + call(1) + call(2) + f"{said},,,,,,\n"), accept=True)
    assert summary.status == ALL_LOADED and summary.files[0].totals == [(4, said)]


def test_derived_centers_do_not_make_an_import_good(desk):
    summary = desk.load(desk.file(CALLS + call(1, talk="-5") + call(2, talk="-5")), accept=True)
    assert summary.status == NOTHING_LOADED and {t.table for t in summary.tables if t.derived} == {"centers", "agents"}
    assert desk.load(desk.file(CALLS + call(1, talk="-5") + call(2), "more.csv"), accept=True).status == SOME_QUARANTINED


def test_agents_that_differ_by_leading_zeros_are_told(desk):
    desk.load(desk.file(CALLS + call(1)), accept=True)
    summary = desk.load(desk.file(CALLS + call(2, agent="1001") + call(3, agent="1002"), "later.csv"), accept=True)
    notes = next(t.notes for t in summary.tables if t.table == "agents")
    assert len(notes) == 1 and "001001、1001" in notes[0].zh and "001001, 1001" in notes[0].en
    assert not desk.load(desk.file(CALLS + call(2, agent="1001"), "again.csv"), accept=True).tables[1].notes
