"""All centers beside each other, each in its own month: who misses what, and by how much it trails headquarters."""

import shlex
from collections.abc import Sequence

from qa import format
from qa.filters import Scope
from qa.i18n import _, language, say
from qa.metrics import METRICS
from qa.names import center_names
from qa.problems import Problem
from qa.report.content import cells
from qa.report.content.appendix import data_time, definition_table, version
from qa.report.links import report_link
from qa.report.model import Block, Cell, Chart, Column, Document, Paragraph, Part, Points, Section, Series, Table
from qa.report.month import FIVE, Month, centers_of
from qa.warehouse import Warehouse


def comparison(warehouse: Warehouse, scope: Scope, name: str) -> Document:
    """The comparison of the centers in their own months ``name``; Problem where no center has such a month."""
    months = [Month(warehouse, scope, center, name) for center in centers_of(warehouse, scope)]
    if not months:
        raise Problem(_("There is no center to compare."))
    months[0].period  # noqa: B018 - a name that is no month, or a month without data, is refused here
    periods = dict.fromkeys(format.period(month.period, month.month_start) for month in months)
    sections = [_matrix(months), _misses(months), _gaps(months), _charts(months), _definitions(months)]
    facts = [
        (_("Centers"), _(", ").join(center_names(warehouse)[month.center] for month in months)),
        (_("Period"), _("each center's own month: {periods}").format(periods=_("; ").join(periods))),
        (_("Rows counted"), _("all of each center; evaluations by the day they were made")),
        (_("Data"), data_time(months[0])),
        (_("Version of definitions"), version(months[0])),
        (_("On the board"), report_link("all", name, language())),
    ]
    first = format.month_and_days(months[0].period, months[0].month_start)
    return Document(_("Comparison of the centers: monthly quality"), first, language(), warehouse.manifest.built_at, facts, sections, facts[-1][1])


def _matrix(months: Sequence[Month]) -> Section:
    columns = [Column(_("Center"), width=1.5), Column(_("Days"), width=1.7), *(Column(say(METRICS[key].name), "right") for key in FIVE)]
    rows = []
    for month in months:
        rows.append(
            [cells.text(month.center_name), cells.text(format.period(month.period, month.month_start)), *(cells.judged(month.five.get(key)) for key in FIVE)]
        )
    note = _("√ on target, × off target, ~ not yet certain, … too few: marked only where the 95% interval lies on one side of the target.")
    targets = [
        Table(_("Targets in force"), [columns[0], *columns[2:]], [[cells.text(month.center_name), *(_target(month, key) for key in FIVE)] for month in months])
    ]
    return Section(_("Centers and indicators"), [Table("", columns, rows, note), *targets])


def _target(month: Month, key: str) -> Cell:
    return cells.target(month.five[key]) if key in month.five else cells.text(None)


def _misses(months: Sequence[Month]) -> Section:
    """Who misses an indicator, beyond noise or by its value alone."""
    beyond: list[str] = []
    maybe: list[str] = []
    for month in months:
        for key, row in month.five.items():
            if cells.is_off(row):
                text = _("{center}: {metric} {value} ({interval}, n = {n}), target {target}").format(
                    center=month.center_name, metric=say(METRICS[key].name), value=cells.value_text(row),
                    interval=format.interval(row["low"], row["high"], METRICS[key].unit), n=format.count(row["n"]),
                    target=format.bounds(row["minimum"], row["maximum"], METRICS[key].unit),
                )  # fmt: skip
                if cells.trails(row):
                    text += _("; {difference} against headquarters").format(difference=format.change(row["value"] - row["headquarters"], METRICS[key].unit))
                (beyond if row["verdict"] == "missed" else maybe).append(_("{list}.").format(list=text))
    parts = [
        Part(_("Off target beyond noise"), [Points(beyond)] if beyond else [Paragraph(_("None."))]),
        Part(_("Off target by value, within noise"), [Points(maybe)] if maybe else [Paragraph(_("None."))]),
    ]
    return Section(_("Who misses what"), [Paragraph(_("By the rule a branch owes an explanation of both kinds; only the first is more than chance."))], parts)


def _gaps(months: Sequence[Month]) -> Section:
    """Each branch less headquarters on the same days."""
    held = [month for month in months if month.headquarters]
    if not held:
        return Section(_("Gap to headquarters"), [Paragraph(_("No headquarters to compare with."))])
    columns = [Column(_("Center")), *(Column(say(METRICS[key].name), "right", 1.15) for key in FIVE)]
    rows = []
    for month in held:
        found = [cells.text(month.center_name)]
        for key in FIVE:
            own, other = month.five.get(key), month.headquarters.get(key)
            difference = None if own is None or other is None else own["value"] - other
            found.append(cells.change(difference, METRICS[key].unit))
        rows.append(found)
    note = _("Center less headquarters on the center's own days, in percentage points. A difference by itself says nothing of chance; the verdicts above do.")
    return Section(_("Gap to headquarters"), [Table("", columns, rows, note)])


def _charts(months: Sequence[Month]) -> Section:
    charts = []
    for key in FIVE:
        shown = [(month, month.five[key]) for month in months if key in month.five]
        if not shown:
            continue
        metric = METRICS[key]
        series = [Series(say(metric.name), [row["value"] for _month, row in shown])]
        bounds = [row["minimum"] if row["minimum"] is not None else row["maximum"] for _month, row in shown]
        if any(bound is not None for bound in bounds):
            series.append(Series(_("Target"), bounds, "target"))
        charts.append(Chart(say(metric.name), "bar", [month.center_name for month, _row in shown], series, metric.unit))
    return Section(_("Indicators by center"), charts)


def _definitions(months: Sequence[Month]) -> Section:
    month = months[0]
    line = shlex.join(["python", "-m", "qa", "metric", *FIVE, "--by=center", f"--from={month.period.date_from}", f"--to={month.period.date_to}"])
    blocks: list[Block] = [definition_table(month, FIVE), Paragraph(_("The same figures on the command line:")), Paragraph(line, is_code=True)]
    own = [other for other in months if other.period != month.period]
    if own:
        text = _("Centers with a month of their own ({names}) are asked with their own days.")
        blocks.append(Paragraph(text.format(names=_(", ").join(other.center_name for other in own))))
    return Section(_("Definitions and data"), blocks, is_appendix=True)
