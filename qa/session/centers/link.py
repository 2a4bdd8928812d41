"""The way to the comparison of centers, from wherever a metric is told to be off target somewhere."""

import streamlit as st

from qa.filters import Asked
from qa.session import data, state
from qa.session.centers.comparison import metric_words
from qa.view import to_parameters

COMPARISON_PAGE = "pages/centers/comparison.py"


def open_comparison(metric: str, asked: Asked) -> None:
    """Show the centers side by side in this metric. The run ends here; nothing without a metric, or where they cannot be compared in it."""
    if metric and metric in data.computed(metric_words, asked):
        st.switch_page(COMPARISON_PAGE, query_params=to_parameters(state.current(data.choices())) | {"metric": metric})
