"""Holding what a page shows against its proof: the faults, in words."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from random import Random

import polars as pl

from qa import format
from qa.filters import FILTERED, Filters
from qa.measured import months_up_to
from qa.metrics import METRICS
from qa.periods import Period
from qa.proof import Shown
from qa.quality.items import WHO, of_item
from qa.query import obstacle
from qa.results import answer
from qa.session.board.items import Event, Sentences, Table, Tile
from qa.view import View
from tests.combinations.pages import Board, ItemPage, Lead, WhyPage
from tests.combinations.places import Place, places
from tests.combinations.views import Seen

# So many numbers of one chart or table are clicked; all of them would take hours.
CLICKED = 6
ITEM_PAGE = ("composite_error_rate", "mean_score", "error_count", "points_lost", "points_lost_of_100")


def faults_of(seen: Seen, board: Board, rng: Random) -> Iterator[str]:
    """What is wrong on one board; nothing where all is right."""
    for item in board.items:
        actions = getattr(item, "actions", ())
        proof = board.lead(Event("proof", item.key)) if "proof" in actions else None
        if "proof" in actions and getattr(item, "figure", 1) is not None:
            yield from _faults_of_proof(seen, item.key, proof)
        if isinstance(item, Tile):
            yield from _faults_of_tile(seen, item, proof)
        elif isinstance(item, Sentences):
            opened = [board.lead(Event("open", item.key, line.key)) for line in item.items if line.opens and item.key == "attention"]
            for lead in opened:
                yield from _faults_of_proof(seen, f"{item.key} sentence", lead)
        elif isinstance(item, Table):
            yield from _faults_of_kinds(item)
        found = places(item)
        for place in rng.sample(found, min(CLICKED, len(found))):
            yield from _faults_of_place(seen, board, item.key, place, proof)


def _faults_of_proof(seen: Seen, name: str, lead: Lead) -> Iterator[str]:
    if not isinstance(lead, Shown):
        yield f"{name}: no proof but {lead}"
    elif not [key for key in lead.metrics if not obstacle(METRICS[key], lead.by, lead.filters)]:
        yield f"{name}: no metric of its proof can be asked by {lead.by}"


def _faults_of_tile(seen: Seen, tile: Tile, proof: Lead) -> Iterator[str]:
    """The tile's texts, its change and its months, written anew from the figures."""
    if not isinstance(proof, Shown) or len(proof.metrics) != 1 or proof.by:
        yield f"{tile.key}: no single figure behind it but {proof}"
        return
    metric = METRICS[proof.metrics[0]]
    row = figures(seen, proof).row(0, named=True)
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    text = f"{tile.value} {tile.unit}".strip()
    if text not in (format.value(row["value"], metric.unit, beside=bound), format.value(row["value"], metric.unit)):
        yield f"{tile.key}: shows {text}, is {row['value']}"
    if tile.n != f"n = {format.count(row['n'])}" and (tile.n or metric.unit != "count"):
        yield f"{tile.key}: shows {tile.n}, is {row['n']}"
    if tile.interval not in ("", format.interval(row["low"], row["high"], metric.unit)):
        yield f"{tile.key}: shows {tile.interval}, is {row['low']} to {row['high']}"
    before = seen.asked.before
    if tile.change and before is not None:
        former = figures(seen, replace(proof, filters=proof.filters.during(before.date_from, before.date_to)))["value"][0]
        if tile.change != format.change(row["value"] - former, metric.unit):
            yield f"{tile.key}: shows a change of {tile.change}, is {row['value']} after {former}"
    if tile.sparkline is not None:
        wide = proof.filters.during(*months_up_to(Period(proof.filters.date_from, proof.filters.date_to), proof.filters.month_start))
        months = figures(seen, replace(proof, by=("month",), filters=wide)).drop_nulls("value")["value"].to_list()
        if not _same(tile.sparkline.values, months):
            yield f"{tile.key}: the months are {list(tile.sparkline.values)}, should be {months}"


def _faults_of_kinds(table: Table) -> Iterator[str]:
    """A column that is saved as figures shows nothing but figures: one that shows words or a pair would lose them."""
    for place, column in enumerate(table.columns):
        if column.kind in ("number", "mark"):
            texts = [row.cells[place].text for row in table.rows if isinstance(row.cells[place].sort, int | float)]
            lost = [text for text in texts if text and (" / " in text or not any(sign.isdigit() for sign in text))]
            if lost:
                yield f"{table.key}: {column.key} is saved as figures and shows {lost[0]!r}"


