"""A choice of one page, kept in the URL beside the view."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from qa.session import state

Code = TypeVar("Code", bound=str)


def choose(name: str, label: str, options: Mapping[Code, str]) -> Code:
    """The option chosen, by a row of buttons; the first when the link names none that exists.

    ``options``: code -> words. ``name``: the parameter in the URL.
    """
    default = next(iter(options))
    state.adopt(name, options, default)
    if st.session_state[state.key(name)] not in options:
        st.session_state[state.key(name)] = default
    chosen = st.segmented_control(
        label,
        list(options),
        format_func=options.get,
        key=state.key(name),
        required=True,
        label_visibility="collapsed",
    )
    state.publish(name, chosen, default)
    return chosen
