"""How is this computed: a dialog with the definition, the figures, the rows and the SQL of what was clicked."""

from collections.abc import Collection, Sequence
from datetime import datetime

import polars as pl
import streamlit as st

from qa import format
from qa.behind import can_open, record_behind
from qa.command import command
from qa.exports import csv_bytes, xlsx_bytes
from qa.filters import Scope
from qa.i18n import _, say, set_language
from qa.keys import joined, parted
from qa.metrics import METRICS
from qa.names import names_of
from qa.proof import MOST_ROWS_IN_A_FILE, Shown, facts, figures, headed, last_day, rows_headed
from qa.query import obstacle
from qa.script import script
from qa.session import data, state
from qa.session.board import board
from qa.session.board.items import Cell, Column, Event, Row, Table
from qa.session.record_link import open_call, open_evaluation, row_clicked
from qa.session.viewer import viewer
from qa.warehouse import DataChanged, Warehouse
from qa.words import code_words, nothing_here, too_slow

ROWS_A_PAGE = 100
FIGURES_SHOWN = 500
CSV_TYPE = "text/csv"
_ALL_ROWS = "_proof_all_rows"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(shown: Shown) -> None:
    """Open the dialog."""
    st.dialog(_("How is this computed"), width="large")(_content)(shown)


def _content(shown: Shown) -> None:
    # The dialog reruns by itself, without the frame that set the language.
    set_language(state.language_chosen())
    build, scope = data.warehouse(), viewer().scope
    keys = [key for key in shown.metrics if not obstacle(METRICS[key], shown.by, shown.filters)]
    key = keys[0] if len(keys) == 1 else st.selectbox(_("Metric"), keys, format_func=lambda name: say(METRICS[name].name))
    metric = METRICS[key]
    frame = data.computed(figures, shown, key)
    notes = [(_("Metric"), say(metric.name)), *facts(build, shown, metric, frame, names_of(build).centers)]
    st.markdown(f"**{say(metric.name)}**")
    st.table(dict(notes[1:]), border="horizontal")
    parts = {"figures": _("Figures"), "rows": _("Rows behind it"), "sql": "SQL"}
    part = st.segmented_control(_("Part"), list(parts), format_func=parts.get, default="figures", required=True, label_visibility="collapsed")
    if part == "figures":
        _figures(build, shown, key, frame, notes)
    elif part == "rows":
        _rows(build, scope, shown, key, notes)
    else:
        st.caption(_("Runs in a DuckDB shell over the extracts and gives the same value."))
        st.code(script(build, shown.question(key, scope)), language="sql", height=420)
        if line := command(shown, key, scope):
            st.caption(_("The same on the command line:"))
            st.code(line, language="bash", wrap_lines=True)
        if shown.derived:
            st.caption(_("What the page works out from these figures:"))
            st.code(shown.derived, language="bash", wrap_lines=True)


def _figures(build: Warehouse, shown: Shown, key: str, frame: pl.DataFrame, notes: list[tuple[str, str]]) -> None:
    table = headed(frame, shown.by, _names(build), shown.filters.month_start)
    rounded = headed(_rounded(frame, key), shown.by, _names(build), shown.filters.month_start)
    _table("figures", rounded.head(FIGURES_SHOWN), numbers=[name for name in table.columns if table[name].dtype.is_numeric()])
    _downloads(table, f"{key} {last_day(shown.filters)}", notes)


