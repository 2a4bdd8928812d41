"""The complaints page as items of the board."""

from dataclasses import replace
from typing import Any

import polars as pl

from qa import format
from qa.charts.pareto import Bar, pareto, pareto_height
from qa.customers.complaints import CATEGORY_KEYS, KEYS, Open, categories, open_complaints
from qa.customers.rows import headline_figures
from qa.filters import Asked, Filters, Scope
from qa.headlines import Headline
from qa.i18n import _, ngettext, say
from qa.keys import SEPARATOR, joined, parted
from qa.metrics import METRICS
from qa.names import center_names, names_of
from qa.proof import Shown
from qa.records import record_key
from qa.results import answer
from qa.session.board.items import Cell, Chart, Column, Event, Item, Mark, Row, Sentence, Sentences, Table
from qa.session.customers.shared import absent, group_chart
from qa.session.judged_table import Row as JudgedRow
from qa.session.judged_table import groups_of, judged_table
from qa.session.tiles import tile
from qa.warehouse import Warehouse
from qa.words import direction_word, nothing_here, verdict_word


def complaint_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """The answer, the tiles, what the complaints are about, and those that are open."""
    title = _("Who complains, and are complaints settled in time?")
    if not warehouse.present("complaints"):
        return [absent(warehouse, asked, ("complaints",), title)]
    note = [Sentence("queues", _("Complaints are not recorded by queue: the choice of queues is left out here."))] if asked.filters.queues is not None else []
    asked = Asked(_every_queue(asked.filters), asked.before and _every_queue(asked.before))
    shown = headline_figures(warehouse, scope, asked, KEYS)
    waiting = open_complaints(warehouse, scope, asked.filters)
    items: list[Item] = [Sentences("answer", title, [*_answer(shown), *_waiting(waiting), *note])]
    items += [replace(tile(headline), width="third") for headline in shown.values()]
    found = categories(warehouse, scope, asked.filters)
    return [*items, *_categories(found, warehouse.config.statistics.least_n), _open_table(warehouse, waiting)]


def place_items(warehouse: Warehouse, scope: Scope, filters: Filters, by: str) -> list[Item]:
    """The complaint rate of each center or team beside its on-time closure, and a table of all figures."""
    filters = _every_queue(filters)
    columns = ("center", "team") if by == "team" else ("center",)
    frame = answer(warehouse, KEYS, columns, filters, scope)
    if frame.is_empty():
        return [Sentences("places", _("Groups"), [Sentence("none", nothing_here())])]
    frame = frame.filter(pl.all_horizontal(pl.col(columns).is_not_null()))
    frame = frame.with_columns(pl.concat_str(pl.col(columns), separator=SEPARATOR).alias("group"))
    centers = center_names(warehouse)
    names = {group: _place_name(group, centers) for group in frame["group"].unique()}
    charts = [group_chart(f"rate {key}", say(METRICS[key].name), frame, key, "group", names) for key in ("complaint_rate", "complaint_on_time")]
    rows = [JudgedRow((group,), group, (names[group],)) for (group,) in groups_of(frame, ("group",))]
    word = _("Team") if by == "team" else _("Center")
    return [*charts, judged_table("places", _("By {dimension}").format(dimension=word.lower()), (word,), KEYS, rows, frame, ("group",))]


def clicked(event: Event | None, asked: Asked, by: str) -> Shown | None:
    """The figures behind what was clicked; None when nothing was, or when it leads elsewhere."""
    if event is None or (event.item == "open" and event.kind != "proof"):
        return None
    filters = _every_queue(asked.filters)
    kind, _space, name = event.item.partition(" ")
    if kind == "tile":
        return Shown((name,), (), filters)
    if event.item in ("categories", "category table"):
        if event.kind == "point" and event.payload[0] not in ("", _("not recorded")):
            return Shown(CATEGORY_KEYS, (), replace(filters, categories=(event.payload[0],)))
        return Shown(CATEGORY_KEYS, ("category",), filters)
    if event.item == "open":
        return Shown(("complaint_on_time",), (), filters)
    return Shown(KEYS, ("center", "team") if by == "team" else ("center",), filters)


def place_clicked(event: Event | None) -> dict[str, Any]:
    """The center, and team, to narrow the view to, when one was clicked; empty when none was."""
    if event is None or event.payload is None:
        return {}
    if event.kind == "point" and event.item.startswith("rate "):
        key = event.payload[0]
    elif event.kind == "row" and event.item == "places":
        key = event.payload
    else:
        return {}
    return dict(zip(("center", "team"), parted(key), strict=False))


def _every_queue(filters: Filters) -> Filters:
    """The same question about all queues: complaints have none."""
    return replace(filters, queues=None)


def _answer(shown: dict[str, Headline]) -> list[Sentence]:
    rate, on_time = (shown.get(key) for key in ("complaint_rate", "complaint_on_time"))
    if rate is None:
        return [Sentence("answer", _("No answered calls in this period to count complaints against."))]
    count = round(rate.row["numerator"])
    text = ngettext(
        "{count} complaint in {calls} answered calls: {rate} per 10,000 ({interval}).",
        "{count} complaints in {calls} answered calls: {rate} per 10,000 ({interval}).",
        count,
    )
    words = {
        "count": format.count(count),
        "calls": format.count(rate.row["denominator"] * 10_000),
        "rate": format.value(rate.row["value"], "per_10k"),
        "interval": format.interval(rate.row["low"], rate.row["high"], "per_10k"),
    }
    sentences = [Sentence("answer", text.format(**words))]
    if rate.change is not None and rate.change.difference is not None:
        change = _("Against the period compared with: {change} per 10,000, {word}.")
        sentences.append(Sentence("change", change.format(change=format.change(rate.change.difference, "per_10k"), word=direction_word(rate.change.direction))))
    if on_time is not None:
        closed = _("{closed} of {due} complaints whose time limit is over were closed on time.")
        sentences.append(Sentence("on time", closed.format(closed=format.plain(on_time.row["numerator"]), due=format.plain(on_time.row["denominator"]))))
    return sentences


