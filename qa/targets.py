"""Which target holds for a metric, a center, a queue and a day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import polars as pl

from qa.metrics import METRICS, Metric


@dataclass(frozen=True)
class Target:
    """The bounds a metric is held against, in the metric's own unit; both for a band.

    ``gap``: the most a center may trail headquarters, as a share (0.02 = 2 percentage points).
    ``is_default``: from the catalogue, because the extracts set none.
    """

    minimum: float | None = None
    maximum: float | None = None
    gap: float | None = None
    is_default: bool = False

    def __bool__(self) -> bool:
        return self.minimum is not None or self.maximum is not None

    def holds(self, value: float) -> bool:
        """Whether an unrounded value is on target; exactly on it is on target."""
        return (self.minimum is None or value >= self.minimum) and (self.maximum is None or value <= self.maximum)


NO_TARGET = Target()


class Targets:
    """All targets of the extracts, over the defaults of the catalogue."""

    def __init__(self, frame: pl.DataFrame):
        """``frame``: the ``targets`` table of the contract."""
        self._rows: dict[str, list[dict]] = {}
        for row in frame.sort("valid_from").iter_rows(named=True):
            self._rows.setdefault(row["metric"], []).append(row)

    def of(self, metric: Metric, day: date, center: str | None = None, queue: str | None = None) -> Target:
        """The target in force on a day: the center's own before the common one, the queue's own before all queues'.

        Falls back to the metric's default only where the extracts never set a target for the metric.
        """
        rows = self._rows.get(metric.key) or self._rows.get(metric.target_of)
        if not rows:
            return Target(metric.minimum, metric.maximum, metric.gap, is_default=True)
        candidates = [row for row in rows if row["valid_from"] <= day and row["center_id"] in (None, center) and row["queue"] in (None, queue)]
        if not candidates:
            return NO_TARGET
        best = max(candidates, key=lambda row: (row["center_id"] is not None, row["queue"] is not None, row["valid_from"]))
        gap = best["gap_to_headquarters"]
        return Target(in_unit(best["minimum"], metric), in_unit(best["maximum"], metric), None if gap is None else float(gap / 100))

    def any_of(self, metric: Metric) -> bool:
        """Whether the metric is held against anything, anywhere, ever."""
        return metric.key in self._rows or any(bound is not None for bound in (metric.minimum, metric.maximum, metric.gap))

    def unknown_metrics(self) -> list[str]:
        """Metrics that have a target and are not in the catalogue."""
        return sorted(set(self._rows) - set(METRICS))


def in_unit(bound: Decimal | None, metric: Metric) -> float | None:
    """A bound in the metric's unit; a share above 1 can only be a percentage."""
    if bound is None:
        return None
    return float(bound / 100 if metric.unit == "share" and abs(bound) > 1 else bound)
