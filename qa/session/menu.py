"""The menu of pages. Its links carry the view, so that a page opens, and is gone back to, with what was chosen."""

from collections.abc import Mapping, Sequence

import streamlit as st

from qa.i18n import _
from qa.view import View, to_parameters


def draw(sections: Mapping[str, Sequence], view: View) -> None:
    """Draw the sections with their pages in the sidebar."""
    parameters = to_parameters(view)
    with st.sidebar, st.container(key="menu", gap="xxsmall"):
        st.markdown(f"**{_('Tingjian')}**  \n:small[:gray[{_('Call quality')}]]")
        for section, pages in sections.items():
            if [page.title for page in pages] != [section]:
                st.caption(section)
            for page in pages:
                st.page_link(page, width="stretch", query_params=parameters)
