"""A month's explanations as items of the board: how many, in what state, and every figure they were judged by."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

import polars as pl

from qa import format
from qa.explanations.listing import Pending
from qa.explanations.model import DONE, Explanation, Figure, Reported
from qa.explanations.restated import Restated
from qa.explanations.words import behind_words, metric_name, restated_words, state_word, target_words, value_words
from qa.i18n import _, ngettext, say
from qa.metrics import METRICS
from qa.periods import Period, month_named
from qa.session.board.items import Cell, Column, Item, Mark, Row, Sentence, Sentences, Table
from qa.session.judged_table import Row as JudgedRow
from qa.session.judged_table import judged_table
from qa.words import verdict_word

RESTATED_NAMED = 6


@dataclass(frozen=True)
class Month:
    """What the page knows of a month. ``names``: of the centers; ``is_over``: whether the data reach its end in every
    center; ``so_far``: figures whose data are not whole yet; ``is_judged``: whether any center shown answers to headquarters; ``is_listed``:
    whether the month has a list, of whichever centers."""

    month: str
    is_over: bool
    owed: Sequence[Explanation]
    reported: Sequence[Reported]
    pending: Sequence[Pending]
    so_far: Sequence[Figure]
    restated: dict[tuple[str, str], Restated]
    names: dict[str, str]
    today: date
    is_judged: bool = True
    is_listed: bool = False

    @property
    def name(self) -> str:
        return month_name(self.month)


def month_name(month: str) -> str:
    """The month's name in the language in force."""
    return format.month(date.fromisoformat(f"{month}-01"))


def month_items(month: Month) -> list[Item]:
    """The answer, the list, and all figures."""
    items: list[Item] = [Sentences("answer", _("Explanations owed for {month}").format(month=month.name), _sentences(month))]
    if month.reported:
        figures = [one.figure for one in month.reported]
        items += [_list(month), _matrix("figures", _("All figures judged, as they were reported"), month, figures)]
    elif month.so_far:
        items.append(_matrix("so far", _("So far, by data that are not whole"), month, month.so_far))
    return items


def _sentences(month: Month) -> list[Sentence]:
    found = [_standing(month)]
    by_chance = sum(one.figure.verdict in ("uncertain", "too_few") for one in month.owed)
    if by_chance:
        text = ngettext(
            "{count} of them may be a miss by chance; the rule asks for the explanation all the same, and it may say so.",
            "{count} of them may be misses by chance; the rule asks for the explanations all the same, and they may say so.",
            by_chance,
        )
        found.append(Sentence("chance", text.format(count=by_chance), Mark("uncertain", verdict_word("uncertain"))))
    found += _own_days(month)
    found += _waiting(month)
    for key, one in list(month.restated.items())[:RESTATED_NAMED]:
        text = _("{center}, {metric}: {restated}").format(
            center=month.names.get(key[0], key[0]), metric=metric_name(one.reported.figure), restated=restated_words(one)
        )
        found.append(Sentence(f"restated {' '.join(key)}", text, Mark("concern" if one.turns else "uncertain", _("Restated"))))
    if (more := len(month.restated) - RESTATED_NAMED) > 0:
        found.append(Sentence("restated", ngettext("{count} more is marked in the tables.", "{count} more are marked in the tables.", more).format(count=more)))
    return found


def _standing(month: Month) -> Sentence:
    if not month.is_judged:
        return Sentence("standing", _("Headquarters owes no explanation to itself: choose a branch, or all centers."))
    if not month.reported:
        if not month.is_over:
            text = _("{month} is not over in the data; its list is made by itself when it is.")
        elif month.is_listed:
            text = _("The list of {month} has no figure of the centers chosen: none of the indicators is known of them.")
        else:
            text = _("No list has been made for {month}; headquarters QA can make it on this page.")
        return Sentence("standing", text.format(month=month.name))
    if not month.owed:
        text = _("Nothing is owed: every branch met its rules in {month}.") if not month.pending else _("Nothing is owed for {month} so far.")
        return Sentence("standing", text.format(month=month.name), Mark("met", verdict_word("met")))
    done, late = sum(one.state in DONE for one in month.owed), sum(one.is_overdue(month.today) for one in month.owed)
    centers = len({one.figure.center for one in month.owed})
    by = ngettext("{count} branch", "{count} branches", centers).format(count=centers)
    text = ngettext(
        "{owed} explanation is owed by {branches}: {done} submitted or accepted, {late} overdue.",
        "{owed} explanations are owed by {branches}: {done} submitted or accepted, {late} overdue.", len(month.owed),
    ).format(owed=len(month.owed), branches=by, done=done, late=late)  # fmt: skip
    return Sentence("standing", text, Mark("missed", _("Past due")) if late else None)


