"""A table of judged figures: who in the first columns, then a column a metric."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from qa import format
from qa.i18n import _, say
from qa.metrics import METRICS, Metric
from qa.session.board.items import Cell, Column, Mark, Table
from qa.session.board.items import Row as BoardRow
from qa.words import Verdict, nothing_here, verdict_word

_MARKED: tuple[Verdict, ...] = ("met", "missed", "uncertain", "too_few")
_NOTHING = Cell(format.NOTHING)


@dataclass(frozen=True)
class Row:
    """One row: the group its figures are of, its key, and its labels."""

    group: tuple
    key: str
    labels: tuple[str, ...]


def groups_of(told: pl.DataFrame, by: Sequence[str]) -> list[tuple]:
    """The groups that have figures, in the order they come."""
    return [] if told.is_empty() else told.select(by).unique(maintain_order=True).rows()


def judged_table(
    key: str, title: str, labels: Sequence[str], metrics: Sequence[str], rows: Sequence[Row], told: pl.DataFrame, by: Sequence[str], intervals: bool = False
) -> Table:
    """The table; metrics that no row has are left out, and so are labels that every row lacks.

    ``told``: what ``qa.results.answer`` says of these groups; ``by``: the columns that name a row's group. ``intervals``: each value's
    interval stands beside its n, and a star where it differs from the others beyond noise.
    """
    named = [place for place in range(len(labels)) if any(row.labels[place] != format.NOTHING for row in rows)]
    of_metrics = told.partition_by("metric", as_dict=True) if rows else {}
    own = {METRICS[name]: of_metrics[(name,)] for name in metrics if (name,) in of_metrics}
    columns = [Column(f"label {place}", labels[place]) for place in named]
    columns += [Column(metric.key, say(metric.name), align="right", kind="mark", hint=_hint(metric, figures)) for metric, figures in own.items()]
    known = {metric: figures.filter(pl.col("value").is_not_null()) if figures["value"].null_count() else figures for metric, figures in own.items()}
    places = {row.group: at for at, row in enumerate(rows)}
    cells = [[Cell(row.labels[place]) for row in rows] for place in named]
    for metric, figures in known.items():
        at = [places[group] for group in zip(*(figures[name].to_list() for name in by), strict=True)]
        cells.append(_cells(metric, figures, at, len(rows), intervals))
    return Table(
        key,
        title,
        columns,
        [BoardRow(row.key, of_row) for row, of_row in zip(rows, zip(*cells, strict=True), strict=True)],
        caption=_key(list(known.values()), intervals),
        empty=nothing_here(),
    )


def with_column(table: Table, after: str, column: Column, cells: Mapping[str, Cell]) -> Table:
    """The table with one more column behind the named one, or at the end; ``cells``: by the row's key, "-" where absent."""
    keys = [known.key for known in table.columns]
    place = keys.index(after) + 1 if after in keys else len(keys)
    rows = [replace(row, cells=[*row.cells[:place], cells.get(row.key, _NOTHING), *row.cells[place:]]) for row in table.rows]
    return replace(table, columns=[*table.columns[:place], column, *table.columns[place:]], rows=rows)


def _cells(metric: Metric, figures: pl.DataFrame, places: Sequence[int], height: int, intervals: bool) -> list[Cell]:
    """The cells of one metric, row by row; ``figures``: those that have a value, ``places``: the rows they stand in."""
    marks = {verdict: Mark(verdict, verdict_word(verdict)) for verdict in _MARKED}
    values = figures["value"].to_list()
    bounds = [maximum if minimum is None else minimum for minimum, maximum in _bounds(figures)]
    texts = format.values(values, metric.unit, bounds)
    details = _details(metric, figures, intervals)
    cells = [_NOTHING] * height
    for place, text, value, verdict, detail in zip(places, texts, values, figures["verdict"].to_list(), details, strict=True):
        cells[place] = Cell(text, value, marks.get(verdict), detail)
    return cells


def _details(metric: Metric, figures: pl.DataFrame, intervals: bool) -> list[str]:
    """The small print: n, and the interval and the star where they are asked for. A total is its own n."""
    details = [""] * figures.height if metric.unit == "count" else format.counts(figures["n"].to_list(), "n = {}")
    if not intervals:
        return details
    return [
        _with_interval(metric, detail, *said)
        for detail, said in zip(details, figures.select("low", "high", "verdict", "signal").iter_rows(), strict=True)
    ]


def _with_interval(metric: Metric, detail: str, low: float | None, high: float | None, verdict: str, signal: str | None) -> str:
    if low is not None and verdict != "too_few":
        detail = f"{format.interval(low, high, metric.unit)} · {detail}"
    return f"{detail} *" if signal in ("better", "worse") else detail


def _key(shown: Sequence[pl.DataFrame], stars: bool) -> str:
    """What the icons mean that stand without a word, and the star, those that occur."""
    verdicts = {verdict for figures in shown for verdict in figures["verdict"].unique()}
    meanings = {"met": _("✓ on target"), "uncertain": _("~ not yet certain: the interval reaches across the target"), "too_few": _("… too few to judge")}
    listed = [text for verdict, text in meanings.items() if verdict in verdicts]
    if stars and any(figures["signal"].is_in(["better", "worse"]).any() for figures in shown):
        listed.append(_("* differs from the others beyond noise"))
    return _("; ").join(listed)


def _bounds(figures: pl.DataFrame) -> Iterator[tuple[float | None, float | None]]:
    return zip(figures["minimum"].to_list(), figures["maximum"].to_list(), strict=True)


def _hint(metric: Metric, figures: pl.DataFrame) -> str:
    """The target, where all rows share one."""
    bounds = set(_bounds(figures))
    if len(bounds) != 1:
        return ""
    target = format.bounds(*bounds.pop(), metric.unit)
    return "" if target == format.NOTHING else _("Target {target}").format(target=target)
