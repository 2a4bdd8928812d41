"""Errors and lost points: how accurate the work is, where most of what goes wrong sits, and what has changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import polars as pl

from qa.changes import Change, changes
from qa.filters import Asked, Filters, Scope
from qa.headlines import Headline
from qa.measured import measured, monthly_course, with_interval
from qa.metrics import METRICS
from qa.quality.scorecards import ItemKey
from qa.results import answer
from qa.warehouse import Warehouse

Split = Literal["item", "section", "category", "team", "queue", "scorecard"]
Measure = Literal["errors", "points"]

SPLITS: dict[Split, tuple[str, ...]] = {
    "item": ("scorecard", "item"),
    "section": ("scorecard", "section"),
    "category": ("scorecard", "category"),
    "team": ("center", "team"),
    "queue": ("queue",),
    "scorecard": ("scorecard",),
}
MEASURES: tuple[Measure, ...] = ("errors", "points")
ACCURACIES = ("fatal_accuracy", "nonfatal_accuracy", "composite_error_rate")
# What says how often a thing goes wrong, beside how much of it there is.
RATES: dict[Measure, str] = {"errors": "composite_error_rate", "points": "mean_score"}


@dataclass(frozen=True)
class Course:
    """What the page is asked beside the view. ``card``: one scorecard, empty for all, each named."""

    card: str = ""
    split: Split = "item"
    measure: Measure = "errors"


@dataclass(frozen=True)
class Ranked:
    """One group of a Pareto: how much goes wrong in it, its share of all, the share up to and with it, its rate and the rate's change.

    ``row``: numerator, denominator, value, low, high, n of the rate; ``fatal``: evaluations in which it was marked fatal.
    """

    key: tuple[str | None, ...]
    amount: float
    share: float
    cumulative: float
    row: dict
    change: Change | None
    fatal: float = 0.0

    @property
    def item(self) -> ItemKey:
        """The item this group is, where groups are items."""
        return self.key[0] or "", self.key[-1] or ""


def of_card(filters: Filters, card: str) -> Filters:
    """The same rows of one scorecard; of all where none is named."""
    return replace(filters, scorecards=(card,)) if card else filters


def cards_used(warehouse: Warehouse, scope: Scope, filters: Filters) -> list[str]:
    """The scorecards with evaluations in the period, the most used first."""
    frame = measured(warehouse, ["evaluation_count"], ("scorecard",), filters, scope).get("evaluation_count")
    if frame is None:
        return []
    return frame.filter(pl.col("value") > 0).sort("value", "scorecard", descending=[True, False])["scorecard"].drop_nulls().to_list()


def accuracies(warehouse: Warehouse, scope: Scope, asked: Asked, card: str) -> list[Headline]:
    """The accuracies and the error rate with their change and their months; none without evaluations."""
    filters = of_card(asked.filters, card)
    frame = answer(warehouse, ACCURACIES, (), filters, scope)
    rows = {row["metric"]: row for row in frame.iter_rows(named=True) if row["value"] is not None}
    moved = _moved(warehouse, scope, rows, of_card(asked.before, card) if asked.before else None)
    courses = monthly_course(warehouse, rows, (), filters, scope)
    return [Headline(METRICS[key], row, moved.get(key), courses[key], filters.month_start) for key, row in rows.items()]


def _moved(warehouse: Warehouse, scope: Scope, rows: dict[str, dict], before: Filters | None) -> dict[str, Change]:
    if before is None:
        return {}
    frames = measured(warehouse, rows, (), before, scope)
    former = [frames[key].row(0, named=True) if key in frames and frames[key].height else None for key in rows]
    found = changes([METRICS[key] for key in rows], list(rows.values()), former, warehouse.config)
    return dict(zip(rows, found, strict=True))


def amount_metric(course: Course) -> str:
    """What is added up: errors, a card's own points, or points of cards brought to 100 so that they can be added."""
    if course.measure == "errors":
        return "error_count"
    return "points_lost" if course.card else "points_lost_of_100"


def ranked(warehouse: Warehouse, scope: Scope, asked: Asked, course: Course) -> list[Ranked]:
    """The groups with anything wrong, the most first; their changes are judged together."""
    filters = of_card(asked.filters, course.card)
    amounts = _amounts(warehouse, scope, filters, course)
    now = _rates(warehouse, scope, filters, course)
    before = _rates(warehouse, scope, of_card(asked.before, course.card), course) if asked.before else {}
    keys = sorted((key for key, amount in amounts.items() if amount > 0 and key in now), key=lambda key: (-amounts[key], str(key)))
    metric = METRICS[RATES[course.measure]]
    moved = changes([metric] * len(keys), [now[key] for key in keys], [before.get(key) for key in keys], warehouse.config)
    total = sum(amounts[key] for key in keys)
    fatal = _fatal(warehouse, scope, filters) if course.split == "item" else {}
    found, reached = [], 0.0
    for key, change in zip(keys, moved, strict=True):
        reached += amounts[key]
        shown = change if asked.before else None
        found.append(Ranked(key, amounts[key], amounts[key] / total, reached / total, now[key], shown, fatal.get(key, 0.0)))
    return found


def _amounts(warehouse: Warehouse, scope: Scope, filters: Filters, course: Course) -> dict[tuple, float]:
    metric, by = amount_metric(course), SPLITS[course.split]
    frame = measured(warehouse, [metric], by, filters, scope).get(metric, pl.DataFrame())
    return {tuple(row[group] for group in by): row["value"] or 0.0 for row in frame.iter_rows(named=True)}


def _rates(warehouse: Warehouse, scope: Scope, filters: Filters, course: Course) -> dict[tuple, dict]:
    """The rate of each group, with its interval and the moments its comparisons need."""
    metric, by = METRICS[RATES[course.measure]], SPLITS[course.split]
    frame = measured(warehouse, [metric.key], by, filters, scope).get(metric.key, pl.DataFrame())
    if frame.is_empty():
        return {}
    frame = with_interval(frame, metric, warehouse.config.statistics.confidence)
    return {tuple(row[group] for group in by): row for row in frame.iter_rows(named=True)}


def row_parameters(filters: Filters, scope: Scope) -> dict[str, object]:
    """The filters as the texts in ``queries/quality`` take them: what is chosen as lists, null for everything."""
    within = filters.within(scope)
    chosen = {name: getattr(within, name) for name in ("centers", "teams", "queues", "agents", "scorecards")}
    lists: dict[str, object] = {name: None if values is None else list(values) for name, values in chosen.items()}
    return {"date_from": within.date_from, "date_to": within.date_to, "date_basis": within.date_basis} | lists


def _fatal(warehouse: Warehouse, scope: Scope, filters: Filters) -> dict[tuple, float]:
    """The evaluations in which each item was marked fatal."""
    frame = measured(warehouse, ["fatal_accuracy"], SPLITS["item"], filters, scope).get("fatal_accuracy")
    if frame is None:
        return {}
    counts = frame.select("scorecard", "item", pl.col("denominator") - pl.col("numerator"))
    return {(card, item): count for card, item, count in counts.iter_rows()}


def vital_few(found: Sequence[Ranked], share: float = 0.8) -> int:
    """How many of the groups, the largest first, make up at least this share of the whole."""
    return next((place + 1 for place, group in enumerate(found) if group.cumulative >= share - 1e-9), len(found))
