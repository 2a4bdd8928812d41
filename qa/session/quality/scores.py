"""The scores page as items of the board."""

from collections.abc import Callable
from dataclasses import replace

import polars as pl

from qa import format, session
from qa.charts.bars import bars, bars_height
from qa.charts.distribution import Histogram, Spread, histogram, spreads, spreads_height
from qa.filters import Asked, Filters, Scope
from qa.i18n import _, say
from qa.keys import joined, parted
from qa.metrics import METRICS
from qa.proof import Shown
from qa.quality.errors import of_card
from qa.quality.scorecards import Cards, cards_of
from qa.quality.scores import KINDS, MEANS, REPRESENTATIVE, Score, bands, counts, kind_word, marks, means, quantiles, sample_word, scores, sections
from qa.session.board.items import Cell, Chart, Column, Event, Item, Row, Sentence, Sentences, Table, Tile
from qa.warehouse import Warehouse

TOKENS = {"representative": "series-1", "targeted": "series-2"}


def scores_items(warehouse: Warehouse, scope: Scope, asked: Asked, card: str) -> list[Item]:
    """How the scores are spread, random and targeted samples side by side and never averaged."""
    found = marks(warehouse, scope, asked.filters, card)
    if found.is_empty():
        return [nothing(warehouse)]
    cards, levels = cards_of(warehouse), means(warehouse, scope, asked.filters, card)
    rows = scores(warehouse, scope, asked.filters, card, found)
    return [_answer(found, levels), *_tiles(levels), _histogram(found), _spreads(warehouse, found, cards), _table(rows, cards)]


def title() -> str:
    return _("How are scores spread, and whom do they stand for?")


def nothing(warehouse: Warehouse) -> Sentences:
    """Why there is nothing to show."""
    if warehouse.present("evaluations"):
        text = _("No score in this choice. Choose a longer period or another scorecard.")
    else:
        text = _("There are no evaluations. The extract “evaluations” would fill this page, “evaluation_items” and “scorecards” its items.")
    return Sentences("answer", title(), [Sentence("none", text)])


def _answer(found: pl.DataFrame, levels: dict[str, dict]) -> Sentences:
    lines = []
    for kind in KINDS:
        own = found.filter(pl.col("kind") == kind)
        if own.is_empty() or kind not in levels:
            continue
        row, middle = levels[kind], quantiles(own)[2]
        text = _("{kind}: mean {mean} of 100 ({interval}, n = {n}); half of them at {median} or below.").format(
            kind=kind_word(kind), mean=format.value(row["value"], "points"), interval=format.interval(row["low"], row["high"], "points"),
            n=format.count(row["n"]), median=middle,
        )  # fmt: skip
        lines.append(Sentence(kind, text))
    if len(lines) == 2:
        lines.append(Sentence("apart", _("The two are never averaged: in targeted samples faults are looked for, so they do not stand for all calls.")))
    return Sentences("answer", title(), lines)


def _tiles(levels: dict[str, dict]) -> list[Item]:
    return [
        Tile(
            f"tile {MEANS[kind]}",
            kind_word(kind),
            format.value(row["value"], "points"),
            interval="" if row["low"] is None else format.interval(row["low"], row["high"], "points"),
            n=f"n = {format.count(row['n'])}",
            note=_("mean score, full mark = 100"),
            width="half",
        )
        for kind, row in levels.items()
    ]


def _histogram(found: pl.DataFrame) -> Chart:
    into = bands(found)
    kinds = [Histogram(kind_word(kind), TOKENS[kind], counts(found, kind, into), kind == "targeted") for kind in KINDS]
    figure = histogram([(place, band.title()) for place, band in enumerate(into)], kinds)
    caption = _("Each kind as shares of its own evaluations; scores in whole points, full mark = 100.")
    return Chart("histogram", _("How scores are spread"), figure, caption, 320, "full")


def _spreads(warehouse: Warehouse, found: pl.DataFrame, cards: Cards) -> Chart:
    """Representative samples by scorecard."""
    groups = []
    own = found.filter(pl.col("kind") == "representative")
    for (card,), part in sorted(own.partition_by("scorecard", as_dict=True).items(), key=str):
        n = int(part["n"].sum())
        enough = n >= warehouse.config.statistics.least_n
        groups.append(Spread(card, cards.card(card), n, quantiles(part) if enough else None))
    if not any(group.quantiles for group in groups):
        return Chart("cards", _("By scorecard"), None, "", 120, "full", _("No scorecard has enough random, quota or new-hire samples."), ())
    figure = spreads(groups)
    caption = _(
        "Dot: median; thick line: the middle half; thin line: the middle 80%. Random, quota and new-hire samples. "
        "Cards differ in difficulty: they are not ranked."
    )
    return Chart("cards", _("By scorecard"), figure, caption, spreads_height(len(groups)), "full")


