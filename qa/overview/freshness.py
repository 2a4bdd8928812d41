"""How far the data reach, and what is missing from them: in sentences."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from qa import format
from qa.contract import TABLES
from qa.filters import Asked, Filters, Scope
from qa.headlines import HEADLINES
from qa.i18n import _, ngettext, say
from qa.measured import measured, provisional_from
from qa.metrics import METRICS
from qa.periods import days_within
from qa.query import questions
from qa.results import askable
from qa.warehouse import Warehouse

# One metric speaks for each kind of record: every record of the kind counts in it.
SPEAKERS = {"calls": "answer_rate", "surveys": "response_rate", "evaluations": "appeal_rate"}
# Days without records after which a center is said to lag behind; evaluations pause over holidays.
LAG_DAYS = {"calls": 2, "surveys": 4, "evaluations": 10}
LOOK_BACK_DAYS = 45


@dataclass(frozen=True)
class Statement:
    """One sentence about the data; ``is_problem``: something is late or missing."""

    key: str
    text: str
    is_problem: bool = False


def statements(warehouse: Warehouse, scope: Scope, asked: Asked, center_names: dict[str, str]) -> list[Statement]:
    """Until when the data reach and when they were built, who lags behind, what is provisional, what is absent."""
    built = _("The data reach {day}; the rollups were made {moment}.").format(
        day=format.day(warehouse.span.last_day), moment=format.moment(warehouse.manifest.built_at)
    )
    found = [Statement("built", built)]
    found += _lags(warehouse, scope, asked.filters, center_names)
    found += _coverage(warehouse, scope, asked.filters)
    found += _provisional(warehouse, scope, asked.filters)
    found += _absent(warehouse)
    return found


def _lags(warehouse: Warehouse, scope: Scope, filters: Filters, names: dict[str, str]) -> list[Statement]:
    found = []
    for source, last_days in warehouse.told(("last days", scope), lambda: _last_days(warehouse, scope)).items():
        late_since = warehouse.span.last_day - timedelta(days=LAG_DAYS[source])
        late = {center: day for center, day in last_days.items() if day < late_since and (filters.centers is None or center in filters.centers)}
        if late:
            listed = _(", ").join(_("{name} ({day})").format(name=names.get(center, center), day=format.short_day(day)) for center, day in late.items())
            text = _("{records} end early in {centers}.").format(records=_records(source), centers=listed)
            found.append(Statement(f"lag {source}", text, is_problem=True))
    return found


def _coverage(warehouse: Warehouse, scope: Scope, filters: Filters) -> list[Statement]:
    """On how many of the days elapsed there are records."""
    elapsed = (min(filters.date_to, warehouse.span.until) - max(filters.date_from, warehouse.span.first_day)).days
    if elapsed <= 0:
        return []
    text = ngettext("{records} on {days} of {all} day", "{records} on {days} of {all} days", elapsed)
    known = _days_known(warehouse, scope, filters)
    counts = {source: np.unique(days[days_within(days, filters.date_from, filters.date_to)]).size for source, days in known.items()}
    parts = [text.format(records=_records(source), days=count, all=elapsed) for source, count in counts.items() if count]
    return [Statement("coverage", _("In this period: {list}.").format(list=_(", ").join(parts)))] if parts else []


def _provisional(warehouse: Warehouse, scope: Scope, filters: Filters) -> list[Statement]:
    """Since when first contacts are still being watched; nothing where calls name no customers."""
    since = provisional_from(warehouse, METRICS["first_call_resolution"])
    if filters.date_to <= since or warehouse.missing_tables(METRICS["first_call_resolution"].sources):
        return []
    contacts = measured(warehouse, ["repeat_call_rate"], (), filters, scope)["repeat_call_rate"]
    if contacts["value"].null_count():
        return []
    text = _("First-call resolution is provisional from {day}: customers may still call again within {days} days.")
    return [Statement("provisional", text.format(day=format.short_day(since), days=warehouse.config.definitions.resolution_window_days))]


def _absent(warehouse: Warehouse) -> list[Statement]:
    """A sentence for each missing extract: which headline figures it would bring."""
    by_table: dict[str, list[str]] = {}
    for key in HEADLINES:
        for table in warehouse.missing_tables(METRICS[key].sources):
            by_table.setdefault(table, []).append(say(METRICS[key].name))
    text = _("There is no extract “{table}”: {metrics} cannot be shown.")
    return [
        Statement(f"absent {table}", text.format(table=say(TABLES[table].label), metrics=_(", ").join(names)), is_problem=True)
        for table, names in by_table.items()
    ]


def _days(warehouse: Warehouse, scope: Scope, filters: Filters, by: tuple[str, ...]) -> dict[str, pl.DataFrame]:
    """Days with records, by kind of record."""
    sources = {key: source for source, key in SPEAKERS.items()}
    found = {}
    for question in questions(askable(warehouse, sources, by, filters), by, filters, scope):
        sums = warehouse.sums(question)
        for key in question.metrics:
            found[sources[key]] = sums.filter(pl.col(f"{key}.denominator") > 0).select(by)
    return {source: frame for source, frame in found.items() if not frame.is_empty()}


def _last_days(warehouse: Warehouse, scope: Scope) -> dict[str, dict[str, date]]:
    """The last day with records of each center lately, by kind of record."""
    recent = Filters(warehouse.span.until - timedelta(days=LOOK_BACK_DAYS), warehouse.span.until)
    days = _days(warehouse, scope, recent, ("center", "day"))
    return {source: dict(frame.group_by("center").agg(pl.col("day").max()).sort("center").iter_rows()) for source, frame in days.items()}


def _days_known(warehouse: Warehouse, scope: Scope, filters: Filters) -> dict[str, np.ndarray]:
    """Days with records of this choice, by kind of record: of all months, asked once, where that does not mean to read every agent's."""
    asked = filters.during(None, None) if set(filters.narrowed) <= {"center"} else filters
    found = warehouse.told(("days", asked, scope), lambda: _days(warehouse, scope, asked, ("day",)))
    return {source: frame["day"].to_numpy() for source, frame in found.items()}


def _records(source: str) -> str:
    return {"calls": _("calls"), "surveys": _("surveys"), "evaluations": _("evaluations")}[source]


