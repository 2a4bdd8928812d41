"""A table of judged figures: who in the first columns, then a column a metric."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa import format
from qa.i18n import _, say
from qa.metrics import METRICS, Metric
from qa.session.board.items import Cell, Column, Mark, Table
from qa.session.board.items import Row as BoardRow
from qa.words import verdict_word

# The columns of ``qa.results.answer`` that a cell is made of.
JUDGED = ("value", "n", "low", "high", "minimum", "maximum", "verdict")
_MARKED = ("met", "missed", "uncertain", "too_few")


@dataclass(frozen=True)
class Row:
    """One row: its key, its labels, and for each metric that has one its record of ``qa.results.answer``, of which ``JUDGED`` do."""

    key: str
    labels: tuple[str, ...]
    records: dict[str, dict]


def judged_table(
    key: str, title: str, labels: Sequence[str], metrics: Sequence[str], rows: Sequence[Row], intervals: bool = False
) -> Table:
    """The table; metrics that no row has are left out, and so are labels that every row lacks.

    ``intervals``: each value's interval stands beside its n, and a star where it differs from the others beyond noise.
    """
    named = [place for place in range(len(labels)) if any(row.labels[place] != format.NOTHING for row in rows)]
    used = [METRICS[name] for name in metrics if any(name in row.records for row in rows)]
    columns = [Column(f"label {place}", labels[place]) for place in named]
    columns += [Column(metric.key, say(metric.name), align="right", kind="mark", hint=_hint(metric, rows)) for metric in used]
    cells = [[Cell(row.labels[place]) for row in rows] for place in named]
    cells += [_cells(metric, [row.records.get(metric.key) for row in rows], intervals) for metric in used]
    return Table(
        key,
        title,
        columns,
        [BoardRow(row.key, [column[at] for column in cells]) for at, row in enumerate(rows)],
        caption=_key(rows, intervals),
        empty=_("There is nothing to show for this choice."),
    )


def with_column(table: Table, after: str, column: Column, cells: Mapping[str, Cell]) -> Table:
    """The table with one more column behind the named one, or at the end; ``cells``: by the row's key, "-" where absent."""
    keys = [known.key for known in table.columns]
    place = keys.index(after) + 1 if after in keys else len(keys)
    nothing = Cell(format.NOTHING)
    rows = [replace(row, cells=[*row.cells[:place], cells.get(row.key, nothing), *row.cells[place:]]) for row in table.rows]
    return replace(table, columns=[*table.columns[:place], column, *table.columns[place:]], rows=rows)


def _cells(metric: Metric, records: Sequence[dict | None], intervals: bool) -> list[Cell]:
    """The cells of one metric, row by row."""
    marks = {verdict: Mark(verdict, verdict_word(verdict)) for verdict in _MARKED}
    known = [record for record in records if record is not None and record["value"] is not None]
    bounds = [record["minimum"] if record["minimum"] is not None else record["maximum"] for record in known]
    texts = iter(format.values([record["value"] for record in known], metric.unit, bounds))
    return [
        Cell(format.NOTHING)
        if record is None or record["value"] is None
        else Cell(next(texts), record["value"], marks.get(record["verdict"]), _detail(metric, record, intervals))
        for record in records
    ]


def _detail(metric: Metric, record: dict, intervals: bool) -> str:
    """The small print: n, and the interval and the star where they are asked for. A total is its own n."""
    detail = "" if metric.unit == "count" else f"n = {format.count(record['n'])}"
    if intervals and record["low"] is not None and record["verdict"] != "too_few":
        detail = f"{format.interval(record['low'], record['high'], metric.unit)} · {detail}"
    return f"{detail} *" if intervals and _differs(record) else detail


def _differs(record: dict) -> bool:
    return record.get("signal") in ("better", "worse")


def _key(rows: Sequence[Row], stars: bool) -> str:
    """What the icons mean that stand without a word, and the star, those that occur."""
    shown = [record for row in rows for record in row.records.values() if record["value"] is not None]
    verdicts = {record["verdict"] for record in shown}
    meanings = {"met": _("✓ on target"), "uncertain": _("~ not yet certain: the interval reaches across the target"), "too_few": _("… too few to judge")}
    listed = [text for verdict, text in meanings.items() if verdict in verdicts]
    if stars and any(_differs(record) for record in shown):
        listed.append(_("* differs from the others beyond noise"))
    return _("; ").join(listed)


def _hint(metric: Metric, rows: Sequence[Row]) -> str:
    """The target, where all rows share one."""
    bounds = {
        (record["minimum"], record["maximum"]) for row in rows if (record := row.records.get(metric.key)) is not None
    }
    if len(bounds) != 1:
        return ""
    target = format.bounds(*bounds.pop(), metric.unit)
    return "" if target == format.NOTHING else _("Target {target}").format(target=target)
