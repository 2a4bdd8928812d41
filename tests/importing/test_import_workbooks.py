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
