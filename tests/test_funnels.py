"""The funnel of a metric: its family, who is judged, and which side is the better one."""

import polars as pl
import pytest

from qa.config import Config
from qa.funnels import metric_funnel
from qa.metrics import METRICS


def shares(*rows: tuple[str, int, int]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=["center", "numerator", "denominator"], orient="row")
    return frame.with_columns(pl.col("denominator").alias("n"), (pl.col("numerator") / pl.col("denominator")).alias("value"))


@pytest.mark.parametrize(("key", "expected"), [("satisfaction_rate", "worse"), ("abandonment_rate", "better"), ("response_rate", "neither")])
def test_beyond_the_limits_the_metrics_better_side_decides(key, expected):
    found = metric_funnel(shares(("SH", 900, 1000), ("WH", 700, 1000), ("CD", 8, 9)), METRICS[key], Config())
    assert dict(found.groups.select("center", "direction").rows())["WH"] == expected
    assert found.groups.filter(center="CD")["direction"].item() == "too_few"
    assert found.outside["center"].to_list() == ["WH", "SH"]


def test_the_limits_cover_every_size():
    found = metric_funnel(shares(("SH", 900, 1000), ("WH", 18, 20)), METRICS["satisfaction_rate"], Config())
    assert found.limits["denominator"].min() == 1 and found.limits["denominator"].max() >= 1000
    assert (found.limits["low"] <= found.limits["inner_low"]).all() and (found.limits["high"] >= found.limits["inner_high"]).all()


def test_a_total_and_a_metric_without_rows_have_no_funnel():
    assert metric_funnel(shares(("SH", 900, 1000)), METRICS["complaint_count"], Config()) is None
    assert metric_funnel(shares(("SH", 900, 1000)).clear(), METRICS["satisfaction_rate"], Config()) is None
