"""Any page as a file: its charts keep their numbers, its tables their rows, its tiles what is said of them."""

import re
from datetime import datetime
from io import BytesIO
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE

from qa.charts.bars import bars
from qa.charts.control import control
from qa.charts.curve import curve
from qa.charts.heatmap import HeatCell, heatmap
from qa.charts.pareto import Bar, pareto
from qa.charts.scatter import scatter
from qa.charts.single import single_trend
from qa.charts.waterfall import Step, waterfall
from qa.charts.week import week
from qa.filters import Asked, Filters
from qa.measured import monthly_course
from qa.quality.errors import Course
from qa.report.formats.drawingml import value_range
from qa.report.links import board_link
from qa.report.model import Chart as NativeChart
from qa.report.model import Document, Section
from qa.report.model import Table as NativeTable
from qa.report.write import rendered
from qa.session.board.items import Chart, Heading, Tile
from qa.session.export.content import page_document
from qa.session.export.figures import block_of
from qa.session.export.parts import chosen, parts
from qa.session.quality.errors import errors_items
from qa.trend.courses import Course as TrendCourse
from qa.trend.courses import trend
from qa.warehouse import Warehouse

MADE_AT = datetime(2026, 11, 1, 8)


def test_the_figures_of_a_tile_are_numbers_as_they_are_read():
    shown = [Tile("t", "Answer rate", "99.4%", n="n = 1,242", target="≥ 99.0%")]
    document = page_document("Overview", "2026-10", [], shown, MADE_AT, "/")
    (table,) = document.sections[0].blocks
    assert [(cell.text, cell.number) for cell in table.rows[0][:5]] == [
        ("Answer rate", None), ("99.4%", 0.994), ("-", None), ("1,242", 1242), ("≥ 99.0%", None),
    ]  # fmt: skip


def test_a_pareto_keeps_bars_and_cumulative_share():
    figure = pareto([Bar("a", "Wrong name", 6, 0.6), Bar("b", "Cold tone", 4, 1.0)], "Errors")
    block = block_of("Errors", figure, "")
    assert isinstance(block, NativeChart) and block.kind == "pareto"
    assert list(block.categories) == ["Wrong name", "Cold tone"]
    assert [(list(one.values), one.role) for one in block.series] == [([6, 4], "value"), ([0.6, 1.0], "cumulative")]


def test_a_heatmap_becomes_a_table_of_its_unrounded_cells_without_those_of_too_few():
    cells = [HeatCell("r1", "c1", 1 / 7, 20, "none"), HeatCell("r1", "c2", 2 / 3, 20, "worse"), HeatCell("r1", "c3", 0.9, 2, "too_few")]
    block = block_of("Cells", heatmap(cells, {"r1": "Team one"}, {"c1": "Greeting", "c2": "Closing", "c3": "Naming"}), "")
    assert isinstance(block, NativeTable)
    assert [cell.text for cell in block.rows[0]] == ["Team one", "14.3%", "\N{BLACK UP-POINTING TRIANGLE} 66.7%", "-"]
    assert [cell.number for cell in block.rows[0]] == [None, 1 / 7, 2 / 3, None]
    sheet = openpyxl.load_workbook(BytesIO(rendered(_document([block]), "xlsx"))).worksheets[1]
    written = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, float)]
    assert [cell.value for cell in written] == pytest.approx([1 / 7, 2 / 3], rel=1e-14)
    assert [cell.number_format for cell in written] == ["0.0%", '"\N{BLACK UP-POINTING TRIANGLE} "0.0%']


def test_a_week_keeps_unrounded_values_in_their_own_unit():
    frame = pl.DataFrame({"weekday": ["1", "1", "2"], "half_hour": ["08:00", "08:30", "08:00"], "value": [13.25, 70.5, 8.0], "n": [40, 40, 3]})
    block = block_of("Wait", week(frame, "seconds", 10), "")
    assert isinstance(block, NativeTable)
    assert [(cell.number, cell.unit) for cell in block.rows[0][1:]] == [(13.25, "seconds"), (70.5, "seconds")]
    assert [cell.text for cell in block.rows[1][1:]] == ["-", "-"]


