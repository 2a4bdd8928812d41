"""A question about one month or one center as a part of a wider one, about all of them, that is asked once.

Planning a query costs more than running it over sums by month: whoever steps through months and centers has the figures
cut out of one answer.
"""

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import polars as pl

from qa.filters import Filters
from qa.periods import bucket_end, days_within
from qa.query import BUCKETS, Question, rollup_for

# Time groups whose rows lie wholly in one month or day, so that a period made of these is a choice among them.
_CHOSEN_AMONG = ("day", "month")


@dataclass(frozen=True)
class Cut:
    """``wide``: the question it is cut out of; its rows for ``time`` in the half-open days, and for ``center``, are the answer.

    ``time``: the group, day or month; empty where the days are those of the wide question. ``center``: empty for all of them.
    """

    question: Question
    wide: Question
    time: str
    center: str

    def out_of(self, sums: pl.DataFrame) -> pl.DataFrame:
        """What ``Warehouse.sums`` returns for the question, of what it returns for the wide one; no row where nothing counts."""
        rows = np.ones(sums.height, dtype=bool)
        if self.time:
            filters = self.question.filters
            rows &= days_within(sums[self.time].to_numpy(), filters.date_from, filters.date_to)
        if self.center:
            rows &= (sums["center"] == self.center).fill_null(False).to_numpy()
        # Places instead of a condition: a page makes dozens of these, and planning each would take longer than doing it.
        own = sums[np.flatnonzero(rows)]
        for name in set(self.wide.by) - set(self.question.by):
            own.drop_in_place(name)
        return own


@lru_cache(4096)
def cut_of(question: Question) -> Cut | None:
    """How the question is cut out of a wider one; None where it is itself as wide as can be, or sums in memory do not answer it."""
    filters = question.filters
    time = _time(question)
    center = filters.centers[0] if filters.centers and len(filters.centers) == 1 else ""
    if not (time or center):
        return None
    # The center before, the month behind: then all questions of these two have one wide question, and keep their own order.
    before = ("center",) if center and "center" not in question.by else ()
    behind = ("month",) if time == "month" and "month" not in question.by else ()
    asked = filters.during(None, None) if time else filters
    wide = replace(question, by=(*before, *question.by, *behind), filters=replace(asked, centers=None) if center else asked)
    if not all(rollup_for(source, wide).resident for source in question.sources):
        return None
    return Cut(question, wide, time, center)


def _time(question: Question) -> str:
    """The group by which the question's days are chosen among all: its own, or the month where it asks for a single one."""
    filters = question.filters
    groups = [group for group in question.by if group in BUCKETS]
    if filters.date_from is None or filters.date_to is None or any(group not in _CHOSEN_AMONG for group in groups):
        return ""
    if groups == ["day"]:
        return "day"
    whole = filters.month_start == filters.date_from.day == filters.date_to.day
    return "month" if whole and (groups == ["month"] or _is_one_month(filters)) else ""


def _is_one_month(filters: Filters) -> bool:
    return bucket_end(filters.date_from, "month", filters.month_start) == filters.date_to
