"""The report as the board shows it."""

from qa.report.model import Cell, Column, Series, Table
from qa.report.model import Chart as Drawn
from qa.session.board.items import Chart, Heading, Sentences
from qa.session.board.items import Table as BoardTable
from qa.session.report.figures import figure_of, height_of
from qa.session.report.items import _items, _without_gaps


def chart(key: str, width: str = "half") -> Chart:
    return Chart(key, key, None, width=width)  # type: ignore[arg-type]


def test_the_last_of_an_odd_number_of_charts_has_its_row_alone():
    items = [chart("1"), chart("2"), chart("3"), Heading("next", ""), chart("4"), chart("5"), chart("wide", "full"), chart("6")]
    widths = [item.width for item in _without_gaps(items) if isinstance(item, Chart)]
    assert widths == ["half", "half", "full", "half", "half", "full", "full"]
    assert _without_gaps([]) == []


def test_every_bar_of_a_pareto_is_named():
    names = [f"服务用语礼貌得体 {number}" for number in range(16)]
    shown = figure_of(Drawn("差错", "pareto", names, [Series("差错数", [1.0] * 16), Series("累计占比", [0.5] * 16, "cumulative")], "count"))
    assert len(shown["layout"]["yaxis"]["ticktext"]) == 16
    assert height_of(Drawn("差错", "pareto", names, [], "count")) > 16 * 20


def test_the_tick_of_a_target_stands_off_from_the_bar_it_lies_on():
    shown = figure_of(Drawn("合格率", "bar", ["武汉", "成都"], [Series("合格率", [0.97, 0.93]), Series("目标", [0.95, 0.95], "target")], "share"))
    bar, rim, tick = shown["data"]
    assert bar["type"] == "bar" and rim["x"] == tick["x"] == [0.95, 0.95]
    assert rim["marker"]["line"]["width"] > tick["marker"]["line"]["width"]
    assert rim["marker"]["line"]["color"] != tick["marker"]["line"]["color"]
    assert "showlegend" not in tick and not rim["showlegend"]


def test_what_a_metric_means_is_read_whole_and_a_table_of_figures_stays_one():
    columns = [Column("Metric"), Column("Definition")]
    meaning = "Passed evaluations / evaluations with a verdict. " * 3
    (read,) = _items("appendix", "", [Table("", columns, [[Cell("Pass rate"), Cell(meaning)]])])
    assert isinstance(read, Sentences) and meaning in read.items[0].text
    (table,) = _items("appendix", "", [Table("", columns, [[Cell("Pass rate"), Cell("95.0%")]])])
    assert isinstance(table, BoardTable)
