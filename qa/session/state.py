"""The view of this session, and the address bar that always tells it.

The session holds the view between reruns, under a key for each parameter, the widget's own where one chooses it. The URL is read
when a session begins and when the viewer goes back or forward, and written whenever the view has changed; each change is an entry
of the browser's history.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from qa.i18n import _, set_language
from qa.session import notices
from qa.view import PARAMETERS, Choices, View, custom_range, from_parameters, language_of, left_out, to_parameters

T = TypeVar("T")

_PREFIX = "view."
_WANTED = "_wanted"
_SEVERAL = ("center", "team", "queue", "agent")
# What the filter bar chooses; days are typed, and may be half a date for a while.
_CHOSEN = ("period", "compare", "center", "team", "queue", "basis", "months")
_TYPED = ("from", "to")
_REMEMBERED_ADDRESSES = 20


def once(name: str, make: Callable[[], T]) -> T:
    """What ``make`` returned the first time this session asked under the name."""
    if name not in st.session_state:
        st.session_state[name] = make()
    return st.session_state[name]


def key(parameter: str) -> str:
    """The key that holds a parameter of the view."""
    return _PREFIX + parameter


def restore(choices: Choices) -> View:
    """The view this run starts from, with its language set: the one gone to, or from the URL where that has moved, else
    from the widgets.
    """
    address, is_led = _address(), _go()
    st.session_state["_moved"] = not is_led and _is_new(address)
    if st.session_state["_moved"]:
        set_language(language_of(address))
        view, problems = from_parameters(address, choices)
        st.session_state["_agents_left_out"] = tuple(agent for agent in address.get("agent", ()) if agent not in view.agents)
        _hold(view, problems)
    elif st.session_state.get(key("lang")) is None:
        # A browser that was sent a widget twice in a moment may call it empty.
        st.session_state[key("lang")] = st.session_state["_view"].language
    set_language(_chosen("lang")[0])
    view = current(choices)
    if st.session_state.get("_view", view) != view and not st.session_state["_moved"]:
        st.session_state["_problems"] = []
    st.session_state["_view"] = view
    return view


def go_to(view: View) -> None:
    """Let the next run show this view; the URL follows it, as an entry of the browser's history."""
    st.session_state[_WANTED] = view


def choose(told: object) -> None:
    """Hold what a browser says is chosen in the filter bar, where it is of the kind that is held; ``current`` checks the rest.

    Where a run was broken off on its way to another view, the choice is made in that one.
    """
    _go()
    for name, value in told.items() if isinstance(told, dict) else ():
        if name in _CHOSEN + _TYPED and isinstance(value, list if name in _SEVERAL else str):
            st.session_state[key(name)] = [str(one) for one in value] if isinstance(value, list) else value


def settled(view: View) -> dict[str, str | tuple[str, ...]]:
    """What the filter bar shows for a view, which is held from now on; days as they were typed."""
    values = _values(view)
    shown: dict[str, str | tuple[str, ...]] = dict(zip(_TYPED, _written_range(), strict=True))
    for name in _CHOSEN:
        value = st.session_state[key(name)] = values[name]
        shown[name] = tuple(value) if isinstance(value, list) else value
    return shown


def current(choices: Choices) -> View:
    """The view as it is held now, checked again: what a browser sends is never trusted."""
    chosen = {name: _chosen(name) for name in PARAMETERS}
    if chosen["period"] == ["custom"]:
        chosen["from"], chosen["to"] = _range(choices)
    view, _problems = from_parameters(chosen, choices)
    return view


def language_chosen() -> str:
    """The language the viewer has chosen, for code that runs without the frame."""
    return (_chosen("lang") or ["zh"])[0]


def write(view: View) -> None:
    """Bring the address bar in line with the view, keeping parameters that are not the view's."""
    # No list offers the agents: those who do not belong to the centers and teams now chosen are forgotten here.
    st.session_state[key("agent")] = list(view.agents)
    parameters = to_parameters(view)
    address = _address()
    if {name: values for name, values in address.items() if name in PARAMETERS} != parameters:
        others = {name: values for name, values in address.items() if name not in PARAMETERS}
        st.query_params.from_dict(others | parameters)
        address = others | parameters
    _remember(address)


def agents_left_out() -> tuple[str, ...]:
    """The agents that the link names and the view cannot hold, until the viewer goes elsewhere."""
    return st.session_state.get("_agents_left_out", ())


def missing(name: str, options: Container[str]) -> str:
    """What the link names for a page's own parameter that is not among the options; empty where it names nothing else."""
    noted = f"_missing {name}"
    if st.session_state["_moved"] or key(name) not in st.session_state:
        values = st.query_params.get_all(name)
        st.session_state[noted] = values[-1] if values and values[-1] not in options else ""
    return st.session_state.get(noted, "")


