"""Cells of an XLSX sheet that are merged downwards: each row beside them means what the first cell says.

Readers of workbooks pass on the first cell alone, so the merges are taken from the sheet's own XML. In older formats (XLS, XLSB, ODS) the cells
below stay empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from qa.importing.header import Cells
from qa.importing.sheet_xml import column_number, in_sheet, matches

MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')


@dataclass(frozen=True)
class Down:
    """A merged cell: its column, counted from 0, and its first and last row, counted from 1."""

    column: int
    first: int
    last: int


def merged_down(path: Path, sheet: str) -> list[Down]:
    """The cells of a sheet that span several rows; none where the workbook does not tell."""
    return in_sheet(path, sheet, _found)


def filled_down(rows: Iterator[tuple[int, Cells]], merged: list[Down]) -> Iterator[tuple[int, Cells]]:
    """Numbered rows in which each merged cell, its column now the place among the cells, is repeated in every row it spans."""
    starts: dict[int, list[Down]] = {}
    for cell in merged:
        starts.setdefault(cell.first, []).append(cell)
    above: list[tuple[Down, str | None]] = []
    for number, cells in rows:
        above = [(cell, text) for cell, text in above if number <= cell.last]
        for cell, text in above:
            cells[cell.column] = text
        above += [(cell, cells[cell.column]) for cell in starts.get(number, ())]
        yield number, cells


def _found(book: ZipFile, place: str) -> list[Down]:
    """The merges, which stand behind all rows."""
    return [Down(column_number(one[1]), int(one[2]), int(one[3])) for one in matches(book, place, MERGE) if one[2] != one[3]]