def _own_days(month: Month) -> list[Sentence]:
    """Whose month is not the calendar's: their figures are of other days than those of the filter bar, and than the others'."""
    calendar = month_named(month.month)
    centers: dict[Period, list[str]] = {}
    for figure in (*(one.figure for one in month.reported), *month.so_far):
        centers.setdefault(Period(figure.date_from, figure.date_to), []).append(month.names.get(figure.center, figure.center))
    text = _("{centers}: figures of {days}, the month it is assessed by; other pages show the days of the filter bar.")
    return [
        Sentence(f"days {days.date_from}", text.format(centers=_(", ").join(dict.fromkeys(names)), days=format.period(days)))
        for days, names in sorted(centers.items())
        if days != calendar
    ]


def _waiting(month: Month) -> list[Sentence]:
    """One sentence for all figures that wait for the same day."""
    days: dict[date, list[Pending]] = {}
    for wait in month.pending:
        days.setdefault(wait.until, []).append(wait)
    found = []
    for day, waits in sorted(days.items()):
        metrics = _(", ").join(dict.fromkeys(say(METRICS[wait.metric].name) for wait in waits))
        centers = _(", ").join(dict.fromkeys(month.names.get(wait.center, wait.center) for wait in waits))
        text = _("Still to be judged: {metrics} of {centers}, when the data reach {day}.")
        found.append(Sentence(f"waiting {day}", text.format(metrics=metrics, centers=centers, day=format.day(day)), Mark("too_few", _("Provisional"))))
    return found


def _list(month: Month) -> Table:
    columns = [
        Column("center", _("Center")),
        Column("metric", _("Metric")),
        Column("value", _("Value"), align="right", kind="mark", hint=_("As it was reported; with its interval and n. The mark says what the data carry.")),
        Column("target", _("Target"), align="right"),
        Column("behind", _("Difference from headquarters"), align="right", kind="number"),
        Column("state", _("State")),
        Column("due", _("Due by"), align="right", kind="mark"),
        Column("changed", _("Last change")),
    ]
    rows = [_row(month, one) for one in month.owed]
    caption = _("Open a row to read or write the explanation.")
    return Table("owed", _("The list"), columns, rows, caption, sorted_by="center", empty=_("Nothing is owed."), actions=())


def _corrected(found: Restated) -> str:
    """What the figure is by the data of now; empty where only its target changed."""
    if not found.is_corrected:
        return ""
    figure = found.reported.figure
    now = found.now.value if found.now else None
    return _("restated {value}").format(value=format.value(now, METRICS[figure.metric].unit, beside=figure.value))


def _row(month: Month, one: Explanation) -> Row:
    figure, unit = one.figure, METRICS[one.figure.metric].unit
    found = month.restated.get(figure.key)
    detail = f"{format.interval(figure.low, figure.high, unit)}, n = {format.count(figure.n)}"
    if found is not None and (corrected := _corrected(found)):
        detail += " · " + corrected
    is_late = one.is_overdue(month.today)
    headquarters = "" if figure.headquarters is None else _("headquarters {value}").format(value=format.value(figure.headquarters, unit))
    return Row(str(one.id), [
        Cell(month.names.get(figure.center, figure.center)),
        Cell(metric_name(figure)),
        Cell(value_words(figure), figure.value, Mark(figure.verdict, verdict_word(figure.verdict)), detail),
        Cell(target_words(figure), detail=_("missed") if "target" in figure.reasons else ""),
        Cell(behind_words(figure), None if figure.headquarters is None else figure.value - figure.headquarters, detail=headquarters),
        Cell(state_word(one.state), detail="" if one.changed_by == "-" else one.changed_by),
        Cell(format.day(one.due_on), one.due_on.toordinal(), Mark("missed", _("Past due")) if is_late else None),
        Cell(format.day(one.changed_at.date()), one.changed_at.timestamp()),
    ])  # fmt: skip


def _matrix(key: str, title: str, month: Month, figures: Sequence[Figure]) -> Table:
    told = pl.DataFrame([asdict(figure) for figure in figures], infer_schema_length=None)
    metrics = list(dict.fromkeys(figure.metric for figure in figures))
    rows = [JudgedRow((center,), center, (month.names.get(center, center),)) for center in dict.fromkeys(figure.center for figure in figures)]
    return _with_corrections(judged_table(key, title, (_("Center"),), metrics, rows, told, ("center",)), month)


def _with_corrections(table: Table, month: Month) -> Table:
    """The table with what a figure is by now beside it, where its data were corrected."""
    notes = {key: text for key, one in month.restated.items() if (text := _corrected(one))}
    rows = []
    for row in table.rows:
        said = [notes.get((row.key, column.key)) for column in table.columns]
        cells = [cell._replace(detail=" · ".join(filter(None, (cell.detail, note)))) if note else cell for cell, note in zip(row.cells, said, strict=True)]
        rows.append(replace(row, cells=cells))
    return replace(table, rows=rows)
