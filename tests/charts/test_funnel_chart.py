"""The funnel plot draws its limits, every group by its size, and names what lies outside."""

import plotly.graph_objects as go
import polars as pl

from qa.charts.funnel import funnel
from qa.theme import ink

LIMITS = pl.DataFrame(
    {"denominator": [1.0, 100.0, 1000.0], "low": [0.1, 0.8, 0.88], "high": [1.0, 0.99, 0.93], "inner_low": [0.3, 0.85, 0.89], "inner_high": [1.0, 0.95, 0.92]}
)


def drawn(rows: list[tuple], limits: pl.DataFrame = LIMITS) -> go.Figure:
    frame = pl.DataFrame(rows, schema=["center", "value", "denominator", "n", "direction"], orient="row")
    return go.Figure(funnel(frame, limits, "share", "center", center=0.9, outer=0.9989, names={"WH": "武汉"}, target=(0.95, None)))


def points(figure: go.Figure):
    return next(trace for trace in figure.data if trace.customdata is not None)


def test_points_stand_by_size_and_open_their_group():
    trace = points(drawn([("WH", 0.7, 900, 900, "worse"), ("SH", 0.9, 300, 300, "none"), ("CD", 0.2, 4, 4, "too_few")]))
    assert (list(trace.x), list(trace.y)) == ([4, 300, 900], [0.2, 0.9, 0.7])
    assert [list(one) for one in trace.customdata] == [["CD"], ["SH"], ["WH"]]
    assert list(trace.marker.symbol) == ["circle", "circle", "square"]
    assert list(trace.marker.color) == [ink("surface"), ink("series-1"), ink("concern")]
    assert "武汉" in trace.hovertext[2] and "n = 900" in trace.hovertext[2]


def test_only_what_lies_outside_is_named():
    figure = drawn([("WH", 0.7, 900, 900, "worse"), ("SH", 0.9, 300, 300, "none")])
    assert [label.text for label in figure.layout.annotations] == ["武汉"]


def test_the_legend_names_the_limits_as_they_are():
    names = [trace.name for trace in drawn([("SH", 0.9, 300, 300, "none")]).data if trace.showlegend]
    assert names == ["99.89%控制限", "95%控制限", "整体水平", "目标"]


def test_without_limits_the_points_are_drawn():
    assert len(points(drawn([("SH", 0.9, 300, 300, "too_few")], LIMITS.clear())).x) == 1
