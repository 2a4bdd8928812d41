"""The switches for language and for light and dark."""

from functools import cache
from pathlib import Path

import streamlit as st

from qa.i18n import LANGUAGES, Language, _, language
from qa.session import state

FRAME = Path(__file__).parent / "frame"
ICON = FRAME / "icon.svg"
# Each language is named in itself, whatever the interface speaks.
_NAMES: dict[Language, str] = {"zh": "中", "en": "EN"}


def stylesheet() -> None:
    """Tighten Streamlit's page to a board: less air on top, room for the frame, and paper without it."""
    st.html(_rules())


def words_of_streamlit() -> None:
    """Put what Streamlit says by itself into the language in force, where it has no setting for it."""
    if language() == "zh":
        st.html(FRAME / "chinese.css")


def switches(page_paths: list[str]) -> None:
    """Draw both switches and the button that begins a presentation; ``page_paths``: the URL paths of all pages, for which the mode is remembered."""
    st.segmented_control(
        _("Language"),
        LANGUAGES,
        format_func=_NAMES.__getitem__,
        key=state.key("lang"),
        required=True,
        label_visibility="collapsed",
    )
    words = {"to_light": _("Switch to light"), "to_dark": _("Switch to dark"), "present": _("Present (p)")}
    # A tuple: what may be a table Streamlit looks at with pandas, which takes half a second to load and 60 MB.
    _mode_switch()(key="mode-switch", data=words | {"paths": tuple(page_paths)}, width="content", height="content")


@cache
def _rules() -> str:
    return f"<style>{''.join((FRAME / f'{name}.css').read_text('utf-8') for name in ('frame', 'print'))}</style>"


@cache
def _mode_switch():
    html, css, js = ((FRAME / f"appearance.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))
    return st.components.v2.component("qa_mode_switch", html=html, css=css, js=js)
