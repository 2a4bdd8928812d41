"""The headline figures of a period: where they stand, where they came from, how they ran."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from qa.changes import Change, changes
from qa.filters import Asked, Filters, Scope
from qa.measured import measured, monthly_course, over_months
from qa.metrics import METRICS, Metric
from qa.results import answer, fetch_ahead
from qa.warehouse import Warehouse

GROUPS = ("quality", "customers", "calls")
HEADLINES = tuple(key for group in GROUPS for key, metric in METRICS.items() if metric.headline and metric.group == group)
OTHERS = tuple(key for group in GROUPS for key, metric in METRICS.items() if metric.group == group and not metric.headline)
AGENT_METRICS = ("pass_rate", "mean_score", "fatal_accuracy", "satisfaction_rate", "first_call_resolution", "mean_handling")


@dataclass(frozen=True)
class Headline:
    """One headline metric: its row of ``qa.results.answer``, its change, and its months (``qa.measured.monthly_course``)."""

    metric: Metric
    row: dict
    change: Change | None
    course: pl.DataFrame
    month_start: int = 1


def headlines(warehouse: Warehouse, scope: Scope, asked: Asked, keys: Sequence[str] = HEADLINES) -> list[Headline]:
    """The headline metrics, or those named, that have data in the period, in the order of the catalogue's groups or as named."""
    fetch_ahead(warehouse, scope, wanted_for(keys, asked))
    frame = answer(warehouse, keys, (), asked.filters, scope)
    rows = {row["metric"]: row for row in frame.iter_rows(named=True) if row["value"] is not None}
    courses = monthly_course(warehouse, rows, (), asked.filters, scope)
    moved = _changes(warehouse, scope, asked, rows)
    return [Headline(METRICS[key], row, moved.get(key), courses[key], asked.filters.month_start) for key, row in rows.items()]


def others_with_target(warehouse: Warehouse) -> list[str]:
    """Metrics of the same groups without a tile that are held against a target of their own."""
    return [key for key in OTHERS if not METRICS[key].target_of and warehouse.targets.any_of(METRICS[key])]


def others_missed(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[dict]:
    """Rows of ``qa.results.answer`` of metrics that have no tile and miss their target beyond doubt."""
    frame = answer(warehouse, others_with_target(warehouse), (), asked.filters, scope)
    return [] if frame.is_empty() else frame.filter(pl.col("verdict") == "missed").to_dicts()


def wanted_for(keys: Sequence[str], asked: Asked) -> list[tuple[Sequence[str], tuple[str, ...], Filters]]:
    """What ``headlines`` asks for: the period, the one before, and the months."""
    wanted = [(keys, (), asked.filters), (keys, ("month",), over_months(asked.filters))]
    return wanted if asked.before is None else [*wanted, (keys, (), asked.before)]


def centers_judged(warehouse: Warehouse, scope: Scope, asked: Asked) -> pl.DataFrame:
    """The headline metrics of every center, judged; empty when there is only one."""
    frame = answer(warehouse, HEADLINES, ("center",), asked.filters, scope)
    return frame if not frame.is_empty() and frame["center"].n_unique() > 1 else frame.clear()


def agents_judged(warehouse: Warehouse, scope: Scope, asked: Asked) -> pl.DataFrame:
    """The metrics an agent answers for, by center, team and agent; rows without an agent are left out."""
    frame = answer(warehouse, AGENT_METRICS, ("center", "team", "agent"), asked.filters, scope)
    return frame if frame.is_empty() else frame.filter(pl.col("agent").is_not_null() & pl.col("value").is_not_null())


def _changes(warehouse: Warehouse, scope: Scope, asked: Asked, rows: dict[str, dict]) -> dict[str, Change]:
    if asked.before is None:
        return {}
    frames = measured(warehouse, rows, (), asked.before, scope)
    before = {key: frame.row(0, named=True) for key, frame in frames.items() if not frame.is_empty()}
    keys = list(rows)
    found = changes([METRICS[key] for key in keys], [rows[key] for key in keys], [before.get(key) for key in keys], warehouse.config)
    return dict(zip(keys, found, strict=True))
