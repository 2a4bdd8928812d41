"""DOCX: an office document with real headings, tables whose headings repeat on each page, and native charts."""

from io import BytesIO
from xml.sax.saxutils import quoteattr

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Pt, RGBColor

from qa.i18n import _
from qa.report.formats.drawingml import chart_workbook, chart_xml
from qa.report.formats.packages import with_fixed_times
from qa.report.formats.style import BODY_LATIN, HEADING_LATIN, INK, MUTED, RULE, SECOND_CHINESE, SHADE, STATES, body_font, heading_font, written
from qa.report.model import Cell, Chart, Column, Document, Paragraph, Points, Table

CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
CHART_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORKBOOK_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/package"
WIDTH_CM = 16.0
CHART_HEIGHTS_CM = {"line": 6.2, "pareto": 10.5, "dots": 9.0, "bar": 0.0}
# Tables of so many rows are not spread over two pages.
KEPT_TOGETHER = 14
SIDES = {"left": WD_ALIGN_PARAGRAPH.LEFT, "right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}


def docx(document: Document) -> bytes:
    """The document as DOCX."""
    return _Writer(document).bytes()


class _Writer:
    """One file being written."""

    def __init__(self, document: Document):
        self.document, self.file, self.charts = document, new_document(), 0
        self._properties()
        self._styles()
        self._page()

    def bytes(self) -> bytes:
        document = self.document
        title = self._paragraph(document.title, size=20, font=heading_font(), latin=HEADING_LATIN, bold=True)
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.paragraph_format.space_before = Pt(12)
        subtitle = self._paragraph(document.subtitle, size=14)
        subtitle.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self._facts()
        for heading, parts, section in document.numbered():
            shown = self.file.add_heading(heading, 1)
            shown.paragraph_format.page_break_before = section.is_appendix
            self._blocks(section.blocks)
            for name, part in zip(parts, section.parts, strict=True):
                self.file.add_heading(name, 2)
                self._blocks(part.blocks)
        buffer = BytesIO()
        self.file.save(buffer)
        return with_fixed_times(buffer.getvalue(), document.made_at)

    def _properties(self) -> None:
        own, moment = self.file.core_properties, self.document.made_at.replace(tzinfo=None)
        own.title, own.author, own.last_modified_by, own.comments = self.document.title, _("Tingjian"), _("Tingjian"), ""
        own.created = own.modified = moment
        own.revision = 1

    def _styles(self) -> None:
        styles = self.file.styles
        self._language()
        settings = {
            "Normal": (body_font(), BODY_LATIN, 12, False), "Heading 1": (heading_font(), HEADING_LATIN, 15, True),
            "Heading 2": (SECOND_CHINESE if body_font() != BODY_LATIN else HEADING_LATIN, HEADING_LATIN, 13, True),
        }  # fmt: skip
        for name, (font, latin, size, bold) in settings.items():
            style = styles[name]
            style.font.name, style.font.size, style.font.bold, style.font.italic = latin, Pt(size), bold, False
            style.font.color.rgb = RGBColor.from_string(INK)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
            fonts.set(qn("w:eastAsia"), font)
            fonts.set(qn("w:ascii"), latin)
            fonts.set(qn("w:hAnsi"), latin)
        styles["Normal"].paragraph_format.line_spacing = 1.4
        styles["Normal"].paragraph_format.space_after = Pt(4)
        for name, before in (("Heading 1", 16), ("Heading 2", 10)):
            styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(before), Pt(6)
            styles[name].paragraph_format.keep_with_next = True

    def _language(self) -> None:
        """What the Chinese is: where its fonts are lacking, the forms of signs follow this (a full stop in the middle is Taiwan's).

        Figures stay English, or LibreOffice breaks lines within them.
        """
        for name in (qn("w:lang"), qn("w:themeFontLang")):
            for element in (*self.file.styles.element.iter(name), *self.file.settings.element.iter(name)):
                element.set(qn("w:eastAsia"), "zh-CN")

    def _page(self) -> None:
        """A4 with the margins of an office document, the title on top, page numbers at the foot."""
        page = self.file.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2.5)
        page.top_margin, page.bottom_margin = Cm(2.8), Cm(2.4)
        head = page.header.paragraphs[0]
        self._run(head, f"{self.document.title} · {self.document.subtitle}", 9, MUTED)
        head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        foot = page.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        before, _number, rest = _("Page {page} of {pages}").partition("{page}")
        between, _number, after = rest.partition("{pages}")
        for text, code in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            self._run(foot, text, 9, MUTED)
            if code:
                self._field(foot, code)

    def _field(self, paragraph, code: str) -> None:
        for xml in (
            '<w:fldChar {} w:fldCharType="begin"/>',
            f'<w:instrText {{}} xml:space="preserve">{code}</w:instrText>',
            '<w:fldChar {} w:fldCharType="separate"/>',
            "<w:t {}>1</w:t>",
            '<w:fldChar {} w:fldCharType="end"/>',
        ):
            self._run(paragraph, "", 9, MUTED)._r.append(parse_xml(xml.format(nsdecls("w"))))

    def _facts(self) -> None:
        rows = [[Cell(label), Cell(text)] for label, text in self.document.facts]
        self._table(Table("", [Column("", width=1), Column("", width=4)], rows), has_head=False)

    def _blocks(self, blocks) -> None:
        for block in blocks:
            if isinstance(block, Paragraph):
                self._code(block.text) if block.is_code else self._body(block.text)
            elif isinstance(block, Points):
                for place, text in enumerate(block.items, 1):
                    self._body(_("{number}. {text}").format(number=place, text=text))
            elif isinstance(block, Table):
                self._table(block)
            else:
                self._chart(block)

    def _body(self, text: str) -> None:
        """Running text: in Chinese the first line is set in by two characters."""
        shown = self._paragraph(text)
        if body_font() != BODY_LATIN:
            shown.paragraph_format.first_line_indent = Pt(24)

    def _code(self, text: str) -> None:
        """A command: small, not set in."""
        self._paragraph(text, 10).alignment = WD_ALIGN_PARAGRAPH.LEFT

    def _paragraph(self, text: str, size: int = 12, colour: str = INK, font: str | None = None, latin: str = BODY_LATIN, bold: bool = False):
        shown = self.file.add_paragraph()
        self._run(shown, text, size, colour, font, latin, bold)
        return shown

    def _run(self, paragraph, text: str, size: float, colour: str = INK, font: str | None = None, latin: str = BODY_LATIN, bold: bool = False):
        run = paragraph.add_run(text)
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, latin
        run.font.color.rgb = RGBColor.from_string(colour)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font or body_font())
        return run

    def _caption(self, text: str, before: bool) -> None:
        """A title over a table or chart, kept with it; a note under it."""
        if not text:
            return
        shown = self._paragraph(
            text, 11 if before else 9, INK if before else MUTED, heading_font() if before else None, HEADING_LATIN if before else BODY_LATIN
        )
        shown.alignment = WD_ALIGN_PARAGRAPH.CENTER if before else WD_ALIGN_PARAGRAPH.LEFT
        shown.paragraph_format.keep_with_next = before
        shown.paragraph_format.line_spacing = 1.15
        shown.paragraph_format.space_before = Pt(8 if before else 2)

    def _table(self, table: Table, has_head: bool = True) -> None:
        self._caption(table.title, before=True)
        columns = table.columns
        shown = self.file.add_table(rows=0, cols=len(columns))
        shown.autofit = False
        whole = sum(column.width for column in columns)
        widths = [Cm(WIDTH_CM * column.width / whole) for column in columns]
        shown._tbl.tblPr.append(parse_xml(_BORDERS.format(ns=nsdecls("w"), rule=RULE)))
        shown._tbl.tblPr.append(parse_xml(_MARGINS.format(ns=nsdecls("w"))))
        for grid, width in zip(shown._tbl.tblGrid.gridCol_lst, widths, strict=True):
            grid.w = width
        size = 10 if len(columns) <= 6 else 9 if len(columns) == 7 else 8.5
        if has_head:
            self._row(shown, [Cell(column.label) for column in columns], columns, widths, size, is_head=True)
        for place, row in enumerate(table.rows, 1):
            together = len(table.rows) <= KEPT_TOGETHER or place == 1
            self._row(shown, row, columns, widths, size, is_head=False, keep=together and place < len(table.rows))
        if table.note:
            self._caption(table.note, before=False)
        else:
            self._paragraph("", 4).paragraph_format.space_after = Pt(0)

    def _row(self, table, cells, columns, widths, size: float, is_head: bool, keep: bool = False) -> None:
        """A row that no page break cuts; the heading is repeated on each page and stays with the first row."""
        row = table.add_row()
        own = row._tr.get_or_add_trPr()
        own.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if is_head:
            own.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for cell, content, column, width in zip(row.cells, cells, columns, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if is_head and column.align != "left" else SIDES[column.align]
            paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1.1
            paragraph.paragraph_format.keep_with_next = is_head or keep
            text = content.text if is_head else written(content)
            ink = STATES[content.state] if content.state else INK
            self._run(
                paragraph, text, size, ink, heading_font() if is_head else None, HEADING_LATIN if is_head else BODY_LATIN, is_head and body_font() == BODY_LATIN
            )
            if is_head:
                cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{SHADE}"/>'))

    def _chart(self, chart: Chart) -> None:
        self._caption(chart.title, before=True)
        self.charts += 1
        height = CHART_HEIGHTS_CM[chart.kind] or max(4.0, 2.0 + 0.75 * len(chart.categories) * max(1, len(chart.series) * 0.6))
        package = self.file.part.package
        workbook = Part(PackURI(f"/word/embeddings/chart{self.charts}.xlsx"), WORKBOOK_TYPE, chart_workbook(chart, self.document.made_at), package)
        part = Part(PackURI(f"/word/charts/chart{self.charts}.xml"), CHART_TYPE, chart_xml(chart, 9, body_font(), Cm(WIDTH_CM).pt), package)
        assert part.relate_to(workbook, WORKBOOK_RELATION) == "rId1"
        drawing = _DRAWING.format(
            width=Cm(WIDTH_CM),
            height=Emu(Cm(min(height, 22.0))),
            place=self.charts,
            name=quoteattr(chart.title),
            relation=self.file.part.relate_to(part, CHART_RELATION),
        )
        shown = self.file.add_paragraph()
        shown.paragraph_format.line_spacing = 1.0
        shown.paragraph_format.keep_with_next = bool(chart.note)
        shown.add_run()._r.append(parse_xml(drawing))
        self._caption(chart.note, before=False)


_BORDERS = (
    '<w:tblBorders {ns}><w:top w:val="single" w:sz="8" w:color="{rule}"/><w:bottom w:val="single" w:sz="8" w:color="{rule}"/>'
    '<w:insideH w:val="single" w:sz="4" w:color="{rule}"/></w:tblBorders>'
)
_MARGINS = '<w:tblCellMar {ns}><w:top w:w="40" w:type="dxa"/><w:left w:w="60" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
_DRAWING = (
    '<w:drawing xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{place}" name="Chart {place}" descr={name}/><wp:cNvGraphicFramePr/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart">'
    '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{relation}"/>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing>"
)
