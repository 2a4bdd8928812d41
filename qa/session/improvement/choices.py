"""What the page before/after is asked beside the view: metric, item, the day or training, windows, and whom to compare with."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from qa import format
from qa.filters import Filters, Scope
from qa.i18n import _, say
from qa.improvement.course import NOBODY, OTHER_CENTERS, OTHERS, USUAL_DAYS, Course, level_of
from qa.improvement.study import metrics_for
from qa.improvement.trainings import Training, trainings
from qa.improvement.words import usual_day
from qa.keys import joined, parted
from qa.metrics import METRICS
from qa.names import center_names, names_of
from qa.periods import Grain
from qa.quality.scorecards import cards_of
from qa.query import ITEM_METRICS
from qa.session import data, state
from qa.session.choice import choose
from qa.session.pick import pick
from qa.view import parsed_day
from qa.warehouse import Warehouse

WHOLE, BY_DAY = "all", "date"
DAYS = (USUAL_DAYS, 7, 14, 42, 56, 84, 90, 182)
WASHOUTS = (0, 7, 14, 28)


@dataclass(frozen=True)
class Asked:
    """The question as chosen: the rows, the course, and the grain of the chart."""

    filters: Filters
    course: Course
    grain: Grain


class _WrittenDay:
    """Every day that a link may ask for; empty for the usual one."""

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and (text == "" or parsed_day(text) is not None)


def question_chosen(filters: Filters) -> Asked | None:
    """The question as the viewer has it, drawn as two lines of controls; None where no metric can be asked."""
    metrics = data.computed(_metrics, filters)
    if not metrics:
        return None
    held = data.computed(_trainings, filters)
    with st.container(key="improvement-what", horizontal=True, vertical_alignment="center", gap="small"):
        metric = pick("metric", _("Metric"), {key: say(METRICS[key].name) for key in metrics}, width=200)
        filters = _item_chosen(filters) if metric in ITEM_METRICS else filters
        event = pick("event", _("Day or training"), {BY_DAY: _("From a day on")} | data.computed(_training_words, filters), width=330)
        training = held.get(event)
        on = training.held_on if training else _day_chosen(filters)
    with st.container(key="improvement-how", horizontal=True, vertical_alignment="center", gap="small"):
        before = pick("before", _("Days before"), {str(days): _("{days} days before").format(days=days) for days in DAYS}, width=140)
        after = pick("after", _("Days after"), {str(days): _("{days} days after").format(days=days) for days in DAYS}, width=140)
        washout = pick("washout", _("Days left out after it"), {str(days): _washout_word(days) for days in WASHOUTS}, width=170)
        course = Course(metric, on, training, int(before), int(after), int(washout))
        against = pick("against", _("Compared with"), data.computed(_against_words, filters, course), width=220)
        grains: dict[Grain, str] = {"week": _("Week"), "day": _("Day")}
        grain = choose("grain", _("Grain"), grains)
    return Asked(filters, replace(course, against=against), grain)


def _metrics(build: Warehouse, _scope: Scope, filters: Filters) -> tuple[str, ...]:
    return tuple(metrics_for(build, filters))


def _trainings(build: Warehouse, scope: Scope, filters: Filters) -> dict[str, Training]:
    """The trainings of the chosen centers, the latest first, by id."""
    found = trainings(build, scope, filters.centers, build.span.first_day, build.span.until)
    return {training.training_id: training for training in reversed(found)}


def _training_words(build: Warehouse, scope: Scope, filters: Filters) -> dict[str, str]:
    centers = names_of(build).centers
    words = _("{day} {topic} · {center}")
    return {
        key: words.format(day=format.day(training.held_on), topic=training.topic, center=centers.get(training.center, training.center))
        for key, training in _trainings(build, scope, filters).items()
    }


def _item_chosen(filters: Filters) -> Filters:
    words = data.computed(_item_words)
    chosen = pick("item", _("Scorecard item"), {WHOLE: _("Whole evaluations")} | words, width=260)
    if chosen == WHOLE:
        return filters
    card, item = parted(chosen)
    return replace(filters, scorecards=(card,), items=(item,))


def _item_words(build: Warehouse, _scope: Scope) -> dict[str, str]:
    if not build.present("evaluation_items"):
        return {}
    cards = cards_of(build)
    return {joined(key): cards.item(key, with_card=True) for key in sorted(cards.items)}


def _day_chosen(filters: Filters) -> date:
    """The day written; the usual one where none is, or what is written is no day."""
    usual = usual_day(data.warehouse(), filters.date_from)
    state.adopt("on", _WrittenDay(), "")
    label = _("First day of the new way")
    written = st.text_input(label, key=state.key("on"), placeholder=usual.isoformat(), label_visibility="collapsed", max_chars=20, width=130)
    found = parsed_day(written)
    if written and found is None:
        st.warning(_("“{text}” is no day; write it as {example}.").format(text=written, example=usual.isoformat()), icon=":material/info:")
    state.publish("on", found.isoformat() if found else "", "")
    return found or usual


def _washout_word(days: int) -> str:
    return _("No days left out") if days == 0 else _("{days} days left out").format(days=days)


def _against_words(build: Warehouse, scope: Scope, filters: Filters, course: Course) -> dict[str, str]:
    """Whom the group can be compared with: the others first, other centers first where nearly everybody was trained."""
    group = course.group(filters)
    level = level_of(group)
    own = group.within(scope).centers
    centers = {key: name for key, name in center_names(build).items() if own is not None and key not in own and (scope is None or key in scope)}
    words: dict[str, str] = {}
    if level is not None and not (level == "center" and not centers):
        words[OTHERS] = _others_word(level)
    if centers and level != "center":
        words[OTHER_CENTERS] = _("All other centers")
    if course.training is not None and OTHER_CENTERS in words and _most_were_trained(build, course.training):
        words = {OTHER_CENTERS: words[OTHER_CENTERS]} | words
    return words | centers | {NOBODY: _("Compared with nobody")}


def _others_word(level: str) -> str:
    return {
        "agent": _("The other agents of the center"), "team": _("The other teams of the center"),
        "center": _("The other centers"), "queue": _("The other queues"),
    }[level]  # fmt: skip


def _most_were_trained(build: Warehouse, training: Training) -> bool:
    """Whether more of the center's agents took part than did not: those left over are too few to compare with."""
    there = {agent for agent, center in build.center_of_agent.items() if center == training.center}
    return len(there & set(training.agents)) * 2 > len(there)
