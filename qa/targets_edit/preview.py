"""How many centers and agents a target would have been met by, period by period, next to the targets as they were."""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from qa.filters import Filters, Scope
from qa.judging import VERDICTS
from qa.metrics import METRICS
from qa.periods import bucket_at
from qa.query import obstacle
from qa.results import answer
from qa.targets import Targets
from qa.targets_edit.rows import TargetRow, as_frame
from qa.warehouse import Warehouse

PERIODS = 12
LONG_AGO = date(1, 1, 1)
Counts = dict[str, int]
"""Verdict -> how many centers or agents."""


@dataclass(frozen=True)
class PeriodCounts:
    """One period: the centers and agents by verdict, by the targets as they were and by the new one; agents null where not recorded."""

    start: date
    centers_old: Counts
    centers_new: Counts
    agents_old: Counts | None
    agents_new: Counts | None


def preview(warehouse: Warehouse, scope: Scope, row: TargetRow, month_start: int = 1) -> list[PeriodCounts]:
    """The last twelve months up to the last day of the data, the latest first. Verdicts are the board's own."""
    last = bucket_at(warehouse.span.last_day, "month", month_start)
    first = bucket_at(warehouse.span.last_day, "month", month_start, 1 - PERIODS)
    queues = None if row.queue is None else (row.queue,)
    filters = Filters(first.date_from, last.date_to, centers=None if row.center is None else (row.center,), queues=queues, month_start=month_start)
    changed = with_target(warehouse, row)
    counted = [_by_period(build, scope, row.metric, group, filters) for group in ("center", "agent") for build in (warehouse, changed)]
    starts = sorted({start for counts in counted for start in counts or ()}, reverse=True)
    return [PeriodCounts(start, *(None if counts is None else counts.get(start, {}) for counts in counted)) for start in starts]


def with_target(warehouse: Warehouse, row: TargetRow) -> Warehouse:
    """The same build judged as if the row had always held in its place."""
    frame = warehouse.organisation()["targets"]
    same = pl.col("metric").eq_missing(pl.lit(row.metric)) & pl.col("center_id").eq_missing(pl.lit(row.center, pl.String))
    frame = frame.filter(~(same & pl.col("queue").eq_missing(pl.lit(row.queue, pl.String))))
    return warehouse.with_targets(Targets(pl.concat([frame, as_frame(replace(row, valid_from=LONG_AGO), frame.schema)])))


def _by_period(warehouse: Warehouse, scope: Scope, key: str, group: str, filters: Filters) -> dict[date, Counts] | None:
    if obstacle(METRICS[key], (group, "month"), filters):
        return None
    frame = answer(warehouse, [key], (group, "month"), filters, scope)
    if frame.is_empty():
        return {}
    frame = frame.filter(pl.col(group).is_not_null() & pl.col("value").is_not_null())
    found: dict[date, Counts] = {}
    for month, verdict in frame.select("month", "verdict").iter_rows():
        counts = found.setdefault(month, dict.fromkeys(VERDICTS, 0))
        counts[verdict] += 1
    return found


def counts_now(warehouse: Warehouse, scope: Scope, keys: list[str], group: str, filters: Filters) -> dict[tuple[str, str], Counts]:
    """(metric, center) -> verdicts of the center, or of its agents, in the filters' period."""
    asked = [key for key in keys if not obstacle(METRICS[key], (group,), filters)]
    frame = answer(warehouse, asked, (group,), filters, scope)
    found: dict[tuple[str, str], Counts] = {}
    for row in frame.iter_rows(named=True) if not frame.is_empty() else ():
        center = row["center"] if group == "center" else warehouse.center_of_agent.get(row["agent"] or "")
        if center is not None and row["value"] is not None:
            counts = found.setdefault((row["metric"], center), dict.fromkeys(VERDICTS, 0))
            counts[row["verdict"]] += 1
    return found
