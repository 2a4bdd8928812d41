"""The menu of pages. Its links carry the view, so that a page opens, and is gone back to, with what was chosen."""

from collections.abc import Mapping, Sequence
from functools import cache
from urllib.parse import urlencode

import streamlit as st

from qa.i18n import _
from qa.session.appearance import FRAME
from qa.view import View, to_parameters


def draw(sections: Mapping[str, Sequence], current: str, view: View) -> None:
    """Draw the sections with their pages in the sidebar; ``current``: the URL path of the page shown."""
    query = urlencode(to_parameters(view), doseq=True)
    data = {
        "name": _("Tingjian"),
        "claim": _("Call quality"),
        "label": _("Pages"),
        # Streamlit names these in English, whatever the board speaks.
        "sidebar": (("stSidebar", _("Sidebar")), ("stSidebarCollapseButton", _("Hide the menu")), ("stExpandSidebarButton", _("Show the menu"))),
        # Tuples, as in the switches: a list would have pandas loaded.
        "sections": tuple(_section(title, pages) for title, pages in sections.items()),
        "current": current,
        "query": f"?{query}" if query else "",
    }
    with st.sidebar:
        _menu()(key="menu", data=data)


def _section(title: str, pages: Sequence) -> dict:
    """A section of a lone page that has its name needs no heading."""
    links = [{"path": page.url_path, "title": page.title, "icon": page.icon.strip(":").removeprefix("material/")} for page in pages]
    return {"title": "" if [page.title for page in pages] == [title] else title, "pages": links}


@cache
def _menu():
    css, js = ((FRAME / f"menu.{kind}").read_text("utf-8") for kind in ("css", "js"))
    return st.components.v2.component("qa_menu", html="<nav></nav>", css=css, js=js)
