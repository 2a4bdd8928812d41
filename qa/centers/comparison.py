"""Centers beside each other: every metric against its target and against headquarters, and one metric at the same mix."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from qa.centers.gaps import Part, gap_of, known, moments_of
from qa.centers.sides import Course, Side, seen_centers, sums_of
from qa.centers.splits import PEOPLE, SPLITS, splits_possible
from qa.changes import p_value
from qa.config import Config
from qa.filters import Filters, Scope
from qa.funnels import MetricFunnel, metric_funnel
from qa.headlines import HEADLINES
from qa.judging import MOMENTS
from qa.measured import measured, monthly_course, with_interval
from qa.metrics import METRICS
from qa.results import answer, fetch_ahead
from qa.stats.comparisons import holm
from qa.stats.standardisation import standardised
from qa.warehouse import Warehouse

CROSSING = tuple(split for split in SPLITS if split not in (*PEOPLE, "center"))

# Metrics in which a call that nobody answered counts.
UNANSWERED_COUNT = ("answer_rate", "abandonment_rate", "service_level", "answered_in_rings")


@dataclass(frozen=True)
class Beside:
    """One cell: the row of ``qa.results.answer``, and how far it lies from headquarters, or from the others where
    headquarters is not among the places; null where there is nothing of the kind.
    """

    row: dict
    gap: Part | None


@dataclass(frozen=True)
class Matrix:
    """Places x metrics. ``by``: "center", or "team" within a single center; ``reference``: headquarters among the places, or
    empty where each is held against the others together. ``cells``: by place and metric.
    """

    by: str
    filters: Filters
    reference: str
    places: tuple[str, ...]
    metrics: tuple[str, ...]
    cells: dict[tuple[str, str], Beside]

    @property
    def compares(self) -> bool:
        return len(self.places) > 1


@dataclass(frozen=True)
class Adjusted:
    """One place's crude value and the one at the mix of all together. ``covered``: the share of that mix it has work of."""

    place: str
    row: dict
    value: float | None
    low: float | None
    high: float | None
    covered: float


def place_filters(warehouse: Warehouse, scope: Scope, filters: Filters) -> tuple[str, Filters]:
    """Whether centers or the teams of one are compared, and the rows that are: headquarters stands beside any choice of centers.

    A single center without figures by team, as of counts of calls alone, is shown itself.
    """
    shown = [center for center in seen_centers(warehouse, scope) if filters.centers is None or center in filters.centers]
    if filters.teams or filters.agents:
        return "team", filters
    if len(shown) == 1 and (_has_figures(warehouse, scope, filters, "team") or not _has_figures(warehouse, scope, filters, "center")):
        return "team", filters
    if filters.centers is not None and warehouse.headquarters in seen_centers(warehouse, scope) and warehouse.headquarters not in shown:
        filters = replace(filters, centers=(warehouse.headquarters, *filters.centers))
    return "center", filters


def _has_figures(warehouse: Warehouse, scope: Scope, filters: Filters, by: str) -> bool:
    frame = answer(warehouse, HEADLINES, (by,), filters, scope)
    return not frame.is_empty() and not frame.drop_nulls([by, "value"]).is_empty()


def matrix(warehouse: Warehouse, scope: Scope, filters: Filters) -> Matrix:
    """The headline metrics of every place; that even one difference is told from noise by chance has at most 5 % (Holm)."""
    by, filters = place_filters(warehouse, scope, filters)
    frame = answer(warehouse, HEADLINES, (by,), filters, scope)
    untold = () if frame.is_empty() else untold_by(frame, by)
    rows = [] if frame.is_empty() else [
        row for row in frame.iter_rows(named=True) if row[by] is not None and row["value"] is not None and row["metric"] not in untold
    ]  # fmt: skip
    found = {row[by] for row in rows}
    ordered = [center for center in seen_centers(warehouse, scope) if center in found] if by == "center" else sorted(found)
    reference = warehouse.headquarters if by == "center" and warehouse.headquarters in found else ""
    metrics = tuple(dict.fromkeys(row["metric"] for row in rows))
    cells = judged(rows, by, reference, warehouse.config)
    return Matrix(by, filters, reference, tuple(ordered), metrics, cells)


def untold_by(frame: pl.DataFrame, by: str) -> set[str]:
    """The metrics of a frame of ``qa.results.answer`` that say nothing of teams: unanswered calls count in them, and some belong to no team.

    By team every call would have been answered then.
    """
    if by != "team":
        return set()
    nobodys = frame.filter(pl.col("metric").is_in(UNANSWERED_COUNT) & pl.col(by).is_null() & (pl.col("denominator") > 0))
    return set(nobodys["metric"])


def metrics_told(warehouse: Warehouse, scope: Scope, filters: Filters, keys: Sequence[str]) -> list[str]:
    """Those of the metrics that can be told of the places compared."""
    by, filters = place_filters(warehouse, scope, filters)
    frame = answer(warehouse, UNANSWERED_COUNT, (by,), filters, scope)
    untold = set() if frame.is_empty() else untold_by(frame, by)
    return [key for key in keys if key not in untold]


def judged(rows: Sequence[dict], by: str, reference: str, config: Config) -> dict[tuple[str, str], Beside]:
    """The cells of rows of ``qa.results.answer``: how far each lies from its reference, all cells allowed for."""
    least_n, confidence = config.statistics.least_n, config.statistics.confidence
    against = [_against(row, rows, by, reference) for row in rows]
    p = [p_value(METRICS[row["metric"]], row, other, least_n) if other else np.nan for row, other in zip(rows, against, strict=True)]
    flagged = holm(p, 1 - confidence)
    gaps = [
        gap_of(METRICS[row["metric"]], row, other, at, bool(real), confidence) if other else None
        for row, other, at, real in zip(rows, against, p, flagged, strict=True)
    ]
    return {(row[by], row["metric"]): Beside(row, gap) for row, gap in zip(rows, gaps, strict=True)}


