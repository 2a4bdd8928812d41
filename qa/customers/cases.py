"""One call, and the contacts of the same customer for the same reason around it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from qa.filters import Scope
from qa.relations import query_text
from qa.warehouse import Warehouse

# What is looked up about a call happened at most this long after it; its case reaches as far to both sides.
REACH = timedelta(days=92)
MOST_CONTACTS = 200


@dataclass(frozen=True)
class Case:
    """``call``: the call (columns of ``queries/customers/call.sql``), None where the extracts do not have it.

    ``contacts``: all contacts of its case, as in ``queries/customers/case.sql``; empty for a call of no known customer.
    """

    call: dict | None
    contacts: pl.DataFrame


def case_of(warehouse: Warehouse, scope: Scope, call_id: str, near: datetime) -> Case:
    """The case of a call; ``near``: when the call, or what it led to, happened. Raises TimeoutError."""
    visible = None if scope is None else sorted(scope)
    around = {"date_from": near - REACH, "date_to": near + timedelta(days=1), "centers": visible}
    calls = warehouse.extract_rows(query_text("customers/call"), around | {"call_id": call_id})
    if calls.is_empty():
        return Case(None, pl.DataFrame())
    call = calls.row(0, named=True)
    if call["customer_id"] is None:
        return Case(call, pl.DataFrame())
    around = {"date_from": call["started_at"] - REACH, "date_to": call["started_at"] + REACH, "centers": visible}
    whose = {"customer_id": call["customer_id"], "reason": call["reason"], "row_limit": MOST_CONTACTS}
    return Case(call, warehouse.extract_rows(query_text("customers/case"), around | whose))


def short_pseudonym(customer_id: str) -> str:
    """The pseudonym cut to what tells the rows of one table apart."""
    return customer_id if len(customer_id) <= 8 else f"{customer_id[:6]}…"
