"""The trend page's items, and the figures behind a click on them."""

from datetime import date
from pathlib import Path

import pytest

from qa.filters import Filters
from qa.keys import joined
from qa.metrics import METRICS
from qa.session.board.items import Chart, Event, Table
from qa.session.board.message import encode
from qa.session.trend.items import clicked, trend_items
from qa.trend.courses import Course, splits_of
from qa.warehouse import Warehouse

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))


@pytest.fixture(scope="module")
def warehouse(sample: Path) -> Warehouse:
    return Warehouse.open(sample)


def test_one_chart_comes_with_the_table_of_its_periods(warehouse):
    items = trend_items(warehouse, None, OCTOBER, Course("answer_rate", "week"))
    (chart,) = [item for item in items if isinstance(item, Chart)]
    table = items[-1]
    assert isinstance(table, Table) and len(table.rows) == max(len(trace["x"]) for trace in chart.figure["data"])


def test_a_click_on_a_point_opens_that_period_of_that_group(warehouse):
    course = Course("answer_rate", "week", "queue")
    shown = clicked(Event("point", "chart 故障报修", ["故障报修", "2026-10-05"]), warehouse, OCTOBER, course)
    assert (shown.metrics, shown.by) == (("answer_rate",), ())
    assert (shown.filters.date_from, shown.filters.date_to, shown.filters.queues) == (date(2026, 10, 5), date(2026, 10, 12), ("故障报修",))


def test_a_row_of_the_periods_opens_that_period(warehouse):
    shown = clicked(Event("row", "points", "2026-10-01"), warehouse, OCTOBER, Course("answer_rate", "month"))
    assert (shown.filters.date_from, shown.filters.date_to) == (date(2026, 10, 1), date(2026, 11, 1))


def test_the_proof_of_a_chart_lists_its_periods(warehouse):
    shown = clicked(Event("proof", f"chart {joined(('CD', '一组'))}"), warehouse, OCTOBER, Course("pass_rate", "week", "team"))
    assert shown.by == ("week",)
    assert (shown.filters.centers, shown.filters.teams) == (("CD",), ("一组",))


@pytest.mark.parametrize("metric", ["answer_rate", "mean_handling", "complaint_rate", "attrition_rate", "evaluator_leniency", "sales", "first_call_resolution"])
def test_every_kind_of_metric_has_a_page_for_every_split(warehouse, metric):
    for split in splits_of(METRICS[metric], OCTOBER, warehouse):
        assert encode(trend_items(warehouse, None, OCTOBER, Course(metric, "week", split)), {})


def test_a_period_without_data_says_so(warehouse):
    items = trend_items(warehouse, None, Filters(date(2020, 1, 1), date(2020, 2, 1)), Course("answer_rate"))
    assert len(items) == 1 and items[0].items
