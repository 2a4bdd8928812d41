"""PPTX: 16:9, a heading and one thing a slide: sentences, a table that fits, or a native chart."""

from collections.abc import Sequence
from io import BytesIO
from unicodedata import east_asian_width

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn
from pptx.parts.chart import ChartPart
from pptx.util import Emu, Inches, Pt

from qa.i18n import _, language
from qa.report.formats.drawingml import chart_workbook, chart_xml
from qa.report.formats.packages import with_fixed_times
from qa.report.formats.style import ACCENT, INK, MUTED, RULE, SHADE, STATES, written
from qa.report.model import Block, Cell, Chart, Document, Paragraph, Points, Section, Table

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, TOP = Inches(0.6), Inches(1.25)
BODY_WIDTH, BODY_HEIGHT = Inches(12.13), Inches(5.5)
SIDES = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
TEXT_UNITS_A_LINE = 96
LINES_OF_TEXT, LINE_TOGETHER, TOGETHER_HEIGHT = 13, 0.36, 5.3
ROW_HEIGHT, MORE_A_LINE, ROWS_HEIGHT = 0.32, 0.24, 4.8
MOST_APPENDED = 40
BLANK = 6


def pptx(document: Document) -> bytes:
    """The document as a presentation."""
    return _Deck(document).bytes()


