"""The appraisal of agents: the configured parts as points, their weighted mean, the grade, and how sure it is.

A part that is not known is not zero: without it there is no score. Intervals are carried through: within one source, whose
figures rise and fall together, half-widths add up; between sources their squares do (G. Y. Zou and A. Donner 2008,
Stat Med 27:1693-1702, doi:10.1002/sim.3095), on either side by itself.
"""

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import numpy as np
import polars as pl
from numpy.typing import NDArray

from qa.agents.figures import ROWS, everybody, teams_of
from qa.config import Appraisal, Part, VolumeMetric
from qa.filters import Filters, Scope
from qa.judging import nullable
from qa.measured import measured, with_interval
from qa.metrics import METRICS
from qa.warehouse import Warehouse

BY = ROWS["agent"]
GRADES = ("unqualified", "qualified", "good", "excellent")
VOLUMES = get_args(VolumeMetric)
Numbers = NDArray[np.float64]


def appraisals(warehouse: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """Everybody with any part, by center and agent.

    Columns: center, agent, score, low, high, grade, grade_low, grade_high (what the interval allows), state: certain,
    uncertain (the interval reaches across a bound), too_few (below the least n, no matter how it lies), missing (no score);
    then for each part ``<name>.value``, its points ``.points``, ``.low``, ``.high``, ``.n`` and for volumes ``.norm``.
    """
    rules = warehouse.config.appraisal
    frames = [_part(warehouse, scope, filters, part) for part in rules.parts]
    people = pl.concat([frame.select(BY) for frame in frames]).unique().sort(BY)
    for frame in frames:
        people = people.join(frame, on=BY, how="left", maintain_order="left")
    return people.select(*BY, *_scored(people, rules, warehouse.config.statistics.least_n), pl.exclude(BY))


def part_name(part: Part) -> str:
    """What a part is called in columns: its metric and the kinds that count."""
    return "_".join((part.metric, *part.kinds))


def grade_of(score: float, rules: Appraisal) -> int:
    """The grade's place in GRADES."""
    bounds = rules.grades
    return sum(score >= bound for bound in (bounds.qualified, bounds.good, bounds.excellent))


def _part(warehouse: Warehouse, scope: Scope, filters: Filters, part: Part) -> pl.DataFrame:
    """center, agent, and the part's columns; nobody where the metric cannot be asked this way."""
    name, metric = part_name(part), METRICS[part.metric]
    asked = replace(filters, kinds=part.kinds) if part.kinds else filters
    frame = measured(warehouse, [metric.key], BY, asked, scope).get(metric.key)
    if frame is None:
        empty = {group: pl.String for group in BY} | {f"{name}.{column}": pl.Float64 for column in ("value", "points", "low", "high", "n", "norm")}
        return pl.DataFrame(schema=empty)
    frame = with_interval(frame.filter(pl.col("agent").is_not_null() & pl.col("value").is_not_null()), metric, warehouse.config.statistics.confidence)
    norm = _norms(warehouse, scope, filters, part, frame) if part.metric in VOLUMES else np.full(frame.height, np.nan)
    points, low, high = (_points(frame[column].cast(pl.Float64).to_numpy(), part, norm) for column in ("value", "low", "high"))
    if metric.better == "lower":
        low, high = high, low
    if metric.interval == "none":
        low = high = points
    low, high = np.minimum(points, np.maximum(low, 0)), np.maximum(points, np.minimum(high, 100))
    figures = {"value": frame["value"], "points": nullable(points), "low": nullable(low), "high": nullable(high), "n": frame["n"].cast(pl.Float64)}
    return frame.select(BY).with_columns(*(column.alias(f"{name}.{key}") for key, column in figures.items()), nullable(norm).alias(f"{name}.norm"))


def _points(values: Numbers, part: Part, norm: Numbers) -> Numbers:
    """0-100: a share of 100, points as they are, a volume against its norm and no more than it."""
    if part.metric in VOLUMES:
        return np.clip(values / norm, 0, 1) * 100
    scale = 100.0 if METRICS[part.metric].unit == "share" else 1.0
    return 100 - values * scale if METRICS[part.metric].better == "lower" else values * scale


def _norms(warehouse: Warehouse, scope: Scope, filters: Filters, part: Part, frame: pl.DataFrame) -> Numbers:
    """The volume worth 100 points for each row: a number, or a median over all agents of the center or team, whoever is shown.

    Counts are held against the norm for as much of the period as the agent was employed.
    """
    is_count = METRICS[part.metric].unit == "count"
    own_share = employed_share(warehouse, filters, frame["agent"]) if is_count else np.ones(frame.height)
    if isinstance(part.norm, float):
        return part.norm * own_share
    everyone = measured(warehouse, [part.metric], BY, everybody(filters), scope)[part.metric]
    everyone = everyone.filter(pl.col("agent").is_not_null() & (pl.col("value") > 0)).select(*BY, "value")
    if is_count:
        everyone = everyone.with_columns(pl.col("value") / pl.Series(employed_share(warehouse, filters, everyone["agent"])))
    own = _with_team(warehouse, filters, frame.select(BY))
    group = ["center", "team"] if part.norm == "team_median" else ["center"]
    medians = _with_team(warehouse, filters, everyone).group_by(group).agg(pl.col("value").median())
    return own.join(medians, on=group, how="left", maintain_order="left", nulls_equal=True)["value"].to_numpy() * own_share


def employed_share(warehouse: Warehouse, filters: Filters, agents: pl.Series) -> Numbers:
    """The share of the period's days, as far as the data go, on which each agent was employed by the roster (0-1].

    1 where the roster does not say, or says something else than the agent's records in this period.
    """
    span = warehouse.span
    first, until = max(filters.date_from or span.first_day, span.first_day), min(filters.date_to or span.until, span.until)
    roster = warehouse.agents.group_by("agent_id").agg(
        pl.col("hired_on").min(), pl.when(pl.col("left_on").null_count() == 0).then(pl.col("left_on").max()).alias("left_on")
    )
    begin = pl.max_horizontal(pl.col("hired_on"), pl.lit(first))
    end = pl.min_horizontal(pl.col("left_on") + timedelta(days=1), pl.lit(until))
    days = pl.DataFrame({"agent_id": agents}).join(roster, on="agent_id", how="left", maintain_order="left").select((end - begin).dt.total_days())
    share = days.to_series().fill_null(0).to_numpy() / max((until - first).days, 1)
    return np.where(share > 0, share, 1.0)


def _with_team(warehouse: Warehouse, filters: Filters, frame: pl.DataFrame) -> pl.DataFrame:
    teams = teams_of(warehouse, filters)
    return frame.with_columns(pl.Series("team", [teams.get(key) for key in frame.select(BY).iter_rows()], dtype=pl.String))


def _scored(people: pl.DataFrame, rules: Appraisal, least_n: int) -> list[pl.Series]:
    """Score, interval, grades and state, from the parts' columns."""
    parts = [part for part in rules.parts if part.weight]
    weights = np.array([part.weight for part in parts]) / sum(part.weight for part in parts)
    points, low, high, n = (
        np.array([people[f"{part_name(part)}.{column}"].to_numpy() for part in parts], dtype=float).reshape(len(parts), people.height)
        for column in ("points", "low", "high", "n")
    )
    score = weights @ points
    below, above = _half_width(points - low, weights, parts), _half_width(high - points, weights, parts)
    least = -np.inf if rules.every_part_at_least is None else rules.every_part_at_least
    grade, grade_low, grade_high = (
        _graded(total, part, rules, least) for total, part in ((score, points), (score - below, low), (score + above, high))
    )
    sampled = np.array([METRICS[part.metric].interval not in ("none", "poisson") for part in parts])
    few = (sampled[:, None] & (n < least_n)).any(axis=0) | np.isnan(below) | np.isnan(above)
    state = np.select([np.isnan(score), few, grade_low == grade_high], ["missing", "too_few", "certain"], "uncertain")
    known = ~np.isnan(score)
    return [
        nullable(score).alias("score"),
        nullable(score - below).alias("low"),
        nullable(np.where(known, np.minimum(score + above, 100), np.nan)).alias("high"),
        *(
            pl.Series(name, [GRADES[place] if is_known else None for place, is_known in zip(places, known, strict=True)], dtype=pl.String)
            for name, places in (("grade", grade), ("grade_low", grade_low), ("grade_high", grade_high))
        ),
        pl.Series("state", state.tolist(), dtype=pl.String),
    ]


def _half_width(widths: Numbers, weights: Numbers, parts: list[Part]) -> Numbers:
    """Of the weighted mean: added up within a source, by squares between sources."""
    by_source: dict[str, Numbers] = {}
    for part, width, weight in zip(parts, widths, weights, strict=True):
        source = METRICS[part.metric].sources[0]
        by_source[source] = by_source.get(source, np.zeros(widths.shape[1])) + weight * width
    return np.sqrt(sum(width**2 for width in by_source.values()))


def _graded(scores: Numbers, points: Numbers, rules: Appraisal, least: float) -> NDArray[np.intp]:
    grades = np.array([grade_of(score, rules) for score in scores], dtype=int)
    return np.where((points < least).any(axis=0), 0, grades)
