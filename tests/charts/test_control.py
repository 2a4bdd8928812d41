"""The control chart draws what the frame says: limits with gaps, marks by class, hollow points, steps and holidays."""

from datetime import date, timedelta

import plotly.graph_objects as go
import polars as pl

from qa.charts.control import Holiday, Step, control
from qa.theme import ink


def frame(points: int = 14, **columns) -> pl.DataFrame:
    """Days with a value of 0.9 within limits 0.8-1.0, and whatever the test says."""
    start = date(2026, 9, 28)
    ordinary = {
        "period": [start + timedelta(days=number) for number in range(points)], "value": [0.9] * points, "n": [100] * points,
        "center": [0.9] * points, "low": [0.8] * points, "high": [1.0] * points, "variation": ["common_cause"] * points,
        "provisional": [False] * points, "thin": [False] * points, "stretch": [0] * points,
        "target_minimum": [0.85] * points, "target_maximum": [None] * points,
    }  # fmt: skip
    return pl.DataFrame(ordinary | columns)


def drawn(of: pl.DataFrame, **options):
    return go.Figure(control(of, "share", str, str, lambda row: "a note", key="WH", name="Answer rate", **options))


def trace(figure, name: str):
    return next(one for one in figure.data if one.name == name)


def test_points_carry_what_it_takes_to_open_their_rows():
    assert trace(drawn(frame()), "Answer rate").customdata[0] == ["WH", "2026-09-28"]


def test_a_signal_differs_by_form_and_colour_and_stands_in_the_legend():
    variation = ["common_cause"] * 13 + ["special_cause_concern"]
    figure = drawn(frame(variation=variation))
    marker = trace(figure, "Answer rate").marker
    assert (marker.symbol[0], marker.symbol[13]) == ("circle", "square")
    assert marker.color[13] == ink("concern")
    legend = [one.name for one in figure.data if one.showlegend is not False]
    assert len(legend) == 4, "the limits, the center line, the signal and the target"


def test_points_not_judged_are_hollow():
    marker = trace(drawn(frame(provisional=[False] * 13 + [True])), "Answer rate").marker
    assert (marker.color[0], marker.color[13]) == (ink("series-1"), ink("surface"))


def test_limits_computed_anew_leave_a_gap():
    figure = drawn(frame(stretch=[0] * 7 + [1] * 7))
    assert list(trace(figure, "中心线").y).index(None) == 7
    assert [len(part.x) for part in figure.data if part.fill == "tonexty"] == [7, 7]


def test_no_limits_no_lines():
    nothing = [None] * 14
    figure = drawn(frame(center=pl.Series(nothing, dtype=pl.Float64), low=pl.Series(nothing, dtype=pl.Float64), high=pl.Series(nothing, dtype=pl.Float64)))
    assert [one.name for one in figure.data if one.meta != "helper"] == ["Answer rate"]


def test_holidays_are_shaded_and_steps_lined_and_only_large_charts_name_them():
    extras = {"holidays": [Holiday(date(2026, 10, 1), date(2026, 10, 8), "国庆节")], "steps": [Step(date(2026, 10, 3), "from 3 Oct")]}
    large, small = drawn(frame(), **extras), drawn(frame(), **extras, is_small=True)
    assert [shape.type for shape in small.layout.shapes] == [shape.type for shape in large.layout.shapes]
    assert {"rect", "line"} == {shape.type for shape in large.layout.shapes}
    assert [note.text for note in large.layout.annotations] == ["国庆节", "from 3 Oct"]
    assert not small.layout.annotations


def test_ticks_of_a_narrow_axis_can_be_told_apart():
    assert drawn(frame(low=[0.89] * 14, high=[0.91] * 14, target_minimum=[None] * 14)).layout.yaxis.tickformat == ".1%"
