"""Drilling down by a click, and the breadcrumb that leads back up."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import streamlit as st

from qa.drill import LEVELS, crumbs, narrowed
from qa.session import data, state
from qa.view import Choices, View, to_parameters

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")


# The page that shows what a view is narrowed to, by the last of it; the first for all centers.
LEVEL_PAGES = {
    "": "pages/centers/comparison.py", "centers": "pages/centers/why.py", "teams": "pages/agents/agents.py", "agents": "pages/agents/agent.py",
}  # fmt: skip


def drill(
    center: str | None = None,
    team: str | None = None,
    queue: str | None = None,
    agent: str | None = None,
    date_from: date | None = None,
    date_to: date | None = None,
    page: str | None = None,
    own: Mapping[str, str] = MappingProxyType({}),
) -> bool:
    """Narrow the view to what was clicked, and show it: on this page, or on another (its file, "pages/...").

    Half-open days. ``own``: parameters of that page beside the view. The run ends here when there is something to show; False when the click narrows nothing.
    Everything else of the view stays; the browser's back button undoes it.
    """
    choices = data.choices()
    view = state.current(choices)
    wanted = narrowed(view, choices, center, team, queue, agent, date_from, date_to)
    if wanted == view and page is None:
        return False
    state.go_to(wanted)
    if page is None:
        st.rerun()
    st.switch_page(page, query_params={**to_parameters(wanted), **own})


def breadcrumb(view: View, choices: Choices, leaf: str = "") -> None:
    """Draw the way from everything to what the view shows; nothing when that is everything.

    ``leaf``: the single record the page shows; every part of the view then leads up to the page of that part.
    """
    found = crumbs(view, choices, whole=bool(leaf))
    if not found:
        return
    above, last = (found, leaf) if leaf else (found[:-1], found[-1].text)
    with st.container(key="breadcrumb", horizontal=True, vertical_alignment="center", gap="xsmall"):
        for place, crumb in enumerate(above):
            up = st.button(_plain(crumb.text), key=f"crumb {place}", type="tertiary", on_click=state.go_to, args=(crumb.view,))
            if up and leaf:
                st.switch_page(_level_page(crumb.view), query_params=to_parameters(crumb.view))
            st.markdown("›", width="content")
        st.markdown(f"**{_plain(last)}**", width="content")


def _level_page(view: View) -> str:
    return LEVEL_PAGES[next((level for level in reversed(LEVELS) if level in LEVEL_PAGES and getattr(view, level)), "")]


def _plain(text: str) -> str:
    """The text as Markdown that shows it as it is."""
    return _MARKDOWN.sub(r"\\\1", text)
