"""By what a difference can be split."""

from collections.abc import Sequence

from qa.centers.sides import Course
from qa.filters import FILTERED, Filters
from qa.metrics import Metric
from qa.query import obstacle, sources_of
from qa.warehouse import Warehouse

SPLITS: dict[str, tuple[str, ...]] = {
    "queue": ("queue",), "reason": ("reason",), "call_reason": ("call_reason",),
    "queue_reason": ("queue", "reason"), "queue_call_reason": ("queue", "call_reason"),
    "team": ("team",), "agent": ("agent",), "evaluator": ("evaluator",),
    "hour": ("hour",), "weekday": ("weekday",), "half_hour": ("half_hour",), "direction": ("direction",),
    "scorecard": ("scorecard",), "kind": ("kind",), "sample": ("sample",), "section": ("section",), "category": ("category",),
    "center": ("center",),
}  # fmt: skip
# Belong to one center: two centers have none in common, so the gap is what each of them adds to it.
PEOPLE = ("team", "agent", "evaluator")


def splits_possible(warehouse: Warehouse, metric: Metric, filters: Filters, course: Course) -> list[str]:
    """The splits the extracts know the metric by, without those that the choice leaves one value of.

    The reason of a survey is why somebody was dissatisfied: to split satisfaction by it would explain it by itself.
    """
    single = {dimension for attribute, dimension in FILTERED.items() if len(getattr(filters, attribute) or ()) == 1}
    found = []
    for split, by in SPLITS.items():
        out_of_place = (split == "center") != (not course.center) if split in ("center", *PEOPLE) else False
        tautology = "reason" in by and "surveys" in metric.sources
        if not (out_of_place or tautology or single & set(by) or obstacle(metric, by, filters) or _missing(warehouse, metric, by, filters)):
            found.append(split)
    return found


def is_within(course: Course, split: str) -> bool:
    """Whether only one side can have the split's groups."""
    return split in PEOPLE and not course.is_of_time


def _missing(warehouse: Warehouse, metric: Metric, by: Sequence[str], filters: Filters) -> list[str]:
    return warehouse.missing_tables(tuple(source.name for source in sources_of(metric, by, filters)))
