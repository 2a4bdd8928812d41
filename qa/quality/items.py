"""One scorecard item: how often it goes wrong, with whom, what is written of it, and what trainings did for it."""

from dataclasses import dataclass, replace

import polars as pl

from qa.changes import changes
from qa.filters import Asked, Filters, Scope
from qa.headlines import Headline
from qa.improvement.course import Course
from qa.improvement.study import Side, Study, Window, study
from qa.improvement.trainings import Training, trainings
from qa.measured import measured, monthly_course, months_up_to
from qa.metrics import METRICS
from qa.periods import Period
from qa.quality.errors import row_parameters
from qa.quality.scorecards import ItemKey
from qa.relations import query_text
from qa.results import answer
from qa.warehouse import Warehouse

RATE = "composite_error_rate"
ITEM_METRICS_SHOWN = (RATE, "mean_score")
WHO = ("center", "team", "agent")
MOST_COMMENTS = 300
# A training is judged by the calls of so many days before it and after it.
TRAINING_DAYS = 90


@dataclass(frozen=True)
class Counts:
    """Evaluations with an error on the item, of all in which it applied."""

    erroneous: int
    n: int

    @property
    def rate(self) -> float | None:
        return self.erroneous / self.n if self.n else None


@dataclass(frozen=True)
class Effect:
    """A training and the item before and after it, by the day of the call: those who took part, and the others of the center.

    ``difference``: after less before of those who took part, with its low and high; null where either side has nothing.
    ``enough``: both sides have the least n.
    """

    training: Training
    before: Counts
    after: Counts
    others_before: Counts
    others_after: Counts
    difference: tuple[float, float, float] | None
    enough: bool


def of_item(filters: Filters, item: ItemKey) -> Filters:
    """The same rows of one item."""
    return replace(filters, scorecards=(item[0],), items=(item[1],))


def item_headlines(warehouse: Warehouse, scope: Scope, asked: Asked, item: ItemKey) -> list[Headline]:
    """The item's error rate and mean score, with their change and months; none where it was never checked.

    The error rate is left out where errors are not recorded: then the score speaks for the item.
    """
    filters = of_item(asked.filters, item)
    frame = answer(warehouse, ITEM_METRICS_SHOWN, (), filters, scope)
    rows = {row["metric"]: row for row in frame.iter_rows(named=True) if row["value"] is not None}
    before = measured(warehouse, rows, (), of_item(asked.before, item), scope) if asked.before else {}
    former = [before[key].row(0, named=True) if key in before and before[key].height else None for key in rows]
    moved = changes([METRICS[key] for key in rows], list(rows.values()), former, warehouse.config) if asked.before else [None] * len(rows)
    courses = {key: _untargeted(course) for key, course in monthly_course(warehouse, rows, (), filters, scope).items()}
    return [Headline(METRICS[key], row, change, courses[key], filters.month_start) for (key, row), change in zip(rows.items(), moved, strict=True)]


def by_center(warehouse: Warehouse, scope: Scope, filters: Filters, item: ItemKey, key: str) -> pl.DataFrame:
    """A metric of the item by center and month: ``qa.measured.monthly_course`` without targets."""
    return _untargeted(monthly_course(warehouse, [key], ("center",), of_item(filters, item), scope)[key])


def people(warehouse: Warehouse, scope: Scope, filters: Filters, item: ItemKey, key: str) -> pl.DataFrame:
    """A metric of the item by agent, judged against the others: rows of ``qa.results.answer``."""
    frame = answer(warehouse, [key], WHO, of_item(filters, item), scope)
    return frame if frame.is_empty() else frame.filter(pl.col("agent").is_not_null() & (pl.col("n") > 0))


def comments(warehouse: Warehouse, scope: Scope, filters: Filters, item: ItemKey) -> pl.DataFrame:
    """The latest evaluations with a comment or an error on the item. Raises TimeoutError when they take too long."""
    parameters = row_parameters(filters, scope)
    parameters.pop("scorecards")
    chosen = {"scorecard": item[0], "item": item[1], "row_limit": MOST_COMMENTS}
    return warehouse.evaluations_around(filters).fetch(query_text("quality/item_comments"), parameters | chosen)


def effects(warehouse: Warehouse, scope: Scope, filters: Filters, item: ItemKey, name: str) -> list[Effect]:
    """The trainings of the chart's months whose topic names the item, each with what came of it."""
    months = months_up_to(Period(filters.date_from, filters.date_to), filters.month_start)
    held = trainings(warehouse, scope, filters.centers, *months)
    return [_effect(warehouse, scope, filters, item, training) for training in held if _is_about(training.topic, name)]


def _is_about(topic: str, name: str) -> bool:
    return bool(name) and (name.casefold() in topic.casefold() or topic.casefold() in name.casefold())


def _effect(warehouse: Warehouse, scope: Scope, filters: Filters, item: ItemKey, training: Training) -> Effect:
    found = study(warehouse, scope, of_item(filters, item), Course(RATE, training.held_on, training, TRAINING_DAYS, TRAINING_DAYS))
    change = found.change
    difference = None if change is None else (change.value, change.low, change.high)
    return Effect(
        training, _counts(found, "group", "before"), _counts(found, "group", "after"), _counts(found, "against", "before"),
        _counts(found, "against", "after"), difference, change is not None and change.direction != "too_few",
    )  # fmt: skip


def _counts(found: Study, side: Side, window: Window) -> Counts:
    cell = found.cell(side, window)
    return Counts(0, 0) if cell is None else Counts(int(cell.row["numerator"] or 0), int(cell.row["denominator"] or 0))


def _untargeted(course: pl.DataFrame) -> pl.DataFrame:
    """Targets are for whole evaluations: an item has none."""
    nothing = pl.lit(None, dtype=pl.Float64)
    return course.with_columns(nothing.alias("target_minimum"), nothing.alias("target_maximum"))
