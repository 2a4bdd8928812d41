"""A dialog with one call and its case: every contact of the customer for the same reason, and what came of it."""

from datetime import datetime
from decimal import Decimal

import streamlit as st

from qa import format
from qa.customers.cases import Case, case_of, short_pseudonym
from qa.filters import Scope
from qa.i18n import _, set_language
from qa.session import data, state
from qa.session.board import board
from qa.session.board.items import Cell, Column, Event, Mark, Row, Table
from qa.session.names import names_of
from qa.warehouse import Warehouse


def open_case(event: Event | None, *items: str) -> None:
    """Open the case of a row or sentence clicked in one of these items; its key is "<moment> <call>", and what follows a "|" tells rows apart."""
    if event is None or event.item not in items or event.kind not in ("row", "open") or not isinstance(event.payload, str):
        return
    moment, _space, call_id = event.payload.partition("|")[0].partition(" ")
    if call_id:
        st.dialog(_("The call and its case"), width="large")(_content)(call_id, datetime.fromisoformat(moment))


def _content(call_id: str, near: datetime) -> None:
    # The dialog reruns by itself, without the frame that set the language.
    set_language(state.language_chosen())
    try:
        found = data.computed(_case, call_id, near)
    except TimeoutError:
        st.info(_("The rows take too long to read. Choose a shorter period or fewer centers."))
        return
    if found.call is None:
        st.info(_("The extract of calls does not have call {call}.").format(call=call_id))
        return
    names = names_of(data.warehouse())
    st.table(_facts(found.call, names.centers, names.agents), border="horizontal")
    if found.contacts.height:
        board([_contacts(found, names.agents)], key="case")


def _case(build: Warehouse, scope: Scope, call_id: str, near: datetime) -> Case:
    return case_of(build, scope, call_id, near)


def _facts(call: dict, centers: dict[str, str], agents: dict[str, str]) -> dict[str, str]:
    """The call in words; what was not recorded is left out."""
    facts = {
        _("Call"): call["call_id"],
        _("Time"): format.moment(call["started_at"]),
        _("Center"): centers.get(call["center_id"], call["center_id"]),
        _("Agent"): agents.get(call["agent_id"], call["agent_id"]),
        _("Queue"): call["queue"],
        _("Reason"): call["reason"],
        _("Customer"): call["customer_id"] and short_pseudonym(call["customer_id"]),
        _("Waiting"): _seconds(call["wait_s"]),
        _("Talk"): _seconds(call["talk_s"]),
        _("Hold"): _seconds(call["hold_s"]),
        _("Wrap-up"): _seconds(call["wrap_s"]),
        _("Answered"): _yes_or_no(call["answered"]),
        _("Transferred"): _yes_or_no(call["transferred"]),
    }
    return {label: _plain(text) for label, text in facts.items() if text}


def _contacts(found: Case, agents: dict[str, str]) -> Table:
    columns = [
        Column("time", _("Time")),
        Column("gap", _("After the one before"), align="right", kind="number"),
        Column("agent", _("Agent")),
        Column("queue", _("Queue")),
        Column("talk", _("Talk"), align="right", kind="number"),
        Column("transferred", _("Transferred")),
        Column("score", _("Score"), align="right", kind="number"),
        Column("settled", _("Settled at once?")),
        Column("complaint", _("Complaint")),
        Column("comment", _("Comment")),
    ]
    rows = [_contact_row(contact, agents, found.call["call_id"]) for contact in found.contacts.iter_rows(named=True)]
    title = _("Contacts of this customer for this reason")
    return Table("case", title, columns, rows, _("Within 92 days of the call."), height=380, opens=False, actions=())


def _contact_row(contact: dict, agents: dict[str, str], call_id: str) -> Row:
    is_asked_for = contact["call_id"] == call_id
    cells = [
        Cell(format.moment(contact["started_at"]), sort=contact["started_at"].isoformat(), mark=Mark("none", _("this call")) if is_asked_for else None),
        Cell(_gap(contact["gap_s"]), sort=contact["gap_s"]),
        Cell(agents.get(contact["agent_id"], contact["agent_id"]) or format.NOTHING),
        Cell(contact["queue"]),
        Cell(_seconds(contact["talk_s"]) or format.NOTHING, sort=contact["talk_s"] and float(contact["talk_s"])),
        Cell(_yes_or_no(contact["transferred"]) or format.NOTHING),
        Cell(score_text(contact["score"], contact["scale_max"]), sort=contact["score"] and float(contact["score"])),
        Cell(_yes_or_no(contact["resolved_first_time"]) or format.NOTHING),
        Cell(format.NOTHING if contact["complaint"] is None else contact["complaint"] or _("yes")),
        Cell(contact["comment"] or ""),
    ]
    return Row(contact["call_id"], cells)


def score_text(score: Decimal | None, scale_max: Decimal | None) -> str:
    """A score beside the top of its scale: "4 / 5"."""
    if score is None:
        return format.NOTHING
    return format.plain(float(score)) if scale_max is None else f"{format.plain(float(score))} / {format.plain(float(scale_max))}"


def _plain(text: str) -> str:
    """The text as Markdown that shows it as it is."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()<>#+-.!|~$:" else letter for letter in text)


def _gap(seconds: int | None) -> str:
    if seconds is None:
        return format.NOTHING
    days, rest = divmod(seconds, 86_400)
    return _("{days} d {hours} h").format(days=days, hours=rest // 3600) if days else format.duration(seconds)


def _seconds(seconds: Decimal | None) -> str:
    return "" if seconds is None else format.duration(float(seconds))


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else _("yes") if value else _("no")
