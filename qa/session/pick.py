"""A choice of one page among many options, kept in the URL beside the view."""

from collections.abc import Mapping
from typing import TypeVar

import streamlit as st

from qa.i18n import _
from qa.session import state

Code = TypeVar("Code", bound=str)


def pick(name: str, label: str, options: Mapping[Code, str], width: int = 220) -> Code:
    """The option chosen, from a list that can be searched; the first when the link names none that exists.

    ``options``: code -> words. ``name``: the parameter in the URL.
    """
    default = next(iter(options))
    state.adopt(name, options, default)
    if st.session_state[state.key(name)] not in options:
        st.session_state[state.key(name)] = default
    chosen = st.selectbox(
        label,
        list(options),
        format_func=lambda code: options.get(code, code),
        key=state.key(name),
        placeholder=_("Choose"),
        label_visibility="collapsed",
        width=width,
    )
    state.publish(name, chosen, default)
    return chosen
