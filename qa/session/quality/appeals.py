"""Appeals as items of the board: how many, how many upheld, and what they gave back."""

import polars as pl

from qa import format, session
from qa.filters import Asked, Scope
from qa.i18n import _, say, sentences
from qa.keys import joined, parted
from qa.metrics import METRICS
from qa.proof import Shown
from qa.quality.errors import of_card
from qa.quality.scorecards import cards_of
from qa.quality.scores import APPEAL_SPLITS, APPEALS, appealed_unlike, appeals, appeals_by_item
from qa.session.board.items import Cell, Column, Event, Item, Mark, MarkState, Row, Sentence, Sentences, Table, Tile
from qa.session.quality.item_link import open_item
from qa.session.quality.scores import nothing
from qa.warehouse import Warehouse
from qa.words import too_slow

_LABELS = ("evaluator", "scorecard")


def appeal_items(warehouse: Warehouse, scope: Scope, asked: Asked, card: str) -> list[Item]:
    """The appeals in all, by evaluator, by scorecard, and by the items points were lost on."""
    whole = appeals(warehouse, scope, asked.filters, card).get((), {})
    if "appeal_rate" not in whole:
        return [nothing(warehouse)]
    return [_answer(whole), *_tiles(whole), *(_table(warehouse, scope, asked, card, split) for split in _LABELS), _items(warehouse, scope, asked, card)]


def _answer(whole: dict[str, dict]) -> Sentences:
    rate, upheld, restored = (whole.get(key) for key in APPEALS)
    text = _("{appealed} of {released} evaluations were appealed ({rate}).").format(
        appealed=format.plain(rate["numerator"]), released=format.plain(rate["denominator"]), rate=format.value(rate["value"], "share")
    )
    if upheld:
        text = sentences(text, _("{upheld} of {decided} decided appeals were upheld ({share}).").format(
            upheld=format.plain(upheld["numerator"]), decided=format.plain(upheld["denominator"]), share=format.value(upheld["value"], "share")
        ))
    if restored:
        text = sentences(text, _("They gave back {points} points of 100 each on average, {total} in all.").format(
            points=format.value(restored["value"], "points"), total=format.plain(round(restored["numerator"], 1))
        ))
    return Sentences("answer", _("How many scores were appealed, and what changed?"), [Sentence("appeals", text)])


def _tiles(whole: dict[str, dict]) -> list[Item]:
    return [
        Tile(
            f"tile {key}",
            say(METRICS[key].name),
            format.value(row["value"], METRICS[key].unit),
            interval=format.interval(row["low"], row["high"], METRICS[key].unit),
            n=f"n = {format.count(row['n'])}",
            width="third",
        )
        for key, row in whole.items()
    ]


def _table(warehouse: Warehouse, scope: Scope, asked: Asked, card: str, split: str) -> Table:
    """A row an evaluator or scorecard; who differs from the others in being appealed is marked."""
    cards, least_n = cards_of(warehouse), warehouse.config.statistics.least_n
    groups = appeals(warehouse, scope, asked.filters, card, split)
    unlike = appealed_unlike(groups, least_n, 1 - warehouse.config.statistics.confidence)
    heading = {"evaluator": _("Evaluator"), "scorecard": _("Scorecard")}[split]
    columns = [
        Column("group", heading),
        *(Column(key, say(METRICS[key].name), align="right", kind="number") for key in APPEALS),
        Column("signal", _("Appealed, against the others"), kind="mark", hint=_("Beyond noise, all rows of the table allowed for")),
    ]
    rows = []
    for key, figures in sorted(groups.items(), key=lambda one: -(one[1].get("appeal_rate", {}).get("numerator") or 0)):
        name = cards.card(key[0]) if split == "scorecard" else key[0]
        numbers = [_cell(metric, figures.get(metric), least_n) for metric in APPEALS]
        rows.append(Row(joined(key), [Cell(name or format.NOTHING), *numbers, _signal(unlike.get(key, "too_few"))]))
    titles = {"evaluator": _("Appeals by evaluator"), "scorecard": _("Appeals by scorecard")}
    return Table(f"appeals {split}", titles[split], columns, rows, height=380)


