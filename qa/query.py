"""A question and the SQL that answers it: from rollups for the board, from facts for rows and proofs.

Identifiers come from the catalogue and the sources alone; everything a viewer chooses is a bound parameter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from qa.filters import FILTERED, Filters, Scope
from qa.i18n import _, say
from qa.metrics import METRICS, SERVICE_LEVEL_VARIANTS, Metric
from qa.periods import GRAINS, MONTH_STARTS
from qa.problems import Problem
from qa.relations import query_text
from qa.sources import DIMENSIONS, ROLLUPS, SOURCES, Rollup, Source

GROUPS: tuple[str, ...] = (*DIMENSIONS, *GRAINS)

BUCKETS = {
    "day": "day_start",
    "week": "week_start",
    "half_month": "half_month_start",
    "month": "month_start_of",
    "quarter": "quarter_start",
    "year": "year_start",
}

# Those that are made of months.
MONTHS = ("month", "quarter", "year")


class NotAnswerable(Problem):
    """A question the data cannot answer; the message says why in the viewer's language."""


@dataclass(frozen=True)
class Query:
    """SQL with named parameters and their values."""

    sql: str
    parameters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What is asked: metrics of one kind of source, by which groups, of which rows, within which scope."""

    metrics: tuple[str, ...]
    by: tuple[str, ...]
    filters: Filters
    scope: Scope

    @property
    def sources(self) -> tuple[Source, ...]:
        return sources_of(METRICS[self.metrics[0]], self.by, self.filters)


def sources_of(metric: Metric, by: Sequence[str], filters: Filters) -> tuple[Source, ...]:
    """The sources that answer for the metric: by a part of the scorecard, evaluations through their items, sections or
    categories; by time of day, calls by their half-hour; by what is known of its call, surveys through it.
    """
    return _sources(metric.sources, frozenset((*by, *filters.narrowed)))


@lru_cache(4096)
def _sources(names: tuple[str, ...], asked: frozenset[str]) -> tuple[Source, ...]:
    instead = {}
    part = _part(asked)
    if part:
        instead["evaluations"] = instead["evaluation_items"] = CARD_PARTS[part]
    if asked & TIME_OF_DAY:
        instead["calls"] = "call_half_hours"
    if asked & OF_THE_CALL:
        instead["surveys"] = "survey_calls"
    return tuple(SOURCES[instead.get(name, name)] for name in names)


def questions(keys: Sequence[str], by: Sequence[str], filters: Filters, scope: Scope) -> list[Question]:
    """The fewest questions that ask all metrics: one for each set of sources."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for key in keys:
        groups.setdefault(tuple(source.name for source in sources_of(METRICS[key], by, filters)), []).append(key)
    return [Question(tuple(metrics), tuple(by), filters, scope) for metrics in groups.values()]


def obstacle(metric: Metric, by: Sequence[str], filters: Filters) -> str:
    """Why the metric cannot be asked this way, in the viewer's language; empty when it can."""
    kind, dimension = _obstacle(metric.key, tuple(by), filters.narrowed)
    texts = {
        "": "",
        "dimension": _("{metric} is not recorded by {dimension}; remove that filter or grouping."),
        "part": _("{metric} belongs to a whole evaluation and cannot be asked by {dimension}."),
        "time of day": _("{metric} is not recorded by time of day; remove that filter or grouping."),
    }
    return texts[kind].format(metric=say(metric.name), dimension=dimension and dimension_label(dimension))


def can_be_asked(metric: Metric, by: Sequence[str], filters: Filters) -> bool:
    """Whether there is no obstacle."""
    return not _obstacle(metric.key, tuple(by), filters.narrowed)[0]


@lru_cache(8192)
def _obstacle(key: str, by: tuple[str, ...], narrowed: tuple[str, ...]) -> tuple[str, str]:
    """The kind of obstacle, empty where there is none, and the dimension that is one."""
    metric, asked = METRICS[key], frozenset((*by, *narrowed))
    for dimension in _dimensions_used(by, narrowed):
        if any(dimension not in source.dimensions for source in _sources(metric.sources, asked)):
            return "dimension", dimension
    part = _part(asked)
    if part and key not in ITEM_METRICS and "evaluations" in metric.sources:
        return "part", part
    if asked & TIME_OF_DAY and key not in TIME_OF_DAY_METRICS and "calls" in metric.sources:
        return "time of day", ""
    return "", ""


def part_asked(by: Sequence[str], filters: Filters) -> str:
    """The part of a scorecard that is asked for, the smallest first; empty for whole evaluations."""
    return _part(frozenset((*by, *filters.narrowed)))


def _part(asked: frozenset[str]) -> str:
    return next((part for part in CARD_PARTS if part in asked), "")


