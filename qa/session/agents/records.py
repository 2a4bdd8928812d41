"""The latest evaluations and calls of one agent as items of the board."""

from qa import format
from qa.agents.one import LATEST, agent_of, latest
from qa.filters import Asked, Scope
from qa.i18n import _
from qa.quality.scorecards import cards_of
from qa.quality.scores import sample_word
from qa.records import record_key
from qa.session.board.items import Cell, Column, Event, Item, Row, Sentence, Sentences, Table
from qa.session.record_link import open_call, open_evaluation, row_clicked
from qa.warehouse import Warehouse
from qa.words import code_words, too_slow


def record_items(warehouse: Warehouse, scope: Scope, asked: Asked, agent: str) -> list[Item]:
    """Read from the extracts, which takes longer than the figures: a board of its own below them."""
    who = agent_of(warehouse, scope, asked.filters, agent)
    found: list[Item] = []
    for what, title, make in (("evaluations", _("Latest evaluations"), _evaluations), ("calls", _("Latest calls"), _calls)):
        try:
            frame = latest(warehouse, scope, asked.filters, who, what)
        except TimeoutError:
            found.append(Sentences(what, title, [Sentence("slow", too_slow())], width="half"))
            continue
        found.append(make(warehouse, title, frame.to_dicts()))
    return found


def _evaluations(warehouse: Warehouse, title: str, records: list[dict]) -> Table:
    cards, kinds = cards_of(warehouse), code_words()["kind"]
    columns = [
        Column("at", _("Evaluated at")), Column("card", _("Scorecard")), Column("kind", _("Kind of inspection")), Column("evaluator", _("Evaluator")),
        Column("mark", _("Score out of 100"), align="right", kind="number"), Column("errors", _("Errors: fatal / non-fatal"), align="right", kind="words"),
        Column("verdict", _("Verdict")),
    ]  # fmt: skip
    rows = [
        Row(record_key(record["evaluated_at"], record["evaluation_id"]), [
            Cell(format.moment(record["evaluated_at"]), sort=record["evaluated_at"].isoformat(), detail=record["evaluation_id"]),
            Cell(cards.card(record["scorecard_id"])),
            Cell(kinds.get(record["kind"], record["kind"]), detail=sample_word(record["sample_reason"])),
            Cell(record["evaluator_id"]),
            Cell(format.value(record["mark"], "points"), sort=record["mark"]),
            Cell(f"{format.count(record['fatal_errors'])} / {format.count(record['nonfatal_errors'])}", sort=record["fatal_errors"]),
            Cell(_verdict(record), detail=_("by the scorecard") if record["by_card"] else ""),
        ])
        for record in records
    ]  # fmt: skip
    return Table("evaluations", title, columns, rows, _caption(rows), height=420, actions=(), empty=_("No evaluation in this choice."))


def _verdict(record: dict) -> str:
    said = format.NOTHING if record["judged"] is None else _("Passed") if record["judged"] else _("Failed")
    if record["upheld"]:
        return said + _(", appeal upheld")
    return said + (_(", appealed") if record["appealed"] else "")


def _calls(_warehouse: Warehouse, title: str, records: list[dict]) -> Table:
    directions = code_words()["direction"]
    columns = [
        Column("at", _("Started at")), Column("direction", _("Direction")), Column("queue", _("Queue")), Column("reason", _("Reason")),
        Column("wait", _("Wait"), align="right", kind="number"), Column("handling", _("Handling time"), align="right", kind="number"),
        Column("transferred", _("Transferred")),
    ]  # fmt: skip
    rows = [
        Row(record_key(record["started_at"], record["call_id"]), [
            Cell(format.moment(record["started_at"]), sort=record["started_at"].isoformat()),
            Cell(directions.get(record["direction"], record["direction"])),
            Cell(record["queue"] or format.NOTHING),
            Cell(record["reason"] or format.NOTHING),
            Cell(format.duration(record["wait_s"]), sort=record["wait_s"]),
            Cell(format.duration(record["handle_s"]), sort=record["handle_s"]),
            Cell(format.NOTHING if record["transferred"] is None else _("yes") if record["transferred"] else _("no")),
        ])
        for record in records
    ]  # fmt: skip
    return Table("calls", title, columns, rows, _caption(rows), height=420, actions=(), empty=_("No answered call in this choice."))


def act(event: Event | None) -> None:
    """To the page of the evaluation or call clicked."""
    if key := row_clicked(event, "evaluations"):
        open_evaluation(key)
    elif key := row_clicked(event, "calls"):
        open_call(key)


def _caption(rows: list[Row]) -> str:
    """How many are shown of what there may be."""
    if len(rows) < LATEST:
        return ""
    return _("The latest {count} of the period.").format(count=format.count(len(rows)))