def _rows(build: Warehouse, scope: Scope, shown: Shown, key: str, notes: list[tuple[str, str]]) -> None:
    """A page of the events behind the number; downloads hold them all, up to a limit."""
    question = shown.question(key, scope)
    page = st.session_state.setdefault("_proof_page", 1)
    try:
        rows = build.rows(question, limit=ROWS_A_PAGE + 1, offset=(page - 1) * ROWS_A_PAGE)
        every = build.rows(question, limit=MOST_ROWS_IN_A_FILE) if st.session_state.get(_ALL_ROWS) else None
    except TimeoutError:
        st.info(too_slow())
        return
    except DataChanged as changed:
        st.info(str(changed))
        return
    st.caption(_("Numerators and denominators of all rows add up to the figure. A row opens its evaluation or call. Page {page}.").format(page=page))
    on_page = rows.head(ROWS_A_PAGE)
    _open_record(build, scope, _table("rows", rows_headed(on_page, _names(build)), keys=[_row_key(row) for row in on_page.iter_rows(named=True)]))
    with st.container(horizontal=True):
        st.button(_("Previous page"), disabled=page == 1, on_click=_turn, args=(-1,))
        st.button(_("Next page"), disabled=rows.height <= ROWS_A_PAGE, on_click=_turn, args=(1,))
        st.toggle(_("Prepare a file of all rows"), key=_ALL_ROWS)
    if every is not None:
        _downloads(rows_headed(every, _names(build)), f"{key} rows {last_day(shown.filters)}", notes)


def _row_key(row: dict) -> str:
    """What a click on the row brings back; empty where it leads nowhere."""
    return joined((row["source"], row["happened_at"].isoformat(), row["key"])) if can_open(row) else ""


def _open_record(build: Warehouse, scope: Scope, event: Event | None) -> None:
    """Go to the evaluation or the call of the row that was clicked."""
    clicked = row_clicked(event, "proof rows")
    if not clicked:
        return
    source, moment, key = parted(clicked)
    found = record_behind(build, scope, source, key, datetime.fromisoformat(moment))
    if found is None:
        st.info(_("This record names no call."))
        return
    kind, record = found
    (open_evaluation if kind == "evaluation" else open_call)(record)


def _turn(step: int) -> None:
    st.session_state["_proof_page"] += step


def _downloads(table: pl.DataFrame, name: str, notes: list[tuple[str, str]]) -> None:
    title, notes_title = _("Figures"), _("Definition")
    with st.container(horizontal=True):
        st.download_button(
            _("Download CSV"), lambda: csv_bytes(table), f"{name}.csv", CSV_TYPE, icon=":material/download:", on_click="ignore"
        )
        st.download_button(
            _("Download XLSX"),
            lambda: xlsx_bytes(table, title, notes, notes_title),
            f"{name}.xlsx",
            XLSX_TYPE,
            icon=":material/download:",
            on_click="ignore",
        )


def _table(key: str, frame: pl.DataFrame, numbers: Collection[str] = (), keys: Sequence[str] = ()) -> Event | None:
    """The frame as a table; ``numbers``: columns that hold numbers, written out as text; ``keys``: of the rows that can be opened."""
    right = [name in numbers or frame[name].dtype.is_numeric() for name in frame.columns]
    columns = [Column(f"c{place}", name, align="right" if right[place] else "left") for place, name in enumerate(frame.columns)]
    rows = [Row(keys[place] if keys else "", [Cell(_text(value)) for value in row]) for place, row in enumerate(frame.iter_rows())]
    empty = nothing_here()
    return board([Table(f"proof {key}", "", columns, rows, height=380, opens=any(keys), actions=(), empty=empty)], key="proof")


def _text(value: object) -> str:
    if value is None:
        return format.NOTHING
    if isinstance(value, float):
        return format.plain(value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _rounded(frame: pl.DataFrame, key: str) -> pl.DataFrame:
    """The figures as the screen writes them: value, interval and target with their unit."""
    unit = METRICS[key].unit
    names = ("value", "low", "high", "minimum", "maximum")
    written = {name: [None if number is None else format.value(number, unit) for number in frame[name]] for name in names}
    return frame.with_columns(pl.Series(name, texts, dtype=pl.String) for name, texts in written.items())


def _names(build: Warehouse) -> dict[str, dict[str, str]]:
    names = names_of(build)
    clock = {"weekday": {number: format.weekday(number) for number in "1234567"}, "hour": {f"{number:02}": format.hour(f"{number:02}") for number in range(24)}}
    return code_words() | {"center": names.centers, "agent": names.agents} | clock
