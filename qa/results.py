"""Sums -> what is said of them: value, interval, target, verdict, and whether a group differs from the others."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.config import Config
from qa.filters import Filters, Scope
from qa.metrics import METRICS, Metric
from qa.periods import GRAINS, bucket_end
from qa.query import Question, obstacle, part_asked, questions
from qa.stats.comparisons import holm, proportions_against_rest, rates_against_rest, ratios_against_rest
from qa.stats.differences import proportion_difference
from qa.stats.intervals import poisson_rate_interval, ratio_interval, wilson
from qa.targets import NO_TARGET, Target
from qa.warehouse import Warehouse

Numbers = NDArray[np.float64]
MOMENTS = ("numerator", "denominator", "n", "numerator_squared", "product", "denominator_squared")
VERDICTS = ("met", "missed", "uncertain", "too_few", "no_target")


def answer(warehouse: Warehouse, keys: Sequence[str], by: Sequence[str], filters: Filters, scope: Scope) -> pl.DataFrame:
    """Every metric for every group, in the order asked.

    Columns: metric, the groups, numerator, denominator, value, low, high, n, minimum, maximum, gap, is_default_target,
    headquarters (its value where a gap is judged), verdict (met, missed, uncertain, too_few, no_target),
    signal (better, worse, none, too_few; null without groups) and the moments of means and ratios.
    A metric that cannot be asked this way has no rows.
    """
    frames = {}
    for question in questions(askable(warehouse, keys, by, filters), by, filters, scope):
        sums = warehouse.sums(question)
        groups = [dict(zip(by, values, strict=True)) for values in sums.select(by).rows()] if by else [{}]
        for key in question.metrics:
            frames[key] = judge(warehouse, METRICS[key], question, groups, of_metric(sums, METRICS[key], by))
    ordered = [frames[key] for key in keys if key in frames]
    return pl.concat(ordered, how="diagonal") if ordered else pl.DataFrame()


def askable(warehouse: Warehouse, keys: Iterable[str], by: Sequence[str], filters: Filters) -> list[str]:
    """Those of the metrics that can be asked this way of these extracts."""
    return [key for key in keys if not obstacle(METRICS[key], by, filters) and not warehouse.missing_tables(METRICS[key].sources)]


def fetch_ahead(warehouse: Warehouse, scope: Scope, wanted: Iterable[tuple[Iterable[str], Sequence[str], Filters]]) -> None:
    """Let the warehouse fetch what is about to be asked, each as (metrics, groups, filters), in as few queries as can be."""
    found = [question for keys, by, filters in wanted for question in questions(askable(warehouse, keys, by, filters), by, filters, scope)]
    warehouse.ahead(found)


def of_metric(sums: pl.DataFrame, metric: Metric, by: Sequence[str]) -> pl.DataFrame:
    """The groups, value and figures of one metric, from the sums of several; no value where nothing counts."""
    prefix = f"{metric.key}."
    columns = {name.removeprefix(prefix): sums.get_column(name) for name in sums.columns if name.startswith(prefix)}
    numerator = columns["numerator"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        value = numerator if metric.unit == "count" else numerator / columns["denominator"].to_numpy()
    value = np.where(np.isfinite(value), value, np.nan)
    columns["value"] = nullable(value)
    columns["n"] = pl.Series(np.nan_to_num(columns["n"].to_numpy()).astype(np.int64))
    return pl.DataFrame({group: sums.get_column(group) for group in by} | columns)


def nullable(numbers: Numbers) -> pl.Series:
    """Floats as a column, nan as null."""
    return pl.Series(numbers, dtype=pl.Float64, nan_to_null=True)


def judge(warehouse: Warehouse, metric: Metric, question: Question, groups: list[dict], frame: pl.DataFrame) -> pl.DataFrame:
    """The figures of one metric with everything that is said of them; ``groups``: what each row stands for."""
    return held_against(warehouse, metric, question, groups, frame, _targets(warehouse, metric, question, groups))


def held_against(
    warehouse: Warehouse, metric: Metric, question: Question, groups: list[dict], frame: pl.DataFrame, targets: list[Target]
) -> pl.DataFrame:
    """The same, with the target of each row named."""
    config = warehouse.config
    low, high = interval(frame, metric, config.statistics.confidence)
    headquarters, gap_low, gap_high = _against_headquarters(frame, warehouse, metric, question, groups, targets)
    figures = {"value": column(frame, "value"), "low": low, "high": high, "n": column(frame, "n")}
    verdicts = _verdicts(metric, figures, targets, (gap_low, gap_high), config.statistics.least_n)
    said = {
        "low": nullable(low),
        "high": nullable(high),
        "minimum": nullable(_bounds(targets, "minimum")),
        "maximum": nullable(_bounds(targets, "maximum")),
        "gap": nullable(_bounds(targets, "gap")),
        "is_default_target": pl.Series([target.is_default for target in targets], dtype=pl.Boolean),
        "headquarters": nullable(headquarters),
        "verdict": pl.Series(verdicts, dtype=pl.String),
        "signal": pl.Series(signals(frame, metric, question.by, targets, config) if question.by else [None], dtype=pl.String),
    }
    named = {"metric": pl.Series([metric.key] * frame.height, dtype=pl.String)} | {group: frame[group] for group in question.by}
    made_of = {name: frame[name] for name in ("numerator", "denominator", "value", "n")}
    moments = {name: frame[name] for name in MOMENTS[3:] if name in frame.columns}
    return pl.DataFrame(named | made_of | said | moments)


def interval(frame: pl.DataFrame, metric: Metric, confidence: float) -> tuple[Numbers, Numbers]:
    """Low and high of each row by the metric's family; nan where the data carry none.

    A mean over units of which only some are known one by one (calls beside counts of calls) takes its spread from
    those, and so errs on the wide side.
    """
    if metric.interval == "wilson":
        return wilson(column(frame, "numerator"), column(frame, "denominator"), confidence)
    if metric.interval == "poisson":
        return poisson_rate_interval(column(frame, "numerator"), column(frame, "denominator"), confidence)
    if metric.interval == "mean":
        total, units, squares = (column(frame, name) for name in ("product", "denominator_squared", "numerator_squared"))
        low, high = ratio_interval(total, units, units, squares, total, units, confidence=confidence)
        half_width, value = (high - low) / 2, column(frame, "value")
        return value - half_width, value + half_width
    if metric.interval == "ratio":
        low, high = ratio_interval(*(column(frame, name) for name in MOMENTS), confidence=confidence)
        return (np.clip(low, 0, 1), np.clip(high, 0, 1)) if metric.unit == "share" else (low, high)
    nothing = np.full(frame.height, np.nan)
    return nothing, nothing


def column(frame: pl.DataFrame, name: str) -> Numbers:
    """A column as floats, null as nan."""
    return frame.get_column(name).cast(pl.Float64).to_numpy()


def _targets(warehouse: Warehouse, metric: Metric, question: Question, groups: list[dict]) -> list[Target]:
    """The target of each group: that of its center and queue on the last day the group covers."""
    filters = question.filters.within(question.scope)
    if "evaluations" in metric.sources and part_asked(question.by, filters):
        return [NO_TARGET] * len(groups)
    own_center, own_queue = _only(filters.centers), _only(filters.queues)
    held: dict[tuple, Target] = {}
    targets = []
    for group in groups:
        center = group.get("center", own_center) or warehouse.center_of_agent.get(group.get("agent") or "")
        place = (center, group.get("queue", own_queue), *(group[grain] for grain in GRAINS if grain in group))
        if place not in held:
            held[place] = warehouse.targets.of(metric, _last_day(warehouse, filters, group), place[0], place[1])
        targets.append(held[place])
    return targets


def _only(chosen: tuple[str, ...] | None) -> str | None:
    return chosen[0] if chosen and len(chosen) == 1 else None


def _last_day(warehouse: Warehouse, filters: Filters, group: dict) -> date:
    ends = [filters.date_to, warehouse.span.until]
    ends += [bucket_end(group[grain], grain, filters.month_start) for grain in GRAINS if group.get(grain)]
    return date.fromordinal(min(end for end in ends if end is not None).toordinal() - 1)


def _against_headquarters(
    frame: pl.DataFrame, warehouse: Warehouse, metric: Metric, question: Question, groups: list[dict], targets: list[Target]
) -> tuple[Numbers, Numbers, Numbers]:
    """Headquarters' own value, and low and high of the difference from it, where a center is held against it; else nan.

    Headquarters is measured whole, whatever teams and agents are asked for.
    """
    nothing = np.full(frame.height, np.nan)
    own_center = _only(question.filters.within(question.scope).centers)
    headquarters = warehouse.headquarters
    if headquarters is None or metric.interval != "wilson" or all(target.gap is None for target in targets):
        return nothing, nothing, nothing
    held = [target.gap is not None and group.get("center", own_center) not in (None, headquarters) for group, target in zip(groups, targets, strict=True)]
    if not any(held):
        return nothing, nothing, nothing
    shared = tuple(group for group in question.by if group not in ("center", "team", "agent"))
    filters = replace(question.filters, centers=(headquarters,), teams=None, agents=None)
    own = of_metric(warehouse.sums(Question((metric.key,), shared, filters, None)), metric, shared)
    counts = {values[:-2]: values[-2:] for values in own.select(*shared, "numerator", "denominator").rows()}
    beside = [counts.get(tuple(group[name] for name in shared), (None, None)) if is_held else (None, None) for group, is_held in zip(groups, held, strict=True)]
    successes, trials = np.array(beside, dtype=float).T
    trials = np.where(trials > 0, trials, np.nan)
    confidence = warehouse.config.statistics.confidence
    _difference, low, high = proportion_difference(column(frame, "numerator"), column(frame, "denominator"), successes, trials, confidence)
    return successes / trials, low, high


def _verdicts(metric: Metric, figures: dict[str, Numbers], targets: list[Target], gaps: tuple[Numbers, Numbers], least_n: int) -> list[str]:
    """met or missed where the interval lies on one side of the target, else uncertain; too_few below the least n.

    ``figures``: value, low, high and n; ``gaps``: low and high of the difference from headquarters, nan where none is judged.
    A metric without an interval is a full count: its value alone decides. So it does for a target that asks for every
    single case, which no interval can ever reach. A center misses when it trails headquarters by the gap or more.
    """
    value, low, high, n = (figures[name] for name in ("value", "low", "high", "n"))
    minimum, maximum, gap = (_bounds(targets, name) for name in ("minimum", "maximum", "gap"))
    gap_low, gap_high = gaps
    held_to_gap = ~np.isnan(gap) & ~np.isnan(gap_high)
    has_target = ~np.isnan(minimum) | ~np.isnan(maximum) | held_to_gap
    known = ~np.isnan(value)
    by_value = known & (metric.interval == "none" or ((minimum == 1) | (maximum == 0)) & (metric.unit == "share"))
    too_few = ~known | ((n < least_n) & (metric.interval != "poisson"))
    # A bound that is not there is nan, and no number is below or above it.
    missed = (high < minimum) | (low > maximum) | (held_to_gap & (gap_high <= -gap))
    straddles = (low < minimum) | (high < minimum) | (low > maximum) | (high > maximum) | (held_to_gap & (gap_low <= -gap))
    is_off = (value < minimum) | (value > maximum)
    return np.select(
        [~has_target, by_value & is_off, by_value, too_few, np.isnan(low) | np.isnan(high), missed, straddles],
        ["no_target", "missed", "met", "too_few", "uncertain", "missed", "uncertain"],
        "met",
    ).tolist()


def _bounds(targets: Sequence[Target], name: str) -> Numbers:
    """One bound of each target, nan where it has none."""
    return np.array([getattr(target, name) for target in targets], dtype=float)


def signals(frame: pl.DataFrame, metric: Metric, by: Sequence[str], targets: Sequence[Target], config: Config) -> list[str]:
    """Does each group differ from the others of the same period beyond noise, all comparisons allowed for (Holm)?

    too_few: below the least n, or not testable. Rows of no group (calls that no agent took) are none, and are no part
    of the others. A metric without a better direction is never called better or worse; one with a band is worse outside of it.
    """
    if metric.interval == "none" or frame.is_empty():
        return ["none"] * frame.height
    named = np.logical_and.reduce([frame.get_column(group).is_not_null().to_numpy() for group in by])
    enough = named & (column(frame, "denominator") > 0 if metric.interval == "poisson" else column(frame, "n") >= config.statistics.least_n)
    numbers = {name: column(frame, name) for name in MOMENTS if name in frame.columns}
    p, rest = np.full(frame.height, np.nan), np.full(frame.height, np.nan)
    for rows in _compared_together(frame, by):
        chosen = rows[enough[rows]]
        part = {name: values[chosen] for name, values in numbers.items()}
        p[chosen], rest[chosen] = _p_values(part, metric), _value_of_rest(part)
    flagged = holm(p, 1 - config.statistics.confidence)
    values = column(frame, "value")
    return [
        "too_few" if named[i] and np.isnan(p[i]) else _direction(values[i], rest[i], metric, targets[i]) if flagged[i] else "none"
        for i in range(frame.height)
    ]


def _compared_together(frame: pl.DataFrame, by: Sequence[str]) -> list[NDArray[np.intp]]:
    """Row numbers of the groups that are held against each other: those of one period, or the periods themselves."""
    times = [group for group in by if group in GRAINS]
    if not times or len(times) == len(by):
        return [np.arange(frame.height)]
    rows: dict[tuple, list[int]] = {}
    for row, period in enumerate(frame.select(times).rows()):
        rows.setdefault(period, []).append(row)
    return [np.array(found) for found in rows.values()]


def _p_values(numbers: dict[str, Numbers], metric: Metric) -> Numbers:
    if metric.interval == "wilson":
        return proportions_against_rest(numbers["numerator"], numbers["denominator"])
    if metric.interval == "poisson":
        return rates_against_rest(numbers["numerator"], numbers["denominator"])
    known = known_units(numbers) if metric.interval == "mean" else numbers
    return ratios_against_rest(*(known[name] for name in MOMENTS))


def known_units(numbers: dict[str, Numbers]) -> dict[str, Numbers]:
    """The sums over those units of a mean that are known one by one."""
    units = numbers["denominator_squared"]
    return numbers | {"numerator": numbers["product"], "denominator": units, "n": units}


def _value_of_rest(numbers: dict[str, Numbers]) -> Numbers:
    numerator, denominator = numbers["numerator"], numbers["denominator"]
    with np.errstate(divide="ignore", invalid="ignore"):
        return (np.nansum(numerator) - numerator) / (np.nansum(denominator) - denominator)


def _direction(value: float, rest: float, metric: Metric, target: Target) -> str:
    if metric.better == "neither":
        return "none"
    if metric.better == "band":
        if not target or target.holds(value) == target.holds(rest):
            return "none"
        return "better" if target.holds(value) else "worse"
    return "better" if (value > rest) == (metric.better == "higher") else "worse"
