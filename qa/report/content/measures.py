"""Next month's measures, as the month's figures suggest them; who does them and until when is filled in by people."""

from collections.abc import Iterator

from qa import format
from qa.customers.complaints import open_complaints
from qa.i18n import _, ngettext, say
from qa.metrics import METRICS
from qa.quality.errors import ranked, vital_few
from qa.quality.errors_words import ErrorWords
from qa.report.content import cells
from qa.report.content.errors import COURSE
from qa.report.content.explanations import measures_named
from qa.report.kept import Kept
from qa.report.model import Cell, Column, Paragraph, Section, Table
from qa.report.month import Month

ITEMS_NAMED = 3
ASKED_FOR_EVERY_CASE = ("plan_completion", "rectification_rate")


def measures(month: Month, written: Kept) -> Section:
    """The measures that explanations name, then those the figures suggest; what is not known is left to write in."""
    title = _("Measures for next month")
    found = [*measures_named(written), *([cells.text(what), cells.text(why), Cell(""), Cell("")] for what, why in _measures(month))]
    if not found:
        return Section(title, [Paragraph(_("The figures of the month ask for no measure of their own; keep what works."))])
    columns = [
        Column(_("No."), "center", 0.6),
        Column(_("Action"), width=3),
        Column(_("Because"), width=2.2),
        Column(_("Owner"), width=0.8),
        Column(_("Until"), width=1.25),
    ]
    rows = [[cells.count(place), *row] for place, row in enumerate(found, 1)]
    return Section(title, [Table("", columns, rows, _("From the explanations, and proposed from the figures; owner and date are filled in by the center."))])


def _measures(month: Month) -> Iterator[tuple[str, str]]:
    for key, row in month.five.items():
        if cells.is_off(row):
            why = _("{value}, target {target}: {verdict}").format(
                value=cells.value_text(row), target=format.bounds(row["minimum"], row["maximum"], METRICS[key].unit), verdict=cells.verdict(row).text
            )
            yield _("Explain {metric} and name a measure").format(metric=say(METRICS[key].name)), why
    yield from _training(month)
    for row in month.rows(ASKED_FOR_EVERY_CASE):
        if row["verdict"] == "missed":
            what = _("Meet the monitoring plan for every agent") if row["metric"] == "plan_completion" else _("Close coaching within its time limit")
            yield what, _("{metric} {value}").format(metric=say(METRICS[row["metric"]].name), value=cells.value_text(row))
    overdue = open_complaints(month.warehouse, month.scope, month.filters).overdue if month.warehouse.present("complaints") else 0
    if overdue:
        why = ngettext("{count} complaint overdue", "{count} complaints overdue", overdue)
        yield _("Settle the overdue complaints"), why.format(count=format.count(overdue))


def _training(month: Month) -> Iterator[tuple[str, str]]:
    found = ranked(month.warehouse, month.scope, month.asked, COURSE)
    if not found:
        return
    words = ErrorWords(COURSE, month.cards, month.names, month.asked)
    few = found[: min(vital_few(found), ITEMS_NAMED)]
    names = _("; ").join(words.name(group.key) for group in few)
    yield _("Train: {items}").format(items=names), _("{share} of all errors of the month").format(share=format.value(few[-1].cumulative, "share"))
