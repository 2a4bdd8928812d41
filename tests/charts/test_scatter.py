"""The scatter of two figures: a point a group, its intervals, the lines it is held against."""

import plotly.graph_objects as go
import polars as pl
import pytest

from qa.charts.scatter import MOST_WHISKERS, scatter


def drawn(count: int) -> dict:
    frame = pl.DataFrame({
        "key": [f"A{place}" for place in range(count)], "x": [100.0 + place for place in range(count)], "y": [90.0] * count,
        "x_low": [95.0 + place for place in range(count)], "x_high": [105.0 + place for place in range(count)],
        "y_low": [88.0] * count, "y_high": [None, *[93.0] * (count - 1)], "x_n": [40] * count, "y_n": [20] * count,
        "verdict": ["uncertain"] * count,
    })  # fmt: skip
    return scatter(
        frame, ("seconds", "points"), ("AHT", "Score"), "key", lines=(103.0, 90.0), names={"A0": "<b>王</b>"}, corners=("a", "b", "c", "d")
    )


def test_a_point_carries_its_group_its_intervals_and_both_lines():
    figure = go.Figure(drawn(3))
    (points,) = figure.data
    assert [list(one) for one in points.customdata] == [["A0"], ["A1"], ["A2"]]
    assert points.error_x.array[0] == 5 and points.error_x.arrayminus[0] == 5
    assert points.error_y.array[0] is None
    assert {(shape.x0, shape.y0) for shape in figure.layout.shapes} == {(103.0, 0), (0, 90.0)}
    assert points.hovertext[0].startswith("<b>&lt;b&gt;王")
    assert len(figure.layout.annotations) == 4


@pytest.mark.parametrize(("count", "has_whiskers"), [(MOST_WHISKERS, True), (MOST_WHISKERS + 1, False)])
def test_many_points_show_no_whiskers(count, has_whiskers):
    (points,) = go.Figure(drawn(count)).data
    assert (points.error_x.array is not None) == has_whiskers


def test_the_interval_of_too_few_records_does_not_stretch_the_axes():
    frame = pl.DataFrame({
        "key": ["A", "B"], "x": [100.0, 110.0], "y": [90.0, 92.0], "x_low": [95.0, 10.0], "x_high": [105.0, 300.0], "y_low": [88.0, 20.0],
        "y_high": [93.0, 100.0], "x_n": [40, 2], "y_n": [20, 2], "verdict": ["met", "too_few"],
    })  # fmt: skip
    layout = scatter(frame, ("seconds", "points"), ("AHT", "Score"), "key", lines=(103.0, 90.0))["layout"]
    assert layout["xaxis"]["range"][0] > 80 and layout["xaxis"]["range"][1] < 130
    assert layout["yaxis"]["range"][0] > 80
