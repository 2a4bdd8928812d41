"""XLSX: a sheet a section, numbers as numbers, charts native beside the data they draw."""

from collections.abc import Sequence
from io import BytesIO
from unicodedata import east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qa.i18n import _, language
from qa.report.formats.drawingml import MOST_MARKS, dot, label_step, slant, value_range, value_step
from qa.report.formats.packages import with_fixed_times
from qa.report.formats.style import INK, MUTED, NUMBER_FORMATS, RULE, SHADE, STATES, bar_colour, colour
from qa.report.model import Block, Cell, Chart, Column, Document, Paragraph, Points, Table

ROW_PIXELS = 20
CHART_WIDTH = 760
# What an A4 page on its side holds between its margins, in pixels; columns are a third wider where the font of the sheet is missing.
PAGE_WIDTH, PAGE_HEIGHT = 720, 620
LONG_TABLE = 30
USUAL_COLUMN, WIDEST_COLUMN = 8.43, 40
CHART_ROWS = {"line": 15, "pareto": 22, "dots": 20, "bar": 15}
TEXT_COLUMNS = 10
PLUS_OR_MINUS = "+\N{MINUS SIGN}\N{PLUS-MINUS SIGN}"
SIGNED_DIGITS = f"{PLUS_OR_MINUS}0123456789.,"
FORBIDDEN_IN_NAMES = str.maketrans("[]:*?/\\'", "        ")


def xlsx(document: Document) -> bytes:
    """The document as a workbook."""
    return _Book(document).bytes()


