"""One import in a session: the file chosen, the mapping so far, the result."""

from dataclasses import dataclass, field, replace
from hashlib import sha256

import streamlit as st

from qa.i18n import _, say
from qa.importing import Mapping, NeedsUser, Preview, Refused
from qa.importing.errors import Question
from qa.session import data
from qa.session.importing import load, questions
from qa.session.importing import mapping as mapping_on_screen
from qa.session.importing.correcting import lacking
from qa.session.importing.steps import KINDS, Loaded, Looked, Upload, looked_at, previewed, safe_name, sheet_names
from qa.session.importing.tables import plain

_UNDER_WAY, _DONE, _ROUND = "_import", "_import_done", "_import_round"


@dataclass
class UnderWay:
    """What has been found out about one file, so that it is not read again at every click. ``asked``: what its dates leave open."""

    upload: Upload
    looked: Looked
    mapping: Mapping
    version: int = 0
    seen: Preview | None = None
    asked: list[Question] = field(default_factory=list)


def finished() -> Loaded | None:
    """What the last import did, until the viewer goes on to another file."""
    return st.session_state.get(_DONE)


def show(done: Loaded) -> None:
    """Show the result, and offer the next import."""
    load.result(done)
    st.button(_("Import another file"), icon=":material/replay:", on_click=_start_again, key="import-again")


def chosen_file() -> Upload | None:
    """The file the viewer gave, and its sheet; None before, and where it cannot be opened."""
    st.write(_("Extracts are written to this folder. Nothing is written before you press Load; the uploaded file itself is not kept."))
    st.code(str(data.folder()), language=None)
    label = _("A file: CSV, TSV, XLSX or Parquet, also in a GZ or ZIP")
    file = st.file_uploader(label, type=list(KINDS), key=f"import.file.{st.session_state.get(_ROUND, 0)}")
    if file is None:
        st.session_state.pop(_UNDER_WAY, None)
        return None
    upload = Upload(safe_name(file.name), file.getvalue())
    try:
        names = sheet_names(upload)
    except Refused as problem:
        st.error(plain(say(problem.text)), icon=":material/error:")
        return None
    return replace(upload, sheet=st.selectbox(_("Sheet"), names, key=f"import.sheet.{file.file_id}", width=320)) if len(names) > 1 else upload


def go_through(upload: Upload) -> None:
    """Show the mapping, let it be corrected, show the preview, load when told."""
    try:
        at = _under_way(upload)
        mapping = mapping_on_screen.draw(at.looked, at.mapping, _version(at))
        if mapping == at.mapping:
            # What was corrected just now has its answers asked in the next run, under a version of its own.
            mapping = questions.ask(at.asked, mapping, _version(at))
        if mapping != at.mapping:
            at.mapping, at.version, at.seen = mapping, at.version + 1, None
            st.rerun()
        if not mapping.table or lacking(mapping) or questions.open_ones(at.asked, mapping):
            return
        if at.seen is None:
            with st.spinner(_("Reading")):
                at.seen = _previewed(at)
    except Refused as problem:
        st.error(plain(say(problem.text)), icon=":material/error:")
        return
    load.preview(at.seen)
    if (done := load.load(upload, at.looked, mapping)) is not None:
        st.session_state[_DONE] = done
        st.session_state.pop(_UNDER_WAY, None)
        # The frame above this page belongs to the build before; the next run shows the new one.
        st.rerun()


def _previewed(at: UnderWay) -> Preview:
    """The preview; where a column leaves open how its dates are to be read, the page anew with that question."""
    try:
        return previewed(at.upload, data.folder(), at.mapping)
    except NeedsUser as problem:
        if problem.question is None or problem.question in at.asked:
            raise
        at.asked.append(problem.question)
    st.rerun()


def _under_way(upload: Upload) -> UnderWay:
    at = st.session_state.get(_UNDER_WAY)
    if at is None or at.upload != upload:
        with st.spinner(_("Reading")):
            looked = looked_at(upload, data.folder())
        at = st.session_state[_UNDER_WAY] = UnderWay(upload, looked, looked.mapping)
    return at


def _version(at: UnderWay) -> str:
    return f"{sha256(f'{at.upload.name}/{at.upload.sheet}'.encode()).hexdigest()[:8]}.{at.version}"


def _start_again() -> None:
    st.session_state.pop(_DONE, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
