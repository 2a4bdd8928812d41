"""What a link asked for and could not have, said under the filter bar."""

from collections.abc import Iterable

import streamlit as st

_PLACE = "_notices"


def draw(texts: Iterable[str]) -> None:
    """These notices, and the place of those that the page adds."""
    st.session_state[_PLACE] = None
    for text in texts:
        _say(text)
    st.session_state[_PLACE] = st.empty()


def tell(text: str) -> None:
    """One more notice, from within the page."""
    place = st.session_state.get(_PLACE)
    if place is None:
        return
    if not isinstance(place, list):
        place = st.session_state[_PLACE] = [place.container()]
    with place[0]:
        _say(text)


def _say(text: str) -> None:
    st.warning(text, icon=":material/info:")