class _Book:
    """One workbook being written."""

    def __init__(self, document: Document):
        self.document, self.buffer = document, BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self.book.set_properties({"title": document.title, "author": _("Tingjian"), "created": document.made_at.replace(tzinfo=None)})
        self.formats: dict[tuple, Format] = {}
        self.names: set[str] = set()
        self.breaks: list[int] = []
        self.tallest = 1

    def bytes(self) -> bytes:
        self._cover()
        for heading, parts, section in self.document.numbered():
            sheet, self.breaks = self._sheet(heading), []
            self.tallest = 1
            sheet.write_string(0, 0, heading, self._format(bold=True, font_size=14))
            widths: dict[int, float] = {}
            row = self._blocks(sheet, section.blocks, 2, widths)
            for name, part in zip(parts, section.parts, strict=True):
                sheet.write_string(row, 0, name, self._format(bold=True, font_size=12))
                row = self._blocks(sheet, part.blocks, row + 1, widths)
            for column, width in widths.items():
                sheet.set_column(column, column, width)
            columns = range(max(TEXT_COLUMNS, *(column + 1 for column in widths)) if widths else TEXT_COLUMNS)
            self._pages(sheet, sum(widths.get(column, USUAL_COLUMN) * 7 + 5 for column in columns))
        self.book.close()
        return with_fixed_times(self.buffer.getvalue(), self.document.made_at)

    def _cover(self) -> None:
        sheet = self._sheet(_("Report"))
        sheet.fit_to_pages(1, 0)
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, self.document.title, self._format(bold=True, font_size=16))
        sheet.write_string(1, 0, self.document.subtitle, self._format(font_size=12))
        for row, (label, text) in enumerate(self.document.facts, 3):
            sheet.write_string(row, 0, label, self._format(bold=True, valign="top"))
            sheet.write_string(row, 1, text, self._format(text_wrap=True, valign="top"))
            sheet.set_row_pixels(row, ROW_PIXELS * _lines(text, 85))

    def _sheet(self, name: str) -> Worksheet:
        """A sheet that prints on pages one sheet wide, with page numbers; its name as Excel allows it."""
        short = " ".join(name.translate(FORBIDDEN_IN_NAMES).split())[:31]
        while short.lower() in self.names:
            short = short[:29] + "_2"
        self.names.add(short.lower())
        sheet = self.book.add_worksheet(short)
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.set_footer(f"&C{_('Page {page} of {pages}').format(page='&P', pages='&N')}")
        sheet.hide_gridlines(2)
        return sheet

    def _pages(self, sheet: Worksheet, width: float) -> None:
        """Print one page wide; a chart stands whole on a page with its data. Excel knows no breaks on sheets that it fits to pages by itself."""
        if self.breaks:
            sheet.set_print_scale(max(10, min(100, int(100 * PAGE_WIDTH / width), int(100 * PAGE_HEIGHT / (self.tallest * ROW_PIXELS)))))
            sheet.set_h_pagebreaks(self.breaks)
        else:
            sheet.fit_to_pages(1, 0)

    def _blocks(self, sheet: Worksheet, blocks: Sequence[Block], row: int, widths: dict[int, float]) -> int:
        """Write the blocks from a row on; the next free row comes back. ``widths``: what each column has needed so far."""
        for block in blocks:
            if isinstance(block, Paragraph):
                row = self._text(sheet, row, block.text)
            elif isinstance(block, Points):
                for place, text in enumerate(block.items, 1):
                    row = self._text(sheet, row, _("{number}. {text}").format(number=place, text=text))
            elif isinstance(block, Table):
                if self.breaks and (row - self.breaks[-1] + len(block.rows)) * ROW_PIXELS > PAGE_HEIGHT:
                    self.breaks.append(row)
                row = self._table(sheet, row, block, widths)
            else:
                row = self._chart(sheet, row, block, widths)
        return row

    def _text(self, sheet: Worksheet, row: int, text: str) -> int:
        """A text over several columns, as many lines high as it needs."""
        sheet.merge_range(row, 0, row, TEXT_COLUMNS - 1, text, self._format(text_wrap=True, valign="top"))
        sheet.set_row_pixels(row, ROW_PIXELS * _lines(text, 105))
        return row + 1

    def _table(self, sheet: Worksheet, row: int, table: Table, widths: dict[int, float]) -> int:
        if table.title:
            sheet.write_string(row, 0, table.title, self._format(bold=True))
            row += 1
        for place, column in enumerate(table.columns):
            sheet.write_string(
                row,
                place,
                column.label,
                self._format(bold=True, bg_color=f"#{SHADE}", bottom=1, top=1, border_color=f"#{RULE}", align=column.align, text_wrap=True, valign="vcenter"),
            )
            longest = max((_width(cells[place].text) for cells in table.rows), default=0)
            widths[place] = max(widths.get(place, 9.0), min(max(longest + 2, min(_width(column.label), 16) + 2), WIDEST_COLUMN))
        if len(table.rows) > LONG_TABLE:
            sheet.repeat_rows(row)
        for cells in table.rows:
            row += 1
            for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
                self._cell(sheet, row, place, cell, column)
            lines = max((_lines(cell.text, WIDEST_COLUMN) for cell in cells if cell.number is None), default=1)
            if lines > 1:
                sheet.set_row_pixels(row, ROW_PIXELS * lines)
        row += 1
        if table.note:
            row = self._note(sheet, row, table.note)
        return row + 1

    def _cell(self, sheet: Worksheet, row: int, place: int, cell: Cell, column: Column) -> None:
        style = {"bottom": 4, "border_color": f"#{RULE}", "align": column.align, "valign": "top", "font_color": f"#{STATES[cell.state] if cell.state else INK}"}
        if cell.number is None or cell.unit is None:
            sheet.write_string(row, place, cell.text, self._format(**style, text_wrap=_width(cell.text) > 44 or "\n" in cell.text))
        else:
            sheet.write_number(row, place, cell.number, self._format(**style, num_format=_number_format(cell)))

    def _chart(self, sheet: Worksheet, row: int, chart: Chart, widths: dict[int, float]) -> int:
        """The chart's data as a table, and the chart drawn from them under it."""
        columns = [Column(""), *(Column(series.name, "right") for series in chart.series)]
        cells = [[Cell(name), *(_of_series(chart, number, at) for number in range(len(chart.series)))] for at, name in enumerate(chart.categories)]
        start = row
        if row > 2:
            self.breaks.append(row)
        first = row + (1 if chart.title else 0)
        row = self._table(sheet, row, Table(chart.title, columns, cells, chart.note), widths)
        sheet.insert_chart(row, 0, self._drawn(sheet, chart, first), {"object_position": 1, "description": chart.title})
        rows = CHART_ROWS[chart.kind] if chart.kind != "bar" else max(CHART_ROWS["bar"], len(chart.categories) * 2)
        self.tallest = max(self.tallest, row + rows - start)
        return row + rows + 1

    def _drawn(self, sheet: Worksheet, chart: Chart, head: int):
        """The native chart over the rows under ``head``."""
        kinds = {"line": "line", "bar": "bar", "pareto": "column", "dots": "line"}
        drawn = self.book.add_chart({"type": kinds[chart.kind]})
        second = None
        for number, series in enumerate(chart.series):
            ink = f"#{colour(series.role, number)}"
            place = (sheet.get_name(), head + 1, number + 1, head + len(chart.categories), number + 1)
            shown = {
                "name": [sheet.get_name(), head, number + 1],
                "categories": [sheet.get_name(), head + 1, 0, head + len(chart.categories), 0],
                "values": list(place),
            }
            if series.role == "cumulative":
                second = second or self.book.add_chart({"type": "line"})
                second.add_series(
                    shown
                    | {
                        "line": {"color": ink, "width": 2},
                        "marker": {"type": "circle", "size": 5, "fill": {"color": ink}, "border": {"color": ink}},
                        "y2_axis": True,
                    }
                )
            elif chart.kind == "dots":
                symbol, size = dot(series.role)
                marker = {"type": "long_dash" if symbol == "dash" else symbol, "size": size, "fill": {"color": ink}, "border": {"color": ink}}
                drawn.add_series(shown | {"line": {"none": True}, "marker": marker})
            elif chart.kind == "line":
                is_value = series.role in ("value", "reference")
                dash = {} if is_value else {"dash_type": "dash" if series.role == "target" else "round_dot"}
                marker = (
                    {"marker": {"type": "circle", "size": 5, "fill": {"color": ink}, "border": {"color": ink}}}
                    if is_value and len(chart.categories) <= MOST_MARKS
                    else {"marker": {"type": "none"}}
                )
                drawn.add_series(shown | {"line": {"color": ink, "width": 2.25 if is_value else 1.25} | dash} | marker)
            else:
                drawn.add_series(
                    shown | {"fill": {"color": f"#{bar_colour(series.role, number)}"}, "border": {"none": True}, "gap": 60, "data_labels": {"value": True}}
                )
        if second is not None:
            drawn.combine(second)
            second.set_y2_axis({"min": 0, "max": 1, "num_format": "0%", "line": {"none": True}})
        self._dress(drawn, chart)
        return drawn

    def _dress(self, drawn, chart: Chart) -> None:
        low, high = value_range(chart)
        muted = {"color": f"#{MUTED}", "size": 9}
        code = "0%" if chart.unit == "share" and (high or 1) - (low or 0) > 0.06 else NUMBER_FORMATS[chart.unit]
        ends = {name: value for name, value in (("min", low), ("max", high), ("major_unit", value_step(chart))) if value is not None}
        values = {"num_format": code, "num_font": muted, "line": {"none": True}, "major_gridlines": {"visible": True, "line": {"color": "#E3E6E9"}}} | ends
        names = {"num_font": muted | ({"rotation": -slant(chart)} if slant(chart) else {}), "line": {"color": f"#{RULE}"}, "label_position": "low", "interval_unit": label_step(chart, 9, CHART_WIDTH * 0.75)}
        if chart.kind == "bar":
            # To the library x is across, whatever it shows; names run from the bottom unless told otherwise, and take the other axis along to the top.
            drawn.set_x_axis(values)
            drawn.set_y_axis(names | {"reverse": True, "crossing": "max"})
        else:
            drawn.set_x_axis(names)
            drawn.set_y_axis(values)
        drawn.set_title({"name": chart.title, "name_font": {"size": 11, "bold": False}})
        drawn.set_legend({"none": True} if len(chart.series) < 2 else {"position": "bottom", "font": muted})
        drawn.show_blanks_as("gap")
        rows = CHART_ROWS[chart.kind] if chart.kind != "bar" else max(CHART_ROWS["bar"], len(chart.categories) * 2)
        drawn.set_size({"width": CHART_WIDTH, "height": rows * ROW_PIXELS})

    def _note(self, sheet: Worksheet, row: int, text: str) -> int:
        sheet.merge_range(row, 0, row, TEXT_COLUMNS - 1, text, self._format(font_color=f"#{MUTED}", font_size=9, text_wrap=True, valign="top"))
        sheet.set_row_pixels(row, ROW_PIXELS * _lines(text, 125))
        return row + 1

    def _format(self, **style) -> Format:
        """The format with this style, made once; in a font that has the language's letters."""
        key = tuple(sorted(style.items()))
        if key not in self.formats:
            font = "Microsoft YaHei" if language() == "zh" else "Arial"
            self.formats[key] = self.book.add_format({"font_name": font, "font_size": 10, "font_color": f"#{INK}"} | style)
        return self.formats[key]