# What a question can be asked by that only a part of a call's or a survey's sources knows.
TIME_OF_DAY, OF_THE_CALL = frozenset({"weekday", "half_hour"}), frozenset({"call_reason", "hour"})
# Parts of a scorecard -> the source that measures an evaluation by them.
CARD_PARTS = {"item": "evaluation_items", "section": "evaluation_sections", "category": "evaluation_categories"}
ITEM_METRICS = ("mean_score", "fatal_accuracy", "nonfatal_accuracy", "composite_error_rate", "error_count")
TIME_OF_DAY_METRICS = (
    "inbound_calls", "answer_rate", "abandonment_rate", "service_level", *(f"service_level_{variant}" for variant in SERVICE_LEVEL_VARIANTS),
    "answered_in_rings", "mean_wait",
)  # fmt: skip


def dimension_label(dimension: str) -> str:
    """The dimension's word in the viewer's language."""
    labels = {
        "center": _("center"),
        "team": _("team"),
        "agent": _("agent"),
        "evaluator": _("evaluator"),
        "queue": _("queue"),
        "direction": _("direction"),
        "reason": _("reason"),
        "scorecard": _("scorecard"),
        "kind": _("kind of inspection"),
        "sample": _("sample reason"),
        "mark": _("score out of 100"),
        "item": _("scorecard item"),
        "category": _("category"),
        "section": _("section"),
        "call_reason": _("reason of the call"),
        "hour": _("hour of the day"),
        "weekday": _("weekday"),
        "half_hour": _("half-hour"),
    }
    return labels[dimension]


def _dimensions_used(by: Sequence[str], narrowed: Sequence[str]) -> list[str]:
    return [*(group for group in by if group in DIMENSIONS), *(dimension for dimension in narrowed if dimension != "center")]


def rollup_query(question: Question, measures: dict[str, tuple[str, ...]]) -> Query:
    """The question over the coarsest rollups that answer it. ``measures``: the columns each metric's macro takes.

    Columns: the groups, then one struct a metric.
    """
    relations = [(source, (rollup_for(source, question).name,)) for source in question.sources]
    return _grouped(question, relations, measures)


def fact_query(question: Question, measures: dict[str, tuple[str, ...]]) -> Query:
    """The same question over the facts themselves: what anyone can recompute from the extracts."""
    return _grouped(question, [(source, source.facts) for source in question.sources], measures)


def row_query(question: Question, measures: dict[str, tuple[str, ...]], limit: int | None, offset: int = 0) -> Query:
    """The events behind one metric, each with its own numerator and denominator, in order of time.

    Columns: source, key (text), happened_at, the source's dimensions, numerator, denominator.
    """
    key = question.metrics[0]
    used = measures[key]
    parameters: dict[str, Any] = {}
    parts = []
    dimensions = [d for d in DIMENSIONS if all(d in source.dimensions for source in question.sources)]
    for source in question.sources:
        for fact in source.facts:
            where = conditions(source, question, parameters)
            columns = [
                f"'{source.name}' as source",
                " || ' ' || ".join(f"cast({column} as varchar)" for column in source.key) + " as key",
                f"cast({source.happened} as timestamp) as happened_at",
                *(f"{DIMENSIONS[dimension]} as {dimension}" for dimension in dimensions),
                *measure_columns(source, used, summed=False),
            ]
            parts.append(select(columns, fact, where))
    events = "\n    union all\n".join(indent(part) for part in parts)
    sql = (
        "select\n    source, key, happened_at,\n"
        + "".join(f"    {dimension},\n" for dimension in dimensions)
        + "    measured.numerator as numerator,\n    measured.denominator as denominator\nfrom (\n"
        + f"    select *, {key}({', '.join(used)}) as measured\n    from (\n{indent(events)}\n    ) as events\n) as metric_rows\n"
        + "where measured.numerator <> 0 or measured.denominator <> 0\norder by happened_at, source, key"
    )
    if limit is not None:
        sql += "\nlimit $row_limit offset $row_offset"
        parameters |= {"row_limit": limit, "row_offset": offset}
    return Query(sql, parameters)


def rollup_for(source: Source, question: Question) -> Rollup:
    """The first of its rollups that has all that is asked for."""
    needed = {DIMENSIONS[dimension] for dimension in _dimensions_used(question.by, question.filters.narrowed)}
    whole_months = _asks_whole_months(question)
    rollups = (ROLLUPS[name] for name in source.rollups)
    return next(rollup for rollup in rollups if needed <= set(rollup.dimensions) and (whole_months or not rollup.by_month))


def _asks_whole_months(question: Question) -> bool:
    """Whether the days asked for, and each group of them, begin and end with months."""
    filters = question.filters
    ends = (filters.date_from, filters.date_to)
    times = [group for group in question.by if group in BUCKETS]
    starts = {day.day for day in ends if day} | ({filters.month_start} if times else set())
    return starts <= set(MONTH_STARTS) and set(times) <= set(MONTHS)


