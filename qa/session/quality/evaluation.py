"""An evaluation's page as items of the board: the verdict, the scorecard, and what surrounds it."""

from datetime import datetime

import streamlit as st

from qa import format
from qa.filters import Scope
from qa.i18n import _
from qa.keys import joined, parted
from qa.names import names_of
from qa.quality.evaluation import Evaluation, evaluation_of
from qa.quality.scorecards import Cards, cards_of
from qa.records import record_key, record_of
from qa.session import data
from qa.session.board.items import Cell, Column, Event, Item, Mark, Row, Sentence, Sentences, Table
from qa.session.quality.evaluation_tables import agent_table, calibration_table, coaching_table
from qa.session.quality.evaluation_words import appeal_lines, counted_line, verdict_line
from qa.session.quality.item_link import open_item
from qa.session.record_link import open_call, open_evaluation, row_clicked
from qa.warehouse import Warehouse
from qa.words import code_words, too_slow


def evaluation_items(warehouse: Warehouse, scope: Scope, key: str) -> list[Item]:
    """The answer, the items, the sections, the record, and the tables around it; a sentence where it is not to be had."""
    found = found_evaluation(warehouse, scope, key)
    if isinstance(found, str):
        return [Sentences("answer", title(), [Sentence("none", found)])]
    cards = cards_of(warehouse)
    answer = [verdict_line(found), counted_line(found), *appeal_lines(found)]
    return [
        Sentences("answer", title(), answer, caption=cards.card(found.row["scorecard_id"])),
        _items(found),
        _sections(found),
        _about(warehouse, found, cards),
        *([calibration_table(found)] if found.row["calibration_id"] is not None else []),
        *([coaching_table(found)] if found.coaching.height else []),
        agent_table(warehouse, found),
    ]


def found_evaluation(warehouse: Warehouse, scope: Scope, key: str) -> Evaluation | str:
    """The evaluation of a key, or why it cannot be shown, in words."""
    record = record_of(key)
    if record is None:
        return _("The link names no evaluation.")
    at, evaluation_id = record
    if not warehouse.present("evaluations"):
        return _("There are no evaluations. The extract “evaluations” would fill this page, “evaluation_items” and “scorecards” its items.")
    try:
        found = data.kept(warehouse, scope, evaluation_of, evaluation_id, at)
    except TimeoutError:
        return too_slow()
    unknown = _("Evaluation {evaluation} was not found, or it belongs to a center that is not yours to see.")
    return unknown.format(evaluation=evaluation_id) if found is None else found


def title() -> str:
    return _("Did it pass, and where were points lost?")


def _about(warehouse: Warehouse, found: Evaluation, cards: Cards) -> Table:
    """Everything recorded, a line each; the call can be opened."""
    row, names, codes = found.row, names_of(warehouse), code_words()
    call_key = record_key(row["call_at"] or row["evaluated_at"], row["call_id"]) if row["call_id"] else ""
    facts: list[tuple[str, str, str]] = [
        ("", _("Evaluation id"), row["evaluation_id"]),
        (call_key, _("Call id"), row["call_id"]),
        ("", _("Time of the call"), _moment(row["call_at"])),
        ("", _("Agent"), names.of("agent", row["agent_id"])),
        ("", _("Team"), row["team"]),
        ("", _("Center"), names.of("center", row["center_id"])),
        ("", _("Evaluator"), row["evaluator_id"]),
        ("", _("Sample reason"), codes["sample"].get(row["sample_reason"], row["sample_reason"])),
        ("", _("Kind"), codes["kind"].get(row["kind"], row["kind"])),
        ("", _("Session"), row["session_id"]),
        ("", _("Scorecard"), cards.card(row["scorecard_id"])),
        ("", _("Evaluated at"), _moment(row["evaluated_at"])),
        ("", _("Released at"), _moment(row["released_at"])),
        ("", _("Version"), _("never edited") if not row["version"] else str(row["version"])),
        ("", _("Original score"), "" if row["original_score"] is None else format.plain(float(row["original_score"]))),
        ("", _("Fatal errors"), "" if row["fatal_errors"] is None else format.count(row["fatal_errors"])),
        ("", _("Non-fatal errors"), "" if row["nonfatal_errors"] is None else format.count(row["nonfatal_errors"])),
        ("", _("Opportunities"), "" if row["opportunities"] is None else format.count(row["opportunities"])),
    ]
    columns = [Column("what", _("Recorded")), Column("value", _("Value"))]
    rows = [Row(key, [Cell(label), Cell(value)]) for key, label, value in facts if value]
    caption = _("What was not recorded is left out. The call can be opened.") if call_key else _("What was not recorded is left out.")
    return Table("about", _("The evaluation"), columns, rows, caption, height=760, width="half", tools=False, actions=())


