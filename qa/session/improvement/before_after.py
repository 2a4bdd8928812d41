"""The page before/after as items of the board."""

from datetime import date

from qa import format
from qa.charts.control import Step, control
from qa.filters import Filters, Scope
from qa.i18n import _, capital, sentences
from qa.improvement.course import Course
from qa.improvement.study import Study, study
from qa.improvement.trainings import Training, trainings
from qa.improvement.words import StudyWords, days_in_words, window_word
from qa.names import names_of
from qa.periods import Grain, bucket_end
from qa.proof import Shown
from qa.quality.scorecards import cards_of
from qa.session.board.items import Cell, Chart, Column, Event, Item, Mark, Row, Sentence, Sentences, Table
from qa.session.improvement.choices import Asked
from qa.session.trend.items import holidays_of
from qa.trend.courses import Course as TrendCourse
from qa.trend.courses import trend
from qa.trend.words import TrendWords
from qa.warehouse import Warehouse
from qa.words import nothing_here


def before_after_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """The answer with what weakens it, the four figures, and the control chart with limits anew from the day."""
    found = study(warehouse, scope, asked.filters, asked.course)
    words = StudyWords(found, warehouse, names_of(warehouse), _item_name(warehouse, asked.filters))
    lines = words.lines(_meanwhile(warehouse, scope, found))
    sentences = [Sentence(line.key, line.text, Mark(line.state, line.mark) if line.mark else None) for line in lines]
    return [
        Sentences("answer", _title(), sentences, caption=_how(asked.course)),
        _table(found, words),
        _chart(warehouse, scope, found, words, asked.grain),
    ]


def no_items(_warehouse: Warehouse, _scope: Scope) -> list[Item]:
    """What to say where no metric can be asked."""
    return [Sentences("answer", _title(), [Sentence("none", _("No metric with an interval is recorded for this choice."))])]


def _title() -> str:
    return _("Did it change, and was it this?")


def _how(course: Course) -> str:
    """How days are counted."""
    notes = [_("Evaluations count on the day of their call.")] if course.declared.group == "quality" else []
    notes += [_("The day of the training belongs to neither side.")] if course.training is not None else []
    return sentences(*notes)


def _item_name(warehouse: Warehouse, filters: Filters) -> str:
    return cards_of(warehouse).item((filters.scorecards[0], filters.items[0]), with_card=False) if filters.items and filters.scorecards else ""


def _meanwhile(warehouse: Warehouse, scope: Scope, found: Study) -> list[Training]:
    """The other trainings of the group's centers in the same days, where it has centers of its own."""
    windows, own = found.course.windows, found.course.training
    if found.group.centers is None:
        return []
    held = trainings(warehouse, scope, found.group.centers, windows.before.date_from, windows.after.date_to)
    return [one for one in held if own is None or one.training_id != own.training_id]


def _table(found: Study, words: StudyWords) -> Table:
    """A row a figure: the group before and after, then those compared with."""
    unit = found.course.declared.unit
    columns = [
        Column("who", _("Group")),
        Column("window", _("Window")),
        Column("numerator", _("Numerator"), align="right", kind="number"),
        Column("denominator", _("Denominator"), align="right", kind="number"),
        Column("value", words.metric(), align="right", kind="number"),
        Column("interval", _("Interval"), align="right"),
        Column("n", _("n"), align="right", kind="number"),
    ]
    rows = []
    for cell in found.cells:
        row, days = cell.row, getattr(found.course.windows, cell.window)
        who = words.group() if cell.side == "group" else words.others()
        cells = [
            Cell(capital(who)),
            Cell(window_word(cell.window), detail=days_in_words(days)),
            Cell(format.plain(row["numerator"]), sort=row["numerator"]),
            Cell(format.plain(row["denominator"]), sort=row["denominator"]),
            Cell(format.value(row["value"], unit), sort=row["value"]),
            Cell(format.interval(row["low"], row["high"], unit)),
            Cell(format.count(row["n"]), sort=row["n"]),
        ]
        rows.append(Row(f"{cell.side} {cell.window}", cells))
    caption = _("Click a row for its definition, its records, its SQL and its command.")
    return Table("cells", _("Before and after in figures"), columns, rows, caption, actions=())


def _chart(warehouse: Warehouse, scope: Scope, found: Study, words: StudyWords, grain: Grain) -> Chart:
    """The group's course with limits computed anew from the day on."""
    title = _("{metric} of {group}: limits anew from the day").format(metric=words.metric(), group=words.group())
    course = trend(warehouse, scope, _over_both(found), _rebased(found, grain))
    if not course.panels:
        return Chart("chart", title, None, empty=nothing_here(), width="full")
    panel, names = course.panels[0], TrendWords(course, names_of(warehouse), {}, found.group.month_start)
    steps = [Step(found.course.starts, _("from {day}").format(day=format.short_day(found.course.starts)))]
    figure = control(
        panel.frame, course.metric.unit, names.period, names.tick, names.what, key="", name=words.metric(), holidays=holidays_of(course), steps=steps
    )
    return Chart("chart", title, figure, names.method(panel), 360, "full")


def _over_both(found: Study) -> Filters:
    windows = found.course.windows
    return found.group.during(windows.before.date_from, windows.after.date_to)


def _rebased(found: Study, grain: Grain) -> TrendCourse:
    return TrendCourse(found.course.metric, grain, "none", found.course.starts.isoformat())


def clicked(event: Event | None, warehouse: Warehouse, scope: Scope, asked: Asked) -> Shown | None:
    """The figures behind what was clicked; None when nothing was."""
    if event is None:
        return None
    found = study(warehouse, scope, asked.filters, asked.course)
    metric = (asked.course.metric,)
    if event.item == "cells" and event.kind == "row":
        side, window = event.payload.split()
        return Shown(metric, (), found.cell(side, window).filters)
    if event.kind == "point" and event.payload:
        start = date.fromisoformat(event.payload[-1])
        return Shown(metric, (), found.group.during(start, bucket_end(start, asked.grain, found.group.month_start)))
    period = trend(warehouse, scope, _over_both(found), _rebased(found, asked.grain)).period
    return Shown(metric, (asked.grain,), found.group.during(*period))
