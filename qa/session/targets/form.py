"""Setting a target: the form, what is wrong with it, its preview, and saving."""

from functools import partial

import streamlit as st

from qa.exports import csv_bytes, xlsx_bytes
from qa.i18n import _, say, sentences
from qa.metrics import METRICS
from qa.names import center_names
from qa.session import data
from qa.session.board import board
from qa.session.targets.items import history_items, preview_items
from qa.session.viewer import viewer
from qa.targets_edit.history import stored
from qa.targets_edit.rows import TargetRow, rows_of
from qa.targets_edit.saving import Refused, may_edit_targets, save, version
from qa.targets_edit.validation import problems
from qa.view import parsed_day

_SAVED, _SEEN = "_target_saved", "_targets_seen"
ANY = ""


def editor(month_start: int) -> None:
    """The form with its preview, for who may set targets; for others a line that says who may."""
    if not may_edit_targets(viewer()):
        st.caption(_("Headquarters sets targets. Choose above who is acting to add or change one."))
        return
    if st.session_state.pop(_SAVED, False):
        # The form is done with: left open it would complain that this target is there already.
        st.session_state["target-edit"] = False
        st.success(_("The target is set; every view shows it from now on."), icon=":material/check_circle:")
    if not st.toggle(_("Add, change or end a target"), key="target-edit"):
        st.session_state.pop(_SEEN, None)
        return
    frame = stored(data.folder())
    seen = st.session_state.setdefault(_SEEN, version(frame))
    row, is_end, replaces = _row()
    build = data.warehouse()
    found = problems(row, rows_of(frame), build.centers["center_id"].to_list(), is_end, replaces)
    if row.valid_from is None and row.minimum is row.maximum is row.gap is None and not is_end:
        # Nothing is written yet: what is asked for, and no complaint.
        st.caption(sentences(*found))
    else:
        for problem in found:
            st.warning(problem, icon=":material/info:")
    if not found:
        board(data.prepared(build, viewer().scope, preview_items, row, month_start), key="target preview")
    if st.button(_("Set the target"), type="primary", disabled=bool(found), icon=":material/save:"):
        _save(row, seen)


def _row() -> tuple[TargetRow, bool, bool]:
    """The target as written, whether it ends one, and whether it replaces the one of the same day."""
    build, queues = data.warehouse(), data.choices().queues
    centers = {ANY: _("All centers")} | center_names(build)
    with st.container(key="target-what", horizontal=True, vertical_alignment="bottom", gap="small"):
        metric = st.selectbox(_("Metric"), list(METRICS), format_func=lambda key: say(METRICS[key].name), key="target-metric", width=200)
        center = st.selectbox(_("Center"), list(centers), format_func=centers.get, key="target-center", width=170)
        queue = st.selectbox(_("Queue"), [ANY, *queues], format_func=lambda name: name or _("All queues"), key="target-queue", width=150)
        day = st.text_input(_("Valid from"), placeholder="2026-11-01", key="target-from", width=130)
    unit = METRICS[metric].unit
    note = " (%)" if unit == "share" else ""
    with st.container(key="target-bounds", horizontal=True, vertical_alignment="bottom", gap="small"):
        is_end = st.checkbox(_("No target from then on"), key="target-end")
        minimum = st.number_input(_("At least") + note, value=None, key="target-minimum", disabled=is_end, width=170)
        maximum = st.number_input(_("At most") + note, value=None, key="target-maximum", disabled=is_end, width=170)
        gap = st.number_input(_("Gap to headquarters, pp"), value=None, key="target-gap", disabled=is_end, width=200)
        replaces = st.checkbox(_("Replace the one of the same day"), key="target-replaces")
    scale = 100 if unit == "share" else 1
    bounds = (None, None, None) if is_end else (minimum, maximum, gap)
    low, high = (None if bound is None else round(bound / scale, 4) for bound in bounds[:2])
    return TargetRow(metric, center or None, queue or None, parsed_day(day), low, high, bounds[2]), is_end, replaces


def _save(row: TargetRow, seen: str) -> None:
    try:
        save(data.folder(), viewer(), row, seen)
    except Refused as refusal:
        st.session_state.pop(_SEEN, None)
        st.error(str(refusal), icon=":material/error:")
        return
    st.session_state.pop(_SEEN, None)
    st.session_state[_SAVED] = True
    st.rerun()


def changes() -> None:
    """The history, and all targets as files that can be imported again."""
    frame = stored(data.folder())
    board(data.prepared(data.warehouse(), viewer().scope, history_items, version(frame)), key="target history")
    scope = viewer().scope
    if scope is not None:
        frame = frame.filter(frame["center_id"].is_null() | frame["center_id"].is_in(sorted(scope)))
    notes = [(_("Targets"), _("Shares as 0 to 1; an empty center or queue means all. Import the file to set all of them again."))]
    with st.container(horizontal=True, vertical_alignment="center"):
        make_workbook = partial(xlsx_bytes, frame, "targets", notes, _("Definition"))
        st.download_button(_("Download XLSX"), make_workbook, "targets.xlsx", icon=":material/download:", on_click="ignore")
        st.download_button(_("Download CSV"), lambda: csv_bytes(frame), "targets.csv", "text/csv", icon=":material/download:", on_click="ignore")
