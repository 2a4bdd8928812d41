"""What this run has put on the board: how each set of items is made, so that a file can show the same."""

from collections.abc import Callable, Hashable

import streamlit as st

from qa.session.board.items import Item

_DRAWN, _BEFORE, _PAGE = "_drawn", "_drawn_before", "_drawn_page"
Drawn = list[tuple[Callable[..., list[Item]], tuple[Hashable, ...]]]


def begin(path: str) -> None:
    """A new run of this page."""
    st.session_state[_BEFORE] = st.session_state.get(_DRAWN, []) if st.session_state.get(_PAGE) == path else []
    st.session_state[_DRAWN], st.session_state[_PAGE] = [], path


def remember(make: Callable[..., list[Item]], arguments: tuple[Hashable, ...]) -> None:
    """Note that the page shows these items."""
    st.session_state.setdefault(_DRAWN, []).append((make, arguments))


def of_last_run() -> Drawn:
    """The list of the run before, for what is drawn above the page; empty where that was another page."""
    return st.session_state.get(_BEFORE, [])


def of_this_run() -> Drawn:
    """The list of this run, still growing while the page is drawn."""
    return st.session_state.setdefault(_DRAWN, [])
