"""The report of benchmarks: what is met, what falls short, what says more about others."""

import pytest

from benchmarks.budgets import BY_KEY, ROWS
from benchmarks.report import beside, rendered
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


def test_how_fast_the_machine_was_stands_beside_a_figure_and_a_peer():
    assert "| 0% | 2026-11-01 | 31 |  |" in line(Figure("memory", [300.0], at="2026-11-01T10:00", pace=31.4))
    assert "| pace of the machine, ms | 31 |" in beside([Figure("Dash/memory", [300.0], at="2026-11-01T10:00", pace=31.4)])


def test_every_budget_has_a_row_also_before_it_is_measured():
    assert rendered([]).count("not measured") == len(ROWS)


def test_a_figure_of_no_row_is_an_error():
    with pytest.raises(KeyError):
        rendered([Figure("nonsense", [1.0])])


def test_what_was_not_measured_again_stands_as_it_was_with_its_day_and_its_reason():
    before = rendered([Figure("click_new", [300.0], at="2026-11-01T10:00"), Figure("memory", [300.0], at="2026-11-01T10:00")])
    after = rendered([Figure("memory", [310.0], at="2026-11-20T10:00")], before)
    what = BY_KEY["click_new"].what
    assert f"| {what} | 300 ms |  | 1 | ≤ 220, p95 ≤ 400 ms | **falls short** | 0% | 2026-11-01 |  |  |" in after
    assert f"- {what}: {BY_KEY['click_new'].reason}" in after.partition("## Why")[2]
    assert "310 MiB" in after and "2026-11-20" in after and "300 MiB" not in after
    assert rendered([], after).partition("| figure")[2] == after.partition("| figure")[2]


def test_peers_that_were_not_measured_again_keep_their_columns():
    before = beside([Figure("Ours/click_new", [500.0], at="2026-11-01T10:00"), Figure("Dash/click_new", [700.0, 800.0], at="2026-11-01T10:00")])
    after = beside([Figure("Ours/click_new", [400.0], at="2026-11-20T10:00")], before)
    assert "| filter click → drawn, first time, ms | 400 | 750 (795) |" in after
    assert "| day | 2026-11-20 | 2026-11-01 |" in after
    assert beside([], after) == after
