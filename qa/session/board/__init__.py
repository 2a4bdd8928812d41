"""The board: one element that shows a page's body and changes it in place.

``board(items)`` draws tiles, Plotly charts, tables, sentences and headings in one components-v2 element and returns what
the viewer did. Streamlit's own chart element is mounted anew at every change of data; here a figure is redrawn by
``Plotly.react`` and a cell by changing its text, which makes a filter click two to three times faster on screen.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

import streamlit as st

from qa.i18n import _
from qa.session.board import assets
from qa.session.board.items import (
    Cell,
    Chart,
    Column,
    Event,
    Heading,
    Item,
    Mark,
    Row,
    Sentence,
    Sentences,
    Sparkline,
    Table,
    Tile,
)
from qa.session.board.message import encode

__all__ = [
    "Cell", "Chart", "Column", "Event", "Heading", "Item", "Mark", "Prepared", "Row", "Sentence", "Sentences",
    "Sparkline", "Table", "Tile", "board", "component", "load_board", "prepare",
]  # fmt: skip

Prepared = bytes


def prepare(items: Iterable[Item]) -> Prepared:
    """The items as the board sends them, in the language in force; bytes, so cheap to keep in ``st.cache_data``."""
    return encode(items, words())


def load_board() -> None:
    """Bring the browser what boards and the filter bar are drawn with: once in every run."""
    _script()(key="board-script")


def board(items: Iterable[Item] | Prepared, key: str = "board") -> Event | None:
    """Draw the items, or a message made by ``prepare``; what the viewer just did, null when nothing.

    ``key`` names the element: the same key on every page lets the browser keep what both pages show.
    """
    message = items if isinstance(items, bytes) else prepare(items)
    result = component("board")(key=key, data=message, on_event_change=_nothing)
    return _event(result.event)


def words() -> dict[str, str]:
    """The texts of the board's own controls, in the language in force."""
    return {
        "proof": _("How is this computed"),
        "open": _("Open"),
        "print": _("Print"),
        "show_table": _("Show as table"),
        "show_chart": _("Show as chart"),
        "image": _("Download image"),
        "filter": _("Filter rows"),
        "rows": _("{shown} of {all} rows"),
        "rows_all": _("Rows: {all}"),
        "no_match": _("No row contains this text."),
        "sort_ascending": _("Sorted ascending"),
        "sort_descending": _("Sorted descending"),
        "sort": _("Sort by {column}"),
        "columns": _("Choose columns"),
        "columns_all": _("All columns"),
        "columns_fitting": _("As many as fit"),
        "columns_shown": _("{shown} of {all} columns"),
        "only": _("Show only rows marked"),
        "save": _("Save what is shown"),
        "save_csv": _("Save as CSV"),
        "save_xlsx": _("Save as XLSX"),
        "mark": _("mark"),
        "note": _("note"),
        "about": _("About this table"),
        "table": _("Table"),
        "caption": _("Caption"),
        "rows_shown": _("Rows shown"),
        "link": _("Link"),
        "presentation": _("Presentation"),
        "position": _("{at} / {all}"),
        "next": _("Next"),
        "previous": _("Previous"),
        "leave": _("Leave the presentation"),
        "all_centers": _("All centers"),
        "target": _("Target"),
        "interval": _("95% interval"),
        "point": _("Point"),
        "failed": _("The charts could not be loaded. Reload the page; if it stays so, tell the operator."),
    }


def _event(raw: Any) -> Event | None:
    if not isinstance(raw, dict) or raw.get("kind") not in ("proof", "open", "point", "row"):
        return None
    return Event(raw["kind"], str(raw.get("item", "")), raw.get("payload"))


def _nothing() -> None:
    """Streamlit reports an event only to a component that has a callback for it."""


@cache
def component(element: str):
    """What mounts an element of a kind that the script draws, of ``assets.ELEMENTS``."""
    return st.components.v2.component(f"qa_{element}", js=assets.waiting(_base_path(), element), isolate_styles=False)


@cache
def _script():
    return st.components.v2.component("qa_board_script", css=assets.stylesheet(), js=assets.script(_base_path()), isolate_styles=False)


def _base_path() -> str:
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""
