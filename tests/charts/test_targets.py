"""Targets on charts: a line for one, a mark a row where rows have their own; ticks that can be told apart."""

import plotly.graph_objects as go
import polars as pl

from qa.charts.ordered import ordered
from qa.charts.words import fitted_axis
from qa.words import gravest


def drawn(targets: list[float]):
    frame = pl.DataFrame({"center": ["SH", "WH"], "value": [0.92, 0.85], "target_minimum": targets})
    return go.Figure(ordered(frame, "share", "center", name="Satisfaction", names={}))


def test_rows_with_targets_of_their_own_have_a_mark_each():
    figure = drawn([0.90, 0.91])
    assert not figure["layout"]["shapes"]
    mark = figure["data"][1]
    assert (mark["meta"], list(mark["x"]), list(mark["y"])) == ("helper", [0.90, 0.91], ["SH", "WH"])


def test_rows_with_one_target_have_a_line():
    figure = drawn([0.90, 0.90])
    assert len(figure["data"]) == 1 and len(figure["layout"]["shapes"]) == 1


def test_a_narrow_range_of_shares_gets_decimals():
    assert fitted_axis("share", [0.5, 0.9])["tickformat"] == ".0%"
    assert fitted_axis("share", [0.98, 1.0])["tickformat"] == ".1%"
    assert fitted_axis("share", [0.999, 1.0])["tickformat"] == ".2%"


def test_the_gravest_verdict_speaks_for_several():
    assert gravest(["met", "uncertain", "met"]) == "uncertain"
    assert gravest(["met", "missed", "uncertain"]) == "missed"
    assert gravest([]) == "no_target"
