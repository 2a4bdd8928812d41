"""Numbers of an XLSX sheet that are shown with leading zeros, by a format like 0000: the employee number 0012 is kept as 12.

Readers of workbooks pass on the number alone, so the formats are taken from the workbook's own XML. In older formats (XLS, XLSB, ODS) the zeros are lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from qa.importing.header import Cells
from qa.importing.sheet_xml import column_number, in_sheet, matches

ZEROS = re.compile(r"^(0{2,})(?:[;_\\].*)?$")
CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*>")
# Of text a format shows nothing else.
TEXT = re.compile(rb'\bt="(?!n")')
PLACE, STYLE = re.compile(rb'\br="([A-Z]+)(\d+)"'), re.compile(rb'\bs="(\d+)"')


@dataclass(frozen=True)
class Padded:
    """Cells of a column, counted from 0, that are shown with so many digits: from the first to the last row, counted from 1."""

    column: int
    first: int
    last: int
    digits: int


def padded(path: Path, sheet: str) -> list[Padded]:
    """The cells of a sheet that are shown with leading zeros; none where the workbook does not tell. Without such a format the sheet is not looked into."""

    def find(book: ZipFile, place: str) -> list[Padded]:
        styles = _styles(book)
        return _runs(_cells(book, place, styles)) if styles else []

    return in_sheet(path, sheet, find)


def as_shown(rows: Iterator[tuple[int, Cells]], found: list[Padded]) -> Iterator[tuple[int, Cells]]:
    """Numbered rows with those numbers as they are shown, their columns now the places among the cells."""
    waiting = sorted(found, key=lambda run: run.first, reverse=True)
    here: list[Padded] = []
    for number, cells in rows:
        while waiting and waiting[-1].first <= number:
            here.append(waiting.pop())
        here = [run for run in here if number <= run.last]
        for run in here:
            cell = cells[run.column]
            if cell and cell.isdigit():
                cells[run.column] = cell.zfill(run.digits)
        yield number, cells


def _styles(book: ZipFile) -> dict[bytes, int]:
    """The styles of cells that show leading zeros, with how many digits."""
    root = ElementTree.fromstring(book.read("xl/styles.xml"))
    formats = {node.get("numFmtId"): match for node in root.iter() if node.tag.endswith("}numFmt") and (match := ZEROS.match(node.get("formatCode", "")))}
    cells = next((node for node in root if node.tag.endswith("}cellXfs")), ())
    return {str(i).encode(): len(formats[style.get("numFmtId")][1]) for i, style in enumerate(cells) if style.get("numFmtId") in formats}


def _cells(book: ZipFile, place: str, styles: dict[bytes, int]) -> Iterator[tuple[int, int, int]]:
    """Column, row and digits of each such cell."""
    for cell in matches(book, place, CELL):
        style, at = STYLE.search(cell[0]), PLACE.search(cell[0])
        if style and at and style[1] in styles and not TEXT.search(cell[0]):
            yield column_number(at[1]), int(at[2]), styles[style[1]]


def _runs(cells: Iterator[tuple[int, int, int]]) -> list[Padded]:
    """The cells as runs of rows: a column of a million numbers is one."""
    found: list[Padded] = []
    last: dict[int, Padded] = {}
    for column, row, digits in cells:
        before = last.get(column)
        if before and before.digits == digits and before.last == row - 1:
            last[column] = Padded(column, before.first, row, digits)
            continue
        found += [before] if before else []
        last[column] = Padded(column, row, row, digits)
    return [*found, *last.values()]
