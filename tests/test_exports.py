"""Files that leave the board."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

import fastexcel
import polars as pl

from qa.exports import csv_bytes, xlsx_bytes

FRAME = pl.DataFrame({"中心": ["武汉", "=HYPERLINK(1)"], "数值": [0.9512345, -1.0], "n": [12, None]})


def test_csv_opens_in_excel_with_its_chinese():
    content = csv_bytes(FRAME)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[:2] == ["中心,数值,n", "武汉,0.9512345,12"]


def test_texts_that_look_like_formulas_are_disarmed_and_numbers_are_not():
    line = csv_bytes(FRAME).decode("utf-8-sig").splitlines()[2]
    assert line == "'=HYPERLINK(1),-1.0,"


def test_a_workbook_holds_the_unrounded_table_and_its_definition():
    content = xlsx_bytes(FRAME, "数值", [("口径", "合格 ÷ 评定"), ("时段", "=1+1")], "口径")
    book = fastexcel.read_excel(content)
    assert book.sheet_names == ["数值", "口径"]
    assert book.load_sheet("数值").to_polars()["数值"].to_list() == [0.9512345, -1.0]
    notes = book.load_sheet("口径", header_row=None).to_polars()
    assert notes.row(0) == ("口径", "合格 ÷ 评定")
    assert notes.row(1) == ("时段", "=1+1")


def test_a_workbook_has_no_formula_of_a_strangers_making():
    content = xlsx_bytes(FRAME, "a", [("b", "=1+1")], "c")
    with ZipFile(BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert all("<f>" not in sheet for sheet in sheets)


def test_the_last_moment_of_a_day_stays_on_its_day():
    frame = pl.DataFrame({"Time": [datetime(2026, 9, 30, 23, 59, 59, 999_999)]})
    book = pl.read_excel(BytesIO(xlsx_bytes(frame, "Figures", [], "Definition")), sheet_name="Figures")
    assert str(book["Time"][0]).startswith("2026-09-30 23:59:59")
