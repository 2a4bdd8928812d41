"""The report of benchmarks: what is met, what falls short, what says more about others."""

import pytest

from benchmarks.budgets import BY_KEY, ROWS
from benchmarks.report import rendered
from benchmarks.results import Figure


def line(*figures: Figure) -> str:
    """The line of the first figure's row."""
    what = BY_KEY[figures[0].key].what
    return next(line for line in rendered(figures).splitlines() if line.startswith(f"| {what} |"))


def test_median_and_95th_percentile_are_judged_against_their_budgets():
    values = [float(value) for value in range(101, 202)]  # median 151, 95th percentile 196
    assert "| 151 ms | 196 | 101 | ≤ 220, p95 ≤ 400 ms | met |" in line(Figure("click_new", values))


def test_a_slow_end_falls_short_although_the_median_is_met():
    reported = rendered([Figure("click_new", [100.0] * 9 + [900.0] * 2)])
    assert "**falls short**" in reported
    assert f"- {BY_KEY['click_new'].what}: {BY_KEY['click_new'].reason}" in reported.partition("## Why")[2]


def test_of_a_rate_the_low_end_is_shown_and_less_than_the_budget_falls_short():
    assert "| 250,000 rows/s | 205,000 | 2 | ≥ 300,000 rows/s | **falls short** |" in line(Figure("import", [200_000.0, 300_000.0]))


@pytest.mark.parametrize(("others", "words"), [(0.09, "| met |"), (0.10, "| met (loud) |")])
def test_what_others_disturbed_is_marked(others, words):
    assert words in line(Figure("memory", [300.0], others=others))


def test_every_budget_has_a_row_also_before_it_is_measured():
    assert rendered([]).count("not measured") == len(ROWS)


def test_a_figure_of_no_row_is_an_error():
    with pytest.raises(KeyError):
        rendered([Figure("nonsense", [1.0])])
