"""The trend page as items of the board."""

from datetime import date, timedelta

from qa import format
from qa.charts.control import Holiday, Step, control
from qa.filters import Filters, Scope
from qa.i18n import _, ngettext, say, sentences
from qa.keys import parted
from qa.names import names_of
from qa.periods import bucket_end
from qa.proof import Shown
from qa.session.board.items import Cell, Chart, Column, Event, Heading, Item, Mark, MarkState, Row, Sentence, Sentences, Table, Width
from qa.trend.courses import MOST_PANELS, SPLITS, Course, Panel, Trend, covered, narrowed, trend
from qa.trend.holidays import known_until, special_days
from qa.trend.words import Statement, TrendWords, assurance_word, variation_word
from qa.warehouse import Warehouse

_ONE, _FEW = 380, 240
_POINT_STATES: dict[str, MarkState] = {"special_cause_improvement": "improvement", "special_cause_concern": "concern", "special_cause_neither": "uncertain"}


def trend_items(warehouse: Warehouse, scope: Scope, filters: Filters, course: Course) -> list[Item]:
    """The answer and its findings, the charts, and a table: of the periods for one chart, of the charts for several."""
    found = trend(warehouse, scope, filters, course)
    words = TrendWords(found, names_of(warehouse), _item_names(warehouse), filters.month_start)
    if not found.panels:
        text = _("{metric} has no figures by this grain for this choice. Choose a longer period, fewer filters or another metric.")
        text = text.format(metric=say(found.metric.name))
        return [Sentences("answer", _("Is it a change, or ordinary variation?"), [Sentence("none", text)])]
    table = _points_table(found, words) if course.split == "none" else _panels_table(found, words)
    return [_answer(found, words), *_charts(found, words), table]


def clicked(event: Event | None, warehouse: Warehouse, filters: Filters, course: Course) -> Shown | None:
    """The figures behind what was clicked on the trend page; None when nothing was."""
    if event is None:
        return None
    by, wide = SPLITS[course.split], filters.during(*covered(warehouse, filters, course.grain))
    if event.kind == "point" and event.payload:
        key, start = event.payload
        return _one_period(course, by, wide, key, date.fromisoformat(start))
    if event.item == "points" and event.kind == "row":
        return _one_period(course, by, wide, "", date.fromisoformat(event.payload))
    if event.item == "panels" and event.kind == "row":
        return Shown((course.metric,), _kept(by, course.grain), _inside(wide, by, event.payload))
    kind, _space, key = event.item.partition(" ")
    return Shown((course.metric,), _kept(by, course.grain), _inside(wide, by, key) if kind == "chart" and key else wide)


def _one_period(course: Course, by: tuple[str, ...], wide: Filters, key: str, start: date) -> Shown:
    during = _inside(wide, by, key).during(start, bucket_end(start, course.grain, wide.month_start))
    return Shown((course.metric,), _kept(by), during)


def _inside(filters: Filters, by: tuple[str, ...], key: str) -> Filters:
    return narrowed(filters, by, parted(key)) if key else filters


def _kept(by: tuple[str, ...], *more: str) -> tuple[str, ...]:
    """The groupings a proof shows: those that cannot be a filter, such as a scorecard's items."""
    return (*(dimension for dimension in by if dimension in ("scorecard", "item")), *more)


def _answer(found: Trend, words: TrendWords) -> Sentences:
    statements = [words.answer(), *words.findings()]
    caption = _by_chance(found)
    return Sentences("answer", _("Is it a change, or ordinary variation?"), [_sentence(one) for one in statements], caption=caption)


def _sentence(statement: Statement) -> Sentence:
    marks = {
        "improvement": Mark("improvement", _("Improvement")),
        "concern": Mark("concern", _("Concern")),
        "neither": Mark("uncertain", _("Changed")),
        "consistent_pass": Mark("met", assurance_word("consistent_pass")),
        "consistent_fail": Mark("missed", assurance_word("consistent_fail")),
        "inconsistent": Mark("uncertain", assurance_word("inconsistent")),
        "none": Mark("none", _("Note")),
    }
    return Sentence(statement.key, statement.text, marks[statement.kind])


def _by_chance(found: Trend) -> str:
    """What the marks are worth, and until when holidays are known."""
    notes = [_("Of a hundred ordinary points up to five are marked by chance; a change of level is reported wrongly on at most one page in twenty.")]
    if found.course.grain == "day" and found.period.date_to - timedelta(days=1) > known_until():
        notes.append(_("Public holidays are known up to {day}.").format(day=format.day(known_until())))
    return sentences(*notes)


