"""One center's month: the rows a report is about, and what its sections ask of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

import polars as pl

from qa.filters import Asked, Filters, Scope
from qa.i18n import _
from qa.metrics import METRICS
from qa.names import Names, center_names, names_of
from qa.periods import Period, bucket_at, month_name, month_named
from qa.problems import Problem
from qa.quality.scorecards import Cards, cards_of
from qa.results import answer
from qa.warehouse import Warehouse

FIVE = ("pass_rate", "satisfaction_rate", "first_call_resolution", "one_time_resolution", "composite_error_rate")
"""The indicators that headquarters checks each month."""


@dataclass(frozen=True)
class Month:
    """A center's own month: from the 1st, or from the 21st where the center's months start there.

    ``name``: "2026-10", the month it ends in.
    """

    warehouse: Warehouse
    scope: Scope
    center: str
    name: str

    @cached_property
    def row(self) -> dict:
        """The center as the extracts have it; Problem for one that is not there or not to be seen."""
        found = self.warehouse.centers.filter(pl.col("center_id") == self.center)
        if found.is_empty() or (self.scope is not None and self.center not in self.scope):
            raise Problem(_("There is no center {name}; known: {centers}.").format(name=self.center, centers=", ".join(centers_of(self.warehouse, self.scope))))
        return found.row(0, named=True)

    @cached_property
    def month_start(self) -> int:
        return int(self.row["period_start_day"] or 1)

    @cached_property
    def period(self) -> Period:
        """The days of the month; Problem for a text that names none, or a month without data."""
        try:
            period = month_named(self.name, self.month_start)
        except ValueError as error:
            raise Problem(_("“{name}” is not a month; write it as 2026-10.").format(name=self.name)) from error
        span = self.warehouse.span
        if period.date_to <= span.first_day or period.date_from > span.last_day:
            text = _("The data cover {first} to {last}: there is nothing of {month}.")
            raise Problem(text.format(first=span.first_day, last=span.last_day, month=self.name))
        return period

    @cached_property
    def filters(self) -> Filters:
        return Filters(*self.period, centers=(self.center,), month_start=self.month_start)

    @cached_property
    def before(self) -> Filters:
        """The month before."""
        return self.filters.during(*bucket_at(self.period.date_from, "month", self.month_start, -1))

    @cached_property
    def asked(self) -> Asked:
        return Asked(self.filters, self.before)

    @cached_property
    def is_complete(self) -> bool:
        """Whether the data reach the month's end."""
        return self.warehouse.span.until >= self.period.date_to

    @cached_property
    def is_headquarters(self) -> bool:
        return self.center == self.warehouse.headquarters

    @cached_property
    def names(self) -> Names:
        return names_of(self.warehouse)

    @cached_property
    def cards(self) -> Cards:
        return cards_of(self.warehouse)

    @property
    def center_name(self) -> str:
        return self.names.of("center", self.center)

    def rows(self, keys: Sequence[str], by: Sequence[str] = (), filters: Filters | None = None) -> list[dict]:
        """Rows of ``qa.results.answer`` that have a value."""
        frame = answer(self.warehouse, keys, by, filters or self.filters, self.scope)
        return [] if frame.is_empty() else frame.filter(pl.col("value").is_not_null()).to_dicts()

    @cached_property
    def five(self) -> dict[str, dict]:
        """The indicators that have a value, each with its row of ``qa.results.answer``."""
        return {row["metric"]: row for row in self.rows(FIVE)}

    @cached_property
    def headquarters(self) -> dict[str, float]:
        """Headquarters' own values of the same days: those the viewer may see, and those a gap is judged by; none for itself."""
        known = self.warehouse.headquarters
        if known is None or self.is_headquarters:
            return {}
        beside = {key: row["headquarters"] for key, row in self.five.items() if row["headquarters"] is not None}
        return {row["metric"]: row["value"] for row in self.rows(FIVE, (), replace(self.filters, centers=(known,)))} | beside


def centers_of(warehouse: Warehouse, scope: Scope) -> list[str]:
    """The centers to be seen, headquarters first."""
    return [center for center in center_names(warehouse) if scope is None or center in scope]


def last_complete_month(warehouse: Warehouse, centers: Sequence[str]) -> str:
    """The name of the last month that is over, by its data, in each of these centers' own months."""
    until, starts = warehouse.span.until, dict(warehouse.centers.select("center_id", "period_start_day").iter_rows())
    names = []
    for center in centers:
        start = int(starts[center] or 1)
        running = bucket_at(until, "month", start)
        names.append(month_name(running.date_from - timedelta(days=1), start))
    return min(names)


assert set(FIVE) <= set(METRICS)
