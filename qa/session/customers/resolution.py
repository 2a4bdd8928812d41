"""The resolution page as items of the board."""

from dataclasses import replace

import polars as pl

from qa import format
from qa.charts.curve import curve
from qa.customers.resolution import Pairs, called_again, gaps, pairs, windows
from qa.customers.rows import headline_figures
from qa.filters import Asked, Filters, Scope
from qa.headlines import Headline
from qa.i18n import _, language, say
from qa.metrics import METRICS
from qa.proof import Shown
from qa.session.board.items import Cell, Chart, Column, Event, Heading, Item, Row, Sentence, Sentences, Table
from qa.session.customers.resolution_words import days_text, resolution_sentences
from qa.session.customers.shared import absent
from qa.session.overview.items import nothing
from qa.session.tiles import tile
from qa.warehouse import Warehouse
from qa.words import nothing_here

FIGURES = ("first_call_resolution", "one_time_resolution", "repeat_call_rate")
# What tells that the choice has records at all, whatever they lack.
RECORDED = ("calls_handled", "response_rate")
CERTAIN = 0.05


def resolution_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """The answer, both measures and why they differ, the effect of the window, and how soon people call again."""
    shown = headline_figures(warehouse, scope, asked, FIGURES)
    title = _("Was it settled at once?")
    if not shown:
        if headline_figures(warehouse, scope, asked, RECORDED):
            return [_needs()]
        held = warehouse.present("calls") or warehouse.present("surveys")
        return [nothing(warehouse, asked) if held else absent(warehouse, asked, ("calls", "surveys"), title)]
    found, by_days = pairs(warehouse, scope, asked.filters), gaps(warehouse, scope, asked.filters)
    by_window = windows(by_days, warehouse.config)
    sentences = resolution_sentences(warehouse, asked.filters.within(scope).centers, shown, found, by_window)
    items: list[Item] = [Sentences("answer", title, sentences), *(replace(tile(headline), width="third") for headline in shown.values())]
    if "first_call_resolution" in shown or "repeat_call_rate" in shown:
        items += _curves(warehouse, shown, by_window, called_again(by_days, warehouse.config))
    return [*items, *_both_measures(shown, found), _definitions(warehouse, shown)]


def clicked(event: Event | None, asked: Asked) -> Shown | None:
    """The figures behind what was clicked; None when nothing was, or when it leads elsewhere."""
    if event is None or event.item == "chains":
        return None
    kind, _space, name = event.item.partition(" ")
    if kind == "tile":
        return Shown((name,), (), asked.filters)
    if kind in ("repeat", "table"):
        return _of_group(event, name, asked.filters)
    metric = {"windows": "first_call_resolution", "again": "repeat_call_rate"}.get(event.item)
    return Shown((metric,), (), asked.filters) if metric else Shown(FIGURES[:2], (), asked.filters)


def _of_group(event: Event, by: str, filters: Filters) -> Shown:
    """Both figures of all queues or reasons, or of the one clicked; calls without a reason can only be told among all."""
    group = event.payload[0] if event.kind == "point" else event.payload if event.kind == "row" else ""
    inside = filters.choosing(**{f"{by}s": (group,)}) if group else filters
    return Shown(("repeat_call_rate", "first_call_resolution"), () if group else (by,), inside)


def _needs() -> Sentences:
    """The columns without which neither measure has a figure."""
    texts = {
        "calls": _("First-call resolution needs calls that name the customer: column customer_id of “calls”."),
        "surveys": _("One-time resolution needs surveys that asked about it: column resolved_first_time of “surveys”."),
    }
    return Sentences("needs", _("What the measures need"), [Sentence(key, text) for key, text in texts.items()])


