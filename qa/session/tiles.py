"""A headline figure as a tile."""

from qa import format
from qa.changes import Change
from qa.charts.sparkline import sparkline
from qa.headlines import Headline
from qa.i18n import _, say
from qa.metrics import Metric
from qa.session.board.items import Mark, Sparkline, Tile, Width
from qa.session.marks import change_mark
from qa.words import verdict_word


def tile(headline: Headline, width: Width = "fifth") -> Tile:
    """The tile: value, verdict, target, interval, n, change, and the months behind it."""
    metric, row = headline.metric, headline.row
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    value, _space, unit = format.value(row["value"], metric.unit, beside=bound).partition(" ")
    target = format.bounds(row["minimum"], row["maximum"], metric.unit)
    return Tile(
        key=f"tile {metric.key}",
        label=say(metric.name),
        value=value,
        unit=unit,
        mark=None if row["verdict"] == "no_target" else Mark(row["verdict"], verdict_word(row["verdict"])),
        target="" if target == format.NOTHING else target,
        interval="" if row["low"] is None else format.interval(row["low"], row["high"], metric.unit),
        # A total is its own n.
        n="" if metric.unit == "count" else f"n = {format.count(row['n'])}",
        change=_change(metric, headline.change),
        change_mark=_change_mark(metric, headline.change),
        sparkline=_sparkline(headline),
        width=width,
    )


def _change(metric: Metric, change: Change | None) -> str:
    return "" if change is None or change.difference is None else format.change(change.difference, metric.unit)


def _change_mark(metric: Metric, change: Change | None) -> Mark | None:
    """How sure the change is; nothing for totals, which are full counts and have no interval."""
    if change is None or change.difference is None or metric.interval == "none":
        return None
    if change.is_real and change.direction == "none":
        return Mark("none", _("more than noise"))
    return change_mark(change.direction)


def _sparkline(headline: Headline) -> Sparkline | None:
    arguments = sparkline(headline.course, headline.metric.unit, month_start=headline.month_start)
    return Sparkline(**arguments) if arguments and headline.course.height > 1 else None
