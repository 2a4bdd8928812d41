"""Figures as table cells: a text as the screen writes it, and the number behind it."""

from dataclasses import replace

from qa import format
from qa.format import Unit
from qa.i18n import _, language
from qa.metrics import METRICS
from qa.report.model import Cell, State
from qa.words import verdict_word


def space() -> str:
    """What stands between two sentences: nothing in Chinese."""
    return "" if language() == "zh" else " "


def text(words: str | None) -> Cell:
    """A text; "-" where there is none."""
    return Cell(words or format.NOTHING)


def count(number: float | None) -> Cell:
    """A count."""
    return Cell(format.count(number), number, "count")


def number(value: float | None, unit: Unit) -> Cell:
    """A number in its unit."""
    return Cell(format.value(value, unit), value, unit)


def change(difference: float | None, unit: Unit) -> Cell:
    """A difference with its sign; of shares in percentage points, as a number too."""
    text = format.change(difference, unit)
    return Cell(text, None if difference is None else difference * 100, "difference") if unit == "share" else Cell(text, difference, unit)


def value(row: dict) -> Cell:
    """The value of a row of ``qa.results.answer``, told apart from its target."""
    return Cell(value_text(row), row["value"], METRICS[row["metric"]].unit)


def judged(row: dict | None) -> Cell:
    """The value with its verdict as state, for tables that have no column of verdicts."""
    if row is None or row["value"] is None:
        return Cell(format.NOTHING)
    return replace(value(row), state=_state(row))


def value_text(row: dict) -> str:
    """The value as the screen writes it."""
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    return format.value(row["value"], METRICS[row["metric"]].unit, beside=bound)


def interval(row: dict) -> Cell:
    """The interval."""
    return Cell(format.interval(row["low"], row["high"], METRICS[row["metric"]].unit))


def n(row: dict) -> Cell:
    """How many the figure rests on; a total is its own n."""
    return Cell(format.NOTHING) if METRICS[row["metric"]].unit == "count" else count(row["n"])


def target(row: dict) -> Cell:
    """The target; a number where it has one bound."""
    bounds = [bound for bound in (row["minimum"], row["maximum"]) if bound is not None]
    unit = METRICS[row["metric"]].unit
    return Cell(format.bounds(row["minimum"], row["maximum"], unit), bounds[0] if len(bounds) == 1 else None, unit)


def verdict(row: dict) -> Cell:
    """The verdict in words; where the value alone is off target, that this may be chance."""
    state = _state(row)
    if state in ("uncertain", "too_few") and is_off(row):
        return Cell(_("Below target, within noise") if _below(row) else _("Above target, within noise"), state=state)
    return Cell(verdict_word(row["verdict"]), state=state)


def is_off(row: dict) -> bool:
    """Whether the value is off its target, or trails headquarters by the gap, chance or not."""
    return _below(row) or (row["maximum"] is not None and row["value"] > row["maximum"]) or trails(row)


def trails(row: dict) -> bool:
    """Whether the value trails headquarters by the gap or more."""
    return row["gap"] is not None and row["headquarters"] is not None and row["value"] - row["headquarters"] <= -row["gap"]


def _state(row: dict) -> State:
    return row["verdict"] if row["verdict"] in ("met", "missed", "uncertain", "too_few") else ""


def _below(row: dict) -> bool:
    return row["minimum"] is not None and row["value"] < row["minimum"]
