"""Frames become figures: order, colours, gaps, provisional points, targets, texts."""

from datetime import date

import plotly.graph_objects as go
import polars as pl
import pytest

from qa import charts
from qa.i18n import set_language
from qa.theme import ink

JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("zh")


def frame(rows: list[tuple], columns: list[str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=columns, orient="row")


def traces(figure: go.Figure, helpers: bool = False) -> list[dict]:
    """The figure's traces, or those that only help the eye; an error when Plotly's schema knows one of its entries not."""
    go.Figure(figure)
    return [trace for trace in figure["data"] if (trace.get("meta") == "helper") == helpers]


def shapes(figure: go.Figure) -> list[dict]:
    return figure["layout"]["shapes"]


def test_a_line_a_group_keeps_its_colour_whoever_else_is_there():
    both = frame([("WH", JAN, 0.9), ("SH", JAN, 0.8)], ["center", "period", "value"])
    lines = traces(charts.trend(both, "share", "center", group_order=["SH", "CD", "WH"]))
    assert [(line["name"], line["line"]["color"]) for line in lines] == [
        ("SH", ink("series-1")),
        ("WH", ink("series-3")),
    ]
    alone = traces(
        charts.trend(both.filter(pl.col("center") == "WH"), "share", "center", group_order=["SH", "CD", "WH"])
    )
    assert alone[0]["line"]["color"] == ink("series-3")


def test_a_line_breaks_where_a_period_is_missing():
    rows = [("SH", JAN, 0.8), ("SH", FEB, 0.9), ("SH", MAR, 0.7), ("WH", JAN, 0.9), ("WH", MAR, 0.6)]
    lines = traces(charts.trend(frame(rows, ["center", "period", "value"]), "share", "center"))
    assert lines[1]["x"] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert lines[1]["y"] == [0.9, None, 0.6]


def test_of_several_lines_the_last_the_lonely_and_the_provisional_points_are_drawn():
    rows = [
        ("SH", JAN, 0.8, False), ("SH", FEB, 0.9, False), ("SH", MAR, 0.7, True),
        ("WH", JAN, 0.9, False), ("WH", MAR, 0.6, True),
    ]  # fmt: skip
    (points,) = traces(
        charts.trend(frame(rows, ["center", "period", "value", "provisional"]), "share", "center"), helpers=True
    )
    assert list(zip(points["ids"], points["x"], strict=True)) == [
        ("SH", "2026-03-01"),
        ("WH", "2026-01-01"),
        ("WH", "2026-03-01"),
    ]
    assert points["marker"]["color"] == [ink("surface"), ink("series-2"), ink("surface")]


def test_a_point_says_value_interval_n_and_that_it_may_change():
    rows = frame([(JAN, 0.923, 0.9, 0.94, 1234, True)], ["period", "value", "low", "high", "n", "provisional"])
    (line,) = traces(charts.trend(rows, "share", name="Pass rate"))
    assert line["hovertext"] == [
        "<b>Pass rate · Jan 2026</b><br>92.3%<br>95% interval 90.0%–94.0%<br>n = 1,234<br>Provisional: may still change"
    ]
    assert line["text"] == ["92.3%"]
    assert line["customdata"] == [[None, "2026-01-01"]]


def test_names_are_no_markup():
    rows = frame([("<b>x</b>", JAN, 0.5)], ["center", "period", "value"])
    assert "&lt;b&gt;x" in traces(charts.trend(rows, "share", "center"))[0]["hovertext"][0]


def test_months_are_named_in_chinese():
    set_language("zh")
    rows = frame([(JAN, 0.5), (FEB, 0.6)], ["period", "value"])
    assert charts.trend(rows, "share")["layout"]["xaxis"]["ticktext"] == ["2026年1月", "2026年2月"]


def test_one_target_is_a_line_two_are_a_band_and_a_changed_one_steps():
    columns = ["period", "value", "target_minimum", "target_maximum"]
    one = charts.trend(frame([(JAN, 0.5, 0.9, None), (FEB, 0.6, 0.9, None)], columns), "share")
    assert [(shape["type"], shape["y0"]) for shape in shapes(one)] == [("line", 0.9)]
    band = charts.trend(frame([(JAN, 80.0, 60.0, 300.0)], columns), "seconds")
    assert [shape["type"] for shape in shapes(band)] == ["rect", "line", "line"]
    changed = charts.trend(frame([(JAN, 0.5, 0.9, None), (FEB, 0.6, 0.95, None)], columns), "share")
    assert shapes(changed) == []
    assert [trace["y"] for trace in traces(changed, helpers=True) if trace["mode"] == "lines"] == [[0.9, 0.95]]


def test_the_axis_reaches_the_target_and_stays_within_the_possible():
    low, high = charts.trend(
        frame([(JAN, 0.99, 0.5)], ["period", "value", "target_minimum"]), "share"
    )["layout"]["yaxis"]["range"]
    assert low < 0.5 and high == 1.02


def test_no_rows_make_an_empty_figure():
    empty = pl.DataFrame(schema={"period": pl.Date, "value": pl.Float64})
    assert [trace["y"] for trace in traces(charts.trend(empty, "share"))] == [[]]
    assert charts.sparkline(empty, "share") is None


def test_bars_are_ranked_with_the_best_on_top_and_nothing_last():
    rows = frame([("a", 0.5), ("b", None), ("c", 0.9)], ["center", "value"])
    (trace,) = traces(charts.bars(rows, "share", "center"))
    assert trace["y"] == ["c", "a", "b"]
    (waits,) = traces(charts.bars(rows, "seconds", "center", higher_is_better=False))
    assert waits["y"] == ["a", "c", "b"]


def test_whiskers_reach_from_low_to_high_and_miss_where_there_is_no_interval():
    rows = frame([("a", 0.5, 0.25, 0.625), ("b", 0.25, None, None)], ["center", "value", "low", "high"])
    (trace,) = traces(charts.bars(rows, "share", "center"))
    assert trace["error_x"]["arrayminus"] == [0.25, None]
    assert trace["error_x"]["array"] == [0.125, None]


def test_values_close_together_and_far_from_zero_are_dots_not_cut_bars():
    near = frame([("a", 0.93, "met"), ("b", 0.95, "missed")], ["center", "value", "verdict"])
    (dots,) = traces(charts.bars(near, "share", "center"))
    assert (dots["type"], dots["marker"]["symbol"]) == ("scatter", ["x", "circle"])
    (bars,) = traces(charts.bars(near, "share", "center", from_zero=True))
    assert (bars["type"], bars["marker"]["pattern"]["shape"]) == ("bar", ["/", ""])


@pytest.mark.parametrize(
    ("title", "shown"),
    [("Wuhan", "Wuhan"), ("成都分中心（高新西区）", "成都分中心（高新西区）"), ("x" * 27, "x" * 25 + "…"), ("", "")],
)
def test_a_long_title_is_cut_by_its_width(title: str, shown: str):
    from qa.charts.bars import shortened

    assert shortened(title) == shown


def test_figures_carry_no_template():
    rows = frame([("a", JAN, 0.5)], ["center", "period", "value"])
    for figure in (charts.trend(rows, "share", "center"), charts.bars(rows, "share", "center")):
        assert "template" not in figure["layout"]


def test_a_sparkline_has_texts_target_and_provisional_points():
    rows = frame([(FEB, None, 0.9, True), (JAN, 0.5, 0.9, False)], ["period", "value", "target_minimum", "provisional"])
    assert charts.sparkline(rows, "share") == {
        "values": [0.5, None],
        "labels": ["Jan 2026: 50.0%", "Feb 2026: -"],
        "target_minimum": 0.9,
        "target_maximum": None,
        "provisional": [False, True],
    }
