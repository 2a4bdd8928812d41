"""The items of a board as a document."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from qa import format
from qa.i18n import _, language
from qa.report.model import Block, Cell, Column, Document, Paragraph, Points, Section, State, Table
from qa.session.board.items import Cell as BoardCell
from qa.session.board.items import Chart, Heading, Item, Mark, Sentences, Tile
from qa.session.board.items import Table as BoardTable
from qa.session.export.figures import block_of, read_number

STATES: dict[str, State] = {"met": "met", "missed": "missed", "uncertain": "uncertain", "too_few": "too_few"}


def page_document(title: str, subtitle: str, facts: Sequence[tuple[str, str]], items: Iterable[Item], made_at: datetime, link: str) -> Document:
    """The page as a document: a section under each heading of the board, tiles as a table, figures as charts."""
    sections: list[Section] = []
    heading, blocks, tiles = title, [], []  # type: str, list[Block], list[Tile]

    def close() -> None:
        if tiles:
            blocks.append(_tiles(tiles))
            tiles.clear()

    for item in items:
        if isinstance(item, Tile):
            tiles.append(item)
            continue
        close()
        if isinstance(item, Heading):
            if blocks:
                sections.append(Section(heading, tuple(blocks)))
            heading, blocks = item.text, []
        else:
            blocks += _blocks(item)
    close()
    if blocks:
        sections.append(Section(heading, tuple(blocks)))
    return Document(title, subtitle, language(), made_at, facts, sections, link)


def _blocks(item: Item) -> list[Block]:
    if isinstance(item, Sentences):
        lines = [_marked(line.text, line.mark) for line in item.items]
        return [Paragraph(item.title), Points(lines) if lines else Paragraph(item.empty or _("None."))]
    if isinstance(item, Chart):
        block = None if item.figure is None else block_of(item.title, item.figure, item.caption)
        return [block if block is not None else Paragraph(_("{title}: {text}").format(title=item.title, text=item.empty or _("None.")))]
    if isinstance(item, BoardTable):
        return [_table(item)]
    return []


def _tiles(tiles: Sequence[Tile]) -> Table:
    columns = [
        Column(_("Metric"), width=1.6), Column(_("Value"), "right"), Column(_("95% interval"), "right", 1.3), Column("n", "right", 0.9),
        Column(_("Target"), "right"), Column(_("Verdict"), "center", 1.2), Column(_("Change"), width=2),
    ]  # fmt: skip
    rows = []
    for tile in tiles:
        value, change = " ".join(part for part in (tile.value, tile.unit) if part), _marked(tile.change, tile.change_mark)
        verdict = Cell(tile.mark.text, state=STATES.get(tile.mark.state, "")) if tile.mark else Cell(format.NOTHING)
        interval, n, target = (text or format.NOTHING for text in (tile.interval, tile.n.removeprefix("n = "), tile.target))
        rows.append([Cell(tile.label), read_number(value), Cell(interval), read_number(n), Cell(target), verdict, Cell(change or format.NOTHING)])
    return Table("", columns, rows)


def _table(table: BoardTable) -> Table:
    columns = [Column(column.label, column.align, _width(table, place)) for place, column in enumerate(table.columns)]
    rows = [[_table_cell(cell) for cell in (*row.cells, *[BoardCell("")] * (len(columns) - len(row.cells)))] for row in table.rows]
    if not rows:
        return Table(table.title, columns, [], table.empty)
    return Table(table.title, columns, rows, table.caption)


def _width(table: BoardTable, place: int) -> float:
    """Words may wrap; a column of figures is as wide as the longest of them, beside the others."""
    if table.columns[place].align == "left":
        return 1.6
    longest = max((len(row.cells[place].text) for row in table.rows if place < len(row.cells)), default=0)
    return min(max(0.8, (longest + 2) / 8), 2.0)


def _table_cell(cell: BoardCell) -> Cell:
    """The text with its small print and its mark; a number only where the text is one."""
    state = STATES.get(cell.mark.state, "") if cell.mark else ""
    words = cell.mark.text if cell.mark and (not state or not cell.text) else ""
    text = " · ".join(part for part in (cell.text, words, cell.detail) if part)
    if text == cell.text and isinstance(cell.sort, int | float):
        read = read_number(cell.text)
        return Cell(read.text, float(cell.sort) if read.unit else None, read.unit, state)
    return Cell(text, state=state)


def _marked(text: str, mark: Mark | None) -> str:
    return text if mark is None or not text else _("{text} [{mark}]").format(text=text, mark=mark.text)
