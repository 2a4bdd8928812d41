"""The preview of an import, its button, and its result on screen."""

import streamlit as st

from qa.contract import TABLES
from qa.i18n import _, say
from qa.importing import Mapping, Preview, Refused
from qa.importing.summary import NOTHING_LOADED
from qa.problems import Problem
from qa.session import data, state
from qa.session.importing.steps import Loaded, Looked, Upload, loaded
from qa.session.importing.tables import filled, forecast, plain, rejected, remarks, result_rows
from qa.session.viewer import viewer
from qa.view import to_parameters


def preview(seen: Preview) -> None:
    """Show the first rows as they would be stored, and those that would be set aside."""
    st.subheader(_("Preview"), anchor=False)
    st.table(forecast(seen), border="horizontal")
    for remark in remarks(seen.file):
        st.markdown(f"- {plain(remark)}")
    for name, rows in seen.rows.items():
        table = TABLES[name]
        words = {column.name: say(column.label) for column in table.columns}
        if rows.height:
            st.caption(_("{table}: the first rows as they would be stored").format(table=say(table.label)))
            st.dataframe(filled(rows), hide_index=True, column_config=words, placeholder="", key=f"import-rows-{name}")
        if seen.rejects[name].height:
            st.caption(_("{table}: rows that would be quarantined").format(table=say(table.label)))
            st.dataframe(rejected(seen.rejects[name], words), hide_index=True, placeholder="", key=f"import-rejects-{name}")


def load(upload: Upload, looked: Looked, mapping: Mapping) -> Loaded | None:
    """Offer to load; what loading did, None as long as nobody asked for it or where it was refused."""
    changed = not looked.known or mapping != looked.mapping or not mapping.reviewed
    remember = changed and st.checkbox(_("Use this mapping for the next file with these columns"), value=True, key="import-remember")
    if not st.button(_("Load"), type="primary", icon=":material/upload:", key="import-load"):
        return None
    bar = st.progress(0.0, _("Reading"))

    def show(text: str, done: int, total: int) -> None:
        bar.progress(min(done / max(total, 1), 1.0), plain(text))

    try:
        return loaded(upload, data.folder(), mapping, remember, show, viewer())
    except Refused as problem:
        bar.empty()
        st.error(plain(say(problem.text)) + "  \n" + _("Nothing was loaded."), icon=":material/error:")
    except Problem as problem:
        bar.empty()
        st.error(plain(str(problem)), icon=":material/error:")
    return None


def result(done: Loaded) -> None:
    """Show what became of every row, the rejected ones to take away, and the way to the board."""
    st.subheader(_("Result"), anchor=False)
    _sentence(done)
    st.table(result_rows(done.summary), border="horizontal")
    remarked = [*(remark for file in done.summary.files for remark in remarks(file)), *(say(note) for table in done.summary.tables for note in table.notes)]
    for remark in remarked:
        st.markdown(f"- {plain(remark)}")
    for path in (path for path in done.rejects if path.exists()):
        table = path.parent.name
        label = _("Rejected rows of {table} (CSV)").format(table=say(TABLES[table].label))
        st.download_button(
            label, path.read_bytes, f"{table}-{path.name}", "text/csv", icon=":material/download:", on_click="ignore", key=f"import-rejects-of-{table}",
        )  # fmt: skip
    if done.remembered:
        st.caption(_("The mapping is kept as {path}").format(path=plain(str(done.remembered))))
    if data.warehouse():
        view = state.current(data.choices())
        st.page_link("pages/overview/summary.py", label=_("Open the overview"), icon=":material/dashboard:", query_params=to_parameters(view))


def _sentence(done: Loaded) -> None:
    rejects = sum(table.quarantined for table in done.summary.tables)
    if done.summary.status == NOTHING_LOADED:
        st.error(_("Nothing was loaded: every row was quarantined."), icon=":material/error:")
    elif rejects:
        st.warning(_("Loaded. {count} rows were set aside: correct them and import them again.").format(count=f"{rejects:,}"), icon=":material/warning:")
    elif not done.summary.changed:
        st.info(_("Nothing changed: the extracts already held all of it."), icon=":material/info:")
    else:
        st.success(_("All rows were loaded."), icon=":material/check_circle:")
    if done.built is None:
        st.info(_("The extracts hold nothing dated yet; the board shows figures once calls, evaluations or surveys are there."), icon=":material/info:")
