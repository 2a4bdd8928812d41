"""The page of explanations: the month the filter bar shows, or the one explanation the link names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from qa import session
from qa.explanations.causes import causes_found
from qa.explanations.follow_up import follow_up
from qa.explanations.listing import due, make_latest, make_list, previous
from qa.explanations.model import Explanation
from qa.explanations.reading import changes_of, explanation, explanations_of, reported_of
from qa.explanations.restated import restated
from qa.explanations.rules import Rules, judged_centers
from qa.explanations.workflow import Action, Refused, act, may
from qa.filters import Scope
from qa.i18n import _, say
from qa.names import center_names
from qa.people import ROLE_NAMES
from qa.periods import month_name as month_of
from qa.periods import month_named
from qa.session import data, state
from qa.session.explanations import one as single
from qa.session.explanations.form import Form
from qa.session.explanations.month import Month, month_items, month_name
from qa.session.explanations.prose import history, prose
from qa.session.viewer import viewer
from qa.store import Store, open_store
from qa.view import Choices, View
from qa.warehouse import Warehouse

PARAMETER = "explanation"


def show() -> None:
    """Draw the page."""
    build, choices = data.warehouse(), data.choices()
    store, rules = open_store(data.folder()), Rules.of(data.folder())
    data.computed(_brought_up_to_date, rules)
    number = st.query_params.get(PARAMETER, "")
    if not number:
        _month(build, store, rules, state.current(choices), choices)
        return
    found = explanation(store, int(number), viewer().scope) if number.isdecimal() and len(number) < 10 else None
    if st.button(_("Back to the list"), icon=":material/arrow_back:", type="tertiary"):
        _open("")
    if found is None:
        st.info(_("There is no such explanation, or it belongs to a center you do not see."), icon=":material/info:")
    else:
        _one(build, store, rules, found, choices)


def _brought_up_to_date(build: Warehouse, _scope: Scope, rules: Rules) -> int:
    """Make the lists this build completes: once a build, whoever looks first."""
    return make_latest(open_store(build.data), build, rules)


def _open(number: str) -> None:
    """Show one explanation, or the list."""
    state.publish(PARAMETER, number, "")
    st.rerun()


def _month(build: Warehouse, store: Store, rules: Rules, view: View, choices: Choices) -> None:
    month = month_of(view.shown(choices).last_day, view.month_start)
    scope = viewer().scope
    visible = [center for center in judged_centers(build) if not view.centers or center in view.centers]
    waiting = data.computed(due, rules, month)
    listed = reported_of(store, None, month, scope)
    reported = [one for one in listed if one.figure.center in visible]
    known = {one.figure.key for one in reported}
    shown = Month(
        month,
        all(month_named(month, start).date_to <= build.span.until for start in judged_centers(build).values()),
        [one for one in explanations_of(store, None, month, scope) if one.figure.center in visible],
        reported,
        [wait for wait in waiting.pending if wait.center in visible and (wait.center, wait.metric) not in known],
        [figure for figure in waiting.so_far if figure.center in visible],
        restated(reported, (*waiting.ready, *waiting.so_far)),
        center_names(build),
        date.today(),
        bool(visible),
        bool(listed),
    )
    event = session.board(month_items(shown), key="explanations")
    _offer(build, store, rules, shown, view)
    if event is not None and event.item == "owed" and event.kind == "row":
        _open(str(event.payload))
    if event is not None and event.item in ("figures", "so far") and event.kind == "row":
        figures = [figure for figure in (*waiting.ready, *waiting.so_far) if figure.center == event.payload]
        if figures:
            shown_days = single.shown_of(figures[0], judged_centers(build)[figures[0].center])
            session.prove(replace(shown_days, metrics=tuple(figure.metric for figure in figures)))


def _offer(build: Warehouse, store: Store, rules: Rules, shown: Month, view: View) -> None:
    """What can be done about a month without a list: make it, or look at the month before."""
    if shown.reported or not shown.is_judged or (shown.is_over and shown.is_listed):
        return
    if not shown.is_over:
        before = previous(shown.month)
        if st.button(_("Show {month}").format(month=month_name(before)), icon=":material/arrow_back:", key="month before"):
            state.go_to(replace(view, period=before))
            st.rerun()
    elif viewer().role == "headquarters_qa" and st.button(_("Make the list now"), key="make the list"):
        make_list(store, build, rules, shown.month)
        st.rerun()


def _one(build: Warehouse, store: Store, rules: Rules, found: Explanation, choices: Choices) -> None:
    figure, month_start = found.figure, judged_centers(build).get(found.figure.center, 1)
    names = center_names(build)
    st.subheader(f"{names.get(figure.center, figure.center)} · {single.metric_name(figure)} · {month_name(figure.month)}", anchor=False)
    current = data.computed(due, rules, figure.month)
    changed = restated([found.reported], (*current.ready, *current.so_far)).get(figure.key)
    event = session.board(single.figure_items(found, changed, date.today()), key="explanation")
    history_of = changes_of(store, found.id)
    allowed = may(viewer(), found)
    if found.state in ("returned", "draft") and (returned := [change for change in history_of if change.action == "return"]):
        text = _("{who} returned it: {reason}").format(who=returned[-1].who, reason=returned[-1].reason)
        st.warning(text, icon=":material/undo:")
    if "save" in allowed:
        Form(found, data.computed(causes_found, figure), choices).draw(store)
    else:
        prose(found.content)
    _actions(store, found, allowed)
    session.board(single.follow_up_items(data.computed(follow_up, figure, month_start), month_start), key="follow up")
    history(history_of)
    if event is not None and event.kind == "proof":
        session.prove(single.shown_of(figure, month_start))


def _actions(store: Store, found: Explanation, allowed: tuple[Action, ...]) -> None:
    """The buttons of the steps this person may take now; for others, whose turn it is."""
    steps = [action for action in allowed if action not in ("save", "return")]
    if not allowed:
        st.caption(_whose_turn(found))
    step: Callable[[], Explanation] | None = None
    with st.container(horizontal=True, gap="small"):
        for action in steps:
            if st.button(step_word(action), type="primary", key=f"act {action}"):
                step = partial(act, store, viewer(), found.id, found.version, action)
        if "return" in allowed:
            with st.popover(_("Return"), icon=":material/undo:", key="return"):
                reason = st.text_area(_("Why it is returned"), key="return reason", max_chars=2000)
                if st.button(_("Return with this reason"), key="act return"):
                    _take(partial(act, store, viewer(), found.id, found.version, "return", reason))
    if step is not None:
        _take(step)


def _take(step: Callable[[], Explanation]) -> None:
    """Take a step and show what it led to; a refusal is said where it is called and changes nothing."""
    try:
        step()
    except Refused as refused:
        st.error(str(refused), icon=":material/error:")
    else:
        st.rerun()


def step_word(action: str) -> str:
    """What the button of a step says."""
    return {"review": _("Mark as reviewed"), "submit": _("Submit to headquarters"), "accept": _("Accept")}[action]


def _whose_turn(found: Explanation) -> str:
    waits = {"owed": (found.writes,), "draft": (found.writes, found.reviews), "returned": (found.writes,), "reviewed": (found.writes, found.reviews)}
    roles = waits.get(found.state, found.receives if found.state == "submitted" else ())
    if not roles:
        return _("It is accepted; nothing is left to do.")
    text = _("It waits for: {roles}. Who acts is chosen at the top of the page.")
    return text.format(roles=_(", ").join(say(ROLE_NAMES[role]) for role in roles))
