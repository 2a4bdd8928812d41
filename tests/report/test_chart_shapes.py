"""How the charts of a document are drawn, where a mistake would mislead."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches, Pt

from qa.report.formats.docx import docx
from qa.report.formats.drawingml import label_step, slant, value_range, value_step
from qa.report.formats.pptx import pptx
from qa.report.formats.style import NO_BREAK, written
from qa.report.formats.svg import svg
from qa.report.formats.xlsx import xlsx
from qa.report.model import Cell, Chart, Column, Document, Paragraph, Points, Section, Series, Table


def line(*series: Series, names=("Jun", "Jul", "Aug")) -> Chart:
    return Chart("Resolution", "line", names, series, "share")


def test_a_target_that_changes_is_a_step_between_the_months():
    drawn = svg(line(Series("Value", [0.86, 0.87, 0.88]), Series("Target", [0.82, 0.82, 0.85], "target")))
    (points,) = re.findall(r'points="([^"]+)"[^>]*stroke-dasharray="6 3"', drawn)
    places = [tuple(map(float, place.split(","))) for place in points.split(" ")]
    assert all(x == next_x or y == next_y for (x, y), (next_x, next_y) in zip(places, places[1:], strict=False))
    assert len({y for _x, y in places}) == 2


def test_bars_below_zero_lead_to_the_left_of_it():
    drawn = svg(Chart("Why", "bar", ["Mix", "Performance"], [Series("Points", [0.01, -0.04])], "share"))
    bars = [tuple(map(float, found)) for found in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)]
    (mix_left, mix_width), (own_left, own_width) = bars
    assert own_left + own_width == pytest.approx(mix_left, abs=0.01) and own_width == pytest.approx(4 * mix_width, rel=0.01)


def test_dots_stand_on_an_axis_around_their_values_with_a_line_from_limit_to_limit():
    chart = Chart("Pass rate", "dots", ["Ann", "Bo"], [
        Series("Value", [0.93, 0.91]), Series("Low", [0.9, 0.88], "low"), Series("High", [0.95, 0.94], "high"),
    ], "share")  # fmt: skip
    low, high = value_range(chart)
    assert 0.8 < low <= 0.88 and 0.95 <= high <= 1
    assert (high - low) / value_step(chart) == pytest.approx(round((high - low) / value_step(chart)))
    drawn = svg(chart)
    assert drawn.count("<circle") == 2 and drawn.count("<rect") == 0 and drawn.count('stroke-width="2"/>') == 2


def test_names_that_would_run_into_each_other_are_thinned_or_turned():
    months = [f"2026年{month}月" for month in range(1, 13)]
    wide, narrow = (label_step(line(Series("Value", [0.9] * 12), names=months), 9, width) for width in (900, 450))
    assert (wide, narrow) == (1, 2)
    assert [slant(Chart("", "dots", ["a"] * count, [], "share")) for count in (3, 12, 50)] == [0, 45, 90]


def test_a_sign_is_never_parted_from_its_figure():
    assert written(Cell("154.7 s", 154.7, "seconds", "met")) == f"\N{SQUARE ROOT}{NO_BREAK}154.7{NO_BREAK}s"
    assert " " in written(Cell("below the target, within noise", state="uncertain"))


def document(section: Section) -> Document:
    return Document("Report", "October", "en", datetime(2026, 11, 1, tzinfo=UTC), (), [section])


def test_a_word_document_says_that_its_chinese_is_that_of_the_mainland():
    """Where its fonts are lacking, another Chinese would set full stops in the middle; Latin as Chinese would break figures over lines."""
    with ZipFile(BytesIO(docx(document(Section("Text", [Paragraph("一行")]))))) as package:
        read = [etree.fromstring(package.read(name)) for name in ("word/styles.xml", "word/settings.xml")]
    found = [{name.rpartition("}")[2]: text for name, text in part.attrib.items()} for whole in read for part in whole.iter("{*}lang", "{*}themeFontLang")]
    assert len(found) == 2
    assert {(part["val"], part["eastAsia"]) for part in found} == {("en-US", "zh-CN")}


@pytest.fixture
def workbook_axes():
    """Where a workbook's bar chart puts its axes: of names and of values."""
    chart = Chart("Pass rate", "bar", ["Wuhan", "Chengdu"], [Series("Pass rate", [0.93, 0.91]), Series("Target", [0.9, 0.9], "target")], "share")
    made = document(Section("Rates", [chart]))
    with ZipFile(BytesIO(xlsx(made))) as package:
        drawn = etree.fromstring(package.read("xl/charts/chart1.xml"))
    return {name: drawn.find(f".//{{*}}{name}") for name in ("catAx", "valAx")}


def test_bars_of_a_workbook_run_to_the_right_from_zero_with_the_first_name_on_top(workbook_axes):
    names, values = workbook_axes["catAx"], workbook_axes["valAx"]
    assert names.find("./{*}scaling/{*}orientation").get("val") == "maxMin"
    assert values.find("./{*}scaling/{*}orientation").get("val") == "minMax"
    assert values.find("./{*}scaling/{*}min").get("val") == "0.0"
    assert values.find("./{*}crosses").get("val") == "max"
    assert values.find("./{*}numFmt").get("formatCode") == "0%"


def test_a_text_with_line_breaks_gets_room_for_each_line():
    """Five short lines over a table of one row: the table begins under the fifth, a row of the workbook is five lines high."""
    text = "\n".join(["一行"] * 5)
    made = document(Section("Text", [Paragraph(text), Table("", [Column("A")], [[Cell("a")]])]))
    (slide,) = list(Presentation(BytesIO(pptx(made))).slides)[1:]
    (said,) = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.startswith("一行")]
    (table,) = [shape for shape in slide.shapes if shape.has_table]
    assert table.top >= said.top + 5 * Pt(16) and said.height >= 5 * Pt(16)
    with ZipFile(BytesIO(xlsx(made))) as package:
        sheet = etree.fromstring(package.read("xl/worksheets/sheet2.xml"))
    heights = [float(row.get("ht", 15)) for row in sheet.iter("{*}row") if row.get("customHeight")]
    assert max(heights) >= 5 * 12


def test_what_stands_beside_a_figure_may_go_on_a_line_of_its_own():
    """Or a narrow column's figure lies over the next one's."""
    shown = written(Cell("75.0% · n = 8", state="uncertain"))
    assert shown.split(" ") == [f"~{NO_BREAK}75.0%", f"·{NO_BREAK}n{NO_BREAK}={NO_BREAK}8"]


def test_a_table_stands_under_sentences_only_where_it_ends_above_its_note():
    """Eight lines of text and four rows fit a slide; where the rows take three lines each they go to the next one."""
    for words, slides in ((1, 1), (14, 2)):
        rows = [[Cell("wide " * words), Cell("1")]] * 4
        table = Table("Figures", [Column("A"), Column("B", "right", 3)], rows, "Note.")
        deck = Presentation(BytesIO(pptx(document(Section("Text", [Points(["One line."] * 8), table])))))
        shown = list(deck.slides)[1:]
        assert len(shown) == slides
        (frame,) = [shape for slide in shown for shape in slide.shapes if shape.has_table]
        assert frame.top + sum(row.height for row in frame.table.rows) <= Inches(6.62)
