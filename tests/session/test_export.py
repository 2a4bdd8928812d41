"""Any page as a file: its charts keep their numbers, its tables their rows, its tiles what is said of them."""

from datetime import datetime
from io import BytesIO

import openpyxl
import pytest
from pptx import Presentation

from qa.charts.heatmap import HeatCell, heatmap
from qa.charts.pareto import Bar, pareto
from qa.charts.single import single_trend
from qa.filters import Asked, Filters
from qa.measured import monthly_course
from qa.quality.errors import Course
from qa.report.model import Chart as NativeChart
from qa.report.model import Table as NativeTable
from qa.report.write import rendered
from qa.session.board.items import Chart, Tile
from qa.session.export.content import page_document
from qa.session.export.figures import block_of
from qa.session.quality.errors import errors_items
from qa.warehouse import Warehouse

MADE_AT = datetime(2026, 11, 1, 8)


def test_a_pareto_keeps_bars_and_cumulative_share():
    figure = pareto([Bar("a", "Wrong name", 6, 0.6), Bar("b", "Cold tone", 4, 1.0)], "Errors")
    block = block_of("Errors", figure, "")
    assert isinstance(block, NativeChart) and block.kind == "pareto"
    assert list(block.categories) == ["Wrong name", "Cold tone"]
    assert [(list(one.values), one.role) for one in block.series] == [([6, 4], "value"), ([0.6, 1.0], "cumulative")]


def test_a_heatmap_becomes_a_table_of_its_cells():
    cells = [HeatCell("r1", "c1", 0.25, 20, "none"), HeatCell("r1", "c2", 0.5, 20, "worse")]
    block = block_of("Cells", heatmap(cells, {"r1": "Team one"}, {"c1": "Greeting", "c2": "Closing"}), "")
    assert isinstance(block, NativeTable)
    assert [[cell.text for cell in row][0] for row in block.rows] == ["Team one"]
    assert [cell.text for cell in block.rows[0][1:]] == ["25.0%", "\N{BLACK UP-POINTING TRIANGLE} 50.0%"]
    assert block.rows[0][1].number == 0.25


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