class _Deck:
    """One presentation being written."""

    def __init__(self, document: Document):
        self.document, self.deck, self.charts = document, Presentation(), 0
        self.deck.slide_width, self.deck.slide_height = WIDTH, HEIGHT
        own, moment = self.deck.core_properties, document.made_at.replace(tzinfo=None)
        own.title, own.author, own.last_modified_by, own.revision = document.title, _("Tingjian"), _("Tingjian"), 1
        own.created = own.modified = moment

    def bytes(self) -> bytes:
        self._cover()
        for heading, parts, section in self.document.numbered():
            self._section(heading, parts, section)
        count = len(self.deck.slides)
        for number, slide in enumerate(self.deck.slides, 1):
            foot = f"{self.document.title} · {self.document.subtitle} · " + _("Page {page} of {pages}").format(page=number, pages=count)
            self._text(slide, foot, Inches(0.6), Inches(7.02), BODY_WIDTH, Inches(0.3), 10, MUTED, align="right")
        buffer = BytesIO()
        self.deck.save(buffer)
        return with_fixed_times(buffer.getvalue(), self.document.made_at)

    def _cover(self) -> None:
        slide = self._blank()
        self._text(slide, self.document.title, Inches(0.9), Inches(0.9), Inches(11.5), Inches(1.8), 38, INK, bold=True, from_below=True)
        self._text(slide, self.document.subtitle, Inches(0.9), Inches(2.8), Inches(11.5), Inches(0.6), 22, ACCENT)
        rows = "\n".join(_("{label}: {name}").format(label=label, name=text) for label, text in self.document.facts)
        self._text(slide, rows, Inches(0.9), Inches(4.0), Inches(11.5), Inches(2.6), 14, MUTED)

    def _section(self, heading: str, parts: Sequence[str], section: Section) -> None:
        groups: list[tuple[str, Sequence[Block]]] = [(heading, section.blocks)]
        groups += [(f"{heading} · {name}", part.blocks) for name, part in zip(parts, section.parts, strict=True)]
        waiting: tuple[str, list[str]] | None = None
        for place, (title, blocks) in enumerate(groups):
            texts = _sentences_of(blocks)
            if waiting is not None:
                # What is said alone goes along with what comes next where there is room: a sentence is no slide.
                together = [*waiting[1], parts[place - 1], *texts]
                if _lines(together) <= LINES_OF_TEXT:
                    title, texts = waiting[0], together
                else:
                    self._sentences(*waiting)
                waiting = None
            shown = [block for block in blocks if isinstance(block, Table | Chart)]
            if texts and not shown and place + 1 < len(groups):
                waiting = title, texts
                continue
            first = shown[0] if shown else None
            if texts and isinstance(first, Table) and _fit_together(texts, first):
                self._together(title, texts, first)
                shown = shown[1:]
            else:
                self._sentences(title, texts)
            title = groups[place][0]
            for block in shown:
                if isinstance(block, Chart):
                    self._chart(title, block)
                elif section.is_appendix and len(block.rows) > MOST_APPENDED:
                    self._sentences(title, [_("{title}: {count} rows, in the document and the workbook.").format(title=block.title, count=len(block.rows))])
                else:
                    self._tables(title, block)

    def _together(self, title: str, texts: Sequence[str], table: Table) -> None:
        """A few sentences over a small table."""
        slide = self._slide(title)
        self._text(slide, "\n".join(texts), LEFT, TOP, BODY_WIDTH, Inches(0.34) * _lines(texts), 16, INK)
        self._table(slide, TOP + Inches(LINE_TOGETHER) * _lines(texts) + Inches(0.2), table, table.rows, _column_widths(table), table.note)

    def _sentences(self, title: str, texts: Sequence[str]) -> None:
        """Texts on as many slides as they need."""
        kept: list[str] = []
        lines = 0
        for text in texts:
            needed = _lines([text])
            if kept and lines + needed > LINES_OF_TEXT:
                self._page_of_text(title, kept)
                kept, lines = [], 0
            kept.append(text)
            lines += needed
        if kept:
            self._page_of_text(title, kept)

    def _page_of_text(self, title: str, texts: Sequence[str]) -> None:
        self._text(self._slide(title), "\n".join(texts), LEFT, TOP, BODY_WIDTH, BODY_HEIGHT, 18, INK, spacing=8)

    def _tables(self, title: str, table: Table) -> None:
        """A table on as many slides as its rows need, the headings on each."""
        widths = _column_widths(table)
        rows: list[Sequence[Cell]] = []
        used = 0.0
        for row in table.rows:
            needed = _row_height(row, widths)
            if rows and used + needed > ROWS_HEIGHT - ROW_HEIGHT:
                self._table(self._slide(title), TOP, table, rows, widths, "")
                rows, used = [], 0
            rows.append(row)
            used += needed
        self._table(self._slide(title), TOP, table, rows, widths, table.note)

    def _table(self, slide, top: int, table: Table, rows: Sequence[Sequence[Cell]], widths: Sequence[int], note: str) -> None:
        if table.title:
            self._text(slide, table.title, LEFT, top - Inches(0.08), BODY_WIDTH, Inches(0.36), 14, MUTED)
            top += Inches(0.32)
        shape = slide.shapes.add_table(len(rows) + 1, len(table.columns), LEFT, top, BODY_WIDTH, Inches(0.32) * (len(rows) + 1))
        shown = shape.table
        style = shape._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId"))
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
        for column, width in zip(shown.columns, widths, strict=True):
            column.width = width
        for place, cells in enumerate([[Cell(column.label) for column in table.columns], *rows]):
            # Office makes a row as high as its text when somebody edits it; until then it is as high as it says.
            shown.rows[place].height = Inches(_row_height(cells, widths))
            for number, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
                self._table_cell(shown.cell(place, number), cell, column.align, place == 0)
        if note:
            self._text(slide, note, LEFT, Inches(6.62), BODY_WIDTH, Inches(0.4), 10, MUTED)

    def _table_cell(self, shown, cell: Cell, align: str, is_head: bool) -> None:
        shown.margin_left = shown.margin_right = Inches(0.08)
        shown.margin_top = shown.margin_bottom = Inches(0.03)
        shown.vertical_anchor = MSO_ANCHOR.MIDDLE
        shown.fill.solid()
        shown.fill.fore_color.rgb = RGBColor.from_string(SHADE if is_head else "FFFFFF")
        text = cell.text if is_head else written(cell)
        paragraph = shown.text_frame.paragraphs[0]
        paragraph.alignment = SIDES[align]
        self._run(paragraph, text, 12, STATES[cell.state] if cell.state else INK, is_head)
        self._underline(shown)

    def _underline(self, shown) -> None:
        own = shown._tc.get_or_add_tcPr()
        line = own.makeelement(qn("a:lnB"), {"w": "6350"})
        fill = line.makeelement(qn("a:solidFill"), {})
        fill.append(fill.makeelement(qn("a:srgbClr"), {"val": RULE}))
        line.append(fill)
        own.insert(0, line)

    def _chart(self, title: str, chart: Chart) -> None:
        """A slide with one chart that Office draws and people can edit."""
        slide = self._slide(title)
        self._text(slide, chart.title, LEFT, TOP - Inches(0.08), BODY_WIDTH, Inches(0.36), 14, MUTED)
        self.charts += 1
        package = slide.part.package
        part = ChartPart.load(PackURI(f"/ppt/charts/chart{self.charts}.xml"), CONTENT_TYPE.DML_CHART, package, _without_workbook(chart_xml(chart, 12, _font(), BODY_WIDTH.pt)))
        part.chart_workbook.update_from_xlsx_blob(chart_workbook(chart, self.document.made_at))
        height = BODY_HEIGHT - Inches(0.45 if chart.note else 0.2)
        relation = slide.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart")
        slide.shapes._add_chart_graphicFrame(relation, LEFT, TOP + Inches(0.3), BODY_WIDTH, Emu(height))
        if chart.note:
            self._text(slide, chart.note, LEFT, Inches(6.66), BODY_WIDTH, Inches(0.36), 10, MUTED)

    def _slide(self, title: str):
        slide = self._blank()
        self._text(slide, title, LEFT, Inches(0.4), BODY_WIDTH, Inches(0.6), 24, INK, bold=True)
        rule = slide.shapes.add_connector(1, LEFT, Inches(1.06), LEFT + BODY_WIDTH, Inches(1.06))
        rule.line.color.rgb, rule.line.width = RGBColor.from_string(ACCENT), Pt(1.25)
        return slide

    def _blank(self):
        return self.deck.slides.add_slide(self.deck.slide_layouts[BLANK])

    def _text(self, slide, text, left, top, width, height, size, ink, bold=False, align="left", spacing=4, from_below=False) -> None:
        """A text in its box; ``from_below``: its last line stands on the box's floor, so that a longer one grows upwards."""
        frame = slide.shapes.add_textbox(left, top, width, height).text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if from_below else MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = 0
        for place, line in enumerate(text.split("\n")):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.alignment, paragraph.space_after = SIDES[align], Pt(spacing)
            self._run(paragraph, line, size, ink, bold)

    def _run(self, paragraph, text: str, size: float, ink: str, bold: bool = False) -> None:
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = RGBColor.from_string(ink)
        run.font.name = _font()
        own = run._r.get_or_add_rPr()
        own.set("lang", "zh-CN" if language() == "zh" else "en-US")
        own.append(own.makeelement(qn("a:ea"), {"typeface": "Microsoft YaHei"}))


