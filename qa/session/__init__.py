"""What a page needs: the view in force, figures kept for its build, the board that shows them, and their proofs."""

from collections.abc import Callable, Hashable
from functools import partial

import streamlit as st

from qa.filters import Asked
from qa.proof import Shown
from qa.session import data, drawn, state
from qa.session.board import Event, Prepared, board
from qa.session.board.items import Item
from qa.session.choice import choose
from qa.session.drill import drill
from qa.session.empty import no_build
from qa.session.proof import show
from qa.session.viewer import viewer

__all__ = ["Asked", "Event", "asked", "board", "choose", "drill", "is_standing", "items", "items_when_called", "no_build", "prove"]


def asked() -> Asked:
    """The question of the view in force: its rows, and those of the period it is compared with."""
    choices = data.choices()
    return state.current(choices).asked(choices)


def items(make: Callable[..., list[Item]], *arguments: Hashable) -> Prepared:
    """``make(warehouse, scope, *arguments)`` as the board takes it, kept for this build, scope and language."""
    return items_when_called(make, *arguments)()


def items_when_called(make: Callable[..., list[Item]], *arguments: Hashable) -> Callable[[], Prepared]:
    """What ``items`` returns, made when it is called; among what the page shows its place is here."""
    drawn.remember(make, arguments)
    return partial(data.prepared, data.warehouse(), viewer().scope, make, *arguments)


def is_standing() -> bool:
    """Whether this page was drawn by the last run too, so that what comes takes the place of what stands."""
    return bool(drawn.of_last_run())


def prove(shown: Shown | None) -> None:
    """Open the proof of what was clicked; nothing for None."""
    if shown is not None:
        st.session_state["_proof_page"] = 1
        show(shown)