def _waiting(found: Open) -> list[Sentence]:
    if not found.count:
        return [Sentence("open", _("No complaint is open at the end of the data."))]
    text = ngettext(
        "{count} complaint is open at the end of the data, {overdue} overdue.",
        "{count} complaints are open at the end of the data, {overdue} overdue.",
        found.count,
    )
    mark = Mark("missed", _("Overdue")) if found.overdue else None
    return [Sentence("open", text.format(count=format.count(found.count), overdue=format.count(found.overdue)), mark)]


def _categories(frame: pl.DataFrame, least_n: int) -> list[Item]:
    if frame.is_empty():
        return []
    rows = [row | {"category": row["category"] or _("not recorded")} for row in frame.iter_rows(named=True)]
    bars = [Bar(row["category"], row["category"], row["complaints"], row["cumulative"], notes=[_rate(row)]) for row in rows]
    columns = [
        Column("category", _("Category")),
        Column("complaints", _("Complaints"), align="right", kind="number"),
        Column("rate", _("Per 10,000 calls"), align="right", kind="number"),
        Column("upheld", _("Upheld"), align="right", kind="number", hint=_("Of those decided")),
        Column("on_time", _("On time"), align="right", kind="number", hint=_("Of those whose time limit is over")),
    ]
    table_rows = [
        Row(
            row["category"],
            [
                Cell(row["category"]),
                Cell(format.count(row["complaints"]), sort=row["complaints"]),
                Cell(format.value(row["rate"], "per_10k"), sort=row["rate"], detail=format.interval(row["low"], row["high"], "per_10k")),
                _share_cell(row["upheld"], row["upheld_n"], least_n),
                # The target asks for every single case, so no number of them is too few.
                _share_cell(row["on_time"], row["on_time_n"], 0),
            ],
        )
        for row in rows
    ]
    height = pareto_height(len(bars))
    return [
        Chart("categories", _("Complaints by category, with cumulative share"), pareto(bars, _("Complaints")), height=height, width="full"),
        Table("category table", _("Categories"), columns, table_rows, opens=False),
    ]


def _share_cell(value: float | None, n: int, least_n: int) -> Cell:
    detail = f"n = {format.count(n)}"
    return Cell(format.value(value, "share"), sort=value, detail=f"{detail} · {verdict_word('too_few')}" if 0 < n < least_n else detail)


def _rate(row: dict) -> str:
    words = {"rate": format.value(row["rate"], "per_10k"), "interval": format.interval(row["low"], row["high"], "per_10k")}
    return _("per 10,000 calls: {rate} ({interval})").format(**words)


def _open_table(warehouse: Warehouse, found: Open) -> Table:
    """Open complaints with their call to open; sorted by how long they are overdue."""
    columns = [
        Column("complaint", _("Complaint")),
        Column("state", _("State"), kind="mark"),
        Column("over", _("Past its time limit"), align="right", kind="number"),
        Column("received", _("Received")),
        Column("due", _("Due")),
        Column("category", _("Category")),
        Column("center", _("Center")),
        Column("agent", _("Agent")),
    ]
    names = names_of(warehouse)
    rows = [_open_row(row, names.centers, names.agents) for row in found.rows.iter_rows(named=True)]
    caption = _("Everything received up to the end of the period, however long ago, as it stood at the end of the data. A row opens its call.")
    if found.count > len(rows):
        caption += _(" The {shown} longest overdue of {count}.").format(shown=format.count(len(rows)), count=format.count(found.count))
    return Table("open", _("Open and overdue complaints"), columns, rows, caption, height=420, empty=_("No complaint is open at the end of the data."))


def _open_row(row: dict, centers: dict[str, str], agents: dict[str, str]) -> Row:
    if row["due_at"] is None:
        state = Mark("no_target", _("No time limit"))
    else:
        state = Mark("missed", _("Overdue")) if row["is_overdue"] else Mark("uncertain", _("Open"))
    over = row["over_s"] if row["is_overdue"] else None
    cells = [
        Cell(row["complaint_id"]),
        Cell("", sort=row["over_s"], mark=state),
        Cell(_long(over), sort=over),
        Cell(format.moment(row["received_at"]), sort=row["received_at"].isoformat()),
        Cell(format.moment(row["due_at"]), sort=row["due_at"] and row["due_at"].isoformat()),
        Cell(row["category"] or format.NOTHING),
        Cell(centers.get(row["center_id"], row["center_id"])),
        Cell(agents.get(row["agent_id"], row["agent_id"]) or format.NOTHING),
    ]
    key = joined((record_key(row["received_at"], row["call_id"]), row["complaint_id"])) if row["call_id"] else ""
    return Row(key, cells)


def _long(seconds: int | None) -> str:
    if seconds is None:
        return format.NOTHING
    return _("{days} d {hours} h").format(days=f"{seconds // 86_400:,}", hours=seconds % 86_400 // 3600)


def _place_name(group: str, centers: dict[str, str]) -> str:
    center, *teams = parted(group)
    return " · ".join([*teams, centers.get(center, center)])