def _cell(key: str, row: dict | None, least_n: int) -> Cell:
    """The figure with what it rests on; below the least n only the counts."""
    if row is None:
        return Cell(format.NOTHING)
    unit = METRICS[key].unit
    counts = f"{format.plain(round(row['numerator'], 1))} / {format.plain(row['denominator'])}"
    if row["n"] < least_n:
        return Cell(_("too few"), detail=counts)
    return Cell(format.value(row["value"], unit), sort=row["value"], detail=f"{counts} · {format.interval(row['low'], row['high'], unit)}")


def _signal(found: str) -> Cell:
    """Appealed more or less often than the others: neither is better in itself."""
    words = {
        "more": _("more often, beyond noise"),
        "fewer": _("less often, beyond noise"),
        "none": _("no difference beyond noise"),
        "too_few": _("Too few"),
    }
    states: dict[str, MarkState] = {"more": "uncertain", "fewer": "uncertain", "none": "none", "too_few": "too_few"}
    return Cell("", sort=found, mark=Mark(states[found], words[found]))


def _items(warehouse: Warehouse, scope: Scope, asked: Asked, card: str) -> Item:
    """Appeals of the evaluations that lost points on each item."""
    try:
        frame = appeals_by_item(warehouse, scope, asked.filters, card)
    except TimeoutError:
        return Sentences("appealed items", _("Appeals by item"), [Sentence("slow", too_slow())])
    cards, least_n = cards_of(warehouse), warehouse.config.statistics.least_n
    columns = [
        Column("item", _("Scorecard item")),
        Column("rate", _("Appealed"), align="right", kind="number"),
        Column("upheld", _("Upheld of decided"), align="right", kind="words"),
        Column("restored", _("Points restored, of 100"), align="right", kind="number"),
    ]
    rows = []
    for row in frame.filter(pl.col("appealed") > 0).iter_rows(named=True):
        key = (row["scorecard_id"], row["item_id"])
        few = row["evaluations"] < least_n
        counts = f"{format.count(row['appealed'])} / {format.count(row['evaluations'])}"
        detail = f"{counts} · {format.interval(row['low'], row['high'], 'share')}"
        rate = Cell(_("too few"), detail=counts) if few else Cell(format.value(row["rate"], "share"), sort=row["rate"], detail=detail)
        upheld = Cell(f"{format.count(row['upheld'])} / {format.count(row['decided'])}", sort=row["upheld"])
        restored = Cell(format.plain(round(row["restored"], 1)), sort=row["restored"])
        rows.append(Row(joined(key), [Cell(cards.item(key, with_card=not card), detail=row["item_id"]), rate, upheld, restored]))
    caption = _(
        "Among evaluations that lost points or had an error on the item, as they stand after the appeal. "
        "An appeal is about the whole evaluation: it counts under each of its items."
    )
    return Table("appealed items", _("Appeals by item"), columns, rows, caption=caption, height=420, empty=_("No evaluation was appealed in this choice."))


def act(event: Event | None, asked: Asked, card: str) -> None:
    """To the item's page, or the proof of a figure."""
    if event is None:
        return
    filters = of_card(asked.filters, card)
    kind, _space, name = event.item.partition(" ")
    if kind == "appealed" and event.kind == "row":
        item = parted(event.payload)
        open_item((item[0], item[1]))
    elif kind == "tile":
        session.prove(Shown((name,), (), filters))
    elif kind == "appealed":
        session.prove(Shown(APPEALS, APPEAL_SPLITS["scorecard"], filters))
    elif kind == "appeals":
        session.prove(Shown(APPEALS, APPEAL_SPLITS[name], filters))
