"""What is wrong with a target somebody is about to set."""

from collections.abc import Collection

from qa import format
from qa.i18n import _
from qa.metrics import METRICS
from qa.targets_edit.rows import TargetRow


def problems(row: TargetRow, rows: Collection[TargetRow], centers: Collection[str], is_end: bool = False, replaces: bool = False) -> list[str]:
    """Sentences in the viewer's language; empty where it can be set.

    ``rows``: those set so far; ``is_end``: no bounds are meant; ``replaces``: the row of the same day is meant to be changed.
    """
    metric = METRICS.get(row.metric)
    if metric is None:
        return [_("There is no metric {key}.").format(key=row.metric)]
    bounds = [bound for bound in (row.minimum, row.maximum) if bound is not None]
    found = []
    if row.center is not None and row.center not in centers:
        found.append(_("There is no center {center}.").format(center=row.center))
    if row.valid_from is None:
        found.append(_("A target needs the day from which it holds, such as 2026-11-01."))
    if not bounds and row.gap is None and not is_end:
        found.append(_("A target needs a minimum, a maximum or a gap to headquarters."))
    if len(bounds) == 2 and row.minimum > row.maximum:
        found.append(_("The minimum is above the maximum."))
    if metric.unit == "share" and any(not 0 <= bound <= 1 for bound in bounds):
        found.append(_("A share lies between 0 and 100 percent."))
    if row.gap is not None and (metric.interval != "wilson" or row.gap < 0):
        found.append(_("A gap to headquarters is for shares, and not below 0 percentage points."))
    if not replaces and any(other.key == row.key for other in rows):
        text = _("There is already a target for this from {day} on; say that it is to be replaced, or take another day.")
        found.append(text.format(day=format.day(row.valid_from)))
    return found