def _dots() -> NativeChart:
    frame = pl.DataFrame({
        "agent": ["a", "b"], "value": [0.93, 0.91], "low": [0.90, 0.88], "high": [0.95, 0.94], "n": [400, 300], "verdict": ["met", "uncertain"],
        "target_minimum": [0.9, 0.92], "target_maximum": [None, None],
    }, schema_overrides={"target_maximum": pl.Float64})  # fmt: skip
    block = block_of("Pass rate", bars(frame, "share", "agent", name="Pass rate", names={"a": "Ann", "b": "Bo"}, from_zero=False), "")
    assert isinstance(block, NativeChart)
    return block


def test_dots_stay_dots_with_their_intervals_and_each_ones_own_target():
    chart = _dots()
    assert (chart.kind, list(chart.categories), chart.unit) == ("dots", ["Ann", "Bo"], "share")
    found = {one.role: list(one.values) for one in chart.series}
    assert found["value"] == [0.93, 0.91] and found["target"] == [0.9, 0.92]
    assert found["low"] == pytest.approx([0.90, 0.88]) and found["high"] == pytest.approx([0.95, 0.94])


def test_dots_are_native_markers_without_a_line_or_bar():
    document = _document([_dots()])
    deck = Presentation(BytesIO(rendered(document, "pptx")))
    charts = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == 1 and charts[0].chart_type in (XL_CHART_TYPE.LINE_MARKERS, XL_CHART_TYPE.LINE)
    plot = etree.tostring(charts[0]._chartSpace).decode()
    assert "barChart" not in plot and plot.count("<a:noFill/>") >= 4 and 'symbol val="circle"' in plot
    with ZipFile(BytesIO(rendered(document, "xlsx"))) as book:
        drawn = book.read("xl/charts/chart1.xml").decode()
    assert "lineChart" in drawn and "barChart" not in drawn and len(re.findall(r"<a:ln( w=.28575.)?><a:noFill/></a:ln>", drawn)) >= 4


def test_points_over_numbers_stand_in_the_order_of_the_numbers():
    frame = pl.DataFrame({"days": [1, 2, 10], "value": [0.9, 0.8, 0.7]})
    block = block_of("Window", curve(frame, "share", "days", str, name="Resolution", axis_title="Days"), "")
    assert isinstance(block, NativeChart) and list(block.categories) == ["1", "2", "10"]


def test_two_figures_against_each_other_become_a_row_a_group():
    frame = pl.DataFrame({"team": ["t1", "t2"], "x": [5.5, 5.5], "y": [90.25, 80.0]}).with_columns(
        **{f"{axis}_{end}": pl.lit(None, pl.Float64) for axis in "xy" for end in ("low", "high")}, x_n=pl.lit(9), y_n=pl.lit(9), verdict=pl.lit("met")
    )
    block = block_of("Both", scatter(frame, ("per_hour", "points"), ("Calls", "Score"), "team", lines=(None, None), names={"t1": "One", "t2": "Two"}), "")
    assert isinstance(block, NativeTable)
    assert [column.label for column in block.columns] == ["", "Calls", "Score"]
    assert [[cell.text for cell in row][:1] + [cell.number for cell in row][1:] for row in block.rows] == [["One", 5.5, 90.25], ["Two", 5.5, 80.0]]


def test_the_steps_of_a_gap_are_bars_of_their_own_size_and_its_ends_are_told():
    start, end = {"value": 0.9, "low": 0.88, "high": 0.92, "n": 500}, {"value": 0.87, "low": None, "high": None, "n": 400}
    figure = waterfall(start, [Step("a", "Mix", 0.01), Step("b", "Performance", -0.04)], end, "share", ("Headquarters", "Branch"))
    block = block_of("Why", figure, "")
    assert isinstance(block, NativeChart) and block.kind == "bar"
    assert [(list(one.values), one.role) for one in block.series] == [([0.01, -0.04], "value")]
    assert block.note.startswith("Headquarters：90.0%") and "Branch：87.0%" in block.note
    assert value_range(block) == (None, None)


