"""How a chart writes its numbers: the unit's axis, and the text a point shows on hover."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from qa import format
from qa.format import Unit
from qa.i18n import _
from qa.words import verdict_word

_TICK_FORMATS: dict[str, str] = {"share": ".0%", "hours": ",~r", "count": ",~s"}


@dataclass(frozen=True, slots=True)
class Point:
    """One row of a chart's frame, with null for what the frame does not have."""

    group: str
    value: float | None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    verdict: str | None = None


def point(row: dict[str, Any], group: str) -> Point:
    """The point of a frame's row; NaN counts as null."""
    numbers = {name: number(row.get(name)) for name in ("value", "low", "high")}
    return Point(group=group, n=row.get("n"), verdict=row.get("verdict"), **numbers)


def number(value: Any) -> float | None:
    """The value as a float; null for null and NaN."""
    return None if value is None or value != value else float(value)


def value_axis(unit: Unit) -> dict[str, Any]:
    """The value axis of a unit: percent signs, thousands set apart, seconds named."""
    axis: dict[str, Any] = {"tickformat": _TICK_FORMATS.get(unit, ",~r")}
    if unit == "seconds":
        axis["ticksuffix"] = _(" s")
    return axis


def fitted_axis(unit: Unit, shown: list[float] | None) -> dict[str, Any]:
    """The value axis over this range, with as many decimals of a percentage as it takes to tell its ticks apart."""
    axis = value_axis(unit) | {"range": shown}
    if unit == "share" and shown is not None and shown[1] - shown[0] < 0.05:
        axis["tickformat"] = ".1%" if shown[1] - shown[0] > 0.005 else ".2%"
    return axis


def hover_text(heading: str, shown: Point, unit: Unit, note: str = "") -> str:
    """What a point says on hover: where it is, its value, its interval, how many it rests on, its verdict."""
    lines = [f"<b>{escape(heading)}</b>", format.value(shown.value, unit)]
    if shown.low is not None and shown.high is not None:
        lines.append(_("95% interval {interval}").format(interval=format.interval(shown.low, shown.high, unit)))
    if shown.n is not None:
        lines.append(_("n = {count}").format(count=format.count(shown.n)))
    if shown.verdict is not None:
        lines.append(verdict_word(shown.verdict))
    return "<br>".join([*lines, *([escape(note)] if note else [])])


def known_range(values: Iterable[float | None], unit: Unit) -> list[float] | None:
    """An axis range with room around the values; shares stay inside 0-1 but for the room that markers need."""
    known = [value for value in values if value is not None]
    if not known:
        return None
    low, high = min(known), max(known)
    room = (high - low or abs(high) or 1) * 0.12
    if unit == "share":
        return [max(low - room, -0.02), min(high + room, 1.02)]
    return [low - room if low < 0 else max(low - room, 0), high + room]
