"""Excel workbooks -> text rows: durations and times of day stay times, whole days stay dates."""

import re
from collections.abc import Iterator
from pathlib import Path

import fastexcel

from qa.importing.errors import Refused
from qa.importing.header import Cells

SUFFIXES = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TIME = re.compile(r"^(1899-12-3[01]|1900-01-\d\d)[ T](\d\d):(\d\d):(\d\d(?:\.\d+)?)$")
MIDNIGHT = re.compile(r"^(\d{4}-\d\d-\d\d)[ T]00:00:00(?:\.0+)?$")


def sheets(path: Path) -> list[str]:
    """The names of the sheets, in the workbook's order; Refused when it cannot be opened."""
    try:
        return fastexcel.read_excel(path).sheet_names
    except fastexcel.FastExcelError as problem:
        raise Refused(
            f"{path.name}：无法打开工作簿（可能已加密或损坏）",
            f"{path.name}: the workbook cannot be opened (encrypted or damaged?)",
        ) from problem


def choose_sheet(path: Path, wanted: str | None) -> str:
    """The sheet asked for, by name or by its number from 1, else the first; Refused when there is no such sheet."""
    names = sheets(path)
    if wanted is None:
        return names[0]
    if wanted in names:
        return wanted
    if wanted.isdigit() and 1 <= int(wanted) <= len(names):
        return names[int(wanted) - 1]
    raise Refused(
        f"{path.name}：没有名为“{wanted}”的工作表，现有：{'、'.join(names)}",
        f"{path.name}: no sheet {wanted!r}; there are: {', '.join(names)}",
    )


def rows(path: Path, sheet: str) -> Iterator[Cells]:
    """Every row of the sheet from its first one on, cells as text."""
    found = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    for row in found.to_polars().iter_rows():
        yield [as_text(cell) for cell in row]


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
