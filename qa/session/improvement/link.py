"""The way to the page before/after, from wherever a training is named."""

import streamlit as st

from qa.keys import joined
from qa.quality.items import RATE
from qa.quality.scorecards import ItemKey
from qa.session import data, state
from qa.view import to_parameters

PAGE = "pages/improvement/before_after.py"


def open_training(training_id: str, item: ItemKey, days: int) -> None:
    """Show what the training did for the item, by so many days on either side. The run ends here."""
    view = to_parameters(state.current(data.choices()))
    own = {"event": training_id, "metric": RATE, "item": joined(item), "before": str(days), "after": str(days)}
    st.switch_page(PAGE, query_params={**view, **own})
