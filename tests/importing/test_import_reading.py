"""What a file says is what is read, or the file is refused with the reason."""

import json
import tempfile
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.importing import Mapping, preview
from qa.importing.delimited import careful_rows, layout, load_fast
from qa.importing.engine import open_engine
from qa.importing.errors import Refused
from qa.importing.source import read
from tests.importing.desk import CALLS, real


def table(path: Path, sheet: str | None = None) -> tuple[list[str], list[tuple]]:
    """Column names, and rows as row number and cells."""
    with tempfile.TemporaryDirectory() as work:
        con = open_engine(Path(work))
        source = read(con, path, Path(work), 0, sheet)
        return source.columns, con.execute(f"select * from {source.view} order by _row").fetchall()


def refused(path: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        table(path)
    assert caught.value.text.zh and caught.value.text.en
    return caught.value


SPECTRUM = [
    "comma_in_quotes",
    "empty",
    "empty_crlf",
    "escaped_quotes",
    "json",
    "newlines",
    "newlines_crlf",
    "quotes_and_newlines",
    "simple",
    "simple_crlf",
    "utf8",
]


@pytest.mark.parametrize("name", SPECTRUM)
def test_csv_spectrum(name):
    columns, rows = table(real(f"csv-spectrum/csvs/{name}.csv"))
    wanted = json.loads(real(f"csv-spectrum/json/{name}.json").read_text(encoding="utf-8"))
    assert [dict(zip(columns, (cell or "" for cell in row[1:]), strict=True)) for row in rows] == wanted


def test_csv_spectrum_quotes_inside_plain_fields():
    columns, rows = table(real("csv-spectrum/csvs/location_coordinates.csv"))
    assert columns[1] == "Location Coordinates"
    assert rows[0][2:] == ("37\ufffd36'37.8\"N 121\ufffd2'17.9\"W", "Modesto", "Stanislaus")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(desk, encoding):
    marks = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    path = desk.file(marks.get(encoding, b"") + "工号,备注\n07,服务很好，谢谢\n".encode(encoding))
    assert table(path) == (["工号", "备注"], [(2, "07", "服务很好，谢谢")])


def test_western_text_is_not_taken_for_chinese(desk):
    assert table(desk.file("name,note\nZoë,café señor\n".encode("latin-1"))) == (["name", "note"], [(2, "Zoë", "café señor")])


def test_numbers_stay_text(desk):
    assert table(desk.file("id,agent\n0012,07\n1e5,1.0\n"))[1] == [(2, "0012", "07"), (3, "1e5", "1.0")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiters(desk, delimiter):
    text = "\n".join(
        delimiter.join(row)
        for row in (["a", "b", "c"], ["1,5" if delimiter != "," else "1.5", "x y", "3"], ["2", "", "4"])
    )
    assert table(desk.file(text))[0] == ["a", "b", "c"]


def test_where_half_of_the_rows_are_ragged_the_file_is_refused_and_they_are_named(desk):
    problem = refused(desk.file("a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n"))
    assert "rows 3, 5" in problem.text.en and "第 3, 5 行" in problem.text.zh


def test_a_few_ragged_rows_go_to_quarantine_as_they_are_and_the_others_load(desk):
    desk.centers()
    times = ["2026-10-05 09:00,Y,1,60", "2026-10-05 09:01,Y,1", "2026-10-05 09:02,Y,1,60", "2026-10-05,09:03,Y,1,60", "2026-10-05 09:04,N,1,"]
    lines = "".join(f"{i},SH,,{time}\n" for i, time in enumerate(times, start=1))
    summary = desk.calls(lines)
    (calls,) = [table for table in summary.tables if table.table == "calls"]
    assert (calls.read, calls.loaded, calls.quarantined, summary.status, summary.files[0].rows) == (5, 3, 2, 2, 5)
    assert desk.rows("calls", "call_id") == [("1",), ("3",), ("5",)]
    rejects = desk.quarantine("calls")
    assert [(row[1], row[6:]) for row in rejects] == [
        ("3", ["2", "SH", "", "2026-10-05 09:01", "Y", "1"]),
        ("5", ["4", "SH", "", "2026-10-05", "09:03", "Y", "1", "60"]),
    ]
    assert all("7 列" in row[4] and "7 columns" in row[5] for row in rejects)
    # The same is seen before, and the rejects are no better for having been written down.
    seen = preview(desk.folder / "calls.csv", desk.into, Mapping.model_validate({"name": "calls", "table": [CALLS]}))
    assert (seen.read["calls"], seen.bad["calls"], seen.rejects["calls"].height, seen.rows["calls"].height) == (5, 2, 2, 3)
    (path,) = (desk.into / "quarantine" / "calls").glob("*.csv")
    with pytest.raises(Refused, match="another number"):
        desk.load(path, mapping={"name": "calls", "table": [CALLS]})


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_separator_too_many_makes_a_row_unreadable_but_one_behind_every_row_does_not(desk, quote):
    """DuckDB passes over it: ``billing, refund,`` without quotes would make an agent called refund."""
    header = f"Call ID,Start Time,{quote}Answered{quote},Talk Time,Reason,Agent"
    rows = ["1,2026-10-05 09:00,Y,60,x,07", "2,2026-10-05 09:00,Y,60,billing, refund,", "3,2026-10-05 09:00,Y,60,y,", "4,2026-10-05 09:00,Y,60,z,08"]
    desk.load(desk.file("\n".join([header, *rows]) + "\n"), accept=True)
    assert desk.rows("calls", "call_id, agent_id", "call_id") == [("1", "07"), ("3", None), ("4", "08")]
    assert [row[6:] for row in desk.quarantine("calls")] == [["2", "2026-10-05 09:00", "Y", "60", "billing", " refund", ""]]
    every = "\n".join([header, *(f"{row}," for row in (rows[0], rows[2], rows[3]))]).replace(",07,", ",09,")
    assert desk.load(desk.file(every + "\n", "every.csv"), accept=True).status == 0
    assert desk.rows("calls", "agent_id", "call_id") == [("09",), (None,), ("08",)]


def test_lines_below_a_blank_one_take_no_row_with_them(desk):
    rows = "".join(f"{i},2026-10-05 09:00,Y,60,x,07\n" for i in range(6))
    desk.load(desk.file("Call ID,Start Time,Answered,Talk Time,Reason,Agent\n" + rows + "\nReport for March\nPrinted by,John\n"), accept=True)
    assert desk.rows("calls", "count(*)") == [(6,)]
    assert [(row[1], row[6:]) for row in desk.quarantine("calls")] == [("9", ["Report for March"]), ("10", ["Printed by", "John"])]


@pytest.mark.parametrize("text", ['a,b\n1,"open\n2,3\n', 'a,b\n1,"x"y\n'])
def test_unbalanced_quotes_are_refused(desk, text):
    assert "row" in refused(desk.file(text)).text.en


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"a,b\n", "no rows"),
        (b"\n\n", "empty"),
        (b"a,b\n1,\x002\n", "NUL"),
        (b"1,2\n3,4\n", "no header"),
    ],
)
def test_files_with_nothing_to_read(desk, content, said):
    assert said in refused(desk.file(content)).text.en


