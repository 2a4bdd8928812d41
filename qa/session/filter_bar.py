"""The filter bar: one line on every page that says what is looked at, and changes it."""

import streamlit as st

from qa import format
from qa.i18n import _, language
from qa.periods import COMPARISONS, PRESETS, month_named
from qa.session import notices, state
from qa.view import Choices, View


def draw(choices: Choices) -> View:
    """The view as the viewer has it after this run's choices."""
    with st.container(key="filter-bar", horizontal=True, vertical_alignment="center", gap="xsmall"):
        _period(choices)
        _comparison()
        _several("center", _("Centers"), choices.center_ids, _center_names(choices))
        chosen = tuple(st.session_state[state.key("center")])
        _several("team", _("Teams"), choices.teams_of(chosen))
        _several("queue", _("Queues"), choices.queues)
        _more(choices)
    notices.draw(state.problems() if choices.centers else [])
    return state.current(choices)


def _period(choices: Choices) -> None:
    month_start = int(st.session_state[state.key("months")])
    earlier, later = choices.months_beside(st.session_state[state.key("period")], month_start)
    # Days of one's own have no month beside them; their fields need the room of the arrows.
    is_custom = st.session_state[state.key("period")] == "custom"
    if not is_custom:
        _month_beside("earlier", _("Previous month"), "chevron_left", earlier)
    names = {name: _period_name(name, month_start) for name in (*PRESETS, *choices.months(month_start))}
    st.selectbox(
        _("Period"),
        list(names),
        key=state.key("period"),
        format_func=names.__getitem__,
        placeholder=_("Choose"),
        label_visibility="collapsed",
        width=130 if is_custom else 190,
    )
    if not is_custom:
        _month_beside("later", _("Next month"), "chevron_right", later)
    else:
        for name, label in (("from", _("First day")), ("to", _("Last day"))):
            st.text_input(
                label, key=state.key(name), placeholder="2026-10-01", label_visibility="collapsed", width=98
            )


def _month_beside(name: str, label: str, icon: str, month: str | None) -> None:
    """A button to a neighbouring month; its label is for those who cannot see the arrow."""
    st.button(label, key=f"month-{name}", icon=f":material/{icon}:", type="tertiary", disabled=month is None, on_click=_choose_month, args=(month,))


def _choose_month(month: str) -> None:
    st.session_state[state.key("period")] = month


def _comparison() -> None:
    names = {
        "elapsed": _("vs previous, same days"),
        "previous": _("vs previous, whole"),
        "last_year": _("vs last year"),
        "none": _("No comparison"),
    }
    st.selectbox(
        _("Comparison"),
        COMPARISONS,
        key=state.key("compare"),
        format_func=names.__getitem__,
        placeholder=_("Choose"),
        label_visibility="collapsed",
        width=172,
    )


def _several(name: str, label: str, options: tuple[str, ...], names: dict[str, str] | None = None) -> None:
    """A popover to choose several of one dimension; its label says what is chosen."""
    key = state.key(name)
    names = names or {}
    kept = [value for value in st.session_state[key] if value in options]
    if kept != st.session_state[key]:
        st.session_state[key] = kept
    with st.popover(_chosen_text(label, [names.get(value, value) for value in kept]), disabled=not options):
        st.multiselect(
            label,
            options,
            **state.in_popover(name),
            format_func=lambda value: names.get(value, value),
            placeholder=_("All"),
            select_all=False,
            width=320,
        )


def _more(choices: Choices) -> None:
    """Rarely changed choices: the day an evaluation counts for, and where months begin."""
    bases = {"evaluated": _("Day of evaluation"), "call": _("Day of the call")}
    starts = {"1": _("Calendar months"), "21": _("From the 21st to the 20th")}
    with st.popover(_("More"), icon=":material/tune:"):
        st.segmented_control(
            _("Evaluations count on"), bases, format_func=bases.get, required=True, **state.in_popover("basis")
        )
        if len(choices.month_starts) > 1:
            st.segmented_control(
                _("Months"), starts, format_func=starts.get, required=True, **state.in_popover("months")
            )


def _period_name(name: str, month_start: int) -> str:
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
    return presets[name] if name in presets else format.month_and_days(month_named(name, month_start), month_start)


def _center_names(choices: Choices) -> dict[str, str]:
    return {
        center.center_id: center.name_en or center.name if language() == "en" else center.name
        for center in choices.centers
    }


def _chosen_text(label: str, chosen: list[str]) -> str:
    if not chosen:
        return _("{label}: all").format(label=label)
    if len(chosen) == 1:
        return _("{label}: {name}").format(label=label, name=chosen[0])
    return _("{label}: {name}, {count} in all").format(label=label, name=chosen[0], count=len(chosen))
