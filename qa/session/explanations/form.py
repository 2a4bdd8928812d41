"""The form of an explanation: what its writer fills in, kept on screen whatever happens to the save."""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from qa.explanations.model import Cause, Content, Explanation, Measure
from qa.explanations.validation import LONGEST_LINE, LONGEST_TEXT, lacking
from qa.explanations.workflow import Overtaken, Refused, save
from qa.i18n import _, sentences
from qa.session.explanations.prose import prose
from qa.session.explanations.visited import attachment, visited
from qa.session.viewer import viewer
from qa.store import Store
from qa.view import Choices, parsed_day

_ROWS, _LOADED, _TOLD, _WAITING = "rows", "loaded", "told", "waiting"
LEAST_ROWS = 2


class Form:
    """The widgets of one explanation. They start from what is kept, and then hold what the writer has typed."""

    def __init__(self, one: Explanation, found: Sequence[Cause], choices: Choices):
        """``found``: causes to choose from."""
        self._one, self._choices = one, choices
        self._codes = {cause.text: cause.code for cause in (*found, *one.content.causes)}

    def draw(self, store: Store) -> None:
        """Draw the form and save what is submitted."""
        self._start()
        with st.form(self._key("form"), border=True):
            st.text_area(
                _("Explanation"), key=self._key("text"), height=260, max_chars=LONGEST_TEXT,
                placeholder=_("What happened, why the figure was missed, and what customers noticed of it."),
            )  # fmt: skip
            chosen = st.session_state[self._key("causes")]
            st.multiselect(
                _("Causes"), [*self._codes, *(text for text in chosen if text not in self._codes)], key=self._key("causes"), accept_new_options=True,
                select_all=False, placeholder=_("Choose what the board found, or type your own"),
                help=_("Errors, reasons of dissatisfaction and of calling again of this center and month. Type a cause and press Enter to add your own."),
            )  # fmt: skip
            self._measures()
            self._attachments()
            with st.container(horizontal=True, gap="small"):
                wants_save = st.form_submit_button(_("Save draft"), type="primary", key=self._key("save"))
                wants_row = st.form_submit_button(_("One more measure"), icon=":material/add:", key=self._key("more"))
        if wants_row:
            st.session_state[self._key(_ROWS)] += 1
            st.rerun()
        if wants_save:
            self._save(store)
        if self._one.state == "draft" and (missing := lacking(self._one.content)):
            st.caption(_("Before it can be reviewed: {missing}").format(missing=sentences(*missing)))
        self._tell()

    def _measures(self) -> None:
        st.markdown(_("Measures"))
        for row in range(st.session_state[self._key(_ROWS)]):
            what, owner, due = st.columns([6, 2, 2], gap="small")
            shown: Literal["visible", "collapsed"] = "visible" if row == 0 else "collapsed"
            what.text_input(_("What is done"), key=self._key(f"what {row}"), max_chars=LONGEST_LINE, label_visibility=shown)
            owner.text_input(_("Owner"), key=self._key(f"owner {row}"), max_chars=60, label_visibility=shown)
            due.text_input(_("By (date)"), key=self._key(f"due {row}"), placeholder="2026-11-30", label_visibility=shown)

    def _attachments(self) -> None:
        offered = {kept.link: kept.title for kept in self._one.content.attachments} | visited(self._choices)
        chosen = [link for link in st.session_state[self._key("attachments")] if link in offered]
        st.session_state[self._key("attachments")] = chosen
        st.multiselect(
            _("Attached views"), list(offered), key=self._key("attachments"), format_func=lambda link: offered.get(link, link), select_all=False,
            placeholder=_("Choose among the pages looked at in this session"),
            help=_("A view is attached with its link and its figures of this moment. Look at a page first; it is then offered here."),
        )  # fmt: skip

    def _save(self, store: Store) -> None:
        st.session_state.pop(self._key(_TOLD), None)
        content, problems = self._content()
        if problems:
            st.session_state[self._key(_TOLD)] = sentences(*problems)
            return
        try:
            kept = save(store, viewer(), self._one.id, st.session_state[self._key(_LOADED)], content)
        except Overtaken as overtaken:
            st.session_state[self._key(_TOLD)] = overtaken
        except Refused as refused:
            st.session_state[self._key(_TOLD)] = str(refused)
        else:
            self._load(kept)
            st.toast(_("Saved as version {number}.").format(number=kept.version), icon=":material/check:")
            st.rerun()

    def _tell(self) -> None:
        """Say why the last save was refused; of somebody else's change, show theirs and leave the choice."""
        told = st.session_state.get(self._key(_TOLD))
        if told is None:
            return
        st.error(str(told), icon=":material/error:")
        if not isinstance(told, Overtaken):
            return
        theirs = told.current
        with st.expander(_("What {who} wrote (version {number})").format(who=theirs.changed_by, number=theirs.version), expanded=True):
            prose(theirs.content)
        with st.container(horizontal=True, gap="small"):
            if st.button(_("Take theirs, drop mine"), key=self._key("take")):
                st.session_state[self._key("reload")] = True
                st.rerun()
            if st.button(_("Keep mine: the next save is made over theirs"), key=self._key("keep")):
                st.session_state[self._key(_LOADED)] = theirs.version
                st.session_state.pop(self._key(_TOLD))
                st.rerun()

    def _content(self) -> tuple[Content, list[str]]:
        """What the widgets hold, and a sentence for each part that cannot be read."""
        state, problems = st.session_state, []
        measures = []
        for row in range(state[self._key(_ROWS)]):
            what, owner, written = (state[self._key(f"{part} {row}")].strip() for part in ("what", "owner", "due"))
            due = parsed_day(written) if written else None
            if written and due is None:
                problems.append(_("“{text}” is no date; write it as 2026-11-30.").format(text=written))
            if what or owner or due:
                measures.append(Measure(what, owner, due))
        causes = tuple(Cause(self._codes.get(text, ""), text) for text in state[self._key("causes")])
        kept = {one.link: one for one in self._one.content.attachments}
        attachments = tuple(kept.get(link) or attachment(link, self._choices) for link in state[self._key("attachments")])
        return Content(state[self._key("text")], causes, tuple(measures), attachments), problems

    def _start(self) -> None:
        """Fill the widgets from what is kept: when they are new, after a save, or when the writer gives up his own text.

        A widget can be filled only before it is drawn, so what a save leaves waits for the next run.
        """
        if self._key("text") not in st.session_state or st.session_state.pop(self._key("reload"), False):
            self._load(self._one)
        for part, value in st.session_state.pop(self._key(_WAITING), {}).items():
            st.session_state[self._key(part)] = value

    def _load(self, one: Explanation) -> None:
        state, content = st.session_state, one.content
        state[self._key(_LOADED)] = one.version
        state[self._key(_ROWS)] = rows = max(LEAST_ROWS, len(content.measures))
        filled = {"causes": [cause.text for cause in content.causes], "attachments": [kept.link for kept in content.attachments], "text": content.text}
        for row in range(rows):
            measure = content.measures[row] if row < len(content.measures) else Measure("")
            due = measure.due.isoformat() if measure.due else ""
            filled |= {f"what {row}": measure.what, f"owner {row}": measure.owner, f"due {row}": due}
        state[self._key(_WAITING)] = filled
        state.pop(self._key(_TOLD), None)

    def _key(self, part: str) -> str:
        return f"explanation {self._one.id} {part}"

