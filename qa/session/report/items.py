"""The monthly report as items of the board, and its files."""

from collections.abc import Hashable
from dataclasses import replace
from functools import partial

import streamlit as st

from qa.filters import Scope
from qa.i18n import _, language, set_language
from qa.names import center_names
from qa.report.comparison import comparison
from qa.report.kept import kept, kept_mark
from qa.report.model import Block, Cell, Chart, Document, Paragraph, Points, Table
from qa.report.monthly import monthly_report
from qa.report.write import MIME_TYPES, FileFormat, file_name, rendered
from qa.session import data
from qa.session.board import items as board
from qa.session.board.items import Item
from qa.session.report.choices import ALL
from qa.session.report.figures import figure_of, height_of
from qa.session.viewer import viewer
from qa.warehouse import Warehouse

LONGEST_CELL = 50
OFFERED: tuple[FileFormat, ...] = ("docx", "pdf", "pptx", "xlsx", "html")


def document_of(warehouse: Warehouse, scope: Scope, center: str, month: str) -> Document:
    """The report of the center, or the comparison of all."""
    if center == ALL:
        return comparison(warehouse, scope, month)
    return monthly_report(warehouse, scope, center, month, kept(warehouse, scope, center, month))


def report_items(warehouse: Warehouse, scope: Scope, center: str, month: str, _mark: Hashable = None) -> list[Item]:
    """The whole content, section by section, as the files have it. ``_mark``: tells apart what was written about the month."""
    document = document_of(warehouse, scope, center, month)
    facts = [board.Sentence(label, _("{label}: {name}").format(label=label, name=text)) for label, text in document.facts]
    subject = f"{_('All centers') if center == ALL else center_names(warehouse)[center]} · {document.subtitle}"
    found: list[Item] = [board.Sentences("facts", f"{document.title} · {document.subtitle}", facts, subject=subject)]
    for heading, parts, section in document.numbered():
        found.append(board.Heading(f"section {heading}", heading))
        found += _items(heading, "", section.blocks)
        for name, part in zip(parts, section.parts, strict=True):
            found += _items(f"{heading} {name}", name, part.blocks)
    return found


def _items(key: str, title: str, blocks) -> list[Item]:
    """The blocks; the first carries the title of its part, texts that follow each other stand together."""
    found: list[Item] = []
    texts: list[str] = []
    for place, block in enumerate([*blocks, None]):
        if isinstance(block, Paragraph | Points):
            texts += [block.text] if isinstance(block, Paragraph) else list(block.items)
            continue
        if texts:
            found.append(_sentences(f"{key} texts {place}", title, texts))
            texts, title = [], ""
        if block is not None:
            found.append(_shown(f"{key} {place}", title, block))
            title = ""
    return _without_gaps(found)


def _without_gaps(items: list[Item]) -> list[Item]:
    """Charts stand two in a row; the last of an odd number has its row alone."""
    found: list[Item] = []
    beside = 0
    for place, item in enumerate(items):
        beside = beside + 1 if _is_half(item) else 0
        if isinstance(item, board.Chart) and beside % 2 and not any(map(_is_half, items[place + 1 : place + 2])):
            item = replace(item, width="full")
        found.append(item)
    return found


def _is_half(item: Item) -> bool:
    return isinstance(item, board.Chart) and item.width == "half"


def _sentences(key: str, title: str, texts: list[str]) -> Item:
    return board.Sentences(key, title, [board.Sentence(str(place), text) for place, text in enumerate(texts)])


def _shown(key: str, title: str, block: Block) -> Item:
    if isinstance(block, Chart):
        width: board.Width = "half" if block.kind == "line" else "full"
        return board.Chart(key, block.title or title, figure_of(block), block.note, height_of(block), width, actions=("table", "image"))
    assert isinstance(block, Table)
    if _is_prose(block):
        lines = [_("{label}: {name}").format(label=name.text, name=text.text) for name, text in block.rows]
        return _sentences(key, block.title or title, lines)
    columns = [board.Column(str(place), column.label, column.align) for place, column in enumerate(block.columns)]
    rows = [board.Row(str(place), [_cell(cell) for cell in row]) for place, row in enumerate(block.rows)]
    return board.Table(key, block.title or title, columns, rows, block.note, 520, opens=False, actions=())


def _is_prose(table: Table) -> bool:
    """Whether it is names with what they mean: a row of a table would cut the meaning off."""
    return len(table.columns) == 2 and not table.note and any(len(text.text) > LONGEST_CELL for _name, text in table.rows)


def _cell(cell: Cell) -> board.Cell:
    mark = board.Mark(cell.state, "") if cell.state else None
    return board.Cell(cell.text, sort=cell.number, mark=mark)


def mark(center: str, month: str) -> Hashable:
    """Of what people have written about the month, so that the page follows it."""
    return kept_mark(data.warehouse(), viewer().scope, None if center == ALL else center, month)


def downloads(center: str, month: str) -> None:
    """A button a format; the file is made when it is clicked."""
    build, scope, spoken = data.warehouse(), viewer().scope, language()

    def made(kind: FileFormat) -> bytes:
        set_language(spoken)
        return rendered(document_of(build, scope, center, month), kind)

    for kind in OFFERED:
        name = file_name(center, month, spoken, kind)
        st.download_button(kind.upper(), partial(made, kind), name, MIME_TYPES[kind], key=f"report-{kind}", on_click="ignore", icon=":material/download:")
    st.caption(_("The report in your language, as the page shows it."), width="content")