def _charts(found: Trend, words: TrendWords) -> list[Item]:
    several = len(found.panels) > 1
    items: list[Item] = []
    if several:
        hidden = len(found.panels) - len(found.shown)
        note = _("Squares: signals of concern; diamonds: of improvement; hollow: provisional or too few. Band: limits of ordinary variation.")
        if hidden:
            note += _(" {hidden} more without stronger signals are only in the table.").format(hidden=hidden)
        heading = ngettext("{shown} chart", "{shown} charts, those with signals first", len(found.shown))
        items.append(Heading("charts", heading.format(shown=len(found.shown)), note))
    width: Width = "full" if not several else "half" if len(found.shown) <= 4 else "third"
    for panel in found.shown:
        figure = control(
            panel.frame, found.metric.unit, words.period, words.tick, words.what, key=panel.key, name=words.name(panel),
            holidays=holidays_of(found), steps=_steps(panel), is_small=several,
        )  # fmt: skip
        items.append(Chart(f"chart {panel.key}" if panel.group else "chart", words.name(panel), figure, words.method(panel), _FEW if several else _ONE, width))
    return items


def holidays_of(found: Trend) -> list[Holiday]:
    """The days off of the period as stretches; none for months, in which they vanish."""
    if found.course.grain == "month":
        return []
    stretches: list[Holiday] = []
    for day, special in special_days(*found.period).items():
        if special.is_make_up:
            continue
        name = say(special.name)
        if stretches and stretches[-1].after == day:
            stretches[-1] = Holiday(stretches[-1].first, day + timedelta(days=1), stretches[-1].name)
        else:
            stretches.append(Holiday(day, day + timedelta(days=1), name))
    return stretches


def _steps(panel: Panel) -> list[Step]:
    return [Step(change.day, _("from {day}").format(day=format.short_day(change.day))) for change in panel.changes]


def _points_table(found: Trend, words: TrendWords) -> Table:
    """A row a period, the latest first."""
    unit = found.metric.unit
    columns = [
        Column("period", _("Period")),
        Column("value", _("Value"), align="right", kind="number"),
        Column("n", _("n"), align="right", kind="number"),
        Column("limits", _("Limits"), align="right"),
        Column("center", _("Center line"), align="right", kind="number"),
        Column("what", _("What it says"), kind="mark"),
    ]
    rows = [
        Row(
            row["period"].isoformat(),
            [
                Cell(words.period(row["period"]), sort=row["period"].isoformat()),
                Cell(format.value(row["value"], unit), sort=row["value"]),
                Cell(format.count(row["n"]), sort=row["n"]),
                Cell(format.interval(row["low"], row["high"], unit), sort=row["low"]),
                Cell(format.value(row["center"], unit), sort=row["center"]),
                _what(row, words),
            ],
        )
        for row in found.panels[0].frame.sort("period", descending=True).iter_rows(named=True)
    ]
    return Table("points", _("Periods"), columns, rows, height=420)


def _what(row: dict, words: TrendWords) -> Cell:
    if row["variation"] == "common_cause":
        return Cell(words.what(row) or (variation_word("common_cause") if row["center"] is not None else format.NOTHING))
    return Cell("", sort=row["variation"], mark=Mark(_POINT_STATES[row["variation"]], variation_word(row["variation"])), detail=words.what(row))


def _panels_table(found: Trend, words: TrendWords) -> Table:
    """A row a chart, also for those there is no room for."""
    unit = found.metric.unit
    columns = [
        Column("group", _("Group")),
        Column("center", _("Level now"), align="right", kind="number"),
        Column("limits", _("Limits"), align="right"),
        Column("target", _("Target"), align="right"),
        Column("assurance", _("Meets the target"), hint=_("What the limits say about the next periods")),
        Column("marked", _("Points that stand out"), align="right", kind="words"),
        Column("change", _("Change of level"), kind="mark"),
    ]
    rows = [
        Row(
            panel.key,
            [
                Cell(words.name(panel), detail="" if panel.method.kind else words.method(panel)),
                Cell(format.value(panel.limits_now[1], unit) if panel.limits_now else format.NOTHING, sort=panel.limits_now and panel.limits_now[1]),
                Cell(format.interval(panel.limits_now[0], panel.limits_now[2], unit) if panel.limits_now else format.NOTHING),
                Cell(format.bounds(panel.target.minimum, panel.target.maximum, unit)),
                Cell(assurance_word(panel.assurance)),
                Cell(f"{panel.marked} / {panel.frame.height}", sort=panel.marked),
                _change(found, panel, words),
            ],
        )
        for panel in found.panels
    ]
    caption = _("All {count}; charts above are the first {most}.").format(count=len(rows), most=MOST_PANELS) if len(rows) > MOST_PANELS else ""
    return Table("panels", _("All groups"), columns, rows, caption=caption)


def _change(found: Trend, panel: Panel, words: TrendWords) -> Cell:
    if not panel.changes:
        return Cell(format.NOTHING)
    last = panel.changes[-1]
    variation = last.variation(found.metric)
    mark = Mark(_POINT_STATES[variation], variation_word(variation))
    return Cell("", sort=last.day.isoformat(), mark=mark, detail=words.change(last))


def _item_names(warehouse: Warehouse) -> dict[tuple[str, ...], str]:
    rows = warehouse.items.select("scorecard_id", "scorecard_name", "item_id", "item_name").unique(["scorecard_id", "item_id"]).iter_rows()
    return {(scorecard, item): f"{title or item} · {name or scorecard}" for scorecard, name, item, title in rows}
