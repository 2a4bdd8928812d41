"""A call's page as items of the board: what was recorded of it, and what came of it."""

from decimal import Decimal

import polars as pl

from qa import format
from qa.calls.call import Call, call_of, short_pseudonym
from qa.charts.parts import parts
from qa.filters import Scope
from qa.i18n import _, ngettext
from qa.names import names_of
from qa.records import record_of
from qa.session import data
from qa.session.board.items import Cell, Chart, Column, Event, Item, Mark, Row, Sentence, Sentences, Table
from qa.session.calls.call_tables import complaint_table, contact_table, evaluation_table, survey_table
from qa.session.record_link import open_call, open_evaluation, row_clicked
from qa.warehouse import Warehouse
from qa.words import code_words, too_slow


def call_items(warehouse: Warehouse, scope: Scope, key: str) -> list[Item]:
    """The answer, the times, the record, and the tables of what came of it; a sentence where it is not to be had."""
    found = found_call(warehouse, scope, key)
    if isinstance(found, str):
        return [Sentences("answer", title(), [Sentence("none", found)])]
    return [
        Sentences("answer", title(), [_what(found), *_came_of_it(found)]),
        _about(warehouse, found),
        _times(found),
        evaluation_table(warehouse, found),
        *([contact_table(warehouse, found)] if found.contacts.height else []),
        survey_table(warehouse, found),
        complaint_table(warehouse, found),
    ]


def found_call(warehouse: Warehouse, scope: Scope, key: str) -> Call | str:
    """The call of a key, or why it cannot be shown, in words."""
    record = record_of(key)
    if record is None:
        return _("The link names no call.")
    at, call_id = record
    if not warehouse.present("calls"):
        return absent()
    try:
        found = data.kept(warehouse, scope, call_of, call_id, at)
    except TimeoutError:
        return too_slow()
    unknown = _("Call {call} was not found, or it belongs to a center that is not yours to see.")
    return unknown.format(call=call_id) if found is None else found


def title() -> str:
    return _("What happened in this call, and what came of it?")


def absent() -> str:
    """What to say where no single call is known."""
    return _("Single calls are not known here. The extract “calls” would fill this page.")


def _what(found: Call) -> Sentence:
    row = found.row
    direction = code_words()["direction"].get(row["direction"], row["direction"])
    said = [direction, row["queue"], row["reason"]]
    text = _("; ").join([" · ".join(part for part in said if part), *_course(row)])
    if not row["answered"]:
        return Sentence("what", text, Mark("missed", _("Not answered")))
    resolved = {True: Mark("met", _("Resolved")), False: Mark("missed", _("Not resolved"))}
    return Sentence("what", text, resolved.get(row["resolved"]) or Mark("none", _("Answered")))


def _course(row: dict) -> list[str]:
    """How the call went, in order, as far as it was recorded."""
    ended = {"agent": _("ended by the agent"), "customer": _("ended by the customer"), "system": _("ended by the system")}
    talked = row["talk_s"] if row["answered"] else None
    told = [
        row["wait_s"] is not None and _("waited {time}").format(time=_seconds(row["wait_s"])),
        talked is not None and _("talked {time}").format(time=_seconds(talked)),
        bool(row["transferred"]) and _("transferred"),
        row["ended_by"] is not None and ended.get(row["ended_by"], row["ended_by"]),
        row["sold"] is not None and (_("sold") if row["sold"] else _("not sold")),
    ]
    return [part for part in told if part]


def _came_of_it(found: Call) -> list[Sentence]:
    """A sentence each for the case, the evaluations and the complaints; none for what there is not."""
    lines = []
    if found.contacts.height > 1:
        count = found.contacts.height
        text = ngettext(
            "{count} contact of this customer for this reason within 92 days.", "{count} contacts of this customer for this reason within 92 days.", count
        ).format(count=format.count(count))
        lines.append(Sentence("case", text, Mark("concern", _("Called again"))))
    if found.complaints.height:
        text = ngettext("{count} complaint about it.", "{count} complaints about it.", found.complaints.height)
        lines.append(Sentence("complaints", text.format(count=format.count(found.complaints.height)), Mark("concern", _("Complaint"))))
    if found.evaluations.is_empty():
        lines.append(Sentence("evaluations", _("It was not evaluated.")))
    return lines


def _about(warehouse: Warehouse, found: Call) -> Table:
    """Everything recorded, a line each."""
    row, names = found.row, names_of(warehouse)
    facts: list[tuple[str, str | None]] = [
        (_("Call id"), row["call_id"]),
        (_("Time"), format.moment(row["started_at"])),
        (_("Center"), names.of("center", row["center_id"])),
        (_("Team"), row["team"]),
        (_("Agent"), row["agent_id"] and names.of("agent", row["agent_id"])),
        (_("Queue"), row["queue"]),
        (_("Reason"), row["reason"]),
        (_("Customer"), row["customer_id"] and short_pseudonym(row["customer_id"])),
        (_("Waiting"), _seconds(row["wait_s"])),
        (_("Talk time"), _seconds(row["talk_s"])),
        (_("Hold"), _seconds(row["hold_s"])),
        (_("Wrap-up"), _seconds(row["wrap_s"])),
        (_("Transferred"), _yes_or_no(row["transferred"])),
        (_("Until the transfer"), _seconds(row["transfer_s"])),
        (_("Resolved"), _yes_or_no(row["resolved"])),
        (_("Sold"), _yes_or_no(row["sold"])),
    ]
    columns = [Column("what", _("Recorded")), Column("value", _("Value"))]
    rows = [Row("", [Cell(label), Cell(text)]) for label, text in facts if text]
    return Table("about", _("The call"), columns, rows, _("What was not recorded is left out."), width="half", opens=False, tools=False, actions=())


def _times(found: Call) -> Chart:
    """Waiting, talk, hold and wrap-up one after the other."""
    words = {"wait_s": _("Waiting"), "talk_s": _("Talk"), "hold_s": _("Hold"), "wrap_s": _("Wrap-up")}
    known = {name: float(found.row[name]) for name in words if found.row[name] is not None}
    heading, empty = _("Where the time went"), _("No time of this call was recorded.")
    if not sum(known.values()):
        return Chart("times", heading, None, height=180, empty=empty)
    frame = pl.DataFrame([{"call": found.row["call_id"], "value": sum(known.values()), **known}])
    figure = parts(frame, "seconds", "call", {name: words[name] for name, seconds in known.items() if seconds}, {found.row["call_id"]: _("This call")})
    missing = [words[name] for name in words if name not in known]
    caption = _("Not recorded: {parts}.").format(parts=_(", ").join(missing)) if missing else ""
    return Chart("times", heading, figure, caption, height=180, actions=("table", "image"))


def _seconds(time: Decimal | None) -> str:
    """A recorded time in words; empty where there is none."""
    return "" if time is None else format.duration(float(time))


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else _("yes") if value else _("no")


def act(event: Event | None, key: str) -> None:
    """To an evaluation of the call, or to another call of the case."""
    open_evaluation(row_clicked(event, "evaluations"))
    wanted = row_clicked(event, "case")
    if wanted and record_of(wanted) != record_of(key):
        open_call(wanted)


