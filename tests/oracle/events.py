"""What the oracle answers: numerator and denominator of a metric by groups, under filters."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from qa.config import Config
from qa.filters import Filters
from qa.periods import GRAINS, bucket_start
from tests.oracle import calls, customers, people, quality
from tests.oracle.parts import DAY
from tests.oracle.tables import Rows, days_covered, frames

# Parts of a scorecard -> the kind of event an evaluation is by them.
PARTS = {"item": "items", "section": "sections", "category": "categories"}
# The tables without which a kind of event says nothing; single calls or counts will do for calls.
NEEDED = {
    "contacts": ("calls",),
    "evaluations": ("evaluations",),
    **{kind: ("evaluations",) for kind in PARTS.values()},
    "calibrations": ("evaluations",),
    "surveys": ("surveys",),
    "surveys by call": ("surveys",),
    "working days": ("agent_days", "calls"),
    "complaints": ("complaints",),
    "coaching": ("coaching",),
    "headcount": ("agents",),
    "plans": ("agents", "evaluations"),
}
FILTERED = {
    "centers": "center", "teams": "team", "queues": "queue", "agents": "agent",
    "evaluators": "evaluator", "scorecards": "scorecard", "items": "item", "samples": "sample", "kinds": "kind",
    "reasons": "reason", "call_reasons": "call_reason", "hours": "hour", "sections": "section", "categories": "category",
}  # fmt: skip


class Oracle:
    """The events of given tables, ready to be summed."""

    def __init__(self, rows: Rows, config: Config):
        tables = frames(rows)
        days = days_covered(tables)
        definitions = config.definitions
        self._events = {
            "calls": calls.call_events(tables, definitions),
            "contacts": calls.contact_events(tables, definitions),
            "working days": calls.working_day_events(tables),
            "evaluations": quality.evaluation_events(tables),
            "items": quality.item_events(tables),
            "sections": quality.group_events(tables, "section"),
            "categories": quality.group_events(tables, "category"),
            "calibrations": quality.calibration_events(tables, definitions),
            "surveys": customers.survey_events(tables, definitions),
            "surveys by call": customers.survey_events(tables, definitions, by_call=True),
            "complaints": customers.complaint_events(tables, days[-1]),
            "coaching": customers.coaching_events(tables, days[-1]),
            "headcount": people.headcount_events(tables, days),
            "plans": people.plan_events(tables, days, config),
        }
        present = {name for name, table in tables.items() if table.height}
        known = {kind for kind, needed in NEEDED.items() if present.issuperset(needed)}
        self._known = known | ({"calls"} if present & {"calls", "call_counts"} else set())

    def answer(self, key: str, by: Sequence[str], filters: Filters) -> pl.DataFrame | None:
        """The groups, numerator and denominator; None for a metric that cannot be asked this way."""
        parts = [self._part(kind, key, by, filters) for kind in self._kinds(key, by, filters)]
        if not parts or any(part is None for part in parts):
            return None
        sums = pl.col("numerator").sum(), pl.col("denominator").sum()
        together = pl.concat(parts)
        return together.group_by(*by).agg(*sums) if by else together.select(*sums)

    def _kinds(self, key: str, by: Sequence[str], filters: Filters) -> list[str]:
        """The kinds of event with a column for the metric."""
        having = [kind for kind, frame in self._events.items() if f"{key} numerator" in frame.columns]
        used = {*by, *(dimension for attribute, dimension in FILTERED.items() if getattr(filters, attribute) is not None)}
        part = next((kind for dimension, kind in PARTS.items() if dimension in used), None)
        if part and set(having) & {"evaluations", "items"}:
            return [kind for kind in having if kind == part]
        if "surveys" in having:
            return ["surveys by call" if used & {"call_reason", "hour"} else "surveys"]
        whole = [kind for kind in having if kind not in PARTS.values()]
        return whole or [kind for kind in having if kind == "items"]

    def _part(self, kind: str, key: str, by: Sequence[str], filters: Filters) -> pl.DataFrame | None:
        frame = self._events[kind]
        used = [group for group in by if group not in GRAINS]
        used += [dimension for attribute, dimension in FILTERED.items() if getattr(filters, attribute) is not None]
        if kind not in self._known or not set(used) <= set(frame.columns):
            return None
        if filters.date_basis == "call" and "call_day" in frame.columns:
            frame = frame.with_columns(pl.col("call_day").alias("day"), (pl.col("call_day") + DAY).alias("day_until"))
        if filters.date_from:
            frame = frame.filter(pl.col("day") >= filters.date_from)
        if filters.date_to:
            frame = frame.filter(pl.col("day_until") <= filters.date_to)
        for attribute, dimension in FILTERED.items():
            if getattr(filters, attribute) is not None:
                frame = frame.filter(pl.col(dimension).is_in(list(getattr(filters, attribute))))
        for grain in (group for group in by if group in GRAINS):
            frame = _in_buckets(frame, grain, filters.month_start)
        return frame.select(*by, pl.col(f"{key} numerator").alias("numerator"), pl.col(f"{key} denominator").alias("denominator"))


def _in_buckets(frame: pl.DataFrame, grain: str, month_start: int) -> pl.DataFrame:
    """The events that lie wholly inside one bucket, with its first day."""

    def start(day: date) -> date:
        return bucket_start(day, grain, month_start)

    first = pl.Series(grain, [start(day) for day in frame["day"]], dtype=pl.Date)
    last = pl.Series("last", [start(day - DAY) for day in frame["day_until"]], dtype=pl.Date)
    return frame.with_columns(first, last).filter(pl.col(grain) == pl.col("last")).drop("last")
