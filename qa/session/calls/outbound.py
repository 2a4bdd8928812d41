"""The outbound page as items of the board."""

from dataclasses import replace
from typing import Any

import polars as pl

from qa.calls import outbound, outbound_words
from qa.charts.bars import bars, bars_height
from qa.drill import Level
from qa.filters import Asked, Filters, Scope
from qa.headlines import headlines
from qa.i18n import _, say, sentences
from qa.keys import joined, parted
from qa.metrics import METRICS
from qa.names import names_of
from qa.proof import Shown
from qa.query import dimension_label
from qa.session.board.items import Chart, Event, Item, Mark, Sentence, Sentences
from qa.session.judged_table import Row, groups_of, judged_table
from qa.session.tiles import tile
from qa.warehouse import Warehouse
from qa.words import gravest, nothing_here, verdict_word

MOST_BARS = 30


def outbound_items(warehouse: Warehouse, scope: Scope, asked: Asked, level: Level) -> list[Item]:
    """The answer in sentences, the tiles, the groups of the level compared, and every agent against the targets."""
    shown = headlines(warehouse, scope, asked, outbound.KEYS)
    rows = {headline.metric.key: headline.row for headline in shown}
    if "outbound_calls" not in rows:
        return [_no_calls(warehouse)]
    frame = outbound.by_level(warehouse, scope, asked.filters, level)
    names = names_of(warehouse)
    titles = {key: names.of(level, key) for key in frame[level].unique()}
    charts = [_chart(frame, metric, level, titles) for metric in outbound.COMPARED if metric in rows]
    sentences = _sentences(rows, frame, level, titles)
    return [sentences, *(tile(headline, "third") for headline in shown), *charts, _agents(warehouse, scope, asked.filters)]


def narrowing(event: Event | None, level: str) -> dict[str, Any]:
    """What a click on a bar or on an agent's row narrows the view to; ``level``: what the bars stand for."""
    if event is None or not event.payload:
        return {}
    if event.kind == "point":
        return {level: event.payload[0]}
    if (event.kind, event.item) == ("row", "agents"):
        center, team, agent = parted(event.payload)
        return {"center": center, "team": team, "agent": agent}
    return {}


def clicked(event: Event | None, filters: Filters, level: str) -> Shown | None:
    """The figures behind what was clicked on the page; None when nothing was."""
    if event is None:
        return None
    kind, _space, metric = event.item.partition(" ")
    if kind == "tile":
        return Shown((metric,), (), filters)
    if kind == "level":
        chosen = {f"{level}s": (event.payload[0],)} if event.kind == "point" else {}
        return Shown((metric,), () if chosen else (level,), filters.choosing(**chosen))
    if event.kind == "row":
        filters = replace(filters, agents=(parted(event.payload)[-1],))
    return Shown(outbound.AGENT_KEYS, ("center", "team", "agent"), filters)


def _no_calls(warehouse: Warehouse) -> Sentences:
    if warehouse.present("calls") or warehouse.present("call_counts"):
        text = _("No outbound calls for this choice. They are calls whose direction is “outbound” in the extract “calls”.")
        return Sentences("nothing", _("Nothing to show"), [Sentence("outbound", text)])
    text = _("This page needs outbound calls: the extract “calls”. Import it on the page Import, or with: python -m qa import FILE")
    return Sentences("nothing", _("Nothing to show"), [Sentence("absent", text)])


def _sentences(rows: dict[str, dict], frame: pl.DataFrame, level: str, titles: dict[str, str]) -> Sentences:
    verdict = gravest(rows[key]["verdict"] for key in outbound.COMPARED if key in rows)
    mark = None if verdict == "no_target" else Mark(verdict, verdict_word(verdict))
    compared = [
        Sentence(f"compared {metric}", outbound_words.comparison(frame, metric, level, titles)) for metric in outbound.COMPARED if metric in rows
    ]
    caption = _("Each {level} is compared with all the others; the number of comparisons is allowed for.").format(level=dimension_label(level))
    return Sentences("answer", _("How much is called out, and what comes of it?"), [Sentence("answer", outbound_words.answer(rows), mark), *compared], caption)


def _chart(frame: pl.DataFrame, metric: str, level: str, titles: dict[str, str]) -> Chart:
    shown = METRICS[metric]
    own = frame.filter(pl.col("metric") == metric)
    title = _("{metric} by {level}").format(metric=say(shown.name), level=dimension_label(level))
    if own.is_empty():
        return Chart(f"level {metric}", title, None, width="third", empty=nothing_here())
    worst = own.sort("value").head(MOST_BARS).rename({"minimum": "target_minimum", "maximum": "target_maximum"})
    figure = bars(worst, shown.unit, level, name=say(shown.name), names=titles)
    caption = _("Click a bar to look inside.")
    if own.height > MOST_BARS:
        caption = sentences(caption, _("The {shown} lowest of {all}.").format(shown=MOST_BARS, all=own.height))
    return Chart(f"level {metric}", title, figure, caption, bars_height(worst.height), "third")


def _agents(warehouse: Warehouse, scope: Scope, filters: Filters) -> Item:
    frame = outbound.by_level(warehouse, scope, filters, "agent")
    names = names_of(warehouse)
    by = ("center", "team", "agent")
    rows = [
        Row((center, team, agent), joined((center, team, agent)), (names.of("agent", agent), " · ".join(filter(None, (names.of("center", center), team)))))
        for center, team, agent in groups_of(frame, by)
    ]
    return judged_table("agents", _("Agents who call out"), (_("Agent"), _("Team")), outbound.AGENT_KEYS, rows, frame, by)