def _table(rows: list[Score], cards: Cards) -> Table:
    columns = [
        Column("card", _("Scorecard")),
        Column("sample", _("Sample reason")),
        Column("n", _("n"), align="right", kind="number"),
        Column("mean", _("Mean score"), align="right", kind="number"),
        Column("tenth", _("Lowest tenth up to"), align="right", kind="number"),
        Column("median", _("Median"), align="right", kind="number"),
        Column("top", _("Highest tenth from"), align="right", kind="number"),
    ]
    return Table("scores", _("By scorecard and sample reason"), columns, [_row(score, cards) for score in rows], height=420)


def _row(score: Score, cards: Cards) -> Row:
    row, marks_at = score.row, score.quantiles
    few = marks_at is None
    stands = _("stands for all calls") if score.sample in REPRESENTATIVE else _("apart: faults are looked for")
    shown = [Cell(_("too few")) for _place in range(3)] if few else [Cell(str(marks_at[place]), sort=marks_at[place]) for place in (0, 2, 4)]
    interval = format.interval(row["low"], row["high"], "points")
    mean = Cell(_("too few")) if few else Cell(format.value(row["value"], "points"), sort=row["value"], detail=interval)
    return Row(
        joined((score.scorecard, score.sample)),
        [Cell(cards.card(score.scorecard)), Cell(sample_word(score.sample), detail=stands), Cell(format.count(row["n"]), sort=row["n"]), mean, *shown],
    )


def section_items(warehouse: Warehouse, scope: Scope, asked: Asked, card: str) -> list[Item]:
    """The sections of each scorecard, each card by itself."""
    frame = sections(warehouse, scope, asked.filters, card)
    if frame.is_empty():
        text = _("No section has a score in this choice. The extracts “evaluation_items” and “scorecards” would fill this part.")
        return [Sentences("answer", title(), [Sentence("none", text)])]
    cards, least_n = cards_of(warehouse), warehouse.config.statistics.least_n
    items: list[Item] = [_section_answer(frame, cards)]
    for (name,), part in sorted(frame.partition_by("scorecard", as_dict=True).items(), key=str):
        part = part.with_columns(pl.col("section").fill_null(_("not known")))
        part = part.with_columns(pl.when(pl.col("n") < least_n).then(pl.lit("too_few")).otherwise(pl.lit("no_target")).alias("verdict"))
        figure = bars(part, "points", "section", name=say(METRICS["mean_score"].name), best_first=False)
        caption = _("Random, quota and new-hire samples; score of the section, its full mark = 100, with 95% interval.")
        items.append(Chart(f"section {name}", cards.card(str(name)), figure, caption, bars_height(part.height)))
    return items


def _section_answer(frame: pl.DataFrame, cards: Cards) -> Sentences:
    """The weakest section of each card, where its interval lies below the next one's."""
    lines = []
    for (name,), part in sorted(frame.partition_by("scorecard", as_dict=True).items(), key=str):
        ordered = part.drop_nulls("low").sort("value")
        if ordered.height < 2:
            continue
        first, second = ordered.row(0, named=True), ordered.row(1, named=True)
        if first["high"] < second["low"]:
            text = _("{card}: lowest is {section} with {value}")
        else:
            text = _("{card}: lowest is {section} with {value}, not clearly below {next}")
        value = format.value(first["value"], "points")
        text = text.format(card=cards.card(str(name)), section=first["section"], value=value, next=second["section"])
        lines.append(Sentence(f"section {name}", _("{text}.").format(text=text)))
    empty = _("No card has two sections with enough evaluations to compare.")
    return Sentences("answer", _("Which section of each scorecard scores lowest?"), lines, empty=empty)


def act(event: Event | None, asked: Asked, card: str) -> None:
    """The proof of what was clicked."""
    if event is None:
        return
    filters = of_card(asked.filters, card)
    session.prove(_PROOFS.get(event.item.split()[0], _of_section)(event, filters))


def _of_tile(event: Event, filters: Filters) -> Shown:
    return Shown((event.item.split()[1],), (), filters)


def _of_marks(event: Event, filters: Filters) -> Shown:
    if event.kind == "point" and event.item == "cards":
        filters = of_card(filters, event.payload[0])
    return Shown(("evaluation_count",), ("scorecard", "sample", "mark"), filters)


def _of_scores(event: Event, filters: Filters) -> Shown:
    if event.kind != "row":
        return Shown(("mean_score", "targeted_mean_score"), ("scorecard", "sample"), filters)
    card, sample = parted(event.payload)
    return Shown(("mean_score", "targeted_mean_score"), (), replace(filters, scorecards=(card,), samples=(sample,)))


def _of_section(event: Event, filters: Filters) -> Shown:
    """All sections of a card, or the one clicked."""
    inside = of_card(filters, event.item.partition(" ")[2])
    if event.kind == "point" and event.payload[0] != _("not known"):
        return Shown(("mean_score",), (), replace(inside, sections=(event.payload[0],)))
    return Shown(("mean_score",), ("scorecard", "section"), inside)


_PROOFS: dict[str, Callable[[Event, Filters], Shown]] = {
    "tile": _of_tile, "histogram": _of_marks, "cards": _of_marks, "scores": _of_scores,
}  # fmt: skip
