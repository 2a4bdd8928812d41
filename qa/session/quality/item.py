"""An item's page as items of the board."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa import format, session
from qa.charts.figure import Figure
from qa.charts.single import single_trend
from qa.charts.trend import trend
from qa.filters import Asked, Scope
from qa.headlines import Headline
from qa.i18n import _, say, sentences
from qa.keys import joined, parted
from qa.measured import months_up_to
from qa.metrics import Metric
from qa.names import names_of
from qa.periods import Period, bucket_end
from qa.proof import Shown
from qa.quality.items import ITEM_METRICS_SHOWN, RATE, TRAINING_DAYS, WHO, Counts, Effect, by_center, comments, effects, item_headlines, of_item, people
from qa.quality.scorecards import Cards, ItemKey, cards_of, category_word, class_word
from qa.quality.scores import sample_word
from qa.records import record_key
from qa.session.board.items import Cell, Chart, Column, Event, Item, Mark, Row, Sentence, Sentences, Table
from qa.session.improvement.link import open_training
from qa.session.marks import change_mark
from qa.session.record_link import open_evaluation, row_clicked
from qa.session.tiles import tile
from qa.theme import ink
from qa.warehouse import Warehouse
from qa.words import Direction, direction_word, nothing_here, signal_word, too_slow


def item_items(warehouse: Warehouse, scope: Scope, asked: Asked, item: ItemKey) -> list[Item]:
    """The answer, the trend, who, and the comments of one item."""
    cards = cards_of(warehouse)
    shown = item_headlines(warehouse, scope, asked, item)
    if not shown:
        text = _("{item} was not checked in this choice. Choose a longer period or another item.").format(item=cards.item(item, with_card=True))
        return [Sentences("answer", _title(), [Sentence("none", text)])]
    found = effects(warehouse, scope, asked.filters, item, cards.known(item).name)
    centers = _centers(warehouse, scope, asked, item, shown[0].metric)
    return [
        _answer(shown, found, cards, item, warehouse),
        *(replace(tile(headline), label=_name(headline.metric), width="half") for headline in shown),
        replace(_months(shown[0], found), width="half" if centers else "full"),
        *centers,
        _people(warehouse, scope, asked, item, shown[0].metric),
        _comments(warehouse, scope, asked, item),
    ]


def _title() -> str:
    return _("How often does it go wrong, and with whom?")


def _name(metric: Metric) -> str:
    """What the metric is of a single item: an evaluation with any error has this one."""
    return _("Error rate of this item") if metric.key == RATE else say(metric.name)


def _answer(shown: Sequence[Headline], found: Sequence[Effect], cards: Cards, item: ItemKey, warehouse: Warehouse) -> Sentences:
    rate, known = shown[0], cards.known(item)
    row = rate.row
    unit = rate.metric.unit
    if rate.metric.key == RATE:
        sentence = _("{item} went wrong in {value} of {n} evaluations ({interval}).")
    else:
        sentence = _("{item} reaches {value} of 100 points in {n} evaluations ({interval}); errors are not recorded.")
    text = sentence.format(
        item=cards.item(item, with_card=True),
        value=format.value(row["value"], unit),
        n=format.count(row["n"]),
        interval=format.interval(row["low"], row["high"], unit),
    )
    mark = None
    if rate.change is not None and rate.change.difference is not None:
        verdict = direction_word(rate.change.direction)
        text = sentences(text, _("In the comparison period it was {before}: {verdict}.").format(before=format.value(rate.change.before, unit), verdict=verdict))
        mark = change_mark(rate.change.direction)
    about = [cards.card(item[0]), known.section, category_word(known.category), class_word(cards.error_class(item, 0)), item[1]]
    lines = [Sentence("standing", text, mark), *(_effect(one, names_of(warehouse).centers) for one in found)]
    return Sentences("answer", _title(), lines, caption=" · ".join(part for part in about if part))


def _effect(effect: Effect, centers: dict[str, str]) -> Sentence:
    """What a training did, beside what happened to those who were not there."""
    text = _(
        "{topic} on {day} ({center}, {agents} agents): errors of those trained {before} → {after}; "
        "of the other agents of the center {others_before} → {others_after} ({days} days of calls on either side)."
    ).format(
        topic=effect.training.topic, day=format.day(effect.training.held_on), agents=len(effect.training.agents),
        center=centers.get(effect.training.center, effect.training.center),
        before=_rate(effect.before), after=_rate(effect.after), others_before=_rate(effect.others_before), others_after=_rate(effect.others_after),
        days=TRAINING_DAYS,
    )  # fmt: skip
    if effect.difference is None or not effect.enough:
        return Sentence(effect.training.training_id, text, change_mark("too_few"), opens=True)
    difference, low, high = effect.difference
    direction: Direction = "better" if high < 0 else "worse" if low > 0 else "none"
    text = sentences(text, _("Change of those trained: {change} (95% interval {low} to {high}).").format(
        change=format.change(difference, "share"), low=format.change(low, "share"), high=format.change(high, "share")
    ))
    return Sentence(effect.training.training_id, text, change_mark(direction), opens=True)


def _rate(counts: Counts) -> str:
    return _("{rate} of {n}").format(rate=format.value(counts.rate, "share"), n=format.count(counts.n))


def _months(rate: Headline, found: Sequence[Effect]) -> Chart:
    """The months of the item with the days of its trainings."""
    figure = single_trend(rate.course, rate.metric.unit, _name(rate.metric), rate.month_start)
    caption = _("Vertical lines: trainings on this item.") if found else ""
    return Chart("months", _("{metric} by month").format(metric=_name(rate.metric)), _with_days(figure, found), caption, 300)


def _with_days(figure: Figure, found: Sequence[Effect]) -> Figure:
    """The figure with a vertical line on the day of each training."""
    line = {"color": ink("improvement"), "width": 1.4, "dash": "dot"}
    days = [effect.training.held_on.isoformat() for effect in found]
    lines = [{"type": "line", "xref": "x", "yref": "y domain", "x0": day, "x1": day, "y0": 0, "y1": 1, "line": line} for day in days]
    return figure | {"layout": figure["layout"] | {"shapes": [*figure["layout"]["shapes"], *lines]}}


def _centers(warehouse: Warehouse, scope: Scope, asked: Asked, item: ItemKey, metric: Metric) -> list[Item]:
    """The months by center, where there are several."""
    course = by_center(warehouse, scope, asked.filters, item, metric.key).drop_nulls("center")
    centers = names_of(warehouse).centers
    if course["center"].n_unique() < 2:
        return []
    figure = trend(course, metric.unit, "center", names=centers, group_order=list(centers), month_start=asked.filters.month_start)
    return [Chart("centers", _("The same by center"), figure, height=300)]


def _people(warehouse: Warehouse, scope: Scope, asked: Asked, item: ItemKey, metric: Metric) -> Table:
    """Every agent, those who differ from the others marked."""
    names = names_of(warehouse)
    columns = [
        Column("agent", _("Agent")),
        Column("center", _("Center")),
        Column("team", _("Team")),
        *([Column("errors", _("Evaluations with the error"), align="right", kind="number")] if metric.key == RATE else []),
        Column("rate", _name(metric), align="right", kind="number"),
        Column("signal", _("Against the others"), kind="mark", hint=_("Beyond noise, all agents of the table allowed for")),
    ]
    frame = people(warehouse, scope, asked.filters, item, metric.key)
    rows = []
    for row in frame.sort("numerator", "n", "agent", descending=[metric.key == RATE, True, False]).iter_rows(named=True) if not frame.is_empty() else ():
        few = row["signal"] == "too_few"
        rate = Cell(format.NOTHING if few else format.value(row["value"], metric.unit), sort=None if few else row["value"], detail=_interval(row, metric))
        mark = Mark(row["signal"], signal_word(row["signal"]))
        who = [Cell(names.of("agent", row["agent"])), Cell(names.of("center", row["center"] or "")), Cell(row["team"] or format.NOTHING)]
        key = joined((row["center"], row["team"], row["agent"]))
        errors = [Cell(format.count(row["numerator"]), sort=row["numerator"])] if metric.key == RATE else []
        rows.append(Row(key, [*who, *errors, rate, Cell("", sort=row["signal"], mark=mark)]))
    return Table("people", _("Agents"), columns, rows, height=420, empty=nothing_here())


def _interval(row: dict, metric: Metric) -> str:
    n = f"n = {format.count(row['n'])}"
    return n if row["signal"] == "too_few" else f"{format.interval(row['low'], row['high'], metric.unit)} · {n}"


def _comments(warehouse: Warehouse, scope: Scope, asked: Asked, item: ItemKey) -> Item:
    """What evaluators wrote, the latest first."""
    try:
        frame = comments(warehouse, scope, asked.filters, item)
    except TimeoutError:
        return Sentences("comments", _("Evaluators' remarks"), [Sentence("slow", too_slow())])
    names = names_of(warehouse)
    columns = [
        Column("at", _("Evaluated at")),
        Column("agent", _("Agent")),
        Column("evaluator", _("Evaluator")),
        Column("sample", _("Sample reason")),
        Column("points", _("Points"), align="right", kind="words"),
        Column("comment", _("Remark")),
    ]
    rows = [
        Row(
            record_key(row["evaluated_at"], row["evaluation_id"]),
            [
                Cell(format.moment(row["evaluated_at"]), sort=row["evaluated_at"].isoformat(), detail=row["evaluation_id"]),
                Cell(names.of("agent", row["agent_id"])),
                Cell(row["evaluator_id"]),
                Cell(sample_word(row["sample_reason"])),
                Cell(f"{format.plain(row['points'])} / {format.plain(row['full_mark'])}", sort=row["points"]),
                Cell(row["comment"] or format.NOTHING),
            ],
        )
        for row in frame.iter_rows(named=True)
    ]
    caption = _("The latest {count}, samples of any reason. A row opens the evaluation.").format(count=format.count(len(rows))) if rows else ""
    empty = _("Nobody wrote a comment on this item.")
    return Table("comments", _("Evaluators' remarks"), columns, rows, caption=caption, actions=(), height=420, empty=empty)


def act(event: Event | None, asked: Asked, item: ItemKey) -> None:
    """Down to an agent, a center or an evaluation, or the proof of a figure."""
    if event is None:
        return
    if key := row_clicked(event, "comments"):
        open_evaluation(key)
    filters = of_item(asked.filters, item)
    if event.item == "answer" and event.kind == "open":
        open_training(str(event.payload), item, TRAINING_DAYS)
    elif event.item == "people" and event.kind == "row":
        center, team, agent = parted(event.payload)
        if not session.drill(center=center or None, team=team, agent=agent):
            session.prove(Shown(ITEM_METRICS_SHOWN, (), replace(filters, agents=(agent,))))
    elif event.kind == "point" and event.payload:
        center, month = event.payload
        first = date.fromisoformat(month)
        inside = replace(filters, centers=(center,)) if center else filters
        session.prove(Shown(ITEM_METRICS_SHOWN, (), inside.during(first, bucket_end(first, "month", filters.month_start))))
    elif event.item.startswith("tile"):
        session.prove(Shown((event.item.split()[1],), (), filters))
    else:
        by = {"people": WHO, "centers": ("center", "month")}.get(event.item, ("month",))
        wide = filters if event.item == "people" else filters.during(*months_up_to(Period(filters.date_from, filters.date_to), filters.month_start))
        session.prove(Shown(ITEM_METRICS_SHOWN, by, wide))


def no_items(_warehouse: Warehouse, _scope: Scope, _asked: Asked) -> list[Item]:
    """What to say where no item is known."""
    text = _("No scorecard item is known. The extracts “evaluation_items” and “scorecards” would fill this page.")
    return [Sentences("answer", _title(), [Sentence("none", text)])]
