"""Which target is in force: the nearest one to center and queue, on the day, in the metric's own unit."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from qa.metrics import METRICS
from qa.targets import NO_TARGET, Target, Targets

SATISFACTION = METRICS["satisfaction_rate"]
TALK = METRICS["mean_talk"]
JANUARY, JULY = date(2026, 1, 1), date(2026, 7, 1)


def targets(*rows: dict) -> Targets:
    empty = {"center_id": None, "queue": None, "valid_from": JANUARY, "minimum": None, "maximum": None, "gap_to_headquarters": None}
    schema = {"metric": pl.String, "center_id": pl.String, "queue": pl.String, "valid_from": pl.Date}
    schema |= dict.fromkeys(("minimum", "maximum", "gap_to_headquarters"), pl.Decimal(14, 4))
    typed = [{name: Decimal(str(value)) if isinstance(value, float | int) else value for name, value in (empty | row).items()} for row in rows]
    return Targets(pl.DataFrame(typed, schema=schema))


def satisfaction(minimum: float, **where: object) -> dict:
    return {"metric": "satisfaction_rate", "minimum": minimum, **where}


def test_the_default_holds_where_the_extracts_set_none():
    assert targets().of(SATISFACTION, JULY) == Target(0.90, None, 0.02, is_default=True)
    assert targets(satisfaction(0.8)).of(METRICS["pass_rate"], JULY).is_default


@pytest.mark.parametrize(
    ("center", "queue", "minimum"),
    [("WH", "账单", 0.94), ("WH", "报修", 0.92), ("WH", None, 0.92), ("SH", "账单", 0.93), ("SH", None, 0.91), (None, "账单", 0.93), (None, None, 0.91)],
)
def test_center_and_queue_before_center_before_queue_before_all(center, queue, minimum):
    known = targets(
        satisfaction(0.94, center_id="WH", queue="账单"), satisfaction(0.92, center_id="WH"), satisfaction(0.93, queue="账单"), satisfaction(0.91)
    )
    assert known.of(SATISFACTION, JULY, center, queue).minimum == minimum


def test_the_last_target_that_is_valid_on_the_day():
    known = targets(satisfaction(0.95, valid_from=JULY), satisfaction(0.85))
    assert [known.of(SATISFACTION, day).minimum for day in (JANUARY, date(2026, 6, 30), JULY, date(2027, 1, 1))] == [0.85, 0.85, 0.95, 0.95]
    assert known.of(SATISFACTION, date(2025, 12, 31)) == NO_TARGET


def test_a_centers_old_target_comes_before_a_newer_common_one():
    known = targets(satisfaction(0.80, center_id="WH"), satisfaction(0.95, valid_from=JULY))
    assert known.of(SATISFACTION, JULY, "WH").minimum == 0.80


def test_an_empty_later_target_ends_the_earlier_one():
    assert not targets(satisfaction(0.85), satisfaction(None, valid_from=JULY)).of(SATISFACTION, JULY)


def test_a_share_above_one_is_a_percentage_to_the_last_digit():
    assert targets(satisfaction(86.27)).of(SATISFACTION, JULY).minimum == 0.8627
    assert targets(satisfaction(1)).of(SATISFACTION, JULY).minimum == 1
    assert targets({"metric": "mean_talk", "minimum": 60, "maximum": 300.5}).of(TALK, JULY) == Target(60, 300.5)


def test_a_gap_is_in_percentage_points():
    assert targets({"metric": "satisfaction_rate", "gap_to_headquarters": 2.5}).of(SATISFACTION, JULY) == Target(None, None, 0.025)


def test_exactly_on_target_is_on_target():
    band = Target(0.1 + 0.2, 300)
    assert band.holds(0.1 + 0.2) and band.holds(300)
    assert not band.holds(0.3) and not band.holds(300.0000001)


def test_targets_of_unknown_metrics_are_named():
    assert targets(satisfaction(0.9), {"metric": "satisfactoin"}).unknown_metrics() == ["satisfactoin"]
