"""From a row behind a number to the evaluation or the call it comes from."""

from datetime import datetime
from typing import Any, Literal

from qa.filters import Scope
from qa.records import record_key
from qa.relations import query_text
from qa.warehouse import Warehouse

Kind = Literal["evaluation", "call"]

# Sources whose records are evaluations, or calls.
EVALUATIONS = ("evaluations", "evaluation_items", "evaluation_sections", "evaluation_categories", "calibrations")
CALLS = ("calls", "call_half_hours", "contacts")
# Sources whose records name a call -> the query that finds it.
NAMING_A_CALL = {"surveys": "calls/call_of_survey", "survey_calls": "calls/call_of_survey", "complaints": "calls/call_of_complaint"}


def can_open(row: dict[str, Any]) -> bool:
    """Whether a row of ``Warehouse.rows`` may lead to an evaluation or a call; a count of calls does not."""
    source, key = row["source"], row["key"]
    if source in CALLS:
        return not key.startswith(f"{row['center']} {row['happened_at']:%Y-%m-%d} ")
    return source in EVALUATIONS or source in NAMING_A_CALL


def record_behind(warehouse: Warehouse, scope: Scope, source: str, key: str, at: datetime) -> tuple[Kind, str] | None:
    """What a row leads to, as kind and key of ``qa.records``; None where it names nothing. ``key``, ``at``: of the row."""
    if source in EVALUATIONS:
        return "evaluation", record_key(at, key.rsplit(" ", 1)[0] if source == "evaluation_items" else key)
    if source in CALLS:
        return "call", record_key(at, key)
    parameters = {"record_id": key, "at": at, "centers": None if scope is None else sorted(scope)}
    found = warehouse.around(at.date(), at.date()).fetch(query_text(NAMING_A_CALL[source]), parameters)
    call_id = found["call_id"][0] if found.height else None
    return None if call_id is None else ("call", record_key(at, call_id))
