"""The switch in the frame that says who acts, as long as nobody logs in."""

from collections.abc import Sequence

import streamlit as st

from qa.i18n import Language, _, language, say, set_language
from qa.names import center_names
from qa.people import BRANCH_ROLES, GUEST, ROLE_NAMES, ROLES, Person, Role
from qa.session import data
from qa.session.viewer import become, viewer

_POPOVER = "identity"
_PROBLEM = "_identity_problem"


def switch() -> None:
    """Draw the popover; its label says who acts now."""
    with st.popover(_label(viewer()), icon=":material/badge:", key=_POPOVER, on_change=_forget_problem) as popover:
        if popover.open:
            _form(viewer())


def problem(name: str, role: Role, centers: Sequence[str]) -> str | None:
    """Why nobody can act like this, in words; None when all is said."""
    if role == "guest":
        return None
    if not name:
        return _("Please give a name.")
    if role in BRANCH_ROLES and not centers:
        return _("A branch role belongs to at least one center; please choose it.")
    return None


def _form(person: Person) -> None:
    names = _centers()
    own = [center for center in names if person.scope is not None and center in person.scope]
    with st.form("identity-form", border=False, width=340):
        st.markdown(_("Who is acting? What is written and decided is kept under this name."))
        st.text_input(_("Name"), person.name, max_chars=60, key=_key("name"))
        st.selectbox(_("Role"), ROLES, ROLES.index(person.role), format_func=lambda code: say(ROLE_NAMES[code]), key=_key("role"))
        st.multiselect(
            _("Centers of a branch role"), list(names), own, format_func=names.get, placeholder=_("None"), select_all=False, key=_key("centers")
        )
        if wrong := st.session_state.get(_PROBLEM):
            st.error(wrong, icon=":material/error:")
        st.form_submit_button(_("Act as this person"), type="primary", key="identity submit", on_click=_take, args=(language(),))


def _take(written_in: Language) -> None:
    """Act as the person written in the form, and close it; or say what is missing. ``written_in``: the language of the form."""
    # Streamlit calls this before the frame has set the language.
    set_language(written_in)
    name, role, centers = (st.session_state.get(_key(part)) for part in ("name", "role", "centers"))
    if None in (name, role, centers):
        # A run that was on its way when the button was pressed has closed the form: it is there to be opened again.
        return
    name = name.strip()
    st.session_state[_PROBLEM] = problem(name, role, centers)
    if st.session_state[_PROBLEM] is None:
        scope = frozenset(centers) if role in BRANCH_ROLES else None
        become(GUEST if role == "guest" else Person(name, role, scope))
        st.session_state[_POPOVER] = False


def _forget_problem() -> None:
    st.session_state.pop(_PROBLEM, None)


def _key(part: str) -> str:
    """The widget of a part of the form, one a language: a browser answers with the label it shows."""
    return f"identity {part} {language()}"


def _label(person: Person) -> str:
    role = say(ROLE_NAMES[person.role])
    return role if not person.name else _("{name} · {role}").format(name=person.name, role=role)


def _centers() -> dict[str, str]:
    """All centers by id: whoever chooses an identity is not yet bound by one."""
    build = data.warehouse()
    return center_names(build) if build is not None else {}
