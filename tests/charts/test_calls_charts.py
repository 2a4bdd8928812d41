"""The week by half-hours and bars cut into parts: what is drawn, marked, left out, and read out as a table."""

import plotly.graph_objects as go
import polars as pl
import pytest

from qa.charts.parts import parts
from qa.charts.week import week
from qa.i18n import set_language
from qa.theme import ink

COLUMNS = ["weekday", "half_hour", "value", "low", "high", "n", "signal"]
CELLS = [
    ("1", "09:00", 0.8, 0.7, 0.9, 100, "none"),
    ("1", "10:00", 0.4, 0.3, 0.5, 100, "worse"),
    ("7", "09:00", 1.0, 0.3, 1.0, 2, "too_few"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def english():
    set_language("en")
    yield
    set_language("zh")


def drawn(figure: go.Figure) -> list[dict]:
    """The figure's traces; an error when Plotly's schema knows one of its entries not."""
    go.Figure(figure)
    return figure["data"]


def test_a_week_has_every_half_hour_between_the_first_and_the_last():
    shades = drawn(week(pl.DataFrame(CELLS, COLUMNS, orient="row"), "share", least_n=10))[0]
    assert shades["x"] == ["09:00", "09:30", "10:00"] and len(shades["y"]) == 7
    assert shades["z"][0] == [0.8, None, 0.4]


def test_cells_with_too_few_calls_have_no_shade_and_say_so():
    shades = drawn(week(pl.DataFrame(CELLS, COLUMNS, orient="row"), "share", least_n=10))[0]
    assert shades["z"][6] == [None, None, None]
    assert "Too few" in shades["hovertext"][6][0]


def test_only_cells_that_differ_beyond_noise_are_framed():
    frames = [trace for trace in drawn(week(pl.DataFrame(CELLS, COLUMNS, orient="row"), "share", least_n=10)) if trace.get("mode") == "markers"]
    assert [(trace["x"], trace["y"], trace["marker"]["color"]) for trace in frames] == [(["10:00"], ["1"], ink("missed"))]


def test_a_week_reads_as_a_table_with_a_column_a_day():
    columns = [trace for trace in drawn(week(pl.DataFrame(CELLS, COLUMNS, orient="row"), "share", least_n=10)) if trace.get("meta") != "helper"]
    assert [trace["name"] for trace in columns] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert columns[0]["text"] == ["80.0%", "-", "40.0%"] and columns[0]["visible"] is False


def test_totals_are_shaded_from_zero_and_never_too_few():
    cells = [("1", "09:00", 3.0, None, None, 3, "none"), ("2", "09:00", 9.0, None, None, 9, "none")]
    shades = drawn(week(pl.DataFrame(cells, COLUMNS, orient="row"), "count", least_n=10))[0]
    assert shades["zmin"] == 0 and [row[0] for row in shades["z"][:2]] == [3.0, 9.0]


def test_parts_are_stacked_in_order_with_the_interval_of_the_whole_at_the_end():
    rows = [("WH", 130.0, 100.0, 10.0, 20.0, 125.0, 135.0, 50, "met"), ("SH", 200.0, 150.0, 20.0, 30.0, 120.0, 280.0, 3, "too_few")]
    frame = pl.DataFrame(rows, ["center", "value", "talk", "hold", "wrap", "low", "high", "n", "verdict"], orient="row")
    traces = drawn(parts(frame, "seconds", "center", {"talk": "Talk", "hold": "Hold", "wrap": "Wrap-up"}, {"WH": "Wuhan"}))
    assert [(trace["name"], trace["x"]) for trace in traces] == [("Talk", [150.0, 100.0]), ("Hold", [20.0, 10.0]), ("Wrap-up", [30.0, 20.0])]
    assert traces[-1]["error_x"]["array"] == [80.0, 5.0] and "error_x" not in traces[0]
    assert traces[0]["marker"]["pattern"]["shape"] == ["x", ""]
    assert traces[0]["customdata"] == [["SH"], ["WH"]]


def test_a_whole_that_is_no_estimate_has_no_whisker():
    frame = pl.DataFrame({"call": ["C1"], "value": [130.0], "talk": [124.0], "wrap": [6.0]})
    assert all("error_x" not in trace for trace in drawn(parts(frame, "seconds", "call", {"talk": "Talk", "wrap": "Wrap-up"}, {})))
