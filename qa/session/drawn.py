"""What this run has put on the board: how each set of items is made, so that a file can show the same."""

from collections.abc import Callable, Hashable

import streamlit as st

from qa.session.board.items import Item

_DRAWN = "_drawn"
Drawn = list[tuple[Callable[..., list[Item]], tuple[Hashable, ...]]]


def begin() -> None:
    """Forget what the last run has drawn."""
    st.session_state[_DRAWN] = []


def remember(make: Callable[..., list[Item]], arguments: tuple[Hashable, ...]) -> None:
    """Note that the page shows these items."""
    st.session_state.setdefault(_DRAWN, []).append((make, arguments))


def of_this_run() -> Drawn:
    """The list of this run, still growing while the page is drawn."""
    return st.session_state.setdefault(_DRAWN, [])
