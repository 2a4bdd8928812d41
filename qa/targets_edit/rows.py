"""The targets that are set, one by one, and which of them are in force."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from qa.filters import Scope
from qa.metrics import METRICS
from qa.targets import in_unit
from qa.warehouse import Warehouse

KEY = ("metric", "center_id", "queue", "valid_from")


@dataclass(frozen=True)
class TargetRow:
    """One target as it is set. Bounds in the metric's unit, ``gap`` in percentage points; all null: no target from this day on.

    ``center``, ``queue``: null for all of them. ``valid_from``: null for a default of the catalogue.
    """

    metric: str
    center: str | None = None
    queue: str | None = None
    valid_from: date | None = None
    minimum: float | None = None
    maximum: float | None = None
    gap: float | None = None

    @property
    def key(self) -> tuple:
        """What tells it from all others."""
        return self.metric, self.center, self.queue, self.valid_from

    @property
    def place(self) -> tuple:
        """Where it holds."""
        return self.metric, self.center, self.queue


def rows_of(frame: pl.DataFrame, scope: Scope = None) -> list[TargetRow]:
    """The rows of the extract that concern the viewer's centers, by metric, place and day."""
    found = [
        TargetRow(
            row["metric"], row["center_id"], row["queue"], row["valid_from"], _bound(row["minimum"], row["metric"]), _bound(row["maximum"], row["metric"]),
            None if row["gap_to_headquarters"] is None else float(row["gap_to_headquarters"]),
        )
        for row in frame.iter_rows(named=True)
        if scope is None or row["center_id"] is None or row["center_id"] in scope
    ]  # fmt: skip
    order = {key: place for place, key in enumerate(METRICS)}
    return sorted(found, key=lambda row: (order.get(row.metric, len(order)), row.metric, row.center or "", row.queue or "", row.valid_from))


def defaults(rows: list[TargetRow]) -> list[TargetRow]:
    """The catalogue's own targets, of metrics that the extracts set none for."""
    is_set = {row.metric for row in rows}
    return [
        TargetRow(key, minimum=metric.minimum, maximum=metric.maximum, gap=None if metric.gap is None else metric.gap * 100)
        for key, metric in METRICS.items()
        if key not in is_set and (metric.minimum, metric.maximum, metric.gap) != (None, None, None)
    ]


def in_force(rows: list[TargetRow], day: date) -> set[tuple]:
    """The keys of the rows that hold on a day: the latest of each place."""
    latest: dict[tuple, TargetRow] = {}
    for row in sorted((row for row in rows if row.valid_from <= day), key=lambda row: row.valid_from):
        latest[row.place] = row
    return {row.key for row in latest.values()}


def governed(rows: list[TargetRow], row: TargetRow, warehouse: Warehouse, scope: Scope) -> list[str]:
    """The centers that a row for all queues decides about, of ``rows`` in force: its own, or all without one of their own."""
    own = {other.center for other in rows if other.metric == row.metric and other.queue is None and other.center is not None}
    visible = [center for center in warehouse.centers["center_id"] if scope is None or center in scope]
    return [center for center in visible if center == row.center or (row.center is None and center not in own)]


def as_frame(row: TargetRow, schema: pl.Schema) -> pl.DataFrame:
    """The row as the extract has it."""
    values = {
        "metric": row.metric, "center_id": row.center, "queue": row.queue, "valid_from": row.valid_from, "minimum": row.minimum,
        "maximum": row.maximum, "gap_to_headquarters": row.gap,
    }  # fmt: skip
    return pl.DataFrame({name: [value] for name, value in values.items()}).select(schema.names()).cast(schema)


def _bound(number, metric: str) -> float | None:
    if number is None:
        return None
    return in_unit(number, METRICS[metric]) if metric in METRICS else float(number)
