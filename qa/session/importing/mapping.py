"""The mapping on screen: as a table, and two ways to correct it."""

import streamlit as st

from qa.contract import TABLES, Column
from qa.i18n import _, say
from qa.importing import Mapping, Refused
from qa.importing.mapping import parsed
from qa.importing.origin import origin
from qa.importing.toml_text import as_toml
from qa.names import center_names
from qa.session import data
from qa.session.importing.correcting import (
    KEPT,
    NOT_IN_FILE,
    Block,
    assumed_center,
    blocks,
    choice_of,
    constants,
    corrected,
    in_center,
    lacking,
    options,
    usable,
)
from qa.session.importing.steps import Looked
from qa.session.importing.tables import mapping_rows, plain

ACROSS = 3


def draw(looked: Looked, mapping: Mapping, version: str) -> Mapping:
    """Show the mapping; what the viewer made of it in this run. ``version``: names the widgets, so that they start from this mapping."""
    st.subheader(_("Which column fills what"), anchor=False)
    st.write(_verdict(looked, mapping))
    if mapping.table:
        st.table(mapping_rows(mapping), border="horizontal")
    for note in looked.notes:
        st.markdown(f"- {plain(say(note))}")
    for table, column in lacking(mapping):
        text = _("{table} needs the column {column}: choose where it comes from, or leave the table out.")
        st.warning(text.format(table=say(table.label), column=say(column.label)), icon=":material/warning:")
    with st.expander(_("Correct the mapping"), icon=":material/edit:", expanded=not mapping.table or bool(lacking(mapping)), key="import-correct"):
        by_choice, by_text = st.tabs([_("By columns"), _("As text")])
        with by_choice:
            moved = _center(mapping, version)
            chosen = _choose(looked, mapping, version)
        with by_text:
            written = _write(mapping, version)
    return written or chosen or moved or mapping


def _verdict(looked: Looked, mapping: Mapping) -> str:
    if looked.known and mapping == looked.mapping:
        return _("The mapping {name} fits this file.").format(name=f"**{plain(mapping.name)}**")
    if looked.known or mapping != looked.mapping:
        return _("This is the mapping as you corrected it.")
    if mapping.table:
        return _("No mapping fits yet; this one is proposed from the names and values of the columns. Check it.")
    return _("No column was recognised. Choose below which table the file holds and where its columns come from.")


def _center(mapping: Mapping, version: str) -> Mapping | None:
    """The mapping with its rows in another center, for a file that names none."""
    assumed, names = assumed_center(mapping), center_names(data.warehouse()) if data.warehouse() else {}
    if assumed is None or not names:
        return None
    offered = list(dict.fromkeys([assumed, *names]))
    center = st.selectbox(
        _("Center of all rows"), offered, key=f"import.center.{version}", width=320, format_func=lambda key: f"{names[key]} ({key})" if key in names else key
    )
    return in_center(mapping, center) if center != assumed else None


def _choose(looked: Looked, mapping: Mapping, version: str) -> Mapping | None:
    tables = st.multiselect(
        _("Tables this file fills"), list(TABLES), default=mapping.tables(), key=f"import.tables.{version}",
        format_func=lambda name: f"{say(TABLES[name].label)} · {name}", placeholder=_("Choose tables"), select_all=False,
    )  # fmt: skip
    choices: dict[tuple[str, str], str] = {}
    with st.form(f"import.columns.{version}", border=False):
        for block in blocks(mapping, tables):
            if block.fill and block.fill.rows:
                continue
            st.markdown(f"**{say(block.table.label)}** `{block.table.name}`")
            places = st.columns(ACROSS)
            for place, column in enumerate(block.table.columns):
                with places[place % ACROSS]:
                    choices[block.key, column.name] = _source(block, column, looked.columns, version)
        names = usable(looked.columns)
        fill_down = st.multiselect(
            _("Merged cells: where an empty cell repeats the one above"), names, [name for name in mapping.fill_down if name in names],
            key=f"import.down.{version}", placeholder=_("Choose columns"), select_all=False,
        )  # fmt: skip
        if st.form_submit_button(_("Apply"), icon=":material/check:"):
            return corrected(mapping, tables, choices, looked.columns, fill_down)
    return None


def _source(block: Block, column: Column, columns: list[str], version: str) -> str:
    take = block.take(column.name)
    always = {option: origin(said) for option, said in constants(column).items()}
    offered = [*options(take, columns), *always]
    words = always | {NOT_IN_FILE: _("not in the file"), KEPT: _("as proposed: {origin}").format(origin=origin(take)) if take else ""}
    return st.selectbox(
        f"{say(column.label)} `{column.name}`" + (" *" if column.required else ""),
        offered,
        index=offered.index(choice_of(take, columns)),
        format_func=lambda option: words.get(option, option),
        key=f"import.{version}.{block.key}.{column.name}",
        help=say(column.note) or None,
    )


def _write(mapping: Mapping, version: str) -> Mapping | None:
    with st.form(f"import.text.{version}", border=False):
        text = st.text_area(_("The mapping as TOML"), as_toml(mapping, []), height=420, key=f"import.toml.{version}")
        applied = st.form_submit_button(_("Apply the text"), icon=":material/check:")
    if not applied:
        return None
    try:
        return parsed(text, mapping.name, "TOML")
    except Refused as problem:
        st.error(plain(say(problem.text)), icon=":material/error:")
        return None