def test_an_absent_file_and_an_unknown_kind(desk):
    assert "no such file" in refused(desk.folder / "missing.csv").text.en
    assert "supported" in refused(desk.file("x", "notes.pdf")).text.en


def test_a_huge_field(desk):
    assert table(desk.file("a,b\n1," + "x" * 3_000_000 + "\n"))[1][0][2] == "x" * 3_000_000
    assert "too long" in refused(desk.file("a,b\n1," + "x" * 17_000_000 + "\n")).text.en


def test_title_rows_blank_rows_and_totals(desk):
    path = desk.file("坐席通话报表\n2024年3月,,\n\n工号,接通量,通话时长（秒）\n07,3,90\n\n08,4,80\n合计,7,170\n")
    columns, rows = table(path)
    assert columns == ["工号", "接通量", "通话时长（秒）"]
    assert rows == [(5, "07", "3", "90"), (7, "08", "4", "80")]


def test_totals_are_told(desk):
    with tempfile.TemporaryDirectory() as work:
        source = read(open_engine(Path(work)), desk.file("team,calls\nA,3\nGrand total,3\n"), Path(work), 0)
    assert source.totals == [(3, "Grand total")]


def test_parquet(desk):
    pl.DataFrame({"id": ["a", "b"], "score": [1.5, None], "at": [None, "2024-01-02"]}).write_parquet(
        desk.folder / "x.parquet"
    )
    assert table(desk.folder / "x.parquet") == (
        ["id", "score", "at"],
        [(2, "a", "1.5", None), (3, "b", None, "2024-01-02")],
    )


def test_workbook_from_real_life(desk):
    """Title, merged group headings, times, durations, dates, a number stored as text, totals."""
    path = desk.folder / "报表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("明细")
        time, span, day = (book.add_format({"num_format": form}) for form in ("hh:mm:ss", "[h]:mm:ss", "yyyy-mm-dd"))
        sheet.merge_range(0, 0, 0, 4, "通话明细报表")
        sheet.merge_range(1, 0, 2, 0, "工号")
        sheet.merge_range(1, 1, 1, 4, "通话")
        for i, name in enumerate(["日期", "时间", "通话时长", "满意度"]):
            sheet.write(2, i + 1, name)
        for i, agent in enumerate(["07", "08"]):
            sheet.write_string(3 + i, 0, agent)
            sheet.write_number(3 + i, 1, 45356 + i, day)
            sheet.write_number(3 + i, 2, (9 * 3600 + 758) / 86400, time)
            sheet.write_number(3 + i, 3, 1.5 if i else 143 / 86400, span)
            sheet.write_number(3 + i, 4, 5)
        sheet.write_row(6, 0, ["合计", None, None, None, 10])
    columns, rows = table(path)
    assert columns == ["工号", "日期", "时间", "通话时长", "满意度"]
    assert rows == [
        (4, "07", "2024-03-05", "09:12:38", "00:02:23", "5"),
        (5, "08", "2024-03-06", "09:12:38", "36:00:00", "5"),
    ]


def test_sheets_are_chosen_by_name_or_number(desk):
    with xlsxwriter.Workbook(desk.folder / "two.xlsx") as book:
        for name in ("first", "second"):
            book.add_worksheet(name).write_column(0, 0, ["which", name])
    path = desk.folder / "two.xlsx"
    assert (
        table(path)[1] == [(2, "first")]
        and table(path, "second")[1] == [(2, "second")]
        and table(path, "2")[1] == [(2, "second")]
    )
    with pytest.raises(Refused, match="first, second"):
        table(path, "third")


cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs",)), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_the_fast_reader_never_says_anything_else_than_the_careful_one(rows, newline):
    import csv

    with tempfile.TemporaryDirectory() as work:
        path = Path(work) / "x.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator=newline).writerows([["first name", "second name", "third name"], *rows])
        form = layout(path, "x")
        con = open_engine(Path(work))
        if form.header == 1 and load_fast(con, path, form, "fast"):
            fast = [
                tuple(cell or "" for cell in row) for row in con.execute("select * from fast order by rowid").fetchall()
            ]
            assert fast == [tuple(row) for _number, row in careful_rows(path, "x", form, [])]
            assert fast == [tuple(row) for row in rows]
