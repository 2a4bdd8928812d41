"""What state are the extracts in: how far do they reach, what was rejected, what is absent?"""

import streamlit as st

from qa import session
from qa.session import data
from qa.session.extracts import checked, extract_items
from qa.session.viewer import viewer

SECONDS_BETWEEN_LOOKS = 1


@st.fragment(run_every=SECONDS_BETWEEN_LOOKS)
def when_checked() -> None:
    """Draw the page anew as soon as every row has been looked at."""
    if checked(data.folder()) is not None:
        st.rerun()


folder, scope = data.folder(), viewer().scope
found = checked(folder) if scope is None else None
session.board(extract_items(folder, data.warehouse(), scope, found))
if scope is None and found is None:
    when_checked()