def own(name: str) -> str:
    """A page's own parameter as the URL has it; empty where it leaves it out."""
    return (_address().get(name) or [""])[-1]


def held(name: str) -> str:
    """What the widget of a page's own parameter will hold in this run, for what is drawn above it; empty for its default."""
    widget = key(name)
    return own(name) if st.session_state["_moved"] or widget not in st.session_state else str(st.session_state[widget])


def adopt(name: str, options: Container[str], default: str) -> None:
    """Let the widget of a page's own parameter start from the URL, when the URL has moved or the widget is new."""
    widget, language_now = key(name), (name, _chosen("lang"))
    missing(name, options)
    if st.session_state["_moved"] or widget not in st.session_state:
        values = st.query_params.get_all(name)
        st.session_state[widget] = values[-1] if values and values[-1] in options else default
    elif st.session_state.get(f"_words {name}") != language_now:
        st.session_state[widget] = st.session_state[widget]
    st.session_state[f"_words {name}"] = language_now


def publish(name: str, value: str, default: str) -> None:
    """Write a page's own parameter into the URL; the default leaves it out, and where the link asked for another it is said."""
    asked_for = st.session_state.get(f"_missing {name}")
    if asked_for and value == default:
        notices.tell(left_out(name, [asked_for]))
    elif asked_for:
        # The viewer has chosen: whoever comes back to the default later has no link that asked for something else.
        st.session_state[f"_missing {name}"] = ""
    address = _address()
    wanted = address | {name: [value]} if value != default else {other: values for other, values in address.items() if other != name}
    if wanted != address:
        st.query_params.from_dict(wanted)
        _remember(wanted)


def problems() -> list[str]:
    """What the link asked for and could not have, until the viewer chooses something else."""
    found = list(st.session_state.get("_problems", ()))
    if _chosen("period") == ["custom"] and custom_range(*_written_range()) is None:
        found.append(_("The period needs two dates such as 2026-10-01, the first not after the last."))
    return found


def addresses() -> list[dict[str, list[str]]]:
    """The addresses this session has been at, the present one last; the list goes on with the session."""
    return st.session_state.setdefault("_addresses", [])


def _address() -> dict[str, list[str]]:
    return {name: st.query_params.get_all(name) for name in st.query_params}


def _remember(address: dict[str, list[str]]) -> None:
    known = addresses()
    if address in known:
        known.remove(address)
    known.append(address)
    del known[:-_REMEMBERED_ADDRESSES]


def _is_new(address: Mapping[str, Sequence[str]]) -> bool:
    """Whether the URL says something the widgets do not know yet.

    A rerun that overtakes the last one still carries an address written before it: that one is not new.
    """
    known = st.session_state.get("_addresses")
    context = get_script_run_ctx()
    moved_in_history = context is not None and context.is_history_navigation
    return not known or moved_in_history or address not in known


def _go() -> bool:
    """Hold the view gone to, and tell whether there was one."""
    wanted = st.session_state.pop(_WANTED, None)
    if wanted is not None:
        st.session_state["_agents_left_out"] = ()
        _hold(wanted, [])
    return wanted is not None


def _hold(view: View, problems_found: list[str]) -> None:
    for name, value in _values(view).items():
        st.session_state[key(name)] = value
    st.session_state["_problems"] = problems_found


def _values(view: View) -> dict[str, str | list[str]]:
    """What each parameter's key holds for this view."""
    parameters = to_parameters(view)
    alone = {"lang": view.language, "period": view.period, "months": str(view.month_start)}
    alone |= {"compare": view.comparison, "basis": view.date_basis}
    several = {name: parameters.get(name, []) for name in _SEVERAL}
    return alone | several | {name: parameters.get(name, [""])[0] for name in ("from", "to")}


def _chosen(name: str) -> list[str]:
    value = st.session_state.get(key(name))
    if name in _SEVERAL:
        return list(value or ())
    return [] if value is None else [str(value)]


def _written_range() -> tuple[str, str]:
    first, last = ((_chosen(name) or [""])[0] for name in ("from", "to"))
    return first, last


def _range(choices: Choices) -> tuple[list[str], list[str]]:
    """The custom days; the last usable ones while the viewer is still typing."""
    days = custom_range(*_written_range())
    if days is None:
        days = st.session_state.get("_last_range") or View().shown(choices)
    st.session_state["_last_range"] = days
    return [days.date_from.isoformat()], [days.last_day.isoformat()]
