"""The waterfall and the dumbbell draw what they are given, each point with the way to its figures."""

import plotly.graph_objects as go
import pytest

from qa.charts.dumbbell import dumbbell
from qa.charts.waterfall import Step, waterfall
from qa.theme import ink

THERE = {"value": 0.88, "low": 0.86, "high": 0.90, "n": 900}
HERE = {"value": 0.82, "low": 0.79, "high": 0.85, "n": 400}


def drawn(*steps: Step) -> go.Figure:
    return go.Figure(waterfall(THERE, steps, HERE, "share", ("总中心", "武汉")))


def test_steps_start_where_the_last_one_ended():
    figure = drawn(Step("mix", "结构", -0.02, "worse"), Step("k", "故障", -0.05, "none"), Step("rest", "其余", 0.01))
    steps, ends = (next(trace for trace in figure.data if trace.type == kind and trace.customdata) for kind in ("bar", "scatter"))
    assert list(steps.base) == pytest.approx([0.88, 0.86, 0.81])
    assert (list(ends.x), [list(one) for one in ends.customdata]) == ([0.88, 0.82], [["there"], ["here"]])
    assert [list(one) for one in steps.customdata] == [["mix"], ["k"], ["rest"]]
    assert list(figure.layout.yaxis.categoryarray) == ["there", "mix", "k", "rest", "here"]


def test_what_may_be_noise_has_no_colour_and_no_pattern():
    (steps,) = (trace for trace in drawn(Step("a", "A", -0.05, "worse"), Step("b", "B", -0.01, "none")).data if trace.type == "bar")
    assert list(steps.marker.color) == [ink("concern"), ink("neutral")]
    assert list(steps.marker.pattern.shape) == ["/", ""]


def test_both_values_of_a_place_stand_on_its_line():
    rows = [{"key": "WH", "value": 0.66, "low": 0.6, "high": 0.7, "n": 500, "other": 0.79, "other_low": 0.74, "other_high": 0.83}]
    figure = go.Figure(dumbbell(rows, "share", ("原始值", "同结构值"), {"WH": "武汉"}, (0.9, None)))
    first, second = (trace for trace in figure.data if trace.customdata)
    assert (first.x[0], second.x[0], first.marker.symbol) == (0.66, 0.79, "circle-open")
    assert second.error_x.arrayminus[0] == pytest.approx(0.05) and first.error_x.array is None
    assert figure.layout.shapes[0].x0 == 0.9