def _font() -> str:
    return "Microsoft YaHei" if language() == "zh" else "Arial"


def _without_workbook(xml: bytes) -> bytes:
    """The chart before its workbook is attached, which is named then."""
    before, _tag, rest = xml.partition(b"<c:externalData")
    return before + rest.partition(b"</c:externalData>")[2]


def _column_widths(table: Table) -> list[int]:
    whole = sum(column.width for column in table.columns)
    return [int(BODY_WIDTH * column.width / whole) for column in table.columns]


def _sentences_of(blocks: Sequence[Block]) -> list[str]:
    """The texts between tables and charts, numbered where they are points."""
    texts: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, Points):
            texts += [_("{number}. {text}").format(number=number, text=text) for number, text in enumerate(block.items, 1)]
    return texts


def _lines(texts: Sequence[str]) -> int:
    """How many lines the texts take, their own line breaks included."""
    return sum(max(1, -(-int(_width(line)) // TEXT_UNITS_A_LINE)) for text in texts for line in text.split("\n"))


def _fit_together(texts: Sequence[str], table: Table) -> bool:
    """Whether the sentences and the whole table under them end above the table's note."""
    widths = _column_widths(table)
    head = [Cell(column.label) for column in table.columns]
    rows = sum(_row_height(row, widths) for row in (head, *table.rows))
    return LINE_TOGETHER * _lines(texts) + 0.2 + (0.32 if table.title else 0) + rows <= TOGETHER_HEIGHT


def _row_height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """Inches a row needs for its longest cell."""
    lines = (
        -(-int(_width(part) * 0.105 * 914400) // max(width - Inches(0.16), 1))
        for cell, width in zip(row, widths, strict=True)
        for part in cell.text.split("\n")
    )
    return ROW_HEIGHT + MORE_A_LINE * (max(1, *lines) - 1)


def _width(text: str) -> float:
    """About how many Latin letters wide a text is."""
    return sum(1.75 if east_asian_width(letter) in "WF" else 1.0 for letter in text)
