"""The five indicators against target, headquarters and the month before, and their thirteen months."""

from collections.abc import Sequence

import polars as pl

from qa import format
from qa.changes import Change, changes
from qa.i18n import _, say
from qa.measured import measured, monthly_course
from qa.metrics import METRICS, Metric
from qa.report.content import cells
from qa.report.model import Chart, Column, Paragraph, Part, Points, Section, Series, Table
from qa.report.month import FIVE, Month
from qa.words import direction_word


def indicators(month: Month) -> Section:
    """What the month says in sentences, the table of the five, and their course."""
    if not month.five:
        return Section(_("Indicators"), [Paragraph(_("None of the five indicators has a figure in this month."))])
    moved = _moved(month)
    courses = monthly_course(month.warehouse, list(month.five), (), month.filters, month.scope)
    parts = [
        Part(_("Where the indicators stand"), [Points([_sentence(month, key, moved.get(key)) for key in month.five]), _table(month, moved)]),
        Part(_("Trend of thirteen months"), [*(_chart(month, METRICS[key], course) for key, course in courses.items()), _months(month, courses)]),
    ]
    return Section(_("Indicators"), [Paragraph(_summary(month))], parts)


def _moved(month: Month) -> dict[str, Change]:
    frames = measured(month.warehouse, list(month.five), (), month.before, month.scope)
    before = [frames[key].row(0, named=True) if key in frames and frames[key].height else None for key in month.five]
    found = changes([METRICS[key] for key in month.five], list(month.five.values()), before, month.warehouse.config)
    return dict(zip(month.five, found, strict=True))


def _summary(month: Month) -> str:
    rows = list(month.five.values())
    missed = [row for row in rows if row["verdict"] == "missed"]
    off = [row for row in rows if cells.is_off(row) and row["verdict"] != "missed"]
    text = _("{count} indicators checked: {met} on target beyond doubt, {missed} off target, {open} not yet certain.").format(
        count=len(rows), met=sum(row["verdict"] == "met" for row in rows), missed=len(missed),
        open=sum(row["verdict"] in ("uncertain", "too_few") for row in rows),
    )  # fmt: skip
    if missed:
        text += cells.space() + _("Off target: {names}.").format(names=_named(missed))
    if off:
        within = _("Off target by their value, but within noise: {names}. The rule asks for an explanation all the same.")
        text += cells.space() + within.format(names=_named(off))
    if not month.is_complete:
        last = format.day(month.warehouse.span.last_day)
        text += cells.space() + _("The month's data are not complete: they end on {day}.").format(day=last)
    return text


def _named(rows: Sequence[dict]) -> str:
    return _(", ").join(say(METRICS[row["metric"]].name) for row in rows)


def _sentence(month: Month, key: str, change: Change | None) -> str:
    """One indicator: value, interval, target, verdict, headquarters, and the change from the month before."""
    metric, row = METRICS[key], month.five[key]
    text = _("{metric} {value} ({interval}, n = {n}); target {target}: {verdict}.").format(
        metric=say(metric.name), value=cells.value_text(row), interval=format.interval(row["low"], row["high"], metric.unit), n=format.count(row["n"]),
        target=format.bounds(row["minimum"], row["maximum"], metric.unit), verdict=cells.verdict(row).text.lower(),
    )  # fmt: skip
    if key in month.headquarters:
        own = month.headquarters[key]
        text += cells.space() + _("Headquarters {value}, difference {difference}.").format(
            value=format.value(own, metric.unit), difference=format.change(row["value"] - own, metric.unit)
        )
        if cells.trails(row):
            text += cells.space() + _("This is a gap of {gap} or more.").format(gap=format.change(row["gap"], metric.unit).removeprefix("+"))
    if change is not None and change.difference is not None:
        text += cells.space() + _("The month before {before}, change {change}: {verdict}.").format(
            before=format.value(change.before, metric.unit), change=format.change(change.difference, metric.unit), verdict=direction_word(change.direction)
        )
    return text


def _table(month: Month, moved: dict[str, Change]) -> Table:
    columns = [
        Column(_("Indicator"), width=1.6), Column(_("This month"), "right", 1.0), Column(_("95% interval"), "right", 2.0), Column("n", "right", 0.9),
        Column(_("Target"), "right", 1.25), Column(_("Verdict"), "center", 1.6), Column(_("Month before"), "right", 1.1), Column(_("Change"), "right", 1.75),
        *([Column(_("HQ"), "right", 1.0)] if month.headquarters else []),
    ]  # fmt: skip
    rows = []
    for key, row in month.five.items():
        unit, change = METRICS[key].unit, moved.get(key)
        before, difference = (change.before, change.difference) if change else (None, None)
        cellsrow = [
            cells.text(say(METRICS[key].name)), cells.value(row), cells.interval(row), cells.n(row), cells.target(row), cells.verdict(row),
            cells.number(before, unit), cells.change(difference, unit),
        ]  # fmt: skip
        rows.append([*cellsrow, *([cells.number(month.headquarters.get(key), unit)] if month.headquarters else [])])
    note = _("On target or off target only where the 95% interval lies on one side of the target; what the interval straddles may be chance.")
    if month.headquarters:
        note += cells.space() + _("Headquarters: the same days.")
    return Table("", columns, rows, note)


def _chart(month: Month, metric: Metric, course: pl.DataFrame) -> Chart:
    course = course.sort("period")
    names = [format.bucket(start, "month", month.month_start) for start in course["period"]]
    series = [Series(say(metric.name), course["value"].to_list()), Series(_("Lower limit"), course["low"].to_list(), "low")]
    series.append(Series(_("Upper limit"), course["high"].to_list(), "high"))
    targets = (course["target_minimum"] if metric.minimum is not None else course["target_maximum"]).to_list()
    if any(target is not None for target in targets):
        series.append(Series(_("Target"), targets, "target"))
    note = _("Limits: 95% interval.")
    if course["provisional"].any() and "contacts" in metric.sources:
        note += cells.space() + _("The last month is provisional: customers may still call again.")
    return Chart(say(metric.name), "line", names, series, metric.unit, note)


def _months(month: Month, courses: dict[str, pl.DataFrame]) -> Table:
    """A row a month, a column an indicator."""
    found = {(key, row["period"]): row for key, course in courses.items() for row in course.iter_rows(named=True)}
    periods = sorted({period for _key, period in found})
    keys = [key for key in FIVE if key in courses]
    columns = [Column(_("Month"), width=1.2), *(Column(say(METRICS[key].name), "right") for key in keys)]
    rows = []
    for period in periods:
        figures = [found.get((key, period)) for key in keys]
        written = [cells.number(row["value"] if row else None, METRICS[key].unit) for key, row in zip(keys, figures, strict=True)]
        rows.append([cells.text(format.bucket(period, "month", month.month_start)), *written])
    return Table(_("The indicators by month"), columns, rows)
