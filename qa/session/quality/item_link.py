"""The way to an item's page, from wherever an item is clicked."""

import streamlit as st

from qa.drill import narrowed
from qa.keys import joined
from qa.quality.scorecards import ItemKey
from qa.session import data, state
from qa.view import to_parameters

ITEM_PAGE = "pages/quality/item.py"


def open_item(item: ItemKey, center: str | None = None, team: str | None = None, agent: str | None = None) -> None:
    """Show the item's page, for one agent or team where one was clicked. The run ends here."""
    choices = data.choices()
    view = narrowed(state.current(choices), choices, center, team, agent=agent)
    state.go_to(view)
    st.switch_page(ITEM_PAGE, query_params=to_parameters(view) | {"item": joined(item)})
