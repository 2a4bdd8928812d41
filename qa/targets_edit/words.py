"""Targets in words."""

from datetime import date

from qa import format
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.names import Names
from qa.targets_edit.preview import Counts
from qa.targets_edit.rows import TargetRow
from qa.words import verdict_word

COUNTED = ("met", "missed", "uncertain", "too_few")


def metric_word(key: str) -> str:
    """The metric's name; the code itself for one that the catalogue does not know."""
    return say(METRICS[key].name) if key in METRICS else key


def bounds_word(row: TargetRow) -> str:
    """The bounds, or that there is no target."""
    if row.minimum is None and row.maximum is None:
        return format.NOTHING if row.gap is not None else _("No target")
    return format.bounds(row.minimum, row.maximum, METRICS[row.metric].unit if row.metric in METRICS else "count")


def gap_word(row: TargetRow) -> str:
    """The gap to headquarters, in percentage points."""
    return format.NOTHING if row.gap is None else _("{number} pp").format(number=format.plain(row.gap))


def place_word(row: TargetRow, names: Names) -> str:
    """The centers and queue a target is for."""
    center = _("All centers") if row.center is None else names.of("center", row.center)
    return center if row.queue is None else f"{center} · {row.queue}"


def status_word(row: TargetRow, holding: set[tuple], day: date) -> str:
    """Whether a target holds on the last day of the data."""
    if row.valid_from is None:
        return _("Default")
    if row.key in holding:
        return _("In force")
    return _("From later on") if row.valid_from > day else _("Replaced")


def counts_word(counts: Counts | None, nothing: str = format.NOTHING) -> str:
    """How many there are of each verdict; ``nothing`` for none."""
    parts = [f"{verdict_word(verdict)} {counts[verdict]}" for verdict in COUNTED if counts and counts.get(verdict)]
    return " · ".join(parts) or nothing
