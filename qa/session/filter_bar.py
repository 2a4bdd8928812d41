"""The filter bar: one line on every page that says what is looked at, and changes it.

It is one element (``board/frontend/filters.js``), since every rerun draws it: Streamlit's own lists and buttons would be ten.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

import streamlit as st

from qa import format
from qa.i18n import _, language
from qa.periods import COMPARISONS, PRESETS, month_named
from qa.session import notices, state
from qa.session.board import component
from qa.view import Choices, View

KEY = "filter-bar"
_TURN = "_filter_turn"
# The pages, by their paths in the URL, that show the same whatever is chosen.
_UNFILTERED = frozenset({"extracts", "import", "dictionary", "definitions"})


def applies(path: str) -> bool:
    """Whether the page at this path shows what the filters choose."""
    return path not in _UNFILTERED


def draw(choices: Choices, path: str) -> View:
    """The view as the viewer has it after this run's choices; a page they change nothing of keeps it, without the bar."""
    view = state.current(choices)
    chosen = state.settled(view)
    if applies(path):
        _bar(choices, view, chosen)
    notices.draw(state.problems() if choices.centers else [])
    return view


def _bar(choices: Choices, view: View, chosen: dict[str, Any]) -> None:
    shown = view.shown(choices)
    data = _offered(view, choices) | {
        "chosen": chosen,
        "days": (shown.date_from.isoformat(), shown.last_day.isoformat()),
        "stamp": (state.once("_filter_session", lambda: secrets.token_hex(4)), st.session_state.get(_TURN, 0)),
    }
    # In a tuple: what stands in a dictionary Streamlit looks at, whether it is a table, and loads pandas for that.
    component("filters")(key=KEY, data=(data,), on_chosen_change=_take)


def _offered(view: View, choices: Choices) -> dict[str, Any]:
    """What there is to choose from, in the language in force."""
    periods = _period_names(choices.months(view.month_start), view.month_start)
    return {
        "words": _words(),
        "controls": (
            _control("period", _("Period"), periods.items()),
            _control("compare", _("Comparison"), zip(COMPARISONS, _comparison_names(), strict=True)),
            _control("center", _("Centers"), _center_names(choices), several=True),
            _control("team", _("Teams"), _as_they_are(choices.teams_of(view.centers)), several=True),
            _control("queue", _("Queues"), _as_they_are(choices.queues), several=True),
            _more(choices),
        ),
        "beside": {name: choices.months_beside(name, view.month_start) for name in periods},
    }


def _take() -> None:
    """Take what the browser says is chosen; the number of its turn tells it later which choice a run was made with."""
    told = st.session_state[KEY].get("chosen")
    if isinstance(told, dict):
        state.choose(told.get("values"))
        st.session_state[_TURN] = told.get("turn")


def _control(name: str, label: str, options: Iterable[tuple[str, str]], several: bool = False) -> dict[str, Any]:
    """A button with one list, of which one is chosen or ``several``."""
    return {"name": name, "label": label, "groups": (_group(name, label, options, several),)}


def _group(name: str, label: str, options: Iterable[tuple[str, str]], several: bool = False) -> dict[str, Any]:
    return {"name": name, "label": label, "options": tuple(options), "several": several}


def _more(choices: Choices) -> dict[str, Any]:
    """Rarely changed choices: the day an evaluation counts for, and where months begin."""
    bases = (("evaluated", _("Day of evaluation")), ("call", _("Day of the call")))
    starts = (("1", _("Calendar months")), ("21", _("From the 21st to the 20th")))
    groups = (_group("basis", _("Evaluations count on"), bases), _group("months", _("Months"), starts))
    return {"name": "more", "label": _("More"), "groups": groups if len(choices.month_starts) > 1 else groups[:1]}


def _words() -> dict[str, str]:
    return {
        "earlier": _("Previous month"),
        "later": _("Next month"),
        "from": _("First day"),
        "to": _("Last day"),
        "all": _("All"),
        "search": _("Search"),
        "nothing": _("Nothing matches"),
        "label_all": _("{label}: all"),
        "label_one": _("{label}: {name}"),
        "label_several": _("{label}: {name}, {count} in all"),
    }


def _comparison_names() -> tuple[str, ...]:
    return _("vs previous, same days"), _("vs previous, whole"), _("vs last year"), _("No comparison")


def _period_names(months: Iterable[str], month_start: int) -> dict[str, str]:
    """What can be chosen as the period, by its code: the presets, then the months."""
    presets = {
        "this_month": _("This month"),
        "last_month": _("Last month"),
        "this_quarter": _("This quarter"),
        "last_quarter": _("Last quarter"),
        "this_year": _("This year"),
        "last_year": _("Last year"),
        "last_12_months": _("Last 12 months"),
        "custom": _("Custom days"),
    }
    named = {name: format.month_and_days(month_named(name, month_start), month_start) for name in months}
    return {name: presets[name] for name in PRESETS} | named


def _center_names(choices: Choices) -> Iterator[tuple[str, str]]:
    for center in choices.centers:
        yield center.center_id, center.name_en or center.name if language() == "en" else center.name


def _as_they_are(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((name, name) for name in names)
