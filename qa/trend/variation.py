"""A metric's periods held against control limits: which chart, which limits, which points speak of a special cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.filters import Filters, Scope
from qa.judging import column
from qa.measured import measured, provisional_from
from qa.metrics import Metric
from qa.periods import Grain, bucket_end
from qa.stats.change_points import Family
from qa.stats.control_charts import Kind, Limits, individuals, proportions, rates
from qa.stats.special_causes import Signals, signals, variation
from qa.stats.weekdays import weekday_offsets
from qa.trend.holidays import special_day
from qa.warehouse import Warehouse

Numbers = NDArray[np.float64]
# A mean of under half the usual number of records, and of few, is too uncertain to be held against the others' limits.
THIN_SHARE, THIN_RECORDS = 0.5, 50
# Where means usually rest on fewer records than this, they are not held against limits at all: too far from normal.
LEAST_RECORDS = 20


@dataclass(frozen=True)
class Method:
    """How the limits came about: the kind of chart (None: too few points), the counted points of the last stretch, how
    many times wider than chance the points vary, whether limits follow the weekday, whether runs were looked for, from
    when the limits in force now are computed (None: from the start), and whether points rest on too few records."""

    kind: Kind | None
    points: int
    spread: float = 1.0
    by_weekday: bool = False
    runs_apply: bool = True
    since: date | None = None
    is_thin: bool = False


def family(metric: Metric) -> Family:
    """The distribution its periods come from."""
    return "binomial" if metric.interval == "wilson" else "poisson" if metric.interval == "poisson" else "normal"


def periods_of(
    warehouse: Warehouse, scope: Scope, metric: Metric, by: tuple[str, ...], grain: Grain, filters: Filters
) -> dict[tuple[str, ...], pl.DataFrame]:
    """A frame a group with its periods in order: period, until, value, numerator, denominator, n, provisional.

    Periods and groups without a value are left out; ``provisional``: incomplete, or may still change.
    """
    frame = measured(warehouse, [metric.key], (*by, grain), filters, scope).get(metric.key)
    if frame is None or frame.is_empty():
        return {}
    frame = frame.drop_nulls(["value", *by]).rename({grain: "period"}).sort("period")
    since = provisional_from(warehouse, metric)
    ends = [bucket_end(start, grain, filters.month_start) for start in frame["period"]]
    incomplete = [end > since or start < warehouse.span.first_day for start, end in zip(frame["period"], ends, strict=True)]
    frame = frame.with_columns(pl.Series("provisional", incomplete, dtype=pl.Boolean), pl.Series("until", ends, dtype=pl.Date))
    if frame.is_empty() or not by:
        return {} if frame.is_empty() else {(): frame}
    return {tuple(map(str, key)): part for key, part in frame.partition_by(by, as_dict=True, maintain_order=True).items()}


def held_against_limits(frame: pl.DataFrame, metric: Metric, is_daily: bool, breaks: Sequence[date]) -> tuple[pl.DataFrame, Method]:
    """The frame with thin, counted, center, low, high, rule, direction and variation, and how that was done.

    ``breaks``: days from which limits are computed anew. A period that a break cuts counts for neither side.
    Public holidays are held against the limits but do not make them.
    """
    frame = prepared(frame, metric, is_daily)
    by_weekday = bool((frame["offset"] != 0).any())
    stretches = [_stretch(part, metric, by_weekday, since) for part, since in _stretches(frame, breaks)]
    return pl.concat([part for part, _method in stretches]), stretches[-1][1]


def prepared(frame: pl.DataFrame, metric: Metric, is_daily: bool) -> pl.DataFrame:
    """The frame with thin (rests on too few records), special (a holiday or make-up day), counted (makes the limits) and
    offset (the effect of the weekday; 0 on special days, and where weekdays do not differ)."""
    usual = _usual_n(frame.filter(~pl.col("provisional")))
    thin = pl.col("n") < min(THIN_SHARE * usual, THIN_RECORDS) if _is_mean(metric) else pl.lit(False)
    special = [is_daily and special_day(day) is not None for day in frame["period"]]
    frame = frame.with_columns(thin.alias("thin"), pl.Series("special", special, dtype=pl.Boolean))
    frame = frame.with_columns((~pl.col("provisional") & ~pl.col("thin") & ~pl.col("special")).alias("counted"))
    return frame.with_columns(pl.Series("offset", _offsets(frame, metric) if is_daily else np.zeros(frame.height)))


def rests_on_few(frame: pl.DataFrame, metric: Metric) -> bool:
    """Whether the periods' means usually rest on too few records to be judged; shares and rates carry their own limits."""
    return _is_mean(metric) and _usual_n(frame) < LEAST_RECORDS


