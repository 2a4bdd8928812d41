"""Who is looking: the one place that login will fill."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from qa.people import GUEST, Person

_VIEWER = "_viewer"


def viewer() -> Person:
    """The person of this session: whoever was chosen in the frame, a guest who sees everything until then.

    RuntimeError outside a run, where there is no session: nobody is a guest there.
    """
    if get_script_run_ctx(suppress_warning=True) is None:
        raise RuntimeError("there is no viewer outside a run")
    return st.session_state.get(_VIEWER, GUEST)


def become(person: Person) -> None:
    """Let the session act as this person from the next run on; what it shows is then bounded by their scope."""
    st.session_state[_VIEWER] = person
