"""The two sides of a comparison: which rows are here, and which they are held against."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from qa.filters import Asked, Filters, Scope, visible
from qa.judging import MOMENTS
from qa.measured import measured
from qa.metrics import Metric
from qa.warehouse import Warehouse

REST, HEADQUARTERS, OTHERS, PREVIOUS = "rest", "headquarters", "others", "previous"

Key = tuple[str | None, ...]


@dataclass(frozen=True)
class Course:
    """What is asked beside the view: one metric of a center, against something, split by something.

    ``center``: empty for everything the view shows. ``against``: rest (of the center, where teams or agents are chosen),
    headquarters, others, previous (the period compared with), or centers by their id. ``split``: of ``qa.centers.splits``.
    """

    metric: str
    center: str = ""
    against: tuple[str, ...] = ()
    split: str = ""

    @property
    def is_of_time(self) -> bool:
        """Whether both sides are the same place at different times."""
        return self.against == (PREVIOUS,)


@dataclass(frozen=True)
class Side:
    """The rows of one side. ``without``: values of a dimension that are left out of them."""

    filters: Filters
    without: tuple[str, tuple[str, ...]] | None = None

    def by(self, split: Sequence[str]) -> tuple[str, ...]:
        """The groups in which the side is fetched for a split."""
        left_out = self.without[0] if self.without else None
        return (*([left_out] if left_out and left_out not in split else []), *split)


@dataclass(frozen=True)
class Sums:
    """The sums of a side: for each group its ``names``, numerator, denominator, n and, for means and ratios, the moments."""

    names: tuple[str, ...]
    groups: dict[Key, list[float]]

    @property
    def whole(self) -> list[float]:
        """The sums over all groups."""
        return [sum(values) for values in zip(*self.groups.values(), strict=True)] or [0.0] * len(self.names)

    def array(self, keys: Sequence[Key]) -> dict[str, np.ndarray]:
        """The sums of these groups in order, 0 for groups that are not there."""
        nothing = [0.0] * len(self.names)
        rows = np.array([self.groups.get(key, nothing) for key in keys]).reshape(len(keys), len(self.names))
        return dict(zip(self.names, rows.T, strict=True))


def against_possible(warehouse: Warehouse, scope: Scope, asked: Asked, center: str) -> tuple[str, ...]:
    """What a center, or everything where it is empty, can be held against, the most natural first."""
    found: list[str] = []
    if center:
        others = [other for other in seen_centers(warehouse, scope) if other != center]
        found += [REST] if _chosen_within(asked.filters) else []
        found += [HEADQUARTERS] if warehouse.headquarters in others else []
        found += [OTHERS] if len(others) > 1 else []
        found += [other for other in others if other != warehouse.headquarters]
    previous = [PREVIOUS] if asked.before else []
    place = next((at for at, one in enumerate(found) if one not in (REST, HEADQUARTERS, OTHERS)), len(found))
    return (*found[:place], *previous, *found[place:])


def seen_centers(warehouse: Warehouse, scope: Scope) -> list[str]:
    """The centers within the scope, headquarters first."""
    rows = sorted(warehouse.centers.iter_rows(named=True), key=lambda row: not row["is_headquarters"])
    return [row["center_id"] for row in rows if scope is None or row["center_id"] in scope]


def sides(warehouse: Warehouse, scope: Scope, asked: Asked, course: Course) -> tuple[Side, Side] | None:
    """The rows here and the rows there; None where there is nothing of the kind to be held against."""
    filters = replace(asked.filters, centers=(course.center,)) if course.center else asked.filters
    if course.is_of_time:
        before = asked.before
        return None if before is None else (Side(filters), Side(filters.during(before.date_from, before.date_to)))
    if not course.center or not course.against:
        return None
    if course.against == (REST,):
        dimension = _chosen_within(filters)
        if not dimension:
            return None
        attribute = f"{dimension}s"
        return Side(filters), Side(filters.choosing(**{attribute: None}), (dimension, getattr(filters, attribute)))
    known = {HEADQUARTERS: (warehouse.headquarters,), OTHERS: tuple(other for other in seen_centers(warehouse, scope) if other != course.center)}
    centers = known.get(course.against[0], course.against)
    centers = tuple(center for center in visible(centers, scope) or () if center and center != course.center)
    return (Side(filters), Side(replace(filters, centers=centers, teams=None, agents=None))) if centers else None


def _chosen_within(filters: Filters) -> str:
    """The finest choice inside a center: agent or team; empty for whole centers."""
    return "agent" if filters.agents else "team" if filters.teams else ""


def sums_of(warehouse: Warehouse, scope: Scope, metric: Metric, side: Side, split: Sequence[str]) -> Sums | None:
    """The metric's sums over the side's rows by the groups of the split; None where it cannot be asked that way.

    Plain lists: a dozen splits of some ten groups each are done before a frame has planned its first step.
    """
    by = side.by(split)
    frame = measured(warehouse, [metric.key], by, side.filters, scope).get(metric.key)
    if frame is None:
        return None
    names = tuple(name for name in MOMENTS if name in frame.columns)
    keys = list(zip(*(frame[name].to_list() for name in by), strict=True)) if by else [()] * frame.height
    sums: dict[Key, list[float]] = {}
    for key, *values in zip(keys, *(frame[name].to_list() for name in names), strict=True):
        if side.without and key[by.index(side.without[0])] in side.without[1]:
            continue
        group = key[len(by) - len(split) :]
        held = sums.setdefault(group, [0.0] * len(names))
        sums[group] = [before + (value or 0.0) for before, value in zip(held, values, strict=True)]
    return Sums(names, sums)
