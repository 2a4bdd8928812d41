"""The line above the filters: which page this is, which days it shows, and the switches."""

import streamlit as st

from qa import format
from qa.i18n import _
from qa.session import appearance, drawn, filter_bar, identity
from qa.session.export import button
from qa.view import Choices, View


def draw(title: str, path: str, view: View, choices: Choices, page_paths: list[str]) -> None:
    """Draw the line; ``path``: the page's in the URL."""
    drawn.begin(path)
    with st.container(key="frame-title", horizontal=True, vertical_alignment="center", gap="small"):
        st.title(title, anchor=False, width="content")
        st.caption(period_in_words(view, choices) if choices.centers and filter_bar.applies(path) else "", width="content")
        with st.container(
            key="frame-switches", horizontal=True, horizontal_alignment="right", vertical_alignment="center", width="stretch", gap="xsmall"
        ):
            button.draw(title, path, view, choices)
            identity.switch()
            appearance.switches(page_paths)


def period_in_words(view: View, choices: Choices) -> str:
    """The days shown, those they are compared with, and the last day of the data."""
    shown = format.period(view.shown(choices), view.month_start)
    before = view.compared(choices)
    if before is not None:
        shown = _("{period}, compared with {other}").format(
            period=shown, other=format.period(before, view.month_start)
        )
    return _("{period}. Data up to {day}.").format(period=shown, day=format.day(choices.today))
