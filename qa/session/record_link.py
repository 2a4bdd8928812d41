"""The way to a single evaluation or call, from wherever one is clicked."""

from typing import Any, NoReturn

import streamlit as st

from qa.calls.call import call_of
from qa.drill import narrowed
from qa.i18n import _
from qa.quality.evaluation import evaluation_of
from qa.records import record_key, record_of
from qa.session import data, state
from qa.session.board.items import Event
from qa.session.drill import Leaf
from qa.view import View, to_parameters

EVALUATION_PAGE = "pages/quality/evaluation.py"
CALL_PAGE = "pages/calls/call.py"
# The pages' paths, and their own parameters in the URL: each holds a key of ``qa.records``.
EVALUATION, CALL = "evaluation", "call"


def open_evaluation(key: str) -> None:
    """Show the evaluation of this key, the view narrowed to its center, team and agent. The run ends here; nothing for no key."""
    _open(key, evaluation_of, EVALUATION, EVALUATION_PAGE)


def open_call(key: str) -> None:
    """Show the call of this key; its moment may be that of the call or of what came of it, within 92 days."""
    _open(key, call_of, CALL, CALL_PAGE)


def row_clicked(event: Event | None, *items: str) -> str:
    """The key of the row or sentence clicked in one of these items; empty when none was."""
    if event is None or event.item not in items or event.kind not in ("row", "open") or not isinstance(event.payload, str):
        return ""
    return event.payload


def asked_for(name: str) -> str:
    """The record's key in the URL; empty when it names none."""
    return (st.query_params.get_all(name) or [""])[-1]


def leaf_of(path: str) -> Leaf | None:
    """The record that the page at this URL path shows, as the end of the breadcrumb; None where it shows none."""
    pages = {EVALUATION: (_("Evaluation"), EVALUATION_PAGE), CALL: (_("Call"), CALL_PAGE)}
    record = record_of(asked_for(path)) if path in pages else None
    if record is None:
        return None
    word, page = pages[path]
    return Leaf(f"{word} {record[1]}", page)


def _open(key: str, look_up: Any, name: str, page: str) -> NoReturn | None:
    record = record_of(key)
    if record is None:
        return None
    at, record_id = record
    try:
        found = data.computed(look_up, record_id, at)
    except TimeoutError:
        found = None
    choices = data.choices()
    view = state.current(choices)
    if found is not None:
        view = _around(view, found.row)
    state.go_to(view)
    st.switch_page(page, query_params=to_parameters(view) | {name: record_key(at, record_id)})


def _around(view: View, row: dict[str, Any]) -> View:
    """The view narrowed to where the record belongs: to its agent, or else as far as the choices go."""
    choices = data.choices()
    place = {"center": row["center_id"], "team": row["team"], "agent": row["agent_id"]}
    if place["agent"] is not None:
        place["team"] = place["team"] or ""
    for known in (place, place | {"agent": None, "team": place["team"] or None}, {"center": place["center"]}):
        wanted = narrowed(view, choices, **known)
        if wanted != view:
            return wanted
    return view
