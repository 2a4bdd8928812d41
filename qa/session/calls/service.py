"""The service page as items of the board."""

from dataclasses import replace
from typing import Any

import polars as pl

from qa import format
from qa.calls import service, service_words
from qa.charts.bars import bars, bars_height
from qa.charts.parts import parts, parts_height
from qa.charts.week import week, week_height
from qa.filters import Asked, Filters, Scope
from qa.headlines import headlines
from qa.i18n import _, say, sentences
from qa.keys import joined, parted
from qa.metrics import METRICS, SERVICE_LEVEL_NAMES
from qa.names import center_names, names_of
from qa.proof import Shown
from qa.session.board.items import Cell, Chart, Column, Event, Item, Mark, Sentence, Sentences, Table
from qa.session.board.items import Row as BoardRow
from qa.session.judged_table import Row, groups_of, judged_table
from qa.session.overview.items import nothing
from qa.session.tiles import tile
from qa.warehouse import Warehouse
from qa.words import Verdict, gravest, verdict_word

MOST_BARS = 30
MOST_NAMED = 5


def service_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """The answer in sentences, the tiles, and the definitions of the service level side by side."""
    about_people = service.is_about_people(asked.filters)
    shown = headlines(warehouse, scope, asked, service.TIMES if about_people else (*service.ACCESS, *service.TIMES))
    if not shown:
        return [nothing(warehouse, asked)]
    found = pl.DataFrame() if about_people else service.definitions(warehouse, scope, asked.filters)
    rows = {headline.metric.key: headline.row for headline in shown}
    sentences = _sentences(warehouse, scope, asked, rows, found)
    return [sentences, *(tile(headline, "third") for headline in shown), *_definitions(found)]


def week_items(warehouse: Warehouse, scope: Scope, filters: Filters, metric: str) -> list[Item]:
    """The week by half-hours; what to do where it cannot be told."""
    title = _("{metric} by day of the week and half-hour").format(metric=say(METRICS[metric].name))
    frame = pl.DataFrame() if service.is_about_people(filters) else service.week(warehouse, scope, filters, metric)
    if frame.is_empty():
        why = service_words.about_people() if service.is_about_people(filters) else _("Only single calls (extract “calls”) tell the time of day.")
        return [Chart("week", title, None, height=120, width="full", empty=why, actions=())]
    figure = week(frame, METRICS[metric].unit, warehouse.config.statistics.least_n, say(METRICS[metric].name))
    caption = service_words.week(frame, metric)
    if METRICS[metric].unit != "count":
        caption = sentences(caption, _("A stronger shade is higher; square: worse than the rest of the week beyond noise; circle: better; no shade: too few."))
    return [Chart("week", title, figure, caption, week_height(), "full")]


def place_items(warehouse: Warehouse, scope: Scope, filters: Filters, level: str) -> list[Item]:
    """Handling time with its parts by center, team or agent, and access by center and queue."""
    return [_handling(warehouse, scope, filters, level), *([] if service.is_about_people(filters) else [_places(warehouse, scope, filters)])]


def narrowing(event: Event | None, level: str) -> dict[str, Any]:
    """What a click on a bar or a row narrows the view to; ``level``: what the bars stand for."""
    if event is None or not event.payload:
        return {}
    if (event.kind, event.item) == ("point", "handling"):
        return {level: event.payload[0]}
    if (event.kind, event.item) == ("row", "places"):
        center, *queue = parted(event.payload)
        # Calls of no queue beside others of their center are nothing a view can show: their figures open.
        return {} if queue == [""] else {"center": center, "queue": queue[0] if queue else None}
    return {}


def clicked(event: Event | None, filters: Filters, metric: str, level: str) -> Shown | None:
    """The figures behind what was clicked on the page; None when nothing was. ``metric``: that of the week."""
    if event is None:
        return None
    kind, _space, key = event.item.partition(" ")
    if kind == "tile":
        return Shown((key,), (), filters)
    if kind == "definitions":
        return Shown((event.payload,) if event.kind == "row" else tuple(service.DEFINITIONS.values()), (), filters)
    if kind == "definition" and event.kind == "point":
        return Shown((service.DEFINITIONS[event.payload[0]],), (), filters)
    if kind == "definition":
        return Shown(tuple(service.DEFINITIONS.values()), (), filters)
    if kind == "week" and event.kind == "point":
        half_hour, weekday = event.payload
        return Shown((metric,), (), replace(filters, weekdays=(weekday,), half_hours=(half_hour,)))
    if kind == "week":
        return Shown((metric,), ("weekday", "half_hour"), filters)
    if kind == "handling":
        return Shown(("mean_handling", "mean_hold", "mean_wrap"), (level,), filters)
    return Shown(service.PLACE_METRICS, ("center", "queue"), filters)


