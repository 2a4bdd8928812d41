"""The page of one agent as items of the board."""

from dataclasses import replace
from datetime import date

from qa import format, session
from qa.agents import one_words
from qa.agents.appraisal import appraisals, part_name
from qa.agents.one import ITEMS_BY, TILES, Agent, ItemStanding, agent_of, ahead, beside, courses, items, latest, standing, worst_and_best
from qa.agents.words import norm_word, part_word, rules_in_words
from qa.charts.trend import trend
from qa.filters import Asked, Filters, Scope
from qa.headlines import headlines
from qa.i18n import _, say
from qa.keys import joined, parted
from qa.measured import months_up_to
from qa.metrics import METRICS, Metric
from qa.names import Names, names_of
from qa.periods import Period, bucket_end
from qa.proof import Shown
from qa.quality.items import RATE
from qa.quality.scorecards import Cards, cards_of
from qa.session.board.items import Cell, Chart, Column, Event, Item, Mark, Row, Sentence, Sentences, Table
from qa.session.quality.item_link import open_item
from qa.session.tiles import tile
from qa.warehouse import Warehouse
from qa.words import direction_word, gravest, nothing_here, too_slow, verdict_word

FOLLOW_UPS = 5


def agent_items(warehouse: Warehouse, scope: Scope, asked: Asked, agent: str) -> list[Item]:
    """The answer, the figures with their months beside team and center, the items, the appraisal, coaching and trainings."""
    filters, names, cards = asked.filters, names_of(warehouse), cards_of(warehouse)
    who = agent_of(warehouse, scope, filters, agent)
    ahead(warehouse, scope, asked, who)
    rows, agents = standing(warehouse, scope, filters, who)
    if not rows:
        return [Sentences("answer", one_words.title(who, names), [Sentence("none", one_words.nothing(who, names))])]
    metric, found = items(warehouse, scope, filters, who)
    appraised = _appraised(warehouse, scope, who.of(filters), who)
    lines = [
        Sentence("targets", one_words.on_target(rows), _mark(rows)),
        Sentence("others", one_words.against_others(rows, agents)),
        Sentence("items", one_words.of_items(found, cards)),
        Sentence("appraised", one_words.appraised(appraised)),
    ]
    return [
        Sentences("answer", one_words.title(who, names), lines, caption=_period(filters), actions=("print",)),
        *_tiles(warehouse, scope, asked, who, names),
        *_months(warehouse, scope, filters, who, names),
        _items_table(metric, found, cards),
        _appraisal_table(warehouse, appraised),
        _follow_up(warehouse, scope, filters, who),
    ]


def _mark(rows: list[dict]) -> Mark | None:
    verdict = gravest(row["verdict"] for row in rows if METRICS[row["metric"]].interval != "none")
    return None if verdict == "no_target" else Mark(verdict, verdict_word(verdict))


def _period(filters: Filters) -> str:
    return format.period(Period(filters.date_from, filters.date_to), filters.month_start)


def _appraised(warehouse: Warehouse, scope: Scope, filters: Filters, who: Agent) -> dict | None:
    """The agent's appraisal, that of his own center where he worked in several."""
    found = appraisals(warehouse, scope, filters).to_dicts()
    return next((row for row in found if row["center"] == who.center), found[0] if found else None)


def _tiles(warehouse: Warehouse, scope: Scope, asked: Asked, who: Agent, names: Names) -> list[Item]:
    """The figures as tiles, what team and center have under them."""
    own = Asked(who.of(asked.filters), who.of(asked.before) if asked.before else None)
    around = beside(warehouse, scope, asked.filters, who)
    found = headlines(warehouse, scope, own, TILES)
    return [replace(tile(one, "quarter"), note=_beside(one.metric, around[one.metric.key], who, names)) for one in found]


def _beside(metric: Metric, values: dict[str, float | None], who: Agent, names: Names) -> str:
    if metric.unit == "count":
        return ""
    labels = {who.team: _("Team"), who.center: _("Center")}
    return " · ".join(f"{labels[code]} {format.value(value, metric.unit)}" for code, value in values.items() if value is not None)


def _months(warehouse: Warehouse, scope: Scope, filters: Filters, who: Agent, names: Names) -> list[Item]:
    """The months of the agent beside those of team and center."""
    codes = list(who.surroundings(filters))
    called = {code: names.of("center", code) for code in codes} | {who.agent: names.of("agent", who.agent)}
    found: list[Item] = []
    for key, course in courses(warehouse, scope, filters, who).items():
        metric = METRICS[key]
        figure = trend(course, metric.unit, "who", names=called, group_order=codes, month_start=filters.month_start)
        found.append(Chart(f"months {key}", say(metric.name), figure, width="third", height=200))
    return found


def _items_table(metric: Metric, found: list[ItemStanding], cards: Cards) -> Table:
    """The items furthest from the center's other agents, the weakest first."""
    columns = [
        Column("item", _("Scorecard item")),
        Column("rate", _("Error rate"), align="right", kind="number"),
        Column("n", "n", align="right", kind="number"),
        Column("others", _("Other agents"), align="right", kind="number"),
        Column("change", _("Against the others"), kind="mark", hint=_("Beyond noise, all items allowed for")),
    ]
    rows = []
    shown = worst_and_best(found)
    for one in shown:
        direction = one.change.direction
        cells = [
            Cell(cards.item(one.item, with_card=True)),
            Cell(format.value(one.row["value"], metric.unit), sort=one.row["value"]),
            Cell(format.count(one.row["n"]), sort=one.row["n"]),
            Cell(format.value(one.change.before, metric.unit), sort=one.change.before),
            Cell(format.change(one.change.difference, metric.unit), sort=one.change.difference, mark=Mark(direction, direction_word(direction))),
        ]
        rows.append(Row(joined(one.item), cells))
    caption = _("{shown} of {all} items: those furthest from the center's other agents on either side, the weakest first.")
    if all(one.change.direction == "too_few" for one in shown):
        caption = _("{shown} of {all} items: those checked most. None has been checked often enough to be called strong or weak.")
    caption = caption.format(shown=format.count(len(rows)), all=format.count(len(found)))
    empty = nothing_here()
    return Table("items", _("Strongest and weakest items"), columns, rows, caption if rows else "", height=420, empty=empty)


