"""What goes wrong most: the Pareto of errors by scorecard item, and who makes which beyond noise."""

from qa import format
from qa.charts.pareto import MOST_BARS
from qa.i18n import _, ngettext
from qa.quality.error_cells import Cells, Rows, error_cells
from qa.quality.errors import Course, Ranked, accuracies, ranked, vital_few
from qa.quality.errors_words import ErrorWords
from qa.quality.scorecards import class_word
from qa.report.content import cells
from qa.report.model import Cell, Chart, Column, Paragraph, Part, Points, Section, Series, Table
from qa.report.month import Month
from qa.words import direction_word

ITEMS_LISTED = 15
COURSE = Course()


def errors(month: Month) -> Section:
    """The sentences of the errors page, the Pareto, its largest items."""
    words = ErrorWords(COURSE, month.cards, month.names, month.asked)
    shown = accuracies(month.warehouse, month.scope, month.asked, "")
    found = ranked(month.warehouse, month.scope, month.asked, COURSE)
    if not found:
        text = words.standing(shown).text if shown else words.nothing(month.warehouse)
        return Section(_("Errors"), [Paragraph(text)])
    lines = [words.standing(shown), *words.ranking(found), *words.changes(found), *words.classes(found)]
    return Section(_("Errors"), [Points([line.text for line in lines]), pareto(found, words), _items(month, found, words)])


def training_needs(month: Month) -> Section:
    """Teams and agents that go wrong on an item more than the others, beyond noise; else what to train with all."""
    words = ErrorWords(COURSE, month.cards, month.names, month.asked)
    found = ranked(month.warehouse, month.scope, month.asked, COURSE)
    if not found:
        return Section(_("Training needs"), [Paragraph(_("No errors are recorded in this month, so no training need can be told from them."))])
    few = found[: min(vital_few(found), 5)]
    general = _("For everybody: {items}. These make up {share} of the month's errors.").format(
        items=_("; ").join(_("{name} ({count})").format(name=words.name(group.key), count=format.count(group.amount)) for group in few),
        share=format.value(few[-1].cumulative, "share"),
    )
    tables = []
    titles: dict[Rows, str] = {"team": _("Teams and items"), "agent": _("Agents and items")}
    for rows, title in titles.items():
        table = error_cells(month.warehouse, month.scope, month.filters, "", rows)
        tables.append(Part(title, [_who(table, words, rows)]))
    return Section(_("Training needs"), [Paragraph(general)], tables)


def pareto(found: list[Ranked], words: ErrorWords) -> Chart:
    """The largest items, the others together in the last bar."""
    shown, rest = (found, []) if len(found) <= MOST_BARS + 1 else (found[:MOST_BARS], found[MOST_BARS:])
    names = words.labels([group.key for group in shown])
    amounts, shares = [group.amount for group in shown], [group.cumulative for group in shown]
    if rest:
        names.append(ngettext("{count} other", "{count} others", len(rest)).format(count=len(rest)))
        amounts.append(sum(group.amount for group in rest))
        shares.append(1.0)
    series = [Series(words.amount_name(), amounts), Series(_("Cumulative share"), shares, "cumulative")]
    return Chart(words.pareto_title(), "pareto", names, series, "count")


def _items(month: Month, found: list[Ranked], words: ErrorWords) -> Table:
    columns = [
        Column(_("Scorecard item"), width=3), Column(_("Class"), width=1.6), Column(_("Errors found"), "right", 0.9), Column(_("Share of all"), "right", 0.8),
        Column(_("Cumulative share"), "right", 1.25), Column(_("Error rate"), "right", 1), Column("n", "right", 0.7),
        Column(_("Against the month before"), width=1.7),
    ]  # fmt: skip
    rows = []
    for group in found[:ITEMS_LISTED]:
        change = group.change
        moved = format.NOTHING
        if change is not None and change.difference is not None:
            moved = f"{format.change(change.difference, 'share')} {direction_word(change.direction)}"
        kind = class_word(month.cards.error_class(group.item, group.fatal))
        rows.append([
            cells.text(words.name(group.key)), cells.text(kind), cells.count(group.amount), cells.number(group.share, "share"),
            cells.number(group.cumulative, "share"), cells.number(group.row["value"], "share"), cells.count(group.row["n"]), cells.text(moved),
        ])  # fmt: skip
    note = ""
    if len(found) > ITEMS_LISTED:
        note = _("The {shown} items with the most errors of {all}.").format(shown=ITEMS_LISTED, all=len(found))
    return Table(_("Errors by scorecard item"), columns, rows, note)


def _who(table: Cells, words: ErrorWords, rows: str) -> Paragraph | Table:
    worse = [cell for cell in table.cells if cell.signal == "worse"]
    if not worse:
        if not table.compared:
            return Paragraph(_("Too few evaluations each to compare; a longer period gives more."))
        text = _("Nobody stands out: none of the {count} cells compared is worse than the others beyond noise.")
        return Paragraph(text.format(count=format.count(table.compared)))
    who = _("Team") if rows == "team" else _("Agent")
    columns = [
        Column(who, width=1.6),
        Column(_("Scorecard item"), width=2.6),
        Column(_("Evaluations with the error"), "right"),
        Column("n", "right", 0.7),
        Column(_("Share"), "right", 0.8),
    ]
    listed = [
        [
            cells.text(words.row_name(cell.row)),
            cells.text(words.item_column(cell.item)),
            cells.count(cell.erroneous),
            cells.count(cell.n),
            Cell(format.value(cell.rate, "share"), cell.rate, "share"),
        ]
        for cell in worse
    ]
    return Table("", columns, listed, _("Worse than the others beyond noise, all comparisons allowed for."))
