"""Tables of what came of a call, and of the calls of a choice."""

from datetime import datetime
from decimal import Decimal

from qa import format
from qa.calls.call import MOST_SHOWN, Call, calls_shown
from qa.contract import TABLES
from qa.filters import Asked, Scope
from qa.i18n import _, ngettext, say, sentences
from qa.names import names_of
from qa.quality.scorecards import cards_of
from qa.records import record_key
from qa.session.board.items import Cell, Column, Item, Mark, Row, Sentence, Sentences, Table
from qa.session.customers.shared import score_text
from qa.session.quality.evaluation_tables import evaluation_columns, evaluation_row
from qa.warehouse import Warehouse
from qa.words import code_words, nothing_here, too_slow


def evaluation_table(warehouse: Warehouse, found: Call) -> Table:
    """The evaluations of the call; a row opens one."""
    cards = cards_of(warehouse)
    rows = [evaluation_row(row, cards, []) for row in found.evaluations.iter_rows(named=True)]
    caption = _("A row opens the evaluation.") if rows else ""
    return Table("evaluations", _("Evaluations of this call"), evaluation_columns([]), rows, caption, actions=(), empty=_empty(warehouse, "evaluations"))


def contact_table(warehouse: Warehouse, found: Call) -> Table:
    """Every contact of the case, in order; a row opens its call."""
    names = names_of(warehouse)
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
    rows = [_contact_row(contact, names.agents, found.row["call_id"]) for contact in found.contacts.iter_rows(named=True)]
    title = _("Contacts of this customer for this reason")
    return Table("case", title, columns, rows, _("Within 92 days of the call. A row opens the call."), height=380, actions=())


def _contact_row(contact: dict, agents: dict[str, str], call_id: str) -> Row:
    is_shown = contact["call_id"] == call_id
    cells = [
        Cell(format.moment(contact["started_at"]), sort=contact["started_at"].isoformat(), mark=Mark("none", _("this call")) if is_shown else None),
        Cell(_gap(contact["gap_s"]), sort=contact["gap_s"]),
        Cell(agents.get(contact["agent_id"], contact["agent_id"]) or format.NOTHING),
        Cell(contact["queue"]),
        Cell(_seconds(contact["talk_s"]), sort=contact["talk_s"] and float(contact["talk_s"])),
        _yes_or_no(contact["transferred"]),
        Cell(score_text(contact["score"], contact["scale_max"]), sort=contact["score"] and float(contact["score"])),
        _yes_or_no(contact["resolved_first_time"]),
        Cell(format.NOTHING if contact["complaint"] is None else contact["complaint"] or _("yes")),
        Cell(contact["comment"] or ""),
    ]
    return Row(record_key(contact["started_at"], contact["call_id"]), cells)


def survey_table(warehouse: Warehouse, found: Call) -> Table:
    """What the customer answered."""
    columns = [
        Column("sent", _("Sent")),
        Column("answered", _("Answered at")),
        Column("score", _("Score"), align="right", kind="number"),
        Column("settled", _("Settled at once?")),
        Column("channel", _("Channel")),
        Column("reason", _("Reason")),
        Column("comment", _("Comment")),
    ]
    rows = [
        Row(
            row["survey_id"],
            [
                _moment(row["sent_at"]),
                _moment(row["answered_at"]) if row["answered_at"] else Cell(_("no answer")),
                Cell(score_text(row["score"], row["scale_max"]), sort=row["score"] and float(row["score"])),
                _yes_or_no(row["resolved_first_time"]),
                Cell(row["channel"] or format.NOTHING),
                Cell(row["reason"] or format.NOTHING),
                Cell(row["comment"] or format.NOTHING),
            ],
        )
        for row in found.surveys.iter_rows(named=True)
    ]
    return Table("surveys", _("What the customer said"), columns, rows, width="half", opens=False, actions=(), empty=_empty(warehouse, "surveys"))


