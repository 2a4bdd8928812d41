"""Several questions about the same rows in one query: planning a query costs more than running it over a rollup."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from qa.filters import Filters
from qa.query import BUCKETS, Query, Question, conditions, group_expression, in_one_bucket, in_period, indent, measure_columns, rollup_for, select


@dataclass(frozen=True)
class Batch:
    """Questions that differ in metrics, groups and days only, and the query that answers them all.

    Its columns: ``set_id`` (which grouping a row belongs to), ``period_<i>``, the groups, one struct a metric.
    """

    questions: tuple[Question, ...]
    query: Query
    periods: tuple[tuple, ...]
    columns: tuple[str, ...]

    def answers(self, rows: pl.DataFrame) -> list[tuple[Question, pl.DataFrame]]:
        """Each question with what ``Warehouse.sums`` returns for it, in columns for all metrics of the batch.

        A total of no rows at all is left out: that one is a row of its own, which no grouping brings forth.
        """
        answered = [(question, self._answer(question, rows)) for question in self.questions]
        return [(question, frame) for question, frame in answered if question.by or frame.height]

    def _answer(self, question: Question, rows: pl.DataFrame) -> pl.DataFrame:
        period = f"period_{self.periods.index(_days(question.filters))}"
        grouped = (period, *question.by)
        set_id = sum(1 << place for place, name in enumerate(reversed(self.columns)) if name not in grouped)
        own = rows.filter((pl.col("set_id") == set_id) & pl.col(period))
        times = [group for group in question.by if group in BUCKETS]
        if times:
            own = own.filter(pl.all_horizontal(pl.col(times).is_not_null()))
        own = own.select(*question.by, pl.col("^.*[.].*$"))
        return own.sort(question.by, nulls_last=True) if question.by else own


def batches(questions: Sequence[Question], measures: dict[str, tuple[str, ...]]) -> list[Batch]:
    """The questions in as few batches as they allow."""
    alike: dict[tuple, list[Question]] = {}
    for question in questions:
        rollups = tuple((source.name, rollup_for(source, question).name) for source in question.sources)
        alike.setdefault((rollups, replace(question.filters, date_from=None, date_to=None), question.scope), []).append(question)
    return [_batch(tuple(found), measures) for found in alike.values()]


def _batch(questions: tuple[Question, ...], measures: dict[str, tuple[str, ...]]) -> Batch:
    metrics = tuple(dict.fromkeys(metric for question in questions for metric in question.metrics))
    groups = tuple(dict.fromkeys(group for question in questions for group in question.by))
    periods = tuple(dict.fromkeys(_days(question.filters) for question in questions))
    used = tuple(dict.fromkeys(name for metric in metrics for name in measures[metric]))
    parameters: dict[str, Any] = {}
    events = "\nunion all\n".join(_events(questions[0], place, groups, periods, used, parameters) for place in range(len(questions[0].sources)))
    named = tuple(f"period_{i}" for i in range(len(periods)))
    columns = (*named, *groups)
    # By their columns whatever their order: a set named twice would give every row twice.
    sets = {frozenset(names): ", ".join(names) for names in ((f"period_{periods.index(_days(one.filters))}", *one.by) for one in questions)}
    sums = select(
        [f"grouping_id({', '.join(columns)}) as set_id", *columns, *(f"sum({name}) as {name}" for name in used)],
        f"(\n{indent(events)}\n) as events",
        [" or ".join(named)],
    ) + f"\ngroup by grouping sets ({', '.join(f'({one})' for one in sets.values())})"
    structs = [f"{metric}({', '.join(measures[metric])}) as {metric}" for metric in metrics]
    sql = select(["set_id", *columns, *structs], f"(\n{indent(sums)}\n) as sums", [])
    return Batch(questions, Query(sql, parameters), periods, columns)


def _events(
    question: Question, place: int, groups: tuple[str, ...], periods: tuple[tuple, ...], used: tuple[str, ...], parameters: dict[str, Any]
) -> str:
    """The rows of one source: which periods they lie in, their groups, their measures. A row that covers more than one
    bucket has none.
    """
    source = question.sources[place]
    filters = question.filters
    anytime = replace(question, by=(), filters=filters.during(None, None))
    where = conditions(source, anytime, parameters)
    columns = []
    for i, (date_from, date_to) in enumerate(periods):
        within = in_period(source, filters.during(date_from, date_to), parameters, f"_{i}")
        columns.append(f"{' and '.join(within) or 'true'} as period_{i}")
    for group in groups:
        expression = group_expression(group, source, question)
        if group in BUCKETS and source.coarse:
            expression = f"case when {in_one_bucket(group, filters.month_start)} then {expression} end"
        columns.append(f"{expression} as {group}")
    return select([*columns, *measure_columns(source, used, summed=False)], rollup_for(source, question).name, where)


def _days(filters: Filters) -> tuple:
    return (filters.date_from, filters.date_to)