def _sentences(warehouse: Warehouse, scope: Scope, asked: Asked, rows: dict[str, dict], found: pl.DataFrame) -> Sentences:
    lines = []
    if service.is_about_people(asked.filters):
        lines.append(Sentence("people", service_words.about_people()))
    else:
        verdict = gravest(rows[key]["verdict"] for key in service_words.ACCESS if key in rows)
        lines.append(Sentence("access", service_words.access(rows, warehouse.config), _mark(verdict)))
    if not found.is_empty():
        lines.append(Sentence("definitions", service_words.definitions(found)))
    if "mean_handling" in rows:
        row = service.handling(warehouse, scope, asked.filters, ()).row(0, named=True)
        lines.append(Sentence("handling", service_words.handling(row), _mark(row["verdict"])))
    return Sentences("answer", _("Are callers answered soon enough, and how long does a call take?"), lines)


def _mark(verdict: Verdict) -> Mark | None:
    return None if verdict == "no_target" else Mark(verdict, verdict_word(verdict))


def _definitions(found: pl.DataFrame) -> list[Item]:
    """The definitions as bars and as a table."""
    if found.is_empty():
        return []
    title = _("Service level by definition")
    names = {row["variant"]: _variant_name(row) for row in found.iter_rows(named=True)}
    bounded = found.rename({"minimum": "target_minimum", "maximum": "target_maximum"})
    figure = bars(bounded, "share", "variant", name=title, names=names, from_zero=False)
    columns = [
        Column("definition", _("Definition")),
        Column("value", _("Value"), align="right", kind="mark"),
        Column("counts", _("Numerator / denominator"), align="right"),
    ]
    rows = [
        BoardRow(
            row["metric"],
            [
                Cell(names[row["variant"]]),
                Cell(format.value(row["value"], "share"), row["value"], _mark(row["verdict"]), format.interval(row["low"], row["high"], "share")),
                Cell(f"{format.count(row['numerator'])} / {format.count(row['denominator'])}"),
            ],
        )
        for row in found.iter_rows(named=True)
    ]
    return [
        Chart("definition", title, figure, service_words.formulas(found), bars_height(found.height) + 20),
        Table("definitions", _("The definitions on the same calls"), columns, rows, service_words.counts_left_out(found), width="half"),
    ]


def _variant_name(row: dict) -> str:
    name = say(SERVICE_LEVEL_NAMES[row["variant"]])
    return _("{name} (in force)").format(name=name) if row["in_force"] else name


def _handling(warehouse: Warehouse, scope: Scope, filters: Filters, level: str) -> Item:
    title = _("Handling time and its parts")
    frame = service.handling(warehouse, scope, filters, (level,))
    known = frame if frame.is_empty() else frame.drop_nulls("talk").filter(pl.col("talk").is_not_nan())
    if known.is_empty():
        return Sentences("handling", title, [Sentence("none", _("Talk, hold and wrap-up times (extract “calls”) are not known for this choice."))])
    most = known.sort("value", descending=True).head(MOST_BARS).rename({"minimum": "target_minimum", "maximum": "target_maximum"})
    names = names_of(warehouse)
    words = {"talk": _("Talk"), "hold": _("Hold"), "wrap": _("Wrap-up")}
    figure = parts(most, "seconds", level, words, {key: names.of(level, key) for key in most[level]})
    caption = _("Click a bar to look inside.")
    if known.height > MOST_BARS:
        caption = sentences(caption, _("The {shown} longest of {all}.").format(shown=MOST_BARS, all=known.height))
    if whole := [names.of(level, key) for key in frame.join(known, on=level, how="anti")[level]]:
        named = _(", ").join(whole[:MOST_NAMED]) + ("…" if len(whole) > MOST_NAMED else "")
        caption = sentences(caption, _("Not drawn, as only the sum of their parts is known: {names}.").format(names=named))
    return Chart("handling", title, figure, caption, parts_height(most.height), "full")


def _places(warehouse: Warehouse, scope: Scope, filters: Filters) -> Table:
    frame = service.access_by_place(warehouse, scope, filters)
    centers = center_names(warehouse)
    by = ("center", "queue")
    places = groups_of(frame, by)
    with_queues = {center for center, queue in places if queue is not None}
    rows = [
        Row((center, queue), joined((center, queue) if center in with_queues else (center,)), (centers.get(center, center), queue or format.NOTHING))
        for center, queue in places
    ]
    return judged_table("places", _("By center and queue"), (_("Center"), _("Queue")), service.PLACE_METRICS, rows, frame, by)
