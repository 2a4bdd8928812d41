"""How the charts of a document are drawn, where a mistake would mislead."""

import re

import pytest

from qa.report.formats.drawingml import label_step, slant, value_range, value_step
from qa.report.formats.style import NO_BREAK, written
from qa.report.formats.svg import svg
from qa.report.model import Cell, Chart, Series


def line(*series: Series, names=("Jun", "Jul", "Aug")) -> Chart:
    return Chart("Resolution", "line", names, series, "share")


def test_a_target_that_changes_is_a_step_between_the_months():
    drawn = svg(line(Series("Value", [0.86, 0.87, 0.88]), Series("Target", [0.82, 0.82, 0.85], "target")))
    (points,) = re.findall(r'points="([^"]+)"[^>]*stroke-dasharray="6 3"', drawn)
    places = [tuple(map(float, place.split(","))) for place in points.split(" ")]
    assert all(x == next_x or y == next_y for (x, y), (next_x, next_y) in zip(places, places[1:], strict=False))
    assert len({y for _x, y in places}) == 2


def test_bars_below_zero_lead_to_the_left_of_it():
    drawn = svg(Chart("Why", "bar", ["Mix", "Performance"], [Series("Points", [0.01, -0.04])], "share"))
    bars = [tuple(map(float, found)) for found in re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)]
    (mix_left, mix_width), (own_left, own_width) = bars
    assert own_left + own_width == pytest.approx(mix_left, abs=0.01) and own_width == pytest.approx(4 * mix_width, rel=0.01)


def test_dots_stand_on_an_axis_around_their_values_with_a_line_from_limit_to_limit():
    chart = Chart("Pass rate", "dots", ["Ann", "Bo"], [
        Series("Value", [0.93, 0.91]), Series("Low", [0.9, 0.88], "low"), Series("High", [0.95, 0.94], "high"),
    ], "share")  # fmt: skip
    low, high = value_range(chart)
    assert 0.8 < low <= 0.88 and 0.95 <= high <= 1
    assert (high - low) / value_step(chart) == pytest.approx(round((high - low) / value_step(chart)))
    drawn = svg(chart)
    assert drawn.count("<circle") == 2 and drawn.count("<rect") == 0 and drawn.count('stroke-width="2"/>') == 2


def test_names_that_would_run_into_each_other_are_thinned_or_turned():
    months = [f"2026年{month}月" for month in range(1, 13)]
    wide, narrow = (label_step(line(Series("Value", [0.9] * 12), names=months), 9, width) for width in (900, 450))
    assert (wide, narrow) == (1, 2)
    assert [slant(Chart("", "dots", ["a"] * count, [], "share")) for count in (3, 12, 50)] == [0, 45, 90]


def test_a_sign_is_never_parted_from_its_figure():
    assert written(Cell("154.7 s", 154.7, "seconds", "met")) == f"\N{SQUARE ROOT}{NO_BREAK}154.7{NO_BREAK}s"
    assert " " in written(Cell("below the target, within noise", state="uncertain"))
