"""A table of judged figures: who in the first columns, then a column a metric."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa import format
from qa.i18n import _, say
from qa.metrics import METRICS, Metric
from qa.session.board.items import Cell, Column, Mark, Table
from qa.session.board.items import Row as BoardRow
from qa.words import verdict_word

_MARKED = ("met", "missed", "uncertain", "too_few")


@dataclass(frozen=True)
class Row:
    """One row: its key, its labels, and its record of ``qa.results.answer`` for each metric that has one."""

    key: str
    labels: tuple[str, ...]
    records: dict[str, dict]


def judged_table(
    key: str, title: str, labels: Sequence[str], metrics: Sequence[str], rows: Sequence[Row], intervals: bool = False
) -> Table:
    """The table; metrics that no row has are left out, and so are labels that every row lacks.

    ``intervals``: each value's interval stands beside its n.
    """
    named = [place for place in range(len(labels)) if any(row.labels[place] != format.NOTHING for row in rows)]
    used = [METRICS[name] for name in metrics if any(name in row.records for row in rows)]
    columns = [Column(f"label {place}", labels[place]) for place in named]
    columns += [Column(metric.key, say(metric.name), align="right", kind="mark", hint=_hint(metric, rows)) for metric in used]
    marks = {verdict: Mark(verdict, verdict_word(verdict)) for verdict in _MARKED}
    return Table(
        key,
        title,
        columns,
        [
            BoardRow(
                row.key,
                [*(Cell(row.labels[place]) for place in named), *(_cell(metric, row.records.get(metric.key), marks, intervals) for metric in used)],
            )
            for row in rows
        ],
        caption=_key(rows),
        empty=_("There is nothing to show for this choice."),
    )


def with_column(table: Table, after: str, column: Column, cells: Mapping[str, Cell]) -> Table:
    """The table with one more column behind the named one, or at the end; ``cells``: by the row's key, "-" where absent."""
    keys = [known.key for known in table.columns]
    place = keys.index(after) + 1 if after in keys else len(keys)
    nothing = Cell(format.NOTHING)
    rows = [replace(row, cells=[*row.cells[:place], cells.get(row.key, nothing), *row.cells[place:]]) for row in table.rows]
    return replace(table, columns=[*table.columns[:place], column, *table.columns[place:]], rows=rows)


def _cell(metric: Metric, record: dict | None, marks: dict[str, Mark], intervals: bool) -> Cell:
    if record is None or record["value"] is None:
        return Cell(format.NOTHING)
    bound = record["minimum"] if record["minimum"] is not None else record["maximum"]
    verdict = record["verdict"]
    # A total is its own n.
    detail = "" if metric.unit == "count" else f"n = {format.count(record['n'])}"
    if intervals and record["low"] is not None and verdict != "too_few":
        detail = f"{format.interval(record['low'], record['high'], metric.unit)} · {detail}"
    text = format.value(record["value"], metric.unit, beside=bound)
    return Cell(text, sort=record["value"], mark=marks.get(verdict), detail=detail)


def _key(rows: Sequence[Row]) -> str:
    """What the icons mean that stand without a word, those that occur."""
    verdicts = {record["verdict"] for row in rows for record in row.records.values() if record["value"] is not None}
    meanings = {"met": _("✓ on target"), "uncertain": _("~ not yet certain: the interval reaches across the target"), "too_few": _("… too few to judge")}
    return _("; ").join(text for verdict, text in meanings.items() if verdict in verdicts)


def _hint(metric: Metric, rows: Sequence[Row]) -> str:
    """The target, where all rows share one."""
    bounds = {
        (record["minimum"], record["maximum"]) for row in rows if (record := row.records.get(metric.key)) is not None
    }
    if len(bounds) != 1:
        return ""
    target = format.bounds(*bounds.pop(), metric.unit)
    return "" if target == format.NOTHING else _("Target {target}").format(target=target)
