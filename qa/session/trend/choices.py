"""What the trend page is asked beside the view: metric, grain, split, and from when limits are computed."""

import streamlit as st

from qa import format
from qa.filters import Filters, Scope
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.periods import Grain, buckets
from qa.proof import heading
from qa.query import dimension_label, obstacle
from qa.session import data
from qa.session.choice import choose
from qa.session.pick import pick
from qa.trend.courses import FOUND, TREND_GRAINS, WHOLE, Course, Split, covered, grains_of, splits_of
from qa.warehouse import Warehouse


def course_chosen(filters: Filters) -> Course:
    """The course as the viewer has chosen it, drawn as one line of controls."""
    metrics = data.computed(_metrics, filters)
    with st.container(key="trend-choices", horizontal=True, vertical_alignment="center", gap="small"):
        metric = pick("metric", _("Metric"), {key: say(METRICS[key].name) for key in metrics}, width=200)
        grain = choose("grain", _("Grain"), {grain: heading(grain) for grain in data.computed(_grains, filters, metric)})
        split = pick("split", _("Split"), {split: _split_word(split) for split in data.computed(_splits, filters, metric)}, width=150)
        rebase = pick("rebase", _("Limits"), _rebase_words(filters, grain), width=240)
    return Course(metric, grain, split, rebase)


def _metrics(build: Warehouse, scope: Scope, filters: Filters) -> tuple[str, ...]:
    """The metrics that have their extracts, the headline ones first; all where none has."""
    askable = [key for key, metric in METRICS.items() if not build.missing_tables(metric.sources) and not obstacle(metric, (), filters)]
    return tuple(sorted(askable or METRICS, key=lambda key: not METRICS[key].headline))


def _grains(build: Warehouse, scope: Scope, filters: Filters, metric: str) -> tuple[Grain, ...]:
    """The grains by which the metric has figures; all where it has none."""
    return grains_of(build, scope, METRICS[metric], filters) or TREND_GRAINS


def _splits(build: Warehouse, scope: Scope, filters: Filters, metric: str) -> tuple[Split, ...]:
    return tuple(splits_of(METRICS[metric], filters, build))


def _split_word(split: str) -> str:
    if split == "none":
        return _("Not split")
    return _("By {dimension}").format(dimension=dimension_label(split))


def _rebase_words(filters: Filters, grain: Grain) -> dict[str, str]:
    """One set of limits, limits anew from each change found, or from any period of the chart, the latest first."""
    period = covered(data.warehouse(), filters, grain)
    starts = [bucket.date_from for bucket in buckets(period, grain, filters.month_start)][:0:-1]
    words = {WHOLE: _("One set of limits"), FOUND: _("Limits anew from each change found")}
    return words | {start.isoformat(): _("Limits anew from {day}").format(day=format.day(start)) for start in starts}
