"""The satisfaction page as items of the board."""

from dataclasses import replace
from typing import Any

import polars as pl

from qa import format
from qa.charts.ordered import ordered
from qa.charts.pareto import Bar, pareto, pareto_height
from qa.customers.rows import headline_figures
from qa.customers.satisfaction import KEYS, SPLITS, Reasons, dissatisfied_reasons, groups, nonresponse, weighted_to_asked
from qa.filters import Asked, Filters, Scope
from qa.i18n import _, say
from qa.keys import SEPARATOR, parted
from qa.metrics import METRICS
from qa.names import center_names
from qa.proof import Shown
from qa.session.board.items import Cell, Chart, Column, Event, Heading, Item, Row, Sentence, Sentences, Table
from qa.session.customers.satisfaction_words import answer_sentence, response_change, silent_sentences, uneven_sentence
from qa.session.customers.shared import absent
from qa.session.judged_table import Row as JudgedRow
from qa.session.judged_table import groups_of, judged_table
from qa.session.tiles import tile
from qa.warehouse import Warehouse

MOST_GROUPS = 24


def satisfaction_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """The answer with what non-response could change, the tiles, and what the dissatisfied say."""
    title = _("Are customers satisfied?")
    shown = headline_figures(warehouse, scope, asked, KEYS)
    if not shown:
        return [absent(warehouse, asked, ("surveys",), title)]
    target = shown["satisfaction_rate"].row["minimum"] if "satisfaction_rate" in shown else None
    silent = silent_sentences(nonresponse(warehouse, scope, asked.filters), target, weighted_to_asked(warehouse, scope, asked.filters))
    sentences = [answer_sentence(shown), *silent, *response_change(shown.get("response_rate"))]
    tiles = [replace(tile(headline), width="third") for headline in shown.values()]
    return [Sentences("answer", title, sentences), *tiles, *_reasons(dissatisfied_reasons(warehouse, scope, asked.filters))]


def split_items(warehouse: Warehouse, scope: Scope, filters: Filters, by: str) -> list[Item]:
    """Rate and response rate side by side in one order, whether response is uneven, and the table."""
    frame, columns = groups(warehouse, scope, filters, by), SPLITS[by]
    known = frame.filter(pl.all_horizontal(pl.col(columns).is_not_null()) & pl.col("value").is_not_null()) if frame.height else frame
    if known.is_empty():
        return [Sentences("uneven", _("Groups"), [Sentence("none", _without(by))])]
    known = known.with_columns(pl.concat_str(pl.col(columns).cast(pl.String), separator=SEPARATOR).alias("group"))
    titles = _titles(warehouse, known, by)
    statistics = warehouse.config.statistics
    uneven = uneven_sentence(known, columns, titles, statistics.least_n, 1 - statistics.confidence)
    who = [Sentences("uneven", _("Who answers"), [uneven])] if known["group"].n_unique() > 1 else []
    return [*who, *_charts(known, by, titles), _table(known, by, titles)]


def clicked(event: Event | None, asked: Asked, by: str) -> Shown | None:
    """The figures behind what was clicked; None when nothing was, or when it leads elsewhere."""
    if event is None or event.item == "comments":
        return None
    kind, _space, name = event.item.partition(" ")
    if kind == "tile":
        return Shown((name,), (), asked.filters)
    if event.item in ("reasons", "reason table"):
        return _of_reason(event, asked.filters)
    attribute = {"reason": "call_reasons", "hour": "hours"}.get(by)
    if attribute and event.kind in ("point", "row"):
        group = event.payload[0] if event.kind == "point" else event.payload
        return Shown(KEYS, (), asked.filters.choosing(**{attribute: (group,)}))
    return Shown(KEYS, SPLITS[by], asked.filters)


def _of_reason(event: Event, filters: Filters) -> Shown:
    """All reasons of dissatisfaction, or the one clicked; the bar of the others has no key."""
    if event.kind == "point" and event.payload != [""]:
        return Shown(("satisfaction_rate",), (), replace(filters, reasons=(event.payload[0],)))
    return Shown(("satisfaction_rate",), ("reason",), filters)


def place_clicked(event: Event | None, by: str) -> dict[str, Any]:
    """The center, team or queue to narrow the view to, when one was clicked; empty when none was."""
    if event is None or by not in ("center", "team", "queue") or event.payload is None:
        return {}
    is_point, is_row = event.kind == "point" and event.item.startswith("rate "), event.kind == "row" and event.item == "groups"
    if not (is_point or is_row):
        return {}
    key = event.payload[0] if is_point else event.payload
    return dict(zip(("center", "team") if by == "team" else (by,), parted(key), strict=True))