def _against(row: dict, rows: Sequence[dict], by: str, reference: str) -> dict | None:
    """What a row is held against: that of headquarters, or the sums of all others; null for headquarters itself."""
    alike = [other for other in rows if other["metric"] == row["metric"] and other[by] != row[by]]
    if reference:
        return None if row[by] == reference else next((other for other in alike if other[by] == reference), None)
    sums = {name: sum(other[name] or 0.0 for other in alike) for name in MOMENTS if row.get(name) is not None}
    return sums | {"value": sums["numerator"] / sums["denominator"]} if alike and sums["denominator"] else None


def place_funnel(warehouse: Warehouse, scope: Scope, filters: Filters, key: str) -> MetricFunnel | None:
    """The funnel of the places; None for a metric without an interval or without figures."""
    by, filters = place_filters(warehouse, scope, filters)
    frame = measured(warehouse, [key], (by,), filters, scope).get(key)
    if frame is None:
        return None
    found = with_interval(frame.drop_nulls(by), METRICS[key], warehouse.config.statistics.confidence)
    return metric_funnel(found, METRICS[key], warehouse.config)


def mixes_possible(warehouse: Warehouse, scope: Scope, filters: Filters, key: str) -> list[str]:
    """The splits at whose common mix the places can be compared: those known for all of the work, with several segments."""
    by, filters = place_filters(warehouse, scope, filters)
    metric = METRICS[key]
    asked = [split for split in splits_possible(warehouse, metric, filters, Course(key, "one")) if split in CROSSING]
    fetch_ahead(warehouse, scope, [([key], (by, *dimensions), filters) for dimensions in ((), *(SPLITS[split] for split in asked))])
    whole = sums_of(warehouse, scope, metric, Side(filters), (by,))
    if whole is None:
        return []
    found = []
    for split in asked:
        sums = sums_of(warehouse, scope, metric, Side(filters), (by, *SPLITS[split]))
        segments = {group[1:] for group, values in sums.groups.items() if values[1]} if sums else set()
        if len(segments) > 1 and np.allclose(sums.whole[:2], whole.whole[:2], rtol=1e-9, atol=1e-9):
            found.append(split)
    return found


def adjusted(warehouse: Warehouse, scope: Scope, filters: Filters, key: str, split: str) -> list[Adjusted]:
    """Every place with its crude value and the one at the mix of all together, in the order of the matrix."""
    by, filters = place_filters(warehouse, scope, filters)
    metric = METRICS[key]
    frame = with_interval(measured(warehouse, [key], (by,), filters, scope)[key], metric, warehouse.config.statistics.confidence)
    rows = {row[by]: row for row in frame.iter_rows(named=True) if row[by] is not None and row["value"] is not None}
    order = [center for center in seen_centers(warehouse, scope) if center in rows] if by == "center" else sorted(rows)
    sums = sums_of(warehouse, scope, metric, Side(filters), (by, *SPLITS[split])) if split else None
    if sums is None or not order:
        return [Adjusted(place, rows[place], None, None, None, 0.0) for place in order]
    segments = list(dict.fromkeys(group[1:] for group in sums.groups))
    tables = [sums.array([(place, *segment) for segment in segments]) for place in order]
    own = {name: np.array([table[name] for table in tables]) for name in sums.names}
    groups, standard = moments_of(own, metric), moments_of({name: table.sum(axis=0) for name, table in own.items()}, metric)
    found = standardised(groups, standard, warehouse.config.statistics.confidence)
    values, lows, highs = (np.clip(end, 0, 1) if metric.unit == "share" else end for end in found[:3])
    return [
        Adjusted(place, rows[place], known(values[at]), known(lows[at]), known(highs[at]), float(found.covered[at]))
        for at, place in enumerate(order)
    ]


def place_courses(warehouse: Warehouse, scope: Scope, filters: Filters, key: str) -> pl.DataFrame:
    """The months of the metric by place; empty where it has none."""
    by, filters = place_filters(warehouse, scope, filters)
    frame = monthly_course(warehouse, [key], (by,), filters, scope).get(key)
    return pl.DataFrame() if frame is None else frame.drop_nulls(by)


def worst(found: Matrix) -> list[tuple[str, list[str], list[str]]]:
    """Each place with the metrics it misses its target in and those it is worse in beyond noise; the most on top, of as many the furthest off."""
    spreads = {key: float(np.std([cell.row["value"] for (_place, metric), cell in found.cells.items() if metric == key])) for key in found.metrics}
    listed = []
    for place in found.places:
        own = {key: found.cells[place, key] for key in found.metrics if (place, key) in found.cells}
        missed = [key for key, cell in own.items() if cell.row["verdict"] == "missed"]
        behind = [key for key, cell in own.items() if cell.gap is not None and cell.gap.direction == "worse"]
        off = {*missed, *behind}
        distance = sum(_distance(own[key]) / spreads[key] for key in off if spreads[key])
        listed.append(((-len(off), -len(behind), -distance), (place, missed, behind)))
    return [one for _order, one in sorted(listed, key=lambda pair: pair[0])]


def _distance(cell: Beside) -> float:
    """How far a cell lies from its target or, where that is more, from its reference."""
    bounds = [bound for bound in (cell.row["minimum"], cell.row["maximum"]) if bound is not None]
    off = min((abs(cell.row["value"] - bound) for bound in bounds), default=0.0) if cell.row["verdict"] == "missed" else 0.0
    return max(off, abs(cell.gap.value) if cell.gap is not None and cell.gap.direction == "worse" else 0.0)


