"""What the queries about customers share: their parameters, and headline figures of chosen metrics."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from qa.changes import changes
from qa.filters import Asked, Filters, Scope
from qa.headlines import Headline
from qa.measured import measured, monthly_course
from qa.metrics import METRICS
from qa.results import answer
from qa.warehouse import Warehouse


def headline_figures(warehouse: Warehouse, scope: Scope, asked: Asked, keys: Sequence[str]) -> dict[str, Headline]:
    """The metrics that have a value in the period, in the order asked, each with its change and its months."""
    frame = answer(warehouse, keys, (), asked.filters, scope)
    rows = {row["metric"]: row for row in frame.iter_rows(named=True) if row["value"] is not None}
    courses = monthly_course(warehouse, rows, (), asked.filters, scope)
    moved = {}
    if asked.before is not None:
        frames = measured(warehouse, rows, (), asked.before, scope)
        earlier = [frames[key].row(0, named=True) if key in frames and not frames[key].is_empty() else None for key in rows]
        found = changes([METRICS[key] for key in rows], list(rows.values()), earlier, warehouse.config)
        moved = dict(zip(rows, found, strict=True))
    return {key: Headline(METRICS[key], row, moved.get(key), courses[key], asked.filters.month_start) for key, row in rows.items()}


def row_parameters(warehouse: Warehouse, scope: Scope, filters: Filters) -> dict[str, Any]:
    """$date_from, $date_to (where the data begin and end, when unbounded), $centers within the scope, $teams, $queues, $agents."""
    within = filters.within(scope)
    return {
        "date_from": within.date_from or warehouse.span.first_day,
        "date_to": within.date_to or warehouse.span.last_day + timedelta(days=1),
        "centers": _listed(within.centers),
        "teams": _listed(within.teams),
        "queues": _listed(within.queues),
        "agents": _listed(within.agents),
    }


def _listed(chosen: tuple[str, ...] | None) -> list[str] | None:
    return None if chosen is None else list(chosen)