def _reasons(found: Reasons) -> list[Item]:
    """What the dissatisfied gave as their reason; nothing where none did."""
    if not found.given:
        return []
    note = _("{given} of {dissatisfied} dissatisfied customers gave a reason.").format(
        given=format.count(found.given), dissatisfied=format.count(found.dissatisfied)
    )
    heading = Heading("reasons heading", _("What the dissatisfied say"), note)
    rows = found.frame.to_dicts()
    bars = [Bar(row["reason"], row["reason"], row["count"], row["cumulative"], notes=[_share_text(row)]) for row in rows]
    chart = Chart("reasons", _("Reasons by frequency, with cumulative share"), pareto(bars, _("Dissatisfied customers")), height=pareto_height(len(bars)))
    columns = [
        Column("reason", _("Reason")),
        Column("count", _("Customers"), align="right", kind="number"),
        Column("share", _("Share"), align="right", kind="number", hint=_("Of those who gave a reason, with its 95% interval")),
        Column("cumulative", _("Cumulative"), align="right", kind="number"),
    ]
    table = Table("reason table", _("Reasons"), columns, [_reason_row(row) for row in rows], width="half", opens=False)
    return [heading, chart, table]


def _share_text(row: dict) -> str:
    return f"{format.value(row['share'], 'share')} ({format.interval(row['low'], row['high'], 'share')})"


def _reason_row(row: dict) -> Row:
    cells = [
        Cell(row["reason"]),
        Cell(format.count(row["count"]), sort=row["count"]),
        Cell(format.value(row["share"], "share"), sort=row["share"], detail=format.interval(row["low"], row["high"], "share")),
        Cell(format.value(row["cumulative"], "share"), sort=row["cumulative"]),
    ]
    return Row(row["reason"], cells)


def _charts(known: pl.DataFrame, by: str, titles: dict[str, str]) -> list[Item]:
    """Both rates, the groups in one order: the least satisfied first, hours by the clock."""
    known = known.rename({"minimum": "target_minimum", "maximum": "target_maximum"})
    rates = known.filter(pl.col("metric") == "satisfaction_rate")
    order = (rates.sort("group") if by == "hour" else rates.sort("value"))["group"].head(MOST_GROUPS).to_list()
    place = {group: at for at, group in enumerate(order)}
    items: list[Item] = []
    for key in ("satisfaction_rate", "response_rate"):
        own = known.filter((pl.col("metric") == key) & pl.col("group").is_in(order))
        own = own.sort(pl.col("group").replace_strict(place, return_dtype=pl.Int64))
        figure = ordered(own, "share", "group", name=say(METRICS[key].name), names=titles, upright=by == "hour")
        height = 300 if by == "hour" else max(160, 60 + 30 * own.height)
        items.append(Chart(f"rate {key}", say(METRICS[key].name), figure, height=height))
    return items


def _table(known: pl.DataFrame, by: str, titles: dict[str, str]) -> Table:
    rows = [JudgedRow((group,), group, (titles[group],)) for (group,) in groups_of(known.sort(SPLITS[by]), ("group",))]
    return judged_table("groups", _("By {dimension}").format(dimension=split_word(by).lower()), (split_word(by),), KEYS, rows, known, ("group",))


def _titles(warehouse: Warehouse, known: pl.DataFrame, by: str) -> dict[str, str]:
    """Group -> what it is called on screen."""
    centers = center_names(warehouse)
    if by == "center":
        return {group: centers.get(group, group) for group in known["group"]}
    if by == "team":
        return {group: f"{team} · {centers.get(center, center)}" for group, center, team in known.select("group", "center", "team").rows()}
    if by == "hour":
        return {group: format.hour(group) for group in known["group"]}
    return {group: group for group in known["group"]}


def split_word(by: str) -> str:
    """A split in a word."""
    words = {"center": _("Center"), "team": _("Team"), "queue": _("Queue"), "reason": _("Reason of the call"), "hour": _("Hour of the day")}
    return words[by]


def _without(by: str) -> str:
    if by == "reason":
        return _("No survey of this period names a call whose reason is recorded: the extracts “surveys” (call_id) and “calls” (reason) would fill this.")
    return _("No survey of this period is recorded by {dimension}.").format(dimension=split_word(by).lower())