def _usual_n(frame: pl.DataFrame) -> float:
    return float(np.median(column(frame, "n"))) if frame.height else 0.0


def _is_mean(metric: Metric) -> bool:
    return family(metric) == "normal" and metric.unit != "count"


def _offsets(frame: pl.DataFrame, metric: Metric) -> Numbers:
    days = np.array([day.toordinal() for day in frame["period"]], dtype=int)
    weights = np.ones(frame.height) if family(metric) == "normal" else column(frame, "denominator")
    by_weekday = weekday_offsets(days, column(frame, "value"), weights, frame["counted"].to_numpy())
    if by_weekday is None:
        return np.zeros(frame.height)
    return np.where(frame["special"].to_numpy(), 0.0, by_weekday[(days - 1) % 7])


def typical_limits(frame: pl.DataFrame) -> tuple[float, float, float] | None:
    """Low, center and high in force now: medians over the last stretch's points, the outermost weekday's for the limits."""
    last = frame.filter(pl.col("counted") & (pl.col("stretch") == frame["stretch"].max())).drop_nulls("center")
    if last.is_empty():
        return None
    by_weekday = last.group_by("offset").agg(pl.col("low", "high").median())
    return cast(float, by_weekday["low"].min()), cast(float, last["center"].median()), cast(float, by_weekday["high"].max())


def _stretches(frame: pl.DataFrame, breaks: Sequence[date]) -> list[tuple[pl.DataFrame, date | None]]:
    """The frame cut at the breaks, each part with its break; parts without rows are left out."""
    edges = [date.min, *sorted(breaks), date.max]
    found = []
    for number, (start, end) in enumerate(zip(edges[:-1], edges[1:], strict=True)):
        # A period that holds the break in its middle belongs to the stretch before, and counts for none.
        part = frame.filter((pl.col("period") >= start) & (pl.col("period") < end)).with_columns(
            pl.col("counted") & (pl.col("until") <= end), pl.lit(number).alias("stretch")
        )
        if not part.is_empty():
            found.append((part, start if number else None))
    return found


def _stretch(frame: pl.DataFrame, metric: Metric, by_weekday: bool, since: date | None) -> tuple[pl.DataFrame, Method]:
    counted = frame["counted"].to_numpy()
    points = int(counted.sum())
    is_thin = rests_on_few(frame, metric)
    limits = None if is_thin else _limits(frame, metric, counted)
    if limits is None:
        return frame.with_columns(*_WITHOUT_LIMITS), Method(None, points, by_weekday=by_weekday, since=since, is_thin=is_thin)
    judged = (~frame["provisional"] & ~frame["thin"]).to_numpy()
    found = signals(limits.z, column(frame, "value") - limits.center, judged, limits.runs_apply)
    frame = frame.with_columns(
        pl.Series("center", limits.center),
        pl.Series("low", limits.low),
        pl.Series("high", limits.high),
        pl.Series("direction", found.direction.astype(np.int32)),
        pl.Series("rule", _rules(found), dtype=pl.String),
        pl.Series("variation", variation(found.direction, metric.better), dtype=pl.String),
    )
    return frame, Method(limits.kind, points, limits.spread, by_weekday, limits.runs_apply, since)


_WITHOUT_LIMITS = (
    *(pl.lit(None, dtype=pl.Float64).alias(name) for name in ("center", "low", "high")),
    pl.lit(0, dtype=pl.Int32).alias("direction"),
    pl.lit("").alias("rule"),
    pl.lit("common_cause").alias("variation"),
)


def _limits(frame: pl.DataFrame, metric: Metric, counted: NDArray[np.bool_]) -> Limits | None:
    offsets = column(frame, "offset")
    if family(metric) == "binomial":
        return proportions(column(frame, "numerator"), column(frame, "denominator"), counted, offsets)
    if family(metric) == "poisson":
        return rates(column(frame, "numerator"), column(frame, "denominator"), counted, offsets)
    floor = -np.inf if metric.unit == "difference" else 0.0
    return individuals(column(frame, "value"), counted, offsets, floor, 1.0 if metric.unit == "share" else np.inf)


def _rules(found: Signals) -> list[str]:
    """The first rule each point is marked by; empty for none."""
    names = ("outside", "shift", "near", "trend")
    return [next((name for name in names if getattr(found, name)[place]), "") for place in range(len(found.outside))]