def _curves(warehouse: Warehouse, shown: dict[str, Headline], by_window: pl.DataFrame, again: pl.DataFrame) -> list[Item]:
    in_force = warehouse.config.definitions.resolution_window_days
    target = shown["first_call_resolution"].row if "first_call_resolution" in shown else {"minimum": None, "maximum": None}
    enough = by_window.filter(pl.col("resolved_denominator") >= warehouse.config.statistics.least_n)
    frame = enough.select(
        "window",
        value="resolved_value", low="resolved_low", high="resolved_high", n=pl.col("resolved_denominator").cast(pl.Int64),
        target_minimum=pl.lit(target["minimum"], dtype=pl.Float64), target_maximum=pl.lit(target["maximum"], dtype=pl.Float64),
    )  # fmt: skip
    mark = _("in force: {days}").format(days=days_text(in_force))
    name = say(METRICS["first_call_resolution"].name)
    effect = curve(frame, "share", "window", days_text, name=name, axis_title=_("Window in days"), marked=in_force, mark_text=mark)
    again, called = again.rename({"watched": "n"}), _("Called again")
    after = curve(again, "share", "days", days_text, name=called, axis_title=_("Days since the contact"), marked=in_force, mark_text=mark)
    return [
        Chart("windows", _("First-call resolution by window"), None if frame.is_empty() else effect, empty=nothing_here()),
        Chart(
            "again",
            _("Called again for the same reason, within so many days"),
            after,
            _("Contacts near the end of the data count only for the days that are known whole."),
        ),
    ]


def _both_measures(shown: dict[str, Headline], found: Pairs) -> list[Item]:
    """The cross-table of the compared contacts, and where the other answers are."""
    if not found.answers:
        return []
    columns = [
        Column("said", _("The customer says")),
        Column("settled", _("Calls: yes"), align="right", kind="number"),
        Column("not", _("Calls: no"), align="right", kind="number"),
        Column("all", _("All"), align="right", kind="number"),
    ]
    yes, no = (found.resolved_by_both, found.resolved_by_survey_only), (found.resolved_by_calls_only, found.resolved_by_neither)
    lines = (("yes", _("Settled at once"), yes), ("no", _("Not settled at once"), no), ("all", _("All"), (yes[0] + no[0], yes[1] + no[1])))
    rows = [_cross_row(key, label, pair, found.compared) for key, label, pair in lines]
    agreement = format.value(found.agreement, "share")
    cross = Table(
        "cross", _("Both measures on the same contacts"), columns, rows,
        _("Both say the same of {share}.").format(share=agreement), width="half", opens=False,
    )  # fmt: skip
    return [Heading("both", _("Why the two measures differ")), cross, _coverage(found)]


def _cross_row(key: str, label: str, pair: tuple[int, int], whole: int) -> Row:
    return Row(key, [Cell(label), *(Cell(format.count(count), sort=count, detail=_part(count, whole)) for count in (*pair, sum(pair)))])


def _coverage(found: Pairs) -> Table:
    columns = [Column("what", _("Answers to “settled at once?”")), Column("count", _("Answers"), align="right", kind="number")]
    parts = (
        ("compared", _("Compared: first contact, window over"), found.compared),
        ("repeat", _("The call was itself a repeat"), found.of_repeat_contacts),
        ("provisional", _("Provisional: window not over"), found.of_provisional_contacts),
        ("unknown", _("No call, or no known customer"), found.without_contact),
        ("all", _("All"), found.answers),
    )
    rows = [Row(key, [Cell(text), Cell(format.count(count), sort=count, detail=_part(count, found.answers))]) for key, text, count in parts]
    return Table("coverage", _("What the survey's answers are about"), columns, rows, width="half", opens=False)


def _definitions(warehouse: Warehouse, shown: dict[str, Headline]) -> Sentences:
    """Each measure's definition in force."""
    texts = {key: METRICS[key].definition_in_force(warehouse.config, language()) for key in shown}
    lines = [Sentence(key, _("{metric}: {definition}.").format(metric=say(METRICS[key].name), definition=text)) for key, text in texts.items()]
    return Sentences("definitions", _("Definitions in force"), lines)


def _part(count: int, whole: int) -> str:
    return format.value(count / whole if whole else None, "share")