def complaint_table(warehouse: Warehouse, found: Call) -> Table:
    """The complaints about the call."""
    columns = [
        Column("complaint", _("Complaint")),
        Column("category", _("Category")),
        Column("received", _("Received")),
        Column("due", _("Due")),
        Column("closed", _("Closed")),
        Column("upheld", _("Upheld")),
    ]
    rows = [
        Row(
            row["complaint_id"],
            [
                Cell(row["complaint_id"]),
                Cell(row["category"] or format.NOTHING),
                *(_moment(row[name]) for name in ("received_at", "due_at", "closed_at")),
                Cell(_("not decided")) if row["upheld"] is None else _yes_or_no(row["upheld"]),
            ],
        )
        for row in found.complaints.iter_rows(named=True)
    ]
    return Table("complaints", _("Complaints"), columns, rows, width="half", opens=False, actions=(), empty=_empty(warehouse, "complaints"))


def shown_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """The latest calls of the view, to choose one from."""
    title = _("Calls in this view")
    if not warehouse.present("calls"):
        return [Sentences("answer", title, [Sentence("none", _("Single calls are not known here. The extract “calls” would fill this page."))])]
    try:
        found = calls_shown(warehouse, scope, asked.filters)
    except TimeoutError:
        return [Sentences("answer", title, [Sentence("slow", too_slow())])]
    columns = [
        Column("time", _("Time")),
        Column("agent", _("Agent")),
        Column("center", _("Center")),
        Column("direction", _("Direction")),
        Column("queue", _("Queue")),
        Column("reason", _("Reason")),
        Column("answered", _("Answered")),
        Column("wait", _("Waiting"), align="right", kind="number"),
        Column("talk", _("Talk"), align="right", kind="number"),
        Column("transferred", _("Transferred")),
    ]
    names, directions = names_of(warehouse), code_words()["direction"]
    rows = [
        Row(
            record_key(row["started_at"], row["call_id"]),
            [
                _moment(row["started_at"]),
                Cell(names.of("agent", row["agent_id"]) if row["agent_id"] else format.NOTHING, detail=row["team"] or ""),
                Cell(names.of("center", row["center_id"])),
                Cell(directions.get(row["direction"], row["direction"])),
                Cell(row["queue"]),
                Cell(row["reason"] or format.NOTHING),
                _yes_or_no(row["answered"]),
                *(Cell(_seconds(row[name]), sort=None if row[name] is None else float(row[name])) for name in ("wait_s", "talk_s")),
                _yes_or_no(row["transferred"]),
            ],
        )
        for row in found.iter_rows(named=True)
    ]
    caption = ngettext("The latest {count} call. A row opens it.", "The latest {count} calls. A row opens one.", len(rows))
    caption = caption.format(count=format.count(len(rows)))
    if len(rows) == MOST_SHOWN:
        caption = sentences(caption, _("Choose an agent or a shorter period to see others."))
    return [Table("shown", title, columns, rows, caption if rows else "", height=640, actions=(), empty=nothing_here())]


def _empty(warehouse: Warehouse, table: str) -> str:
    """Why there is none: nothing recorded of this call, or no such extract at all."""
    if warehouse.present(table):
        return _("None recorded for this call.")
    return _("The extract “{table}” is not there.").format(table=say(TABLES[table].label))


def _gap(seconds: int | None) -> str:
    if seconds is None:
        return format.NOTHING
    days, rest = divmod(seconds, 86_400)
    return _("{days} d {hours} h").format(days=days, hours=rest // 3600) if days else format.duration(seconds)


def _seconds(time: Decimal | None) -> str:
    return format.NOTHING if time is None else format.duration(float(time))


def _moment(at: datetime | None) -> Cell:
    return Cell(format.moment(at), sort=None if at is None else at.isoformat())


def _yes_or_no(value: bool | None) -> Cell:
    return Cell(format.NOTHING if value is None else _("yes") if value else _("no"))
