"""A table of judged figures: who in the first columns, then a column a metric."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa import format
from qa.i18n import _, say
from qa.metrics import METRICS, Metric
from qa.session.board.items import Cell, Column, Mark, Table
from qa.session.board.items import Row as BoardRow
from qa.words import verdict_word

# In a table with many small groups, a mark on each that is too small would drown the others.
_MARKED = ("met", "missed", "uncertain")


@dataclass(frozen=True)
class Row:
    """One row: its key, its labels, and its record of ``qa.results.answer`` for each metric that has one."""

    key: str
    labels: tuple[str, ...]
    records: dict[str, dict]


def judged_table(key: str, title: str, labels: Sequence[str], metrics: Sequence[str], rows: Sequence[Row]) -> Table:
    """The table; metrics that no row has are left out."""
    used = [METRICS[name] for name in metrics if any(name in row.records for row in rows)]
    columns = [Column(f"label {place}", label) for place, label in enumerate(labels)]
    columns += [Column(metric.key, say(metric.name), align="right", kind="mark", hint=_hint(metric, rows)) for metric in used]
    marks = {verdict: Mark(verdict, verdict_word(verdict)) for verdict in _MARKED}
    return Table(
        key,
        title,
        columns,
        [
            BoardRow(row.key, [*map(Cell, row.labels), *(_cell(metric, row.records.get(metric.key), marks) for metric in used)])
            for row in rows
        ],
        empty=_("There is nothing to show for this choice."),
    )


def _cell(metric: Metric, record: dict | None, marks: dict[str, Mark]) -> Cell:
    if record is None or record["value"] is None:
        return Cell(format.NOTHING)
    bound = record["minimum"] if record["minimum"] is not None else record["maximum"]
    verdict, detail = record["verdict"], f"n = {format.count(record['n'])}"
    if verdict == "too_few":
        detail = _("{n}, too few").format(n=detail)
    text = format.value(record["value"], metric.unit, beside=bound)
    return Cell(text, sort=record["value"], mark=marks.get(verdict), detail=detail)


def _hint(metric: Metric, rows: Sequence[Row]) -> str:
    """The target, where all rows share one."""
    bounds = {
        (record["minimum"], record["maximum"]) for row in rows if (record := row.records.get(metric.key)) is not None
    }
    if len(bounds) != 1:
        return ""
    target = format.bounds(*bounds.pop(), metric.unit)
    return "" if target == format.NOTHING else _("Target {target}").format(target=target)
