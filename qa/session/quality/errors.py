"""The errors page as items of the board."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from qa import format, session
from qa.charts.heatmap import HeatCell, heatmap, heatmap_height
from qa.charts.pareto import Bar, pareto, pareto_height
from qa.charts.single import single_trend
from qa.filters import Asked, Filters, Scope
from qa.headlines import Headline
from qa.i18n import _, ngettext, say
from qa.keys import joined, parted
from qa.measured import months_up_to
from qa.metrics import METRICS
from qa.names import names_of
from qa.periods import Period, bucket_end
from qa.proof import Shown
from qa.quality.error_cells import ANY_FATAL, ROWS, Cells, Rows, error_cells
from qa.quality.errors import RATES, SPLITS, Course, Ranked, accuracies, amount_metric, cards_used, of_card, ranked
from qa.quality.errors_words import ErrorWords
from qa.quality.scorecards import cards_of, class_word
from qa.session.board.items import Cell, Chart, Column, Event, Item, Mark, Row, Sentence, Sentences, Table, Width
from qa.session.marks import change_mark
from qa.session.quality.item_link import open_item
from qa.session.tiles import tile
from qa.warehouse import Warehouse
from qa.words import nothing_here


def errors_items(warehouse: Warehouse, scope: Scope, asked: Asked, course: Course, rows: Rows) -> list[Item]:
    """The answer, the accuracies and their months, what most of the errors are, and who makes which."""
    shown = accuracies(warehouse, scope, asked, course.card)
    words = ErrorWords(course, cards_of(warehouse), names_of(warehouse), asked)
    found = ranked(warehouse, scope, asked, course)
    if not shown and not cards_used(warehouse, scope, of_card(asked.filters, course.card)):
        return [Sentences("answer", words.title(), [Sentence("none", words.nothing(warehouse))])]
    cells = error_cells(warehouse, scope, asked.filters, course.card, rows)
    return [
        _answer(shown, found, cells, words),
        *(replace(tile(headline), width="third") for headline in shown),
        *(_months(headline) for headline in shown),
        *_ranking(found, course, words),
        *([_table(found, course, words)] if found else []),
        _heatmap(cells, rows, words),
    ]


def _answer(shown: Sequence[Headline], found: list[Ranked], cells: Cells, words: ErrorWords) -> Sentences:
    lines = [words.standing(shown), *words.ranking(found), *words.changes(found), *words.classes(found), *words.cells(cells), *words.mixing()]
    return Sentences("answer", words.title(), [Sentence(line.key, line.text, Mark(line.state, line.mark) if line.mark else None) for line in lines])


def _months(headline: Headline) -> Chart:
    """The months of one accuracy with its interval and target."""
    figure = single_trend(headline.course, headline.metric.unit, say(headline.metric.name), headline.month_start)
    return Chart(f"months {headline.metric.key}", say(headline.metric.name), figure, width="third", height=220)


def _ranking(found: list[Ranked], course: Course, words: ErrorWords) -> list[Item]:
    """The Pareto; by item and errors one for what fails the whole call and one for the rest."""
    if course.split != "item" or course.measure == "points":
        return [_pareto("pareto", words.pareto_title(), found, words, "full")]
    fatal = [group for group in found if words.cards.known(group.item).is_fatal]
    others = [group for group in found if not words.cards.known(group.item).is_fatal]
    parts = [
        ("pareto", _("Errors by item, items that fail the whole call left out"), _refilled(others)),
        ("pareto fatal", _("Fatal errors that fail the whole call, by item"), _refilled(fatal)),
    ]
    return [_pareto(key, title, part, words, "half") for key, title, part in parts]


def _refilled(found: Sequence[Ranked]) -> list[Ranked]:
    """The same groups as a whole of their own."""
    total, reached, whole = sum(group.amount for group in found), 0.0, []
    for group in found:
        reached += group.amount
        whole.append(replace(group, share=group.amount / total, cumulative=reached / total))
    return whole


def _pareto(key: str, title: str, found: Sequence[Ranked], words: ErrorWords, width: Width) -> Chart:
    keys = [group.key for group in found]
    labels = words.labels(keys)
    bars = [
        Bar(joined(key), words.name(key), group.amount, group.cumulative, group.change.direction if group.change else None, words.notes(group), label)
        for key, group, label in zip(keys, found, labels, strict=True)
    ]
    figure = pareto(bars, words.amount_name(), words.amount) if bars else None
    empty = _("Nothing to show: no error was found in this choice, or errors are not recorded by this grouping.")
    return Chart(key, title, figure, words.pareto_caption() if bars else "", pareto_height(len(bars)), width, empty)


def _table(found: Sequence[Ranked], course: Course, words: ErrorWords) -> Table:
    """A row a group, all of them."""
    rate = METRICS[RATES[course.measure]]
    by_item = course.split == "item"
    columns = [
        Column("name", words.split_heading()),
        *([Column("class", _("Class"))] if by_item else []),
        Column("amount", words.amount_name(), align="right", kind="number"),
        Column("rate", words.rate_name(), align="right", kind="number", hint=words.rate_hint()),
        Column("change", _("Against the comparison"), align="right", kind="mark"),
        Column("share", _("Share of all"), align="right", kind="number"),
        Column("cumulative", _("Cumulative share"), align="right", kind="number"),
    ]
    rows = []
    for group in found:
        fatal = class_word(words.cards.error_class(group.item, group.fatal)) if by_item else ""
        marked = ngettext("in {count} evaluation", "in {count} evaluations", int(group.fatal)).format(count=format.count(group.fatal)) if group.fatal else ""
        cells = [Cell(words.row_title(group.key), detail=words.place(group.key)), *([Cell(fatal, detail=marked)] if by_item else [])]
        cells += [
            Cell(words.amount(group.amount), sort=group.amount),
            Cell(format.value(group.row["value"], rate.unit), sort=group.row["value"], detail=words.interval_and_n(group, rate.unit)),
            change_cell(group, rate.unit),
            Cell(format.value(group.share, "share"), sort=group.share),
            Cell(format.value(group.cumulative, "share"), sort=group.cumulative),
        ]
        rows.append(Row(joined(group.key), cells))
    return Table("groups", _("All groups"), columns, rows, height=460)


def change_cell(group: Ranked, unit: format.Unit) -> Cell:
    """How the group's rate moved, and whether that is more than noise."""
    change = group.change
    if change is None or change.difference is None:
        return Cell(format.NOTHING)
    return Cell(format.change(change.difference, unit), sort=change.difference, mark=change_mark(change.direction))


