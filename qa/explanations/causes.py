"""Causes to choose from: what goes wrong most in the center and month an explanation is about."""

from collections.abc import Callable, Iterator

import polars as pl

from qa import format
from qa.customers.satisfaction import dissatisfied_reasons
from qa.explanations.model import Cause, Figure
from qa.filters import Asked, Filters, Scope
from qa.i18n import _
from qa.keys import joined
from qa.measured import measured
from qa.quality.errors import Course, ranked
from qa.quality.scorecards import cards_of
from qa.warehouse import Warehouse

EACH = 6


def causes_found(warehouse: Warehouse, scope: Scope, figure: Figure) -> list[Cause]:
    """Errors by scorecard item, reasons of dissatisfaction and of calling again, with how often each occurs.

    Those that bear on the figure's metric come first; only the most frequent of each.
    """
    filters = Filters(figure.date_from, figure.date_to, centers=(figure.center,))
    first = _FIRST.get(figure.metric, _errors)
    families = [first, *(family for family in (_errors, _dissatisfied, _unresolved, _repeated) if family is not first)]
    return [cause for family in families for cause in family(warehouse, scope, filters)]


def _errors(warehouse: Warehouse, scope: Scope, filters: Filters) -> Iterator[Cause]:
    if not warehouse.present("evaluation_items"):
        return
    cards = cards_of(warehouse)
    for group in ranked(warehouse, scope, Asked(filters, None), Course())[:EACH]:
        text = _("Error: {item} ({count} times)").format(item=cards.item(group.item, with_card=False), count=format.count(group.amount))
        yield Cause(f"item {joined(group.item)}", text)


def _dissatisfied(warehouse: Warehouse, scope: Scope, filters: Filters) -> Iterator[Cause]:
    for reason, count in dissatisfied_reasons(warehouse, scope, filters).frame.select("reason", "count").head(EACH).iter_rows():
        yield Cause(f"dissatisfied {reason}", _("Dissatisfied: {reason} ({count} times)").format(reason=reason, count=format.count(count)))


def _unresolved(warehouse: Warehouse, scope: Scope, filters: Filters) -> Iterator[Cause]:
    for reason, count in _short_of(warehouse, scope, filters, "one_time_resolution", "call_reason"):
        yield Cause(f"unresolved {reason}", _("Not resolved at once: {reason} ({count} times)").format(reason=reason, count=format.count(count)))


def _repeated(warehouse: Warehouse, scope: Scope, filters: Filters) -> Iterator[Cause]:
    for reason, count in _short_of(warehouse, scope, filters, "first_call_resolution", "reason"):
        yield Cause(f"repeated {reason}", _("Called again or passed on: {reason} ({count} times)").format(reason=reason, count=format.count(count)))


def _short_of(warehouse: Warehouse, scope: Scope, filters: Filters, metric: str, group: str) -> list[tuple[str, float]]:
    """The groups with most that does not count for the metric."""
    frame = measured(warehouse, (metric,), (group,), filters, scope).get(metric)
    if frame is None:
        return []
    short = frame.drop_nulls(group).select(group, count=pl.col("denominator") - pl.col("numerator")).filter(pl.col("count") > 0)
    return short.sort(["count", group], descending=[True, False]).head(EACH).rows()


_FIRST: dict[str, Callable[[Warehouse, Scope, Filters], Iterator[Cause]]] = {
    "satisfaction_rate": _dissatisfied, "mean_satisfaction": _dissatisfied, "one_time_resolution": _unresolved, "first_call_resolution": _repeated,
    "repeat_call_rate": _repeated,
}  # fmt: skip
