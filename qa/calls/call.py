"""One call: what was recorded of it, and what came of it: evaluations, surveys, complaints, further contacts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import polars as pl

from qa.customers.rows import row_parameters
from qa.filters import Filters, Scope
from qa.quality.evaluation import with_verdicts
from qa.relations import query_text
from qa.views import ExtractViews
from qa.warehouse import Warehouse

# What is looked up about a call happened at most this long after it; its case reaches as far to both sides.
REACH = timedelta(days=92)
MOST_CONTACTS = 200
MOST_SHOWN = 300


@dataclass(frozen=True)
class Call:
    """``row``: columns of ``queries/calls/call.sql``. ``contacts``: all contacts of its case, as in
    ``queries/customers/case.sql``; empty for a call of no known customer. ``evaluations``, ``surveys``, ``complaints``: its own.
    """

    row: dict[str, Any]
    contacts: pl.DataFrame
    evaluations: pl.DataFrame
    surveys: pl.DataFrame
    complaints: pl.DataFrame


def call_of(warehouse: Warehouse, scope: Scope, call_id: str, near: datetime) -> Call | None:
    """The call; ``near``: when it, or what it led to, happened. None where the viewer's centers have none. Raises TimeoutError."""
    centers = None if scope is None else sorted(scope)
    extracts = warehouse.around((near - REACH).date(), (near + REACH).date())
    row = _recorded(extracts, call_id, near, centers)
    if row is None:
        return None
    at: datetime = row["started_at"]
    if at.date() != near.date():
        extracts = warehouse.around((at - REACH).date(), (at + REACH).date())
    after = {"date_from": at, "date_to": at + REACH, "centers": centers, "call_id": call_id}
    evaluations = with_verdicts(warehouse, extracts.fetch(query_text("quality/evaluations_of"), after | {"agent_id": None}), extracts)
    surveys = extracts.fetch(query_text("calls/surveys"), after)
    complaints = extracts.fetch(query_text("calls/complaints"), {"call_id": call_id, "centers": centers})
    contacts = pl.DataFrame()
    if row["customer_id"] is not None:
        around = {"date_from": at - REACH, "date_to": at + REACH, "centers": centers}
        whose = {"customer_id": row["customer_id"], "reason": row["reason"], "row_limit": MOST_CONTACTS}
        contacts = extracts.fetch(query_text("customers/case"), around | whose)
    return Call(row, contacts, evaluations, surveys, complaints)


def _recorded(extracts: ExtractViews, call_id: str, near: datetime, centers: list[str] | None) -> dict[str, Any] | None:
    """The call itself: at this moment, which is found at once, or else in the days before it."""
    for first, last in ((near, near + timedelta(seconds=1)), (near - REACH, near + timedelta(days=1))):
        found = extracts.fetch(query_text("calls/call"), {"call_id": call_id, "date_from": first, "date_to": last, "centers": centers})
        if found.height:
            return found.row(0, named=True)
    return None


def calls_shown(warehouse: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """The latest calls of a choice. Raises TimeoutError."""
    return warehouse.extract_rows(query_text("calls/calls_shown"), row_parameters(warehouse, scope, filters) | {"row_limit": MOST_SHOWN})


def short_pseudonym(customer_id: str) -> str:
    """The pseudonym cut to what tells the rows of one table apart."""
    return customer_id if len(customer_id) <= 8 else f"{customer_id[:6]}…"
