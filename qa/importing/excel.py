"""Excel workbooks -> text rows: durations and times of day stay times, whole days stay dates."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

import fastexcel

from qa.importing.errors import Refused
from qa.importing.header import Cells
from qa.importing.long_numbers import with_lost_digits
from qa.views import frame_of

# How a workbook begins: as a ZIP archive or as a compound file.
STARTS = (b"PK", b"\xd0\xcf\x11\xe0")
SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TIME = re.compile(r"^(1899-12-3[01]|1900-01-\d\d)[ T](\d\d):(\d\d):(\d\d(?:\.\d+)?)$")
ERROR = re.compile(r"Error\((\w+)\)")
ERROR_NAMES = {"NA": "#N/A", "Name": "#NAME?", "Div0": "#DIV/0!"}
MIDNIGHT = re.compile(r"^(\d{4}-\d\d-\d\d)[ T]00:00:00(?:\.0+)?$")


def is_workbook(path: Path) -> bool:
    """Whether a file with a workbook's name is one; systems also give that name to text that spreadsheets open. Refused for a web page."""
    if not path.stat().st_size:
        return True
    with path.open("rb") as file:
        start = file.read(512)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<style", b"<head")):
        raise Refused(
            f"{path.name}：内容是网页表格，不是工作簿；请用表格软件打开，另存为 XLSX 或 CSV 后导入",
            f"{path.name}: the content is a web page, not a workbook; open it in a spreadsheet, save it as XLSX or CSV and import that",
        )
    is_table = b"\n" in start and any(sign in start for sign in b",;\t|")
    return start.startswith(STARTS) or path.suffix.lower() != ".xls" and not is_table


def sheets(path: Path) -> list[str]:
    """The names of the sheets, in the workbook's order, none for text with a workbook's name; Refused when it cannot be opened."""
    if not is_workbook(path):
        return []
    try:
        return fastexcel.read_excel(path).sheet_names
    except fastexcel.FastExcelError as problem:
        raise Refused(
            f"{path.name}：无法打开工作簿（可能已加密或损坏）",
            f"{path.name}: the workbook cannot be opened (encrypted or damaged?)",
        ) from problem


def visible_sheets(path: Path) -> list[str]:
    """The names of the sheets that a spreadsheet shows; all of them where the workbook does not tell."""
    names = sheets(path)
    try:
        with ZipFile(path) as book:
            nodes = ElementTree.fromstring(book.read("xl/workbook.xml")).iter()
    except (BadZipFile, ElementTree.ParseError, KeyError):
        return names
    hidden = {node.get("name") for node in nodes if node.tag.endswith("}sheet") and node.get("state", "visible") != "visible"}
    return [name for name in names if name not in hidden] or names


def choose_sheet(path: Path, wanted: str | None) -> str:
    """The sheet asked for, by name or by its number from 1, else the first that is shown; Refused when there is no such sheet."""
    if wanted is None:
        return visible_sheets(path)[0]
    names = sheets(path)
    if wanted in names:
        return wanted
    if wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise Refused(
        f"{path.name}：没有名为“{wanted}”的工作表，现有：{'、'.join(names)}",
        f"{path.name}: no sheet {wanted!r}; there are: {', '.join(names)}",
    )


def rows(path: Path, sheet: str) -> tuple[Iterator[Cells], list[int]]:
    """Every row of the sheet from its first one on, cells as text; and which columns of the sheet, counted from 0, the cells are of."""
    found = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    return _texts(found), [column.absolute_index for column in found.selected_columns]


def _texts(found: fastexcel.ExcelSheet) -> Iterator[Cells]:
    content, errors = found.to_arrow_with_errors()
    failed: dict[int, dict[int, str]] = {}
    for error in errors.errors if errors else ():
        line, column = error.offset_position
        failed.setdefault(line, {})[column] = _error_name(error.detail)
    for number, row in enumerate(with_lost_digits(frame_of(content)).iter_rows()):
        names = failed.get(number, {})
        yield [names.get(place) or as_text(cell) for place, cell in enumerate(row)]


def _error_name(detail: str) -> str:
    """What a cell shows whose formula failed: ``#DIV/0!``."""
    kind = ERROR.search(detail)
    return ERROR_NAMES.get(kind[1], f"#{kind[1].upper()}!") if kind else "#ERROR!"


def as_text(cell: str | None) -> str | None:
    """The cell as it looked: a duration as ``0:03:42`` (Excel's day zero taken off), a day without its midnight."""
    if cell is None or len(cell) < 19 or cell[4] != "-":
        return cell
    if time := TIME.match(cell):
        days = {"1899-12-30": 0, "1899-12-31": 0}.get(time[1])
        hours = int(time[2]) + 24 * (int(time[1][-2:]) if days is None else days)
        return f"{hours:02d}:{time[3]}:{time[4]}"
    if day := MIDNIGHT.match(cell):
        return day[1]
    return cell