def _of_series(chart: Chart, number: int, at: int) -> Cell:
    series = chart.series[number]
    value = series.values[at]
    return Cell("-") if value is None else Cell("", value, "share" if series.role == "cumulative" else chart.unit)


def _number_format(cell: Cell) -> str:
    """As the text beside it is written: a sign before differences, more decimals where it has more."""
    code = NUMBER_FORMATS[cell.unit]
    if cell.unit == "share" and "%" in cell.text and "." in cell.text:
        code = f"0.{'0' * len(cell.text.split('%')[0].split('.')[1])}%"
    if cell.unit == "difference":
        code += f'"{cell.text.lstrip(SIGNED_DIGITS)}"'
    signed = cell.text[:1] in PLUS_OR_MINUS and cell.text != ""
    prefix = next(
        (sign for sign in ("\N{GREATER-THAN OR EQUAL TO} ", "\N{LESS-THAN OR EQUAL TO} ", "\N{BLACK UP-POINTING TRIANGLE} ") if cell.text.startswith(sign)), ""
    )
    return f"+{code};\N{MINUS SIGN}{code};{code}" if signed else f'"{prefix}"{code}' if prefix else code


def _lines(text: str, across: float) -> int:
    """How many lines a text takes that is so many letters across, its own line breaks included."""
    return sum(max(1, -(-int(_width(line)) // int(across))) for line in text.split("\n"))


def _width(text: str) -> float:
    """About how many Latin letters wide a text is."""
    return sum(1.9 if east_asian_width(letter) in "WF" else 1.0 for letter in text)
