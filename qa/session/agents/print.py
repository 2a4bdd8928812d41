"""The button that prints the page, as the browser's own command does; what paper leaves out is in ``frame/print.css``."""

from functools import cache

import streamlit as st

from qa.i18n import _
from qa.session.appearance import FRAME


def print_button() -> None:
    """Draw the button; the sheet is one A4 page."""
    _button()(key="print", data={"label": _("Print")}, width="content", height="content")


@cache
def _button():
    css, js = ((FRAME / f"print_button.{kind}").read_text("utf-8") for kind in ("css", "js"))
    return st.components.v2.component("qa_print", html="<button type='button'></button>", css=css, js=js)