def _sections(found: Evaluation) -> Table:
    """The sections with their points; marked against the pass mark where every section must reach it."""
    verdict = found.verdict
    columns = [
        Column("section", _("Section")),
        Column("points", _("Points"), align="right", kind="number"),
        Column("full", _("Full mark"), align="right", kind="number"),
        Column("mark", _("Of 100"), align="right", kind="number"),
    ]
    rows = []
    for place, section in enumerate(found.sections):
        mark = None
        if verdict.rule == "every_section" and section.mark is not None and verdict.pass_mark is not None:
            mark = Mark("met", _("reached")) if section.mark >= verdict.pass_mark else Mark("missed", _("not reached"))
        cells = [
            Cell(section.name or _("not on the scorecard")),
            Cell(format.plain(float(section.points)), sort=float(section.points)),
            Cell(format.plain(float(section.full_mark)), sort=float(section.full_mark)),
            Cell(format.value(section.mark, "points"), sort=section.mark, mark=mark),
        ]
        rows.append(Row(str(place), cells))
    caption = _("Sums of the items that apply. The total may differ where the scorecard has limits of its own.")
    empty = _("The items of this evaluation were not recorded.")
    return Table("sections", _("Sections"), columns, rows, caption if rows else "", width="half", opens=False, tools=False, actions=(), empty=empty)


def _items(found: Evaluation) -> Table:
    """Every item in the order of the scorecard; a row opens the item's page."""
    columns = [
        Column("item", _("Scorecard item")),
        Column("section", _("Section")),
        Column("points", _("Points"), align="right", kind="number"),
        Column("full", _("Full mark"), align="right", kind="number"),
        Column("errors", _("Errors"), align="right", kind="number"),
        Column("class", _("Class"), kind="mark"),
        Column("remark", _("Remark")),
    ]
    rows = [_item_row(found, item) for item in found.items.iter_rows(named=True)]
    caption = _("A row opens the item's page.") if rows else ""
    empty = _("The items of this evaluation were not recorded.")
    return Table("items", _("Scorecard"), columns, rows, caption, actions=(), empty=empty)


def _item_row(found: Evaluation, item: dict) -> Row:
    applies = not item["not_applicable"]
    points = None if item["points"] is None or not applies else float(item["points"])
    lost = points is not None and points < float(item["full_mark"])
    mark = None
    if not applies:
        mark = Mark("none", _("Not applicable"))
    elif item["fatal"] and (item["errors"] or lost):
        mark = Mark("missed", _("Fatal"))
    elif item["errors"] or lost:
        mark = Mark("concern", _("Points lost") if not item["errors"] else _("Non-fatal"))
    cells = [
        Cell(item["item_name"] or item["item_id"]),
        Cell(item["section"] or format.NOTHING),
        Cell(format.plain(points), sort=points),
        Cell(format.plain(float(item["full_mark"])), sort=float(item["full_mark"])),
        Cell(format.NOTHING if item["errors"] is None else format.count(item["errors"]), sort=item["errors"]),
        Cell("", sort=mark.text if mark else None, mark=mark),
        Cell(item["comment"] or ""),
    ]
    return Row(joined((found.row["scorecard_id"], item["item_id"])), cells)


def _moment(at: datetime | None) -> str:
    return "" if at is None else format.moment(at)


def neighbour_buttons(key: str) -> None:
    """The way to the agent's evaluation before this one and after it."""
    found = data.computed(found_evaluation, key)
    if isinstance(found, str):
        return
    before, after = found.neighbours
    with st.container(key="record-way", horizontal=True, vertical_alignment="center", gap="small"):
        for name, row, icon in ((_("Previous of the agent"), before, "chevron_left"), (_("Next of the agent"), after, "chevron_right")):
            if st.button(name, icon=f":material/{icon}:", disabled=row is None) and row is not None:
                open_evaluation(record_key(row["evaluated_at"], row["evaluation_id"]))
        st.caption(_("The filters do not change what was recorded; they are kept for the way back."))


def act(event: Event | None) -> None:
    """To the call, another evaluation, or the page of an item, whichever was clicked."""
    if key := row_clicked(event, "about"):
        open_call(key)
    elif key := row_clicked(event, "calibration", "agent"):
        open_evaluation(key)
    elif key := row_clicked(event, "items"):
        card, item = parted(key)
        open_item((card, item))
