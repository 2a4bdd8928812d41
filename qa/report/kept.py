"""What people have written about a month: explanations from the store, and what the data of now say beside what was reported."""

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path

from qa.explanations.listing import due
from qa.explanations.model import Explanation
from qa.explanations.reading import explanations_of, reported_of
from qa.explanations.restated import Restated, restated
from qa.explanations.rules import Rules
from qa.filters import Scope
from qa.store import StoreError, open_store
from qa.warehouse import Warehouse


@dataclass(frozen=True)
class Kept:
    """``is_listed``: the month's list has been made. ``restated``: by metric, reported figures that are others by now."""

    is_listed: bool = False
    explanations: tuple[Explanation, ...] = ()
    restated: dict[str, Restated] | None = None


NOTHING_KEPT = Kept()


def kept_mark(warehouse: Warehouse, scope: Scope, center: str | None, month: str) -> Hashable:
    """What changes whenever somebody writes about the month, of one center or of all."""
    try:
        store = open_store(warehouse.data)
        reported = len(reported_of(store, center, month, scope))
        return reported, tuple((one.id, one.version) for one in explanations_of(store, center, month, scope))
    except StoreError:
        return None


def kept(warehouse: Warehouse, scope: Scope, center: str, month: str) -> Kept:
    """What is kept of a center's month; nothing where there is no store or it cannot be reached."""
    data: Path = warehouse.data
    try:
        store = open_store(data)
        reported = reported_of(store, center, month, scope)
        if not reported:
            return NOTHING_KEPT
        now = due(warehouse, scope, Rules.of(data), month)
        found = restated(reported, now.ready)
        return Kept(True, tuple(explanations_of(store, center, month, scope)), {metric: one for (_center, metric), one in found.items()})
    except StoreError:
        return NOTHING_KEPT
