"""What came of it: complaints, trainings held, coaching and its follow-up."""

from qa import format
from qa.customers.complaints import categories, open_complaints
from qa.i18n import _, ngettext
from qa.metrics import METRICS
from qa.quality.errors import row_parameters
from qa.relations import query_text
from qa.report.content import cells
from qa.report.content.work import figures
from qa.report.model import Block, Column, Paragraph, Section, Table
from qa.report.month import Month

COMPLAINT_FIGURES = ("complaint_count", "complaint_rate", "upheld_complaint_rate", "complaint_on_time")
COACHING_FIGURES = ("rectification_rate", "recheck_pass_rate")


def complaints(month: Month) -> Section:
    """The figures, the categories, and what is still open."""
    title = _("Complaints")
    if not month.warehouse.present("complaints"):
        return Section(title, [Paragraph(_("There is no extract of complaints."))])
    left = open_complaints(month.warehouse, month.scope, month.filters)
    open_text = ngettext(
        "{open} complaint received up to the end of the month is still open, {overdue} of them overdue (state of {day}).",
        "{open} complaints received up to the end of the month are still open, {overdue} of them overdue (state of {day}).",
        left.count,
    ).format(
        open=format.count(left.count), overdue=format.count(left.overdue), day=format.day(month.warehouse.span.last_day)
    )
    if not left.count:
        open_text = _("No complaint received up to the end of the month is still open (state of {day}).").format(day=format.day(month.warehouse.span.last_day))
    found = categories(month.warehouse, month.scope, month.filters)
    blocks: list[Block] = [figures(month, COMPLAINT_FIGURES), Paragraph(open_text)]
    if not found.is_empty():
        columns = [
            Column(_("Category"), width=1.8),
            Column(_("Complaints"), "right"),
            Column(_("Cumulative share"), "right"),
            Column(_("Upheld"), "right"),
            Column(_("Closed on time"), "right"),
        ]
        listed = [
            [
                cells.text(row["category"]),
                cells.count(row["complaints"]),
                cells.number(row["cumulative"], "share"),
                cells.number(row["upheld"], "share"),
                cells.number(row["on_time"], "share"),
            ]
            for row in found.iter_rows(named=True)
        ]
        blocks.append(Table(_("Complaints by category"), columns, listed))
    return Section(title, blocks)


def coaching(month: Month) -> Section:
    """What was opened this month, what became of it, and the trainings held."""
    title = _("Coaching and its follow-up")
    if not month.warehouse.present("coaching"):
        return Section(title, [Paragraph(_("There is no extract of coaching."))])
    parameters = row_parameters(month.filters, month.scope)
    wanted = {name: parameters[name] for name in ("date_from", "date_to", "centers")}
    kinds = month.warehouse.extract_rows(query_text("report/coaching_kinds"), wanted)
    known = figures(month, COACHING_FIGURES)
    blocks: list[Block] = [known] if known.rows else []
    if not kinds.is_empty():
        labels = (_("Opened"), _("Completed"), _("Still open"), _("Overdue"))
        columns = [Column(_("Kind"), width=1.6), *(Column(label, "right") for label in labels)]
        listed = [
            [cells.text(_kind(row["kind"])), *(cells.count(row[name]) for name in ("opened", "closed", "still_open", "overdue"))]
            for row in kinds.iter_rows(named=True)
        ]
        note = _("State of {day}.").format(day=format.day(month.warehouse.span.last_day))
        blocks.append(Table(_("Coaching opened this month"), columns, listed, note))
    trainings = month.warehouse.extract_rows(query_text("quality/trainings"), wanted)
    if not trainings.is_empty():
        columns = [Column(_("Held on")), Column(_("Topic"), width=2.4), Column(_("Agents"), "right", 0.8)]
        listed = [
            [cells.text(format.day(row["held_on"])), cells.text(row["topic"]), cells.count(len(row["agents"]))] for row in trainings.iter_rows(named=True)
        ]
        blocks.append(Table(_("Trainings held this month"), columns, listed))
    return Section(title, blocks or [Paragraph(_("No coaching, recheck or training this month."))])


def _kind(kind: str) -> str:
    words = {"interview": _("Interview"), "plan": _("Improvement plan"), "recheck": _("Recheck"), "training": _("Training")}
    return words.get(kind, kind)


assert {*COMPLAINT_FIGURES, *COACHING_FIGURES} <= set(METRICS)