def _faults_of_place(seen: Seen, board: Board, name: str, place: Place, proof: Lead) -> Iterator[str]:
    """The number is among the figures of the item's proof, and of what a click on it opens."""
    if isinstance(proof, Shown) and not _is_of_others(board, place) and not _holds(seen, proof, place):
        yield f"{name}: its proof {_brief(proof)} lacks {place.number} ({place.metric or place.figure}) of {place.group}"
    lead = board.lead(place.event)
    metrics = proof.metrics if isinstance(proof, Shown) else ()
    opened = _shown(seen, board, lead, metrics)
    if opened and not any(_holds(seen, shown, place) for shown in opened):
        said = "; ".join(map(_brief, opened))
        yield f"{name}: a click on {place.event.payload} opens {said} without {place.number} ({place.metric or place.figure}) of {place.group}"
    if lead is None:
        yield f"{name}: a click on {place.event.payload} leads nowhere"


def _is_of_others(board: Board, place: Place) -> bool:
    """Whether a point of an agent's page is one of the team's or the center's, whose proof its own click opens."""
    return board.page == "agent" and place.event.kind == "point" and place.group[:1] != (board.chosen,)


def _shown(seen: Seen, board: Board, lead: Lead, metrics: tuple[str, ...]) -> list[Shown]:
    """The figures of what a click leads to: the number is among one of them."""
    if isinstance(lead, Shown):
        return [lead]
    if isinstance(lead, ItemPage):
        # The whole of the item, and everybody in its table: work in no team cannot be a view.
        filters = of_item(lead.view.filters(seen.choices), lead.item)
        return [Shown(tuple(dict.fromkeys((*metrics, *ITEM_PAGE))), by, filters) for by in ((), WHO)]
    if isinstance(lead, WhyPage):
        return [Shown((lead.metric,), (), lead.view.filters(seen.choices))]
    if isinstance(lead, View):
        return [Shown(metrics, (), board.own(lead.filters(seen.choices)))]
    return []


def figures(seen: Seen, shown: Shown) -> pl.DataFrame:
    """What the proof shows of all its metrics."""
    return answer(seen.proof, shown.metrics, shown.by, shown.filters, seen.scope)


def _holds(seen: Seen, shown: Shown, place: Place) -> bool:
    if place.metric is not None and place.metric not in shown.metrics:
        return False
    wanted = place.metric or (shown.metrics[place.order] if place.order is not None and place.order < len(shown.metrics) else None)
    frame = figures(seen, shown)
    if frame.is_empty():
        return False
    chosen = _chosen(shown.filters)
    for row in frame.iter_rows(named=True):
        group = chosen | {_code(row[name]) for name in shown.by}
        is_asked = wanted is None or row["metric"] == wanted
        if is_asked and set(place.group) - group <= _unsaid(shown) and close(_figure(row, place.figure), place.number):
            return True
    return False


def _unsaid(shown: Shown) -> set[str]:
    """Codes that a click carries and no figure repeats: a metric's own key."""
    return set(shown.metrics) | {key.removeprefix("service_level_") for key in shown.metrics}


def _figure(row: dict, figure: str) -> float | None:
    return row["denominator"] - row["numerator"] if figure == "missing" else row[figure]


def _chosen(filters: Filters) -> set[str]:
    """The codes of what is chosen, and of the first day."""
    values = {value for name in FILTERED for value in getattr(filters, name) or ()}
    return values | ({filters.date_from.isoformat()} if filters.date_from else set())


def _code(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def close(one: float | None, other: float | None) -> bool:
    return one == other if None in (one, other) else math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)


def _same(found: Iterable[float | None], expected: Iterable[float | None]) -> bool:
    found, expected = list(found), list(expected)
    return len(found) == len(expected) and all(close(*pair) for pair in zip(found, expected, strict=True))


def _brief(shown: Shown) -> str:
    chosen = {name: getattr(shown.filters, name) for name in FILTERED if getattr(shown.filters, name) is not None}
    return f"{'/'.join(shown.metrics)} by {','.join(shown.by) or 'nothing'} of {shown.filters.date_from}..{shown.filters.date_to} {chosen}"
