"""Did the measures work? The metric in the month explained, and since."""

from dataclasses import dataclass
from datetime import date

from qa.changes import Change, changes
from qa.explanations.model import Figure
from qa.filters import Filters, Scope
from qa.measured import provisional_from
from qa.metrics import METRICS
from qa.periods import Period, buckets
from qa.results import answer
from qa.trend.courses import Course, Panel, trend
from qa.warehouse import Warehouse


@dataclass(frozen=True)
class FollowUp:
    """``before``, ``after`` and ``months``: rows of ``qa.results.answer``, of the month explained, of all whole days
    since, and of each month since; ``after`` None where no day has passed. ``panel``: the weeks, with limits anew from
    the day after the month.
    """

    figure: Figure
    until: date
    before: dict | None
    after: dict | None
    change: Change | None
    months: tuple[tuple[Period, dict], ...]
    panel: Panel | None


def follow_up(warehouse: Warehouse, scope: Scope, figure: Figure, month_start: int) -> FollowUp:
    """What became of the metric in the center that explained it."""
    metric = METRICS[figure.metric]
    until = max(figure.date_to, provisional_from(warehouse, metric))
    own = Filters(figure.date_from, figure.date_to, centers=(figure.center,), month_start=month_start)
    since = Period(figure.date_to, until)
    before = _row(warehouse, scope, own, figure.metric)
    after = _row(warehouse, scope, own.during(*since), figure.metric) if since.days else None
    change = changes([metric], [after], [before], warehouse.config)[0] if after and before else None
    months = [(month, _row(warehouse, scope, own.during(month.date_from, min(month.date_to, until)), figure.metric)) for month in _months(since, month_start)]
    course = Course(figure.metric, "week", rebase=figure.date_to.isoformat())
    panels = trend(warehouse, scope, own.during(figure.date_from, max(until, figure.date_to)), course).panels
    return FollowUp(figure, until, before, after, change, tuple((month, row) for month, row in months if row), panels[0] if panels else None)


def _months(since: Period, month_start: int) -> list[Period]:
    return buckets(since, "month", month_start) if since.days else []


def _row(warehouse: Warehouse, scope: Scope, filters: Filters, metric: str) -> dict | None:
    """The metric of these days; None where nothing counts."""
    frame = answer(warehouse, [metric], (), filters, scope)
    row = frame.row(0, named=True) if frame.height else None
    return row if row and row["value"] is not None else None