def _appraisal_table(warehouse: Warehouse, row: dict | None) -> Table:
    """The parts of the appraisal: value, points, interval, weight."""
    rules = warehouse.config.appraisal
    whole = sum(part.weight for part in rules.parts)
    columns = [
        Column("part", _("Part")),
        Column("weight", _("Weight"), align="right", kind="number"),
        Column("value", _("Value"), align="right", kind="number"),
        Column("points", _("Points of 100"), align="right", kind="number"),
        Column("n", "n", align="right", kind="number"),
    ]
    rows = []
    for part in rules.parts if row is not None else ():
        name, unit = part_name(part), METRICS[part.metric].unit
        value, points, low, high, n, norm = (row[f"{name}.{column}"] for column in ("value", "points", "low", "high", "n", "norm"))
        held = _("{norm}: {value}").format(norm=norm_word(part), value=format.value(norm, unit)) if norm is not None else ""
        has_interval = low is not None and high is not None and low != high
        cells = [
            Cell(part_word(part), detail=held),
            Cell(format.value(part.weight / whole, "share") if part.weight else _("for reference"), sort=part.weight or None),
            Cell(format.value(value, unit), sort=value),
            Cell(format.value(points, "points"), sort=points, detail=format.interval(low, high, "points") if has_interval else ""),
            Cell(format.count(n), sort=n),
        ]
        rows.append(Row(name, cells))
    empty = nothing_here()
    return Table("appraisal", _("Appraisal"), columns, rows, rules_in_words(rules), width="half", opens=False, actions=(), empty=empty)


def _follow_up(warehouse: Warehouse, scope: Scope, filters: Filters, who: Agent) -> Item:
    title = _("Coaching and trainings")
    try:
        frame = latest(warehouse, scope, filters, who, "follow_up", FOLLOW_UPS)
    except TimeoutError:
        return Sentences("follow up", title, [Sentence("slow", too_slow())], width="half")
    columns = [Column("on", _("Day")), Column("kind", _("Kind")), Column("topic", _("Topic")), Column("state", _("State"))]
    kinds = {"interview": _("Interview"), "plan": _("Improvement plan"), "recheck": _("Recheck"), "training": _("Training")}
    rows = [
        Row(str(place), [
            Cell(format.day(row["on_day"]), sort=row["on_day"].isoformat()), Cell(kinds.get(row["kind"], row["kind"])),
            Cell(row["topic"] or format.NOTHING), Cell(_state(row)),
        ])
        for place, row in enumerate(frame.iter_rows(named=True))
    ]  # fmt: skip
    caption = _("The latest {count} up to the end of the period.").format(count=format.count(len(rows))) if rows else ""
    return Table("follow up", title, columns, rows, caption, width="half", opens=False, actions=(), empty=_("No coaching and no training is recorded."))


def _state(row: dict) -> str:
    if row["passed"] is not None:
        return _("passed") if row["passed"] else _("not passed")
    if row["closed_at"] is not None:
        return _("closed on {day}").format(day=format.day(row["closed_at"]))
    return _("due on {day}").format(day=format.day(row["due_at"])) if row["due_at"] is not None else format.NOTHING


def act(event: Event | None, asked: Asked, scope: Scope, warehouse: Warehouse, agent: str) -> None:
    """To an item's page, or the proof of a figure."""
    if event is None:
        return
    who = agent_of(warehouse, scope, asked.filters, agent)
    kind, _space, metric = event.item.partition(" ")
    if event.item == "items" and event.kind == "row":
        card, item = parted(event.payload)
        open_item((card, item), agent=who.agent)
    elif kind == "months" and event.kind == "point":
        session.prove(_month(metric, asked.filters, who, event.payload))
    elif kind == "months":
        months = months_up_to(Period(asked.filters.date_from, asked.filters.date_to), asked.filters.month_start)
        session.prove(Shown((metric,), ("month",), who.of(asked.filters).during(*months)))
    elif kind == "tile":
        session.prove(Shown((metric,), (), who.of(asked.filters)))
    elif event.kind == "proof":
        session.prove(Shown((RATE, "mean_score"), ITEMS_BY, who.of(asked.filters)))


def _month(metric: str, filters: Filters, who: Agent, point: list) -> Shown:
    """One month of whoever's line was clicked."""
    code, month = point
    first = date.fromisoformat(month)
    return Shown((metric,), (), who.surroundings(filters)[code].during(first, bucket_end(first, "month", filters.month_start)))


def absent_items(_warehouse: Warehouse, _scope: Scope, _asked: Asked, absent: tuple[str, ...]) -> list[Item]:
    """What to say of agents whom a link names and the view does not hold; no more of their names than a line."""
    text = _("“{agent}” is not found among the agents of this view. Choose an agent above, or other centers or teams.")
    return [Sentences("answer", _("One agent"), [Sentence("absent", text.format(agent=_(", ").join(absent)[:60]))])]


def nobody(_warehouse: Warehouse, _scope: Scope, _asked: Asked) -> list[Item]:
    """What to say where no agent is known."""
    text = _("No agent is known in this choice. The extract “agents”, or any evaluation or call with an agent, would fill this page.")
    return [Sentences("answer", _("One agent"), [Sentence("none", text)])]
