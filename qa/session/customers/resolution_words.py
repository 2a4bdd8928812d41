"""What the resolution page says in sentences."""

from datetime import timedelta

import polars as pl

from qa import format
from qa.customers.resolution import Pairs, apart
from qa.filters import Chosen
from qa.headlines import Headline
from qa.i18n import _, ngettext
from qa.session.board.items import Mark, Sentence
from qa.warehouse import Warehouse

CERTAIN = 0.05


def resolution_sentences(warehouse: Warehouse, centers: Chosen, shown: dict[str, Headline], found: Pairs, by_window: pl.DataFrame) -> list[Sentence]:
    """The answer, why the two measures differ, what is provisional, and what the window does; ``centers``: those asked for."""
    first, once = (shown[key].row if key in shown else None for key in ("first_call_resolution", "one_time_resolution"))
    effect = _window_effect(by_window, warehouse.config.statistics.least_n)
    return [_answer(first, once), *_why(first, once, found), *_provisional(warehouse, centers, by_window), *effect]


def days_text(number: int) -> str:
    """So many days, in words."""
    return ngettext("{number} day", "{number} days", number).format(number=number)


def _answer(first: dict | None, once: dict | None) -> Sentence:
    if first is not None and once is not None:
        text = _("By the calls, {first} of {contacts} first contacts were settled at once; by the customers asked, {once} of {answers}.")
    elif first is not None:
        text = _("By the calls, {first} of {contacts} first contacts were settled at once; no survey asked the customers.")
    elif once is not None:
        text = _("By the customers asked, {once} of {answers} were settled at once; the calls of this period cannot tell.")
    else:
        text = _("No first contact of this period has its whole window in the data yet.")
    return Sentence("answer", text.format(**_value_and_n(first, "first", "contacts"), **_value_and_n(once, "once", "answers")))


def _value_and_n(row: dict | None, value: str, n: str) -> dict[str, str]:
    return {} if row is None else {value: format.value(row["value"], "share"), n: format.count(row["n"])}


def _why(first: dict | None, once: dict | None, found: Pairs) -> list[Sentence]:
    """Why the two measures differ, where contacts are known to both."""
    if first is None or once is None:
        return []
    difference = apart(once["value"], first["value"], found)
    if difference is None:
        text = _("No answer to that question can be matched with a first contact, so the two cannot be compared on the same calls.")
        return [Sentence("why", text)]
    counts = {
        "n": format.count(found.compared),
        "survey_only": format.count(found.resolved_by_survey_only),
        "calls_only": format.count(found.resolved_by_calls_only),
        "chance": _("more uneven than chance") if found.p_value < CERTAIN else _("no more uneven than chance"),
    }
    parts = {name: format.change(getattr(difference, name), "share") for name in ("whole", "by_judgement", "by_coverage")}
    why = _(
        "The customers' figure differs by {whole}: {by_judgement} because customers and calls judge the same {n} contacts differently, "
        "{by_coverage} because each covers contacts that the other does not."
    )
    unlike = _(
        "Of those {n} contacts, customers called {survey_only} settled that were transferred or came back, "
        "and {calls_only} not settled after which no call came: {chance}."
    )
    return [Sentence("why", why.format(**parts, **counts)), Sentence("unlike", unlike.format(**counts))]


def _provisional(warehouse: Warehouse, centers: Chosen, by_window: pl.DataFrame) -> list[Sentence]:
    """What does not count yet, and since when at the earliest."""
    row = by_window.row(by_predicate=pl.col("is_in_force"), named=True)
    known = [until for center, until in warehouse.manifest.known_until.items() if centers is None or center in centers]
    if not row["provisional"] or not known:
        return []
    text = _("{count} first contacts from {day} on are provisional: their window of {days} is not over, so they do not count yet.").format(
        count=format.count(row["provisional"]), days=days_text(row["window"]), day=format.day(min(known) - timedelta(days=row["window"]))
    )
    return [Sentence("provisional", text, Mark("uncertain", _("Provisional")))]


def _window_effect(by_window: pl.DataFrame, least_n: int) -> list[Sentence]:
    known = by_window.filter(pl.col("resolved_denominator") >= least_n)
    if known.height < 2:
        return []
    text = _("With a window of {first_days} first-call resolution would be {first} (n = {first_n}), with {last_days} {last} (n = {last_n}).")
    words = {}
    for name, row in (("first", known.row(0, named=True)), ("last", known.row(-1, named=True))):
        words[name] = format.value(row["resolved_value"], "share")
        words[f"{name}_n"], words[f"{name}_days"] = format.count(row["resolved_denominator"]), days_text(row["window"])
    return [Sentence("window", text.format(**words))]