def _heatmap(cells: Cells, rows: Rows, words: ErrorWords) -> Chart:
    titles = {joined(row): words.row_name(row) for row in cells.rows}
    columns = dict(zip(map(joined, cells.items), words.columns(cells.items), strict=True))
    shown = [HeatCell(joined(cell.row), joined(cell.item), cell.rate, cell.n, cell.signal) for cell in cells.cells]
    title = _("Who makes which errors: agents and items") if rows == "agent" else _("Who makes which errors: teams and items")
    drawn = cells.compared > 0
    empty = _("Nobody has enough evaluations of one item in this period to compare. Choose teams or a longer period.")
    return Chart(
        "cells",
        title,
        heatmap(shown, titles, columns) if drawn else None,
        words.cells_caption(cells) if drawn else "",
        heatmap_height(len(titles), list(columns.values())),
        "full",
        empty if shown else nothing_here(),
        actions=("proof", "image"),
    )


def act(event: Event | None, asked: Asked, course: Course, rows: Rows) -> None:
    """Go where a click leads: to an item's page, down to a team or queue, or to the proof of a figure."""
    if event is None:
        return
    filters = of_card(asked.filters, course.card)
    if event.item == "cells" and event.kind == "point":
        _open_cell(event, filters, rows)
    elif event.item.startswith("months"):
        session.prove(_of_months(event, filters))
    elif event.item.startswith("tile"):
        session.prove(Shown((event.item.split()[1],), (), filters))
    elif event.kind in ("point", "row") and event.payload and event.payload != [""]:
        _open_group(parted(event.payload[0] if event.kind == "point" else event.payload), filters, course)
    elif event.item == "cells":
        session.prove(Shown(("composite_error_rate",), ("scorecard", "item", *ROWS[rows]), filters))
    else:
        session.prove(proof(filters, course))


def _of_months(event: Event, filters: Filters) -> Shown:
    """All months of a chart, or the one clicked."""
    metric = event.item.split()[1]
    if event.kind == "point":
        first = date.fromisoformat(event.payload[-1])
        return Shown((metric,), (), filters.during(first, bucket_end(first, "month", filters.month_start)))
    return Shown((metric,), ("month",), filters.during(*months_up_to(Period(filters.date_from, filters.date_to), filters.month_start)))


def proof(filters: Filters, course: Course) -> Shown:
    """The figures behind the Pareto."""
    return Shown((amount_metric(course), RATES[course.measure]), SPLITS[course.split], filters)


def _open_group(key: tuple[str, ...], filters: Filters, course: Course) -> None:
    if course.split == "item":
        open_item((key[0], key[1]))
    if course.split == "team":
        session.drill(center=key[0] or None, team=key[1])
    elif course.split == "queue":
        session.drill(queue=key[0] or None)
    attributes = {"section": "sections", "category": "categories", "queue": "queues"}
    chosen: dict[str, Any] = {"scorecards": (key[0],)} if course.split in ("section", "category", "scorecard") else {}
    if course.split in attributes and key[-1]:
        chosen |= {attributes[course.split]: (key[-1],)}
    session.prove(proof(filters.choosing(**chosen), course))


def _open_cell(event: Event, filters: Filters, rows: Rows) -> None:
    column, row = event.payload
    item, place = parted(column), dict(zip(ROWS[rows], parted(row), strict=True))
    if item != ANY_FATAL:
        open_item((item[0], item[1]), place.get("center"), place.get("team"), place.get("agent"))
    chosen = {"centers": place.get("center"), "teams": place.get("team"), "agents": place.get("agent")}
    named: dict[str, Any] = {name: (value,) for name, value in chosen.items() if value}
    session.prove(Shown(("fatal_accuracy",), (), filters.choosing(**named)))