def _document(blocks) -> Document:
    return Document("Errors", "2026-10", "en", MADE_AT, [("Link", "/errors")], [Section("Charts", tuple(blocks))])


def test_a_viewer_chooses_the_parts_that_go_into_the_file():
    boards = [[Tile("t1", "Score", "95"), Tile("t2", "n", "9"), Heading("h", "Trend"), Chart("months", "By month", None)], [Chart("months", "By team", None)]]
    assert parts(boards) == {"tiles": "关键指标", "0 months": "By month", "1 months": "By team"}
    assert [item.key for item in chosen(boards, ())] == ["t1", "t2", "h", "months", "months"]
    assert [getattr(item, "title", "") for item in chosen(boards, ["1 months"])] == ["", "By team"]
    document = page_document("Errors", "2026-10", [], chosen(boards, ["tiles"]), MADE_AT, "/errors")
    assert [section.title for section in document.sections] == ["Errors"]


@pytest.fixture(scope="module")
def warehouse(sample) -> Warehouse:
    return Warehouse.open(sample)


def test_a_trend_keeps_its_values_limits_and_target(warehouse):
    filters = Filters(datetime(2026, 10, 1).date(), datetime(2026, 11, 1).date(), centers=("WH",))
    course = monthly_course(warehouse, ["satisfaction_rate"], (), filters, None)["satisfaction_rate"].sort("period")
    block = block_of("Satisfaction", single_trend(course, "share", "Satisfaction"), "")
    assert isinstance(block, NativeChart) and (block.kind, block.unit) == ("line", "share")
    found = {one.role: list(one.values) for one in block.series}
    assert found["value"] == course["value"].to_list()
    assert found["low"] == pytest.approx(course["low"].to_list()) and found["high"] == pytest.approx(course["high"].to_list())


def test_a_page_is_exported_with_every_chart_native_and_its_tiles(warehouse):
    asked = Asked(Filters(datetime(2026, 10, 1).date(), datetime(2026, 11, 1).date()), None)
    items = errors_items(warehouse, None, asked, Course(), "team")
    document = page_document("Errors", "2026-10", [("Link", "/errors")], items, MADE_AT, "/errors")
    deck = Presentation(BytesIO(rendered(document, "pptx")))
    drawn = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    native = [item for item in items if isinstance(item, Chart) and item.figure is not None and isinstance(block_of("", item.figure, ""), NativeChart)]
    assert len(drawn) == len(native) > 0
    book = openpyxl.load_workbook(BytesIO(rendered(document, "xlsx")))
    values = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    for tile in (item for item in items if isinstance(item, Tile)):
        assert tile.label in values and any(isinstance(value, float) and f"{value:.1%}" == tile.value for value in values)


def test_a_control_chart_keeps_the_limits_of_each_stretch(warehouse):
    """The chart's own rows are the oracle: every period's lower and upper limit, on both sides of the day they begin anew."""
    filters = Filters(datetime(2026, 10, 1).date(), datetime(2026, 11, 1).date(), centers=("WH",))
    (panel,) = trend(warehouse, None, filters, TrendCourse("satisfaction_rate", "week", rebase="2026-08-03")).panels
    drawn = control(panel.frame, "share", str, str, lambda row: "", key="weeks", name="Satisfaction")
    block = block_of("Satisfaction", drawn, "")
    assert isinstance(block, NativeChart) and panel.frame["stretch"].n_unique() == 2
    found = {one.role: list(one.values) for one in block.series}
    for role in ("low", "high"):
        assert found[role] == [pytest.approx(limit) if limit is not None else None for limit in panel.frame[role]]
    assert sum(value is not None for value in found["low"]) > 10


def test_a_link_keeps_chinese_readable_and_quotes_the_rest():
    link = board_link("errors", [("team", "西安一组"), ("queue", "a b&c")])
    assert link == "/errors?team=西安一组&queue=a%20b%26c"
    assert parse_qs(urlsplit(link).query) == {"team": ["西安一组"], "queue": ["a b&c"]}