def _grouped(question: Question, relations: Sequence[tuple[Source, tuple[str, ...]]], measures: dict[str, tuple[str, ...]]) -> Query:
    used = tuple(dict.fromkeys(name for key in question.metrics for name in measures[key]))
    parameters: dict[str, Any] = {}
    parts = []
    for source, names in relations:
        for relation in names:
            where = conditions(source, question, parameters)
            columns = [*(f"{group_expression(group, source, question)} as {group}" for group in question.by), *measure_columns(source, used, summed=True)]
            part = select(columns, relation, where)
            parts.append(f"{part}\ngroup by {', '.join(str(i + 1) for i in range(len(question.by)))}" if question.by else part)
    groups = [*question.by]
    source_sql = "\nunion all\n".join(parts)
    if len(parts) > 1:
        columns = [*groups, *(f"sum({name}) as {name}" for name in used)]
        source_sql = select(columns, f"(\n{indent(source_sql)}\n) as parts", [])
        source_sql += f"\ngroup by {', '.join(groups)}" if groups else ""
    outer = [*groups, *(f"{key}({', '.join(measures[key])}) as {key}" for key in question.metrics)]
    sql = select(outer, f"(\n{indent(source_sql)}\n) as sums", [])
    if groups:
        sql += "\norder by " + ", ".join(f"{group} nulls last" for group in groups)
    return Query(sql, parameters)


def proof_query(question: Question, measures: dict[str, tuple[str, ...]]) -> Query:
    """One metric from the facts, spelt out for people: the groups, numerator, denominator, n, value."""
    metric = METRICS[question.metrics[0]]
    query = fact_query(question, measures)
    value = "numerator" if metric.unit == "count" else "numerator / nullif(denominator, 0)"
    fields = [f"{metric.key}.{name} as {name}" for name in ("numerator", "denominator", "n")]
    answers = select([*question.by, *fields], f"(\n{indent(query.sql)}\n) as measured", [])
    return Query(select(["*", f"{value} as value"], f"(\n{indent(answers)}\n) as answers", []), query.parameters)


def measure_columns(source: Source, used: Sequence[str], summed: bool) -> list[str]:
    """The measures a source has, and zero for those that only its partner in the metric has."""
    own = source_measures(source)
    columns = []
    for name in used:
        value = (f"sum({name})" if summed else name) if name in own else "0"
        columns.append(f"{value} as {name}" if value != name else name)
    return columns


def source_measures(source: Source) -> frozenset[str]:
    """The measures of a source: what the select list of its finest rollup sums."""
    text = query_text(f"rollup/{source.rollups[-1]}")
    return frozenset(line.split("cast(sum(")[1].split(")")[0] for line in text.splitlines() if "cast(sum(" in line)


def group_expression(group: str, source: Source, question: Question) -> str:
    if group in DIMENSIONS:
        return DIMENSIONS[group]
    return f"{BUCKETS[group]}({source.day(question.filters.date_basis)}, {question.filters.month_start:d})"


def conditions(source: Source, question: Question, parameters: dict[str, Any]) -> list[str]:
    """The where-conditions, their values put into ``parameters``.

    A row that covers several days counts when it lies wholly inside the period and inside one bucket of it.
    """
    filters = question.filters.within(question.scope)
    where = in_period(source, filters, parameters)
    for attribute, dimension in FILTERED.items():
        chosen = getattr(filters, attribute)
        if chosen is not None:
            where.append(f"list_contains($"f"{attribute}, {DIMENSIONS[dimension]})")
            parameters[attribute] = list(chosen)
    if source.coarse:
        where += [in_one_bucket(group, filters.month_start) for group in question.by if group in BUCKETS]
    return where


def in_period(source: Source, filters: Filters, parameters: dict[str, Any], suffix: str = "") -> list[str]:
    """The conditions on the day; ``suffix`` tells the parameters of several periods apart."""
    day = source.day(filters.date_basis)
    where = []
    if filters.date_from is not None:
        where.append(f"{day} >= $date_from{suffix}")
        parameters[f"date_from{suffix}"] = filters.date_from
    if filters.date_to is not None:
        where.append(f"{'day_until <=' if source.coarse else f'{day} <'} $date_to{suffix}")
        parameters[f"date_to{suffix}"] = filters.date_to
    return where


def in_one_bucket(group: str, month_start: int) -> str:
    """Whether all days of a row that may cover several lie in one bucket."""
    bucket = BUCKETS[group]
    return f"(day_until = day + 1 or {bucket}(day, {month_start:d}) = {bucket}(day_until - 1, {month_start:d}))"


def select(columns: Sequence[str], relation: str, conditions: Sequence[str]) -> str:
    sql = "select\n    " + ",\n    ".join(columns) + f"\nfrom {relation}"
    return sql + ("\nwhere\n    " + "\n    and ".join(conditions) if conditions else "")


def indent(text: str) -> str:
    return "\n".join("    " + line for line in text.splitlines())
