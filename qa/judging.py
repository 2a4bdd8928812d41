"""What is said of sums: interval, target, verdict, and whether a group differs from the others.

Several metrics of the same groups are judged at once, in arrays of shape (metrics, groups).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.config import Config
from qa.metrics import METRICS, Metric
from qa.periods import GRAINS, Grain, bucket_end
from qa.query import Question, part_asked
from qa.stats.comparisons import holm, proportions_against_rest, rates_against_rest, ratios_against_rest
from qa.stats.differences import proportion_difference
from qa.stats.intervals import poisson_rate_interval, ratio_interval, wilson
from qa.targets import NO_TARGET, Target
from qa.warehouse import Warehouse
from qa.words import Verdict

Numbers = NDArray[np.float64]
Figures = dict[str, Numbers]
MOMENTS = ("numerator", "denominator", "n", "numerator_squared", "product", "denominator_squared")
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
# Where the scale of a unit ends.
WHOLES = {"share": 1.0, "points": 100.0}


@dataclass(frozen=True)
class Bounds:
    """The targets of each metric and group, nan where there is no bound."""

    minimum: Numbers
    maximum: Numbers
    gap: Numbers
    is_default: NDArray[np.bool_]


def judged(warehouse: Warehouse, question: Question, sums: pl.DataFrame, targets: list[list[Target]] | None = None) -> pl.DataFrame:
    """Every metric of a question for every group, metric by metric; columns as of ``qa.results.answer``.

    ``sums``: what ``Warehouse.sums`` returns for it. ``targets``: those of each metric and group, where they are not
    simply those in force.
    """
    metrics = [METRICS[key] for key in question.metrics]
    groups = sums.select(question.by)
    figures = figures_of(sums, metrics)
    bounds = _bounds_in_force(warehouse, metrics, question, groups, sums.height) if targets is None else _bounds_of(targets)
    confidence, least_n = warehouse.config.statistics.confidence, warehouse.config.statistics.least_n
    figures["low"], figures["high"] = _together([interval(_row(figures, i), metric, confidence) for i, metric in enumerate(metrics)])
    against = [_against_headquarters(_row(figures, i), warehouse, metric, question, groups, bounds.gap[i]) for i, metric in enumerate(metrics)]
    figures["headquarters"], gap_low, gap_high = _together(against)
    verdicts = _verdicts(metrics, figures, bounds, gap_low, gap_high, least_n)
    differing = [
        signals(_row(figures, i), metric, groups, bounds.minimum[i], bounds.maximum[i], warehouse.config) if question.by else [None] * sums.height
        for i, metric in enumerate(metrics)
    ]
    said: dict[str, pl.Series | NDArray] = {
        "metric": pl.Series(np.repeat(question.metrics, sums.height), dtype=pl.String),
        **{name: _repeated(groups[name], len(metrics)) for name in question.by},
        "numerator": figures["numerator"],
        "denominator": figures["denominator"],
        "value": figures["value"],
        "n": figures["n"].astype(np.int64),
        "low": figures["low"],
        "high": figures["high"],
        "minimum": bounds.minimum,
        "maximum": bounds.maximum,
        "gap": bounds.gap,
        "is_default_target": bounds.is_default,
        "headquarters": figures["headquarters"],
        "verdict": pl.Series(verdicts.ravel(), dtype=pl.String),
        "signal": pl.Series([word for row in differing for word in row], dtype=pl.String),
        **{name: figures[name] for name in MOMENTS[3:]},
    }
    return nullable_frame(said)


def figures_of(sums: pl.DataFrame, metrics: Sequence[Metric]) -> Figures:
    """The moments and the value of each metric and group; nan for what is absent or where nothing counts; no n is 0."""
    absent = np.full(sums.height, np.nan)
    known = set(sums.columns)
    figures = {
        name: np.stack([sums.get_column(f"{metric.key}.{name}").to_numpy() if f"{metric.key}.{name}" in known else absent for metric in metrics])
        for name in MOMENTS
    }
    figures["n"] = np.nan_to_num(figures["n"])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = figures["numerator"] / figures["denominator"]
    is_count = np.array([[metric.unit == "count"] for metric in metrics])
    value = np.where(is_count, figures["numerator"], ratio)
    figures["value"] = np.where(np.isfinite(value), value, np.nan)
    return figures


def nullable(numbers: Numbers) -> pl.Series:
    """Floats as a column, nan as null."""
    return pl.Series(numbers, dtype=pl.Float64, nan_to_null=True)


def nullable_frame(columns: Mapping[str, pl.Series | NDArray]) -> pl.DataFrame:
    """Columns as a frame, those of NumPy row after row and their nan as null."""
    # One by one: given a dictionary of long arrays, Polars starts a pool of threads each time.
    return pl.DataFrame([pl.Series(name, values.ravel() if isinstance(values, np.ndarray) else values, nan_to_null=True) for name, values in columns.items()])


def column(frame: pl.DataFrame, name: str) -> Numbers:
    """A column as floats, null as nan."""
    return frame.get_column(name).cast(pl.Float64).to_numpy()


def interval(figures: Figures, metric: Metric, confidence: float) -> tuple[Numbers, Numbers]:
    """Low and high of each group by the metric's family; nan where the data carry none.

    A mean over units of which only some are known one by one (calls beside counts of calls) takes its spread from
    those, and so errs on the wide side.
    """
    if metric.interval == "wilson":
        return wilson(figures["numerator"], figures["denominator"], confidence)
    if metric.interval == "poisson":
        return poisson_rate_interval(figures["numerator"], figures["denominator"], confidence)
    if metric.interval == "mean":
        known = known_units(figures)
        low, high = ratio_interval(*(known[name] for name in MOMENTS), confidence=confidence)
        half_width = (high - low) / 2
        low, high = _possible(figures["value"] - half_width, figures["value"] + half_width, figures["value"], metric)
        return _with_width(low, high, known["n"], metric, confidence)
    if metric.interval == "ratio":
        low, high = ratio_interval(*(figures[name] for name in MOMENTS), confidence=confidence)
        low, high = (np.clip(low, 0, 1), np.clip(high, 0, 1)) if metric.unit == "share" else _possible(low, high, figures["value"], metric)
        return _with_width(low, high, figures["n"], metric, confidence)
    nothing = np.full(figures["value"].shape, np.nan)
    return nothing, nothing


def _possible(low: Numbers, high: Numbers, value: Numbers, metric: Metric) -> tuple[Numbers, Numbers]:
    """An interval without what no such value can be: less than nothing, more than all points; wider where the value itself is."""
    least, most = {"difference": (-np.inf, np.inf), "points": (0.0, 100.0)}.get(metric.unit, (0.0, np.inf))
    return np.maximum(low, np.minimum(value, least)), np.minimum(high, np.maximum(value, most))


def _with_width(low: Numbers, high: Numbers, n: Numbers, metric: Metric, confidence: float) -> tuple[Numbers, Numbers]:
    """The interval; where all units lie at one end of a scale and so show no spread, that of a share of which all or none do.

    Of units with the mean m on 0-1 all n lie at 1 with a chance of at most m^n: as if each were either 0 or 1.
    """
    whole = WHOLES.get(metric.unit)
    if whole is None:
        return low, high
    at_end = (low == high) & ((low == 0) | (low == whole))
    if not at_end.any():
        return low, high
    least, most = wilson(np.where(at_end, low / whole * n, np.nan), n, confidence)
    return np.where(at_end, least * whole, low), np.where(at_end, most * whole, high)


def _row(figures: Figures, place: int) -> Figures:
    """The figures of one metric."""
    return {name: numbers[place] for name, numbers in figures.items()}


def _together(parts: Sequence[tuple[Numbers, ...]]) -> list[Numbers]:
    """The same arrays of each metric, stacked."""
    return [np.stack(arrays) for arrays in zip(*parts, strict=True)]


def _repeated(column: pl.Series, times: int) -> pl.Series:
    return pl.concat([column] * times) if times > 1 else column


def _bounds_in_force(warehouse: Warehouse, metrics: Sequence[Metric], question: Question, groups: pl.DataFrame, height: int) -> Bounds:
    """The target of each metric and group: that of its center and queue on the last day the group covers."""
    filters = question.filters.within(question.scope)
    times = [grain for grain in GRAINS if grain in groups.columns]
    queues = groups["queue"].to_list() if "queue" in groups.columns else [_only(filters.queues)] * height
    of_groups = zip(_centers(warehouse, groups, _only(filters.centers), height), queues, *(groups[grain].to_list() for grain in times), strict=True)
    places: dict[tuple, int] = {}
    which = [places.setdefault(place, len(places)) for place in of_groups]
    of_part = bool(part_asked(question.by, filters))
    days = [_last_day(warehouse, question, dict(zip(times, place[2:], strict=True))) for place in places]
    of_places = [
        [
            NO_TARGET if of_part and "evaluations" in metric.sources else warehouse.targets.of(metric, day, center, queue)
            for (center, queue, *_times), day in zip(places, days, strict=True)
        ]
        for metric in metrics
    ]
    held = _bounds_of(of_places)
    return Bounds(*(getattr(held, bound.name)[:, which] for bound in fields(Bounds)))


def _centers(warehouse: Warehouse, groups: pl.DataFrame, own_center: str | None, height: int) -> list[str | None]:
    """The center of each group, by its agent where it names none."""
    centers = groups["center"].to_list() if "center" in groups.columns else [own_center] * height
    if "agent" not in groups.columns:
        return centers
    return [center or warehouse.center_of_agent.get(agent or "") for center, agent in zip(centers, groups["agent"].to_list(), strict=True)]


def _bounds_of(targets: list[list[Target]]) -> Bounds:
    """The targets of each metric and group as arrays."""
    def numbers(name: str) -> Numbers:
        return np.array([[getattr(target, name) for target in row] for row in targets], dtype=float).reshape(len(targets), -1)

    return Bounds(numbers("minimum"), numbers("maximum"), numbers("gap"), numbers("is_default").astype(bool))


def _only(chosen: tuple[str, ...] | None) -> str | None:
    return chosen[0] if chosen and len(chosen) == 1 else None


def _last_day(warehouse: Warehouse, question: Question, times: dict[Grain, date | None]) -> date:
    ends = [question.filters.date_to, warehouse.span.until]
    ends += [bucket_end(start, grain, question.filters.month_start) for grain, start in times.items() if start]
    return date.fromordinal(min(end for end in ends if end is not None).toordinal() - 1)


def _against_headquarters(
    figures: Figures, warehouse: Warehouse, metric: Metric, question: Question, groups: pl.DataFrame, gap: Numbers
) -> tuple[Numbers, Numbers, Numbers]:
    """Headquarters' own value, and low and high of the difference from it, where a center is held against it; else nan.

    Headquarters is measured whole, whatever teams and agents are asked for.
    """
    nothing = np.full(gap.shape, np.nan)
    headquarters = warehouse.headquarters
    if headquarters is None or metric.interval != "wilson" or np.isnan(gap).all():
        return nothing, nothing, nothing
    own_center = _only(question.filters.within(question.scope).centers)
    centers = groups["center"].to_list() if "center" in groups.columns else [own_center] * len(gap)
    held = ~np.isnan(gap) & np.array([center not in (None, headquarters) for center in centers], dtype=bool)
    if not held.any():
        return nothing, nothing, nothing
    successes, trials = _of_headquarters(warehouse, metric, question, groups, headquarters)
    successes, trials = np.where(held, successes, np.nan), np.where(held & (trials > 0), trials, np.nan)
    confidence = warehouse.config.statistics.confidence
    _difference, low, high = proportion_difference(figures["numerator"], figures["denominator"], successes, trials, confidence)
    return successes / trials, low, high


def _of_headquarters(warehouse: Warehouse, metric: Metric, question: Question, groups: pl.DataFrame, headquarters: str) -> tuple[Numbers, Numbers]:
    """Numerator and denominator of headquarters beside each group: the same but for center, team and agent."""
    shared = tuple(name for name in question.by if name not in ("center", "team", "agent"))
    filters = replace(question.filters, centers=(headquarters,), teams=None, agents=None)
    sums = warehouse.sums(Question((metric.key,), shared, filters, None))
    own = figures_of(sums, [metric])
    counts = dict(zip(sums.select(shared).rows() if shared else [()], zip(own["numerator"][0], own["denominator"][0], strict=True), strict=True))
    asked = groups.select(shared).rows() if shared else [()] * max(groups.height, 1)
    successes, trials = np.array([counts.get(values, (np.nan, np.nan)) for values in asked], dtype=float).T
    return successes, trials


def _verdicts(metrics: Sequence[Metric], figures: Figures, bounds: Bounds, gap_low: Numbers, gap_high: Numbers, least_n: int) -> NDArray[np.str_]:
    """met or missed where the interval lies on one side of the target, else uncertain; too_few below the least n.

    A metric without an interval is a full count: its value alone decides. So it does for a target that asks for every
    single case, which no interval can ever reach. A center misses when it trails headquarters by the gap or more.
    """
    value, low, high, n = (figures[name] for name in ("value", "low", "high", "n"))
    minimum, maximum, gap = bounds.minimum, bounds.maximum, bounds.gap
    is_full_count, is_share, is_poisson = (
        np.array([[check] for check in checks])
        for checks in zip(*((metric.interval == "none", metric.unit == "share", metric.interval == "poisson") for metric in metrics), strict=True)
    )
    held_to_gap = ~np.isnan(gap) & ~np.isnan(gap_high)
    has_target = ~np.isnan(minimum) | ~np.isnan(maximum) | held_to_gap
    known = ~np.isnan(value)
    by_value = known & (is_full_count | ((minimum == 1) | (maximum == 0)) & is_share)
    too_few = ~known | ((n < least_n) & ~is_poisson)
    # A bound that is not there is nan, and no number is below or above it.
    missed = (high < minimum) | (low > maximum) | (held_to_gap & (gap_high <= -gap))
    straddles = (low < minimum) | (high < minimum) | (low > maximum) | (high > maximum) | (held_to_gap & (gap_low <= -gap))
    is_off = (value < minimum) | (value > maximum)
    return np.select(
        [~has_target, by_value & is_off, by_value, too_few, np.isnan(low) | np.isnan(high), missed, straddles],
        ["no_target", "missed", "met", "too_few", "uncertain", "missed", "uncertain"],
        "met",
    )


def signals(figures: Figures, metric: Metric, groups: pl.DataFrame, minimum: Numbers, maximum: Numbers, config: Config) -> list[str]:
    """Does each group differ from the others of the same period beyond noise, all comparisons allowed for (Holm)?

    too_few: below the least n, or not testable. Rows of no group (calls that no agent took) are none, and are no part
    of the others. A metric without a better direction is never called better or worse; one with a band is worse outside of it.
    """
    statistics = config.statistics
    if metric.interval == "none" or not groups.height:
        return ["none"] * groups.height
    named = np.full(groups.height, True)
    for column in groups:
        if column.null_count():
            named &= column.is_not_null().to_numpy()
    enough = named & (figures["denominator"] > 0 if metric.interval == "poisson" else figures["n"] >= statistics.least_n)
    p, rest = np.full(groups.height, np.nan), np.full(groups.height, np.nan)
    for rows in _compared_together(groups):
        chosen = rows[enough[rows]]
        part = {name: figures[name][chosen] for name in MOMENTS if name in figures}
        p[chosen], rest[chosen] = _p_values(part, metric), _value_of_rest(part)
    words = np.where(named & np.isnan(p), "too_few", "none").tolist()
    for i in np.flatnonzero(holm(p, 1 - statistics.confidence)):
        words[i] = _direction(figures["value"][i], rest[i], metric, minimum[i], maximum[i])
    return words


def _compared_together(groups: pl.DataFrame) -> list[NDArray[np.intp]]:
    """Row numbers of the groups that are held against each other: those of one period, or the periods themselves."""
    times = [name for name in groups.columns if name in GRAINS]
    if not times or len(times) == groups.width:
        return [np.arange(groups.height)]
    rows: dict[tuple, list[int]] = {}
    for row, period in enumerate(groups.select(times).rows()):
        rows.setdefault(period, []).append(row)
    return [np.array(found) for found in rows.values()]


def _p_values(figures: Figures, metric: Metric) -> Numbers:
    if metric.interval == "wilson":
        return proportions_against_rest(figures["numerator"], figures["denominator"])
    if metric.interval == "poisson":
        return rates_against_rest(figures["numerator"], figures["denominator"])
    known = known_units(figures) if metric.interval == "mean" else figures
    return ratios_against_rest(*(known[name] for name in MOMENTS))


def known_units(figures: Figures) -> Figures:
    """The sums over those units of a mean that are known one by one."""
    units = figures["denominator_squared"]
    return figures | {"numerator": figures["product"], "denominator": units, "n": units}


def _value_of_rest(figures: Figures) -> Numbers:
    numerator, denominator = figures["numerator"], figures["denominator"]
    with np.errstate(divide="ignore", invalid="ignore"):
        return (np.nansum(numerator) - numerator) / (np.nansum(denominator) - denominator)


def _direction(value: float, rest: float, metric: Metric, minimum: float, maximum: float) -> str:
    if metric.better == "neither":
        return "none"
    if metric.better == "band":
        is_off, rest_is_off = (bool(number < minimum or number > maximum) for number in (value, rest))
        if is_off == rest_is_off:
            return "none"
        return "worse" if is_off else "better"
    return "better" if (value > rest) == (metric.better == "higher") else "worse"
