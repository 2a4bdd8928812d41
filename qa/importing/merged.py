"""Cells of an XLSX sheet that are merged downwards: each row beside them means what the first cell says.

Readers of workbooks pass on the first cell alone, so the merges are taken from the sheet's own XML. Older formats (XLS, XLSB, ODS) are not
looked into: there the cells below stay empty.
"""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from qa.importing.header import Cells

SUFFIXES = (".xlsx", ".xlsm")
WINDOW = 1 << 20
MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')
LONGEST = 200
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Down:
    """A merged cell: its column, counted from 0, and its first and last row, counted from 1."""

    column: int
    first: int
    last: int


def merged_down(path: Path, sheet: str) -> list[Down]:
    """The cells of a sheet that span several rows; none where the workbook does not tell."""
    if path.suffix.lower() not in SUFFIXES:
        return []
    try:
        with ZipFile(path) as book:
            place = sheet_place(book, sheet)
            return list(_found(book, place)) if place in book.namelist() else []
    except (BadZipFile, ElementTree.ParseError, KeyError):
        return []


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


def sheet_place(book: ZipFile, sheet: str) -> str:
    """Where in the workbook the sheet's XML is."""
    names = ElementTree.fromstring(book.read("xl/workbook.xml")).iter()
    relation = next((node.get(RELATION) for node in names if node.tag.endswith("}sheet") and node.get("name") == sheet), "")
    targets = {node.get("Id"): node.get("Target", "") for node in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
    return posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")


def _found(book: ZipFile, place: str) -> Iterator[Down]:
    """The merges stand behind all rows; the XML is searched as it streams by, not parsed."""
    rest, seen = b"", 0
    with book.open(place) as xml:
        while chunk := xml.read(WINDOW):
            piece = rest + chunk
            for match in MERGE.finditer(piece):
                seen = match.end()
                if match[2] != match[3]:
                    yield Down(column_number(match[1]), int(match[2]), int(match[3]))
            rest, seen = piece[max(seen, len(piece) - LONGEST) :], 0


def column_number(letters: bytes) -> int:
    """The column of a sheet, counted from 0, that the letters name."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
