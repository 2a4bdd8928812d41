"""The charts of all agents or teams: the funnel of one metric, and quality against efficiency."""

import polars as pl

from qa import format
from qa.agents.figures import ROWS, Level, everybody, judged
from qa.charts.funnel import funnel
from qa.charts.scatter import MOST_WHISKERS, scatter
from qa.filters import Filters, Scope
from qa.funnels import MetricFunnel, metric_funnel
from qa.i18n import _, ngettext, say, sentences
from qa.keys import joined
from qa.measured import measured
from qa.metrics import METRICS, Metric
from qa.names import Names
from qa.session.board.items import Chart
from qa.warehouse import Warehouse
from qa.words import nothing_here

# What quality is held against.
EFFICIENCY = ("mean_handling", "calls_per_hour")
QUALITY = "mean_score"


def funnel_chart(warehouse: Warehouse, frame: pl.DataFrame, metric: Metric, names: Names, level: Level) -> Chart:
    """Every row by how many records it has, between the limits of chance."""
    title = _("Funnel: {metric} by number of records").format(metric=say(metric.name))
    rows = frame.filter(pl.col("metric") == metric.key)
    found = metric_funnel(rows, metric, warehouse.config)
    if found is None:
        return Chart("funnel", title, None, height=380, empty=nothing_here())
    keyed, called = _keyed(found.groups, names, level)
    target = (_only(rows["minimum"]), _only(rows["maximum"]))
    figure = funnel(
        keyed, found.limits, metric.unit, "key", center=found.funnel.center, outer=found.funnel.outer, names=called, name=say(metric.name), target=target
    )
    outside = keyed.filter(pl.col("direction").is_in(["better", "worse", "neither"])).height
    judged_ones = keyed.filter(pl.col("direction") != "too_few").height
    beyond = ngettext(
        "{outside} of {all} lies beyond the outer limits by more than noise; the limits allow for how many are compared.",
        "{outside} of {all} lie beyond the outer limits by more than noise; the limits allow for how many are compared.",
        outside,
    )
    caption = sentences(beyond.format(outside=format.count(outside), all=format.count(judged_ones)), *_notes(found))
    return Chart("funnel", title, figure, caption, height=380)


def _notes(found: MetricFunnel) -> list[str]:
    """What the limits of this funnel allow for, a sentence each."""
    notes = []
    if found.funnel.family == "normal":
        notes.append(_("Means of skewed figures are marked only where the comparison with all others confirms it."))
    if found.unconfirmed:
        more = ngettext("{count} more lies beyond, not confirmed.", "{count} more lie beyond, not confirmed.", found.unconfirmed)
        notes.append(more.format(count=format.count(found.unconfirmed)))
    if found.groups["direction"].is_in(["better", "worse", "too_few"]).any():
        notes.append(_("Squares are worse, diamonds better than chance explains; hollow: too few."))
    if found.funnel.dispersion.tau > 0:
        notes.append(_("All spread more than chance explains; the limits are widened by that common spread."))
    return notes


def scatter_chart(warehouse: Warehouse, scope: Scope, filters: Filters, against: Metric, names: Names, level: Level) -> Chart:
    """Mean quality score against a figure of efficiency, parted by the target of the one and the common value of the other."""
    quality = METRICS[QUALITY]
    title = _("Quality against efficiency: {quality} and {efficiency}").format(quality=say(quality.name), efficiency=say(against.name))
    x, y = (_axis(judged(warehouse, scope, filters, level, (key,)), level, axis) for key, axis in ((against.key, "x"), (QUALITY, "y")))
    both = y.join(x.drop("verdict", "minimum", strict=False), on=ROWS[level], how="inner") if x.height and y.height else y.clear()
    if both.is_empty():
        return Chart("scatter", title, None, height=380, empty=_("Nobody has both figures in this choice."))
    common = measured(warehouse, [against.key], (), everybody(filters), scope)[against.key]["value"][0]
    keyed, called = _keyed(both, names, level)
    figure = scatter(
        keyed, (against.unit, quality.unit), (say(against.name), say(quality.name)), "key", lines=(common, _only(both["minimum"])), names=called,
        corners=_corners(against),
    )  # fmt: skip
    caption = sentences(
        _("Horizontal line: the target; vertical line: the value of all together."),
        _("Colour: the score against its target; hollow: not yet certain or too few."),
    )
    if keyed.height > MOST_WHISKERS:
        caption = sentences(caption, _("Intervals on hover."))
    return Chart("scatter", title, figure, caption, height=380)


def _axis(frame: pl.DataFrame, level: Level, axis: str) -> pl.DataFrame:
    """The groups with a value, its interval and n under the axis' name."""
    if frame.is_empty():
        return frame
    figures = [pl.col(old).alias(new) for old, new in (("value", axis), ("low", f"{axis}_low"), ("high", f"{axis}_high"), ("n", f"{axis}_n"))]
    return frame.select(*ROWS[level], *figures, "verdict", "minimum")


def _keyed(frame: pl.DataFrame, names: Names, level: Level) -> tuple[pl.DataFrame, dict[str, str]]:
    """The frame with the key that a click carries, and what each key is called."""
    keys = [joined(key) for key in frame.select(ROWS[level]).iter_rows()]
    called = {key: names.of("agent", row[1]) if level == "agent" else f"{names.of('center', row[0])} {row[1]}"
              for key, row in zip(keys, frame.select(ROWS[level]).iter_rows(), strict=True)}  # fmt: skip
    return frame.with_columns(pl.Series("key", keys, dtype=pl.String)), called


def _corners(against: Metric) -> tuple[str, ...]:
    """The quadrants, from top left; calls per hour grow to the right where handling time shrinks."""
    if against.key == "mean_handling":
        return _("good and quick"), _("good and slow"), _("quick, below target"), _("slow, below target")
    return _("good and slow"), _("good and quick"), _("slow, below target"), _("quick, below target")


def _only(values: pl.Series) -> float | None:
    """The one value of all rows; null where rows differ."""
    found = values.unique().to_list()
    return found[0] if len(found) == 1 else None
