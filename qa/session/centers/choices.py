"""What the why page is asked beside the view: metric, center, what it is held against, and the split."""

import streamlit as st

from qa.centers.naming import before_name, split_word
from qa.centers.sides import HEADQUARTERS, OTHERS, PREVIOUS, REST, Course, against_possible, seen_centers
from qa.centers.splits import SPLITS
from qa.centers.why import center_to_explain, explanations, metrics_possible
from qa.filters import Asked, Scope
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.names import names_of
from qa.session import data
from qa.session.pick import pick
from qa.warehouse import Warehouse

EVERYTHING = "all"


def course_chosen(asked: Asked) -> Course | None:
    """The course as the viewer has chosen it, drawn as one line of controls; None where nothing can be compared."""
    metrics = data.computed(metric_words, asked)
    if not metrics:
        return None
    with st.container(key="why-choices", horizontal=True, vertical_alignment="center", gap="small"):
        metric = pick("metric", _("Metric"), metrics, width=200)
        centers = data.computed(center_words, asked, metric)
        one = pick("of", _("Center"), centers, width=240) if len(centers) > 1 else next(iter(centers), EVERYTHING)
        center = "" if one == EVERYTHING else one
        against = data.computed(against_words, asked, center)
        if not against:
            return None
        course = Course(metric, center, (pick("against", _("Against"), against, width=240),))
        splits = data.computed(split_words, asked, course)
        split = pick("why_by", _("Split"), splits, width=190) if splits else ""
    return Course(metric, center, course.against, split)


def metric_words(build: Warehouse, _scope: Scope, asked: Asked) -> dict[str, str]:
    """Every ratio metric that can be asked here."""
    return {key: say(METRICS[key].name) for key in metrics_possible(build, asked)}


def center_words(build: Warehouse, scope: Scope, asked: Asked, metric: str) -> dict[str, str]:
    """The centers to explain, the one that most needs it first; the filter's own where it has one; all together last."""
    chosen = asked.filters.centers
    centers = [center for center in seen_centers(build, scope) if chosen is None or center in chosen]
    names = names_of(build).centers
    if len(centers) == 1:
        return {centers[0]: names[centers[0]]}
    first = center_to_explain(build, scope, asked, metric, centers)
    ordered = sorted(centers, key=lambda center: center != first)
    return {center: names[center] for center in ordered} | {EVERYTHING: _("All centers")}


def against_words(build: Warehouse, scope: Scope, asked: Asked, center: str) -> dict[str, str]:
    """What the center can be held against."""
    names = names_of(build).centers
    words = {
        REST: _("Against the rest of the center"), HEADQUARTERS: _("Against headquarters"), OTHERS: _("Against all other centers"),
        PREVIOUS: _("Against {period}").format(period=before_name(asked)),
    }  # fmt: skip
    found = against_possible(build, scope, asked, center)
    return {one: words.get(one) or _("Against {period}").format(period=names.get(one, one)) for one in found}


def split_words(build: Warehouse, scope: Scope, asked: Asked, course: Course) -> dict[str, str]:
    """The splits that explain the gap, the one that tells most of it from noise first."""
    return {one.split: _("By {dimension}").format(dimension=split_word(SPLITS[one.split])) for one in explanations(build, scope, asked, course)}
