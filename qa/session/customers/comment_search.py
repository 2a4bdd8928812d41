"""The controls above the comments: what to look for, which ratings, which page, and a file of all that is found."""

from datetime import timedelta
from functools import partial

import streamlit as st

from qa.customers.comments import A_PAGE, Search, comments
from qa.exports import csv_bytes, xlsx_bytes
from qa.filters import Filters
from qa.i18n import _
from qa.session import data, state
from qa.session.customers.comments import comment_table, ratings
from qa.session.pick import pick
from qa.words import too_slow

LONGEST_TEXT = 200
_PAGE = "_comments_page"


class _ShortText:
    """Every text that a link may ask for."""

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and len(text) <= LONGEST_TEXT


def comment_search(filters: Filters) -> tuple[Search, int]:
    """The search as the viewer has it, and the page; another search starts at the first."""
    with st.container(key="comment-search", horizontal=True, vertical_alignment="center", gap="small"):
        state.adopt("find", _ShortText(), "")
        label = _("Search in comments")
        wanted = st.text_input(
            label, key=state.key("find"), placeholder=label, label_visibility="collapsed", max_chars=LONGEST_TEXT, width=320, icon=":material/search:"
        )
        state.publish("find", wanted, "")
        rated = pick("rated", _("Rating"), data.computed(ratings, filters), width=180)
        _begin_anew((wanted, rated, filters))
        search, page = Search(wanted.strip(), rated), st.session_state[_PAGE]
        found = data.computed(comments, filters, search, page)
        is_last = found is not None and found.count <= page * A_PAGE
        st.button(_("Previous page"), key="comments back", disabled=page == 1, on_click=_turn, args=(-1,))
        st.button(_("Next page"), key="comments on", disabled=is_last, on_click=_turn, args=(1,))
    return search, page


def comment_downloads(filters: Filters, search: Search) -> None:
    """A file of all comments found, prepared when it is asked for."""
    if not st.toggle(_("Prepare a file of all comments found"), key="comments file"):
        return
    try:
        table = data.computed(comment_table, filters, search)
    except TimeoutError:
        st.info(too_slow())
        return
    name = f"comments {(filters.date_to - timedelta(days=1)).isoformat()}"
    notes = [(_("Search in comments"), search.wanted or _("All")), (_("Rating"), search.rated)]
    make_workbook = partial(xlsx_bytes, table, _("Comments"), notes, _("Definition"))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(_("Download XLSX"), make_workbook, f"{name}.xlsx", icon=":material/download:", on_click="ignore")
        st.download_button(_("Download CSV"), lambda: csv_bytes(table), f"{name}.csv", "text/csv", icon=":material/download:", on_click="ignore")
        st.caption(_("XLSX holds every text unchanged; in CSV a text that a spreadsheet would take for a formula begins with an apostrophe."))


def _begin_anew(search: tuple) -> None:
    if st.session_state.get("_comments_search") != search:
        st.session_state["_comments_search"] = search
        st.session_state[_PAGE] = 1


def _turn(step: int) -> None:
    st.session_state[_PAGE] = max(1, st.session_state[_PAGE] + step)
