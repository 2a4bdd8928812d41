"""Workbooks of several sheets, and what a spreadsheet did to cells before anybody could say no."""

from datetime import datetime

import pytest
import xlsxwriter

from qa.importing.choose import Proposed
from qa.importing.errors import NeedsUser, Refused

HEAD = ["Call ID", "Start Time", "Answered", "Talk Time"]


def workbook(desk, sheets: dict[str, list[list]], hidden: str = "", name: str = "calls.xlsx"):
    path = desk.folder / name
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    sheet.write(i, j, cell)
            if title == hidden:
                sheet.hide()
            elif hidden:
                sheet.activate()
    return path


def calls(*ids, start=datetime(2026, 10, 5, 9)) -> list[list]:
    return [HEAD, *([call, start, "Y", 60] for call in ids)]


def test_sheets_that_were_not_read_are_told_each_time_and_not_where_one_was_chosen(desk):
    path = workbook(desk, {"Oct": calls("1"), "Nov": calls("2"), "Dec": calls("3")})
    with pytest.raises(Proposed) as proposed:
        desk.load(path)
    assert "Nov, Dec" in proposed.value.notes[0].en and "Nov、Dec" in proposed.value.notes[0].zh
    for _again in range(2):
        assert sum("Nov, Dec" in note.en for note in desk.load(path, accept=True).files[0].notes) == 1
    chosen = desk.load(path, sheet="Nov")
    assert not any("Dec" in note.en for note in chosen.files[0].notes) and desk.rows("calls", "call_id", "call_id") == [("1",), ("2",)]


def test_a_cover_sheet_says_where_the_rows_may_be(desk):
    with pytest.raises(Refused, match="Data"):
        desk.load(workbook(desk, {"Cover": [["Report of calls"], ["by Ann"]], "Data": calls("1")}), accept=True)
    with pytest.raises(NeedsUser, match="Data"):
        desk.load(workbook(desk, {"Some": [["QA ID", "Agent", "Evaluator", "Score"], ["1", "Ann", "Bob", 60]], "Data": calls("1")}), accept=True)


def test_a_hidden_sheet_is_not_the_first_one(desk):
    summary = desk.load(workbook(desk, {"Lists": calls("old"), "Calls": calls("1")}, hidden="Lists"), accept=True)
    assert desk.rows("calls", "call_id") == [("1",)] and not any("Lists" in note.en for note in summary.files[0].notes)
    assert desk.load(workbook(desk, {"Lists": calls("old"), "Calls": calls("1")}, hidden="Lists"), sheet="Lists").files[0].rows == 1


@pytest.mark.parametrize("codes", [[300000001234568000, 1699286625123450000], [300000001234567891 + 1000003 * i for i in range(9)]])
def test_codes_kept_as_numbers_are_put_aside_when_their_last_digits_are_lost(desk, codes):
    """Of 300000001234567890 a spreadsheet keeps fifteen digits, and programs write it as 300000001234567872."""
    desk.load(workbook(desk, {"a": [HEAD, *([code, datetime(2026, 10, 5, 9), "Y", 60] for code in codes)]}), accept=True)
    assert desk.rows("calls") == [] and desk.quarantine("calls")[0][2:4] == ["call_id", "3.00000001234568E+17"]


TEXTS = [["300000001234567891", "1699286625123456788"], ["2026100509301201", "2026100509301202", "2026100509301203"], [20261005093012]]


@pytest.mark.parametrize("codes", TEXTS)
def test_codes_kept_as_text_and_short_numbers_stay_as_they_are(desk, codes):
    desk.load(workbook(desk, {"a": [HEAD, *([code, datetime(2026, 10, 5, 9), "Y", 60] for code in codes)]}), accept=True)
    assert sorted(code for (code,) in desk.rows("calls", "call_id")) == sorted(map(str, codes))


@pytest.mark.parametrize("kept", ["13/10/2026 09:00", "10/13/2026 09:00"])
def test_days_and_months_that_a_spreadsheet_exchanged_are_refused(desk, kept):
    exchanged = [[f"{month}", datetime(2026, month, 10, 9), "Y", 60] for month in (1, 5, 12)]
    rows = [HEAD, *exchanged, *([f"t{i}", kept.replace("13", str(i)), "Y", 60] for i in (13, 20, 31))]
    with pytest.raises(Refused, match=f"exchanged day and month.*{kept}.*2026-01-10"):
        desk.load(workbook(desk, {"a": rows}), accept=True)


def test_dates_of_two_kinds_that_cannot_have_been_exchanged_are_read(desk):
    """One of the texts could be a date the other way round too, and was left."""
    rows = [HEAD, *([f"{d}", datetime(2026, 10, d, 9), "Y", 60] for d in (1, 5, 11)), *([f"t{d}", f"{d}/10/2026 09:00", "Y", 60] for d in (9, 20, 31))]
    desk.load(workbook(desk, {"a": rows}), accept=True)
    assert desk.rows("calls", "count(*), max(started_at)::date::varchar") == [(6, "2026-10-31")]


@pytest.mark.parametrize("name", ["calls.xlsx", "calls.xls"])
def test_text_with_the_name_of_any_workbook_is_read(desk, name):
    desk.load(desk.file("Call ID,Start Time,Answered\n1,2026-10-05 09:00,Y\n", name), accept=True)
    assert desk.rows("calls", "call_id") == [("1",)]


def test_a_workbook_with_the_name_of_text_is_named_for_what_it_is(desk):
    path = workbook(desk, {"a": calls("1")})
    with pytest.raises(Refused, match="workbook.*xlsx") as refused:
        desk.load(path.rename(path.with_suffix(".csv")), accept=True)
    assert "工作簿" in refused.value.text.zh
