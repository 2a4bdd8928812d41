"""The lower part of the resolution page as items of the board: repeat calls by queue and reason, or single cases."""

from datetime import timedelta

import polars as pl

from qa import format
from qa.calls.call import short_pseudonym
from qa.customers.resolution import chains
from qa.filters import Filters, Scope
from qa.i18n import _, ngettext
from qa.names import center_names
from qa.records import record_key
from qa.results import answer
from qa.session.board.items import Cell, Chart, Column, Event, Item, Row, Sentence, Sentences, Table
from qa.session.customers.shared import group_chart
from qa.session.judged_table import Row as JudgedRow
from qa.session.judged_table import groups_of, judged_table
from qa.warehouse import Warehouse
from qa.words import too_slow


def repeat_items(warehouse: Warehouse, scope: Scope, filters: Filters) -> list[Item]:
    """Repeat calls and first-call resolution by queue and by reason, as charts and as a table."""
    keys = ("repeat_call_rate", "first_call_resolution")
    items: list[Item] = []
    for by, title in (("queue", _("Repeat-call rate by queue")), ("reason", _("Repeat-call rate by reason"))):
        frame = answer(warehouse, keys, (by,), filters, scope)
        if frame.is_empty():
            continue
        items.append(group_chart(f"repeat {by}", title, frame, "repeat_call_rate", by, {}))
        items.append(_group_table(by, frame))
    charts = [item for item in items if isinstance(item, Chart)]
    return [*charts, *(item for item in items if isinstance(item, Table))] or [_no_contacts()]


def case_items(warehouse: Warehouse, scope: Scope, filters: Filters) -> list[Item]:
    """The longest chains of contacts that began in the period, to choose one from."""
    days = warehouse.config.definitions.resolution_window_days
    try:
        found = chains(warehouse, scope, filters)
    except TimeoutError:
        return [Sentences("chains", _("Cases"), [Sentence("slow", too_slow())])]
    names = center_names(warehouse)
    columns = [
        Column("customer", _("Customer"), hint=_("A pseudonym, shortened")),
        Column("reason", _("Reason")),
        Column("contacts", _("Contacts"), align="right", kind="number"),
        Column("agents", _("Agents"), align="right", kind="number"),
        Column("center", _("Center")),
        Column("queue", _("Queue")),
        Column("first", _("First contact")),
        Column("lasted", _("Lasted"), align="right", kind="number"),
    ]
    rows = [_chain_row(chain, names) for chain in found.iter_rows(named=True)]
    caption = ngettext(
        "Contacts of one customer for one reason, each less than {days} day after the one before; open a row to see them.",
        "Contacts of one customer for one reason, each less than {days} days after the one before; open a row to see them.",
        days,
    ).format(days=days)
    empty = _("Nobody called again for the same reason.")
    return [Table("chains", _("Longest cases that began in the period"), columns, rows, caption, empty=empty, actions=())]


def queue_clicked(event: Event | None) -> str | None:
    """The queue to narrow the view to, when one was clicked."""
    if event is None or event.payload is None:
        return None
    if event.item == "repeat queue" and event.kind == "point":
        return event.payload[0]
    return event.payload if event.item == "table queue" and event.kind == "row" else None


def _group_table(by: str, frame: pl.DataFrame) -> Table:
    rows = [JudgedRow((group,), group or "", (_("not recorded") if group is None else group,)) for (group,) in groups_of(frame, (by,))]
    word = {"queue": _("Queue"), "reason": _("Reason")}[by]
    title = {"queue": _("Queues"), "reason": _("Reasons")}[by]
    return judged_table(f"table {by}", title, (word,), ("repeat_call_rate", "first_call_resolution"), rows, frame, (by,))


def _chain_row(chain: dict, names: dict[str, str]) -> Row:
    lasted: timedelta = chain["last_at"] - chain["first_at"]
    cells = [
        Cell(short_pseudonym(chain["customer_id"])),
        Cell(chain["reason"] or format.NOTHING),
        Cell(format.count(chain["contacts"]), sort=chain["contacts"]),
        Cell(format.count(chain["agents"]), sort=chain["agents"]),
        Cell(names.get(chain["center_id"], chain["center_id"])),
        Cell(chain["queue"]),
        Cell(format.moment(chain["first_at"]), sort=chain["first_at"].isoformat()),
        Cell(_days_and_hours(lasted), sort=lasted.total_seconds()),
    ]
    return Row(record_key(chain["first_at"], chain["call_id"]), cells)


def _days_and_hours(lasted: timedelta) -> str:
    return _("{days} d {hours} h").format(days=lasted.days, hours=lasted.seconds // 3600) if lasted.days else format.duration(lasted.total_seconds())


def _no_contacts() -> Sentences:
    return Sentences("none", _("Repeat calls"), [Sentence("none", _("No call of a known customer in this period."))])
