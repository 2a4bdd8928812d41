"""The XML of one sheet of an XLSX workbook, searched for what readers of workbooks do not pass on: merges, and formats of numbers.

Older formats (XLS, XLSB, ODS) are not looked into.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

SUFFIXES = (".xlsx", ".xlsm")
WINDOW = 1 << 20
# What is searched for is shorter.
LONGEST = 400
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Found = TypeVar("Found")


def in_sheet(path: Path, sheet: str, find: Callable[[ZipFile, str], list[Found]]) -> list[Found]:
    """What ``find`` finds in the open workbook and the sheet's place in it; nothing where the workbook does not tell."""
    if path.suffix.lower() not in SUFFIXES:
        return []
    try:
        with ZipFile(path) as book:
            return find(book, _place(book, sheet))
    except (BadZipFile, ElementTree.ParseError, KeyError):
        return []


def matches(book: ZipFile, place: str, pattern: re.Pattern[bytes]) -> Iterator[re.Match[bytes]]:
    """Where the pattern matches in the sheet; its XML is searched as it streams by, not parsed."""
    rest = b""
    with book.open(place) as xml:
        while chunk := xml.read(WINDOW):
            piece, seen = rest + chunk, 0
            for match in pattern.finditer(piece):
                seen = match.end()
                yield match
            rest = piece[max(seen, len(piece) - LONGEST) :]


def column_number(letters: bytes) -> int:
    """The column of a sheet, counted from 0, that the letters name."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _place(book: ZipFile, sheet: str) -> str:
    names = ElementTree.fromstring(book.read("xl/workbook.xml")).iter()
    relation = next((node.get(RELATION) for node in names if node.tag.endswith("}sheet") and node.get("name") == sheet), "")
    targets = {node.get("Id"): node.get("Target", "") for node in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
    return posixpath.normpath(posixpath.join("/xl", targets.get(relation, ""))).lstrip("/")
