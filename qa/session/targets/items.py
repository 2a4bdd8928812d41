"""The targets that are set, what they mean now, a preview of a new one, and their history, as items of the board."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from qa import format
from qa.filters import Filters, Scope
from qa.i18n import _, ngettext, say
from qa.keys import joined, parted
from qa.metrics import METRICS
from qa.names import names_of
from qa.people import ROLE_NAMES
from qa.proof import Shown
from qa.session.board.items import Cell, Column, Event, Item, Row, Sentence, Sentences, Table
from qa.targets_edit.history import Change, history
from qa.targets_edit.preview import Counts, PeriodCounts, counts_now, preview
from qa.targets_edit.rows import TargetRow, defaults, governed, in_force, rows_of
from qa.targets_edit.words import COUNTED, bounds_word, counts_word, gap_word, metric_word, place_word, status_word
from qa.warehouse import Warehouse
from qa.words import nothing_here


def target_items(warehouse: Warehouse, scope: Scope, filters: Filters) -> list[Item]:
    """How many targets are met in the period, and all of them with what they mean."""
    rows = rows_of(warehouse.organisation()["targets"], scope)
    holding = in_force(rows, warehouse.span.last_day)
    asked = dict.fromkeys(row.metric for row in (*rows, *defaults(rows)))
    keys = [key for key in asked if key in METRICS and not warehouse.missing_tables(METRICS[key].sources)]
    counted = {group: counts_now(warehouse, scope, keys, group, filters) for group in ("center", "agent")}
    names = names_of(warehouse)
    columns = [
        Column("metric", _("Metric")), Column("place", _("Where")), Column("target", _("Target"), align="right"),
        Column("centers", _("Centers on target")), Column("agents", _("Agents on target")), Column("from", _("Valid from")), Column("state", _("State")),
    ]  # fmt: skip
    board_rows, current = [], [row for row in rows if row.key in holding]
    for row in (*rows, *defaults(rows)):
        decides = (row.valid_from is None or row.key in holding) and row.queue is None
        centers = governed(current, row, warehouse, scope) if decides else []
        by = [_sum(counted[group].get((row.metric, center)) for center in centers) for group in ("center", "agent")]
        cells = [
            Cell(metric_word(row.metric)), Cell(place_word(row, names)), Cell(bounds_word(row), detail=_gap(row)), *(_on_target(counts) for counts in by),
            Cell(format.day(row.valid_from), sort=_iso(row.valid_from)), Cell(status_word(row, holding, warehouse.span.last_day)),
        ]  # fmt: skip
        board_rows.append(Row(joined((row.metric, row.center, row.queue, _iso(row.valid_from))), cells))
    caption = _("Centers and agents: how many are on target in the period chosen above. A default holds where nothing was ever set for the metric.")
    answer = Sentences("answer", _("Which targets hold, and who meets them?"), [Sentence("count", _answer(current, rows, warehouse))])
    return [answer, Table("targets", _("Targets"), columns, board_rows, caption, actions=(), height=620)]


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _gap(row: TargetRow) -> str:
    return "" if row.gap is None else _("at most {points} behind headquarters").format(points=gap_word(row))


def _on_target(counts: Counts) -> Cell:
    """How many of all that had a target are on it, and what of the others."""
    total = sum(counts.get(verdict, 0) for verdict in COUNTED)
    if not total:
        return Cell(format.NOTHING)
    return Cell(f"{counts['met']} / {total}", sort=counts["met"] / total, detail=counts_word(counts | {"met": 0}, nothing=""))


def _answer(current: list[TargetRow], rows: list[TargetRow], warehouse: Warehouse) -> str:
    text = ngettext(
        "{current} target is in force on {day}, {own} of them for single centers or queues. Metrics that keep the catalogue's default: {defaults}.",
        "{current} targets are in force on {day}, {own} of them for single centers or queues. Metrics that keep the catalogue's default: {defaults}.",
        len(current),
    )
    own = sum(row.center is not None or row.queue is not None for row in current)
    return text.format(current=len(current), day=format.day(warehouse.span.last_day), own=own, defaults=len(defaults(rows)))


def _sum(found: Iterable[Counts | None]) -> Counts:
    total: Counts = {}
    for counts in found:
        for verdict, count in (counts or {}).items():
            total[verdict] = total.get(verdict, 0) + count
    return total


def preview_items(warehouse: Warehouse, scope: Scope, row: TargetRow, month_start: int) -> list[Item]:
    """Who would have met the target in the last twelve months, next to the targets as they were."""
    found = preview(warehouse, scope, row, month_start)
    columns = [
        Column("period", _("Period")), Column("centers old", _("Centers, targets as they were")), Column("centers new", _("Centers, new target")),
        Column("agents old", _("Agents, targets as they were")), Column("agents new", _("Agents, new target")),
    ]  # fmt: skip
    rows = [Row(one.start.isoformat(), [Cell(format.bucket(one.start, "month", month_start), sort=one.start.isoformat()), *_cells(one)]) for one in found]
    caption = _("How many are on target, of all. As the board judges: a target is met or missed where the interval lies on one side of it.")
    empty = nothing_here()
    return [Table("preview", _("What it would have meant"), columns, rows, caption, height=460, opens=False, actions=(), empty=empty)]


def _cells(one: PeriodCounts) -> list[Cell]:
    return [_on_target(counts or {}) for counts in (one.centers_old, one.centers_new, one.agents_old, one.agents_new)]


def history_items(warehouse: Warehouse, scope: Scope, _seen: str) -> list[Item]:
    """Who set what, when."""
    names = names_of(warehouse)
    columns = [
        Column("at", _("When")), Column("who", _("Who")), Column("metric", _("Metric")), Column("place", _("Where")),
        Column("from", _("Valid from")), Column("before", _("It was"), align="right"), Column("after", _("It is"), align="right"),
    ]  # fmt: skip
    rows = []
    for number, change in enumerate(history(warehouse.data)):
        after, before = TargetRow(**change.after), change.before and TargetRow(**change.before)
        if scope is not None and after.center is not None and after.center not in scope:
            continue
        at, since = datetime.fromisoformat(change.at).astimezone(), change.after["valid_from"]
        cells = [
            Cell(format.moment(at), sort=change.at), _author(change), Cell(metric_word(after.metric)), Cell(place_word(after, names)),
            Cell(format.day(date.fromisoformat(since)), sort=since), Cell(_whole(before) if before else format.NOTHING), Cell(_whole(after)),
        ]  # fmt: skip
        rows.append(Row(str(number), cells))
    empty = _("No target has been set or imported yet.")
    return [Table("history", _("Changes"), columns, rows, height=320, opens=False, actions=(), empty=empty)]


def _author(change: Change) -> Cell:
    """Who set it, in which role, and from which file."""
    role = say(ROLE_NAMES[change.role]) if change.role in ROLE_NAMES else change.role
    file = _("imported from {file}").format(file=change.file) if change.file else ""
    return Cell(change.who or format.NOTHING, detail=" · ".join(filter(None, (role, file))))


def _whole(row: TargetRow) -> str:
    parts = [bounds_word(row), gap_word(row)]
    return " · ".join(part for part in parts if part != format.NOTHING)


def clicked(event: Event | None, filters: Filters) -> Shown | None:
    """The figures of the centers behind a row; None when nothing was clicked."""
    if event is None or event.item != "targets" or event.kind != "row":
        return None
    metric, center, queue, _day = parted(event.payload)
    if metric not in METRICS:
        return None
    chosen = replace(filters, centers=(center,) if center else filters.centers, queues=(queue,) if queue else filters.queues)
    return Shown((metric,), ("center",), chosen)

