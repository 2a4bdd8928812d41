"""Tables of evaluations: those of a calibration, of an agent, of a choice, and the coaching that came of one."""

from collections.abc import Sequence

from qa import format
from qa.filters import Asked, Scope
from qa.i18n import _, ngettext, sentences
from qa.names import names_of
from qa.quality.evaluation import MOST_SHOWN, Evaluation, evaluations_shown
from qa.quality.scorecards import Cards, cards_of
from qa.quality.scores import sample_word
from qa.records import record_key
from qa.session.board.items import Cell, Column, Item, Mark, Row, Sentence, Sentences, Table
from qa.warehouse import Warehouse
from qa.words import nothing_here, too_slow

# So many of the agent's evaluations before and after the one shown.
NEIGHBOURS = 6


def calibration_table(found: Evaluation) -> Table:
    """What each evaluator gave the call; a row opens the evaluation."""
    columns = [
        Column("evaluator", _("Evaluator")),
        Column("score", _("Score"), align="right", kind="words"),
        Column("difference", _("Against the mean of the others"), align="right", kind="number"),
        Column("passed", _("Verdict"), kind="mark"),
        Column("at", _("Evaluated at")),
    ]
    rows = found.calibrated.to_dicts()
    marks = {row["evaluation_id"]: 100 * float(row["score"]) / float(row["full_mark"]) for row in rows if row["full_mark"]}
    made = []
    for row in rows:
        own = row["evaluation_id"] == found.row["evaluation_id"]
        others = [mark for evaluation, mark in marks.items() if evaluation != row["evaluation_id"]]
        mark = marks.get(row["evaluation_id"])
        difference = None if mark is None or not others else mark - sum(others) / len(others)
        cells = [
            Cell(row["evaluator_id"], mark=Mark("none", _("this one")) if own else None),
            _score(row),
            Cell(format.change(difference, "points"), sort=difference),
            _passed(row["judged"], row["by_card"]),
            _moment(row["evaluated_at"]),
        ]
        made.append(Row(record_key(row["evaluated_at"], row["evaluation_id"]), cells))
    title = _("Calibration {calibration}: the same call, judged by each").format(calibration=found.row["calibration_id"])
    return Table("calibration", title, columns, made, _("Points of 100. A row opens the evaluation."), height=380, actions=())


def coaching_table(found: Evaluation) -> Table:
    """The coaching that came of it."""
    columns = [
        Column("topic", _("Topic")),
        Column("kind", _("Kind")),
        Column("opened", _("Opened")),
        Column("due", _("Due")),
        Column("closed", _("Closed")),
        Column("passed", _("Outcome"), kind="mark"),
    ]
    kinds = {"interview": _("Interview"), "plan": _("Improvement plan"), "recheck": _("Recheck"), "training": _("Training")}
    outcomes = {True: Mark("met", _("passed")), False: Mark("missed", _("failed"))}
    rows = [
        Row(
            row["coaching_id"],
            [
                Cell(row["topic"] or format.NOTHING, detail=row["coaching_id"]),
                Cell(kinds.get(row["kind"], row["kind"])),
                *(_moment(row[name]) for name in ("opened_at", "due_at", "closed_at")),
                Cell("" if row["passed"] is not None else format.NOTHING, mark=outcomes.get(row["passed"])),
            ],
        )
        for row in found.coaching.iter_rows(named=True)
    ]
    return Table("coaching", _("Coaching that came of it"), columns, rows, height=300, opens=False, actions=())


def agent_table(warehouse: Warehouse, found: Evaluation) -> Table:
    """The agent's evaluations before and after this one."""
    rows = found.of_agent.to_dicts()
    at = next(place for place, row in enumerate(rows) if row["evaluation_id"] == found.row["evaluation_id"])
    near = rows[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
    title = _("Evaluations of {agent} before and after").format(agent=names_of(warehouse).of("agent", found.row["agent_id"]))
    made = [evaluation_row(row, cards_of(warehouse), [], row["evaluation_id"] == found.row["evaluation_id"]) for row in reversed(near)]
    caption = _("Within 92 days, at most {count} to each side. A row opens the evaluation.").format(count=NEIGHBOURS)
    return Table("agent", title, evaluation_columns([]), made, caption, actions=())


def shown_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """The latest evaluations of the view, to choose one from."""
    title = _("Evaluations in this view")
    if not warehouse.present("evaluations"):
        text = _("There are no evaluations. The extract “evaluations” would fill this page, “evaluation_items” and “scorecards” its items.")
        return [Sentences("answer", title, [Sentence("none", text)])]
    try:
        found = evaluations_shown(warehouse, scope, asked.filters)
    except TimeoutError:
        return [Sentences("answer", title, [Sentence("slow", too_slow())])]
    names, cards = names_of(warehouse), cards_of(warehouse)
    rows = [
        evaluation_row(row, cards, [Cell(names.of("agent", row["agent_id"]), detail=row["team"] or ""), Cell(names.of("center", row["center_id"]))])
        for row in found.iter_rows(named=True)
    ]
    caption = ngettext(
        "The latest {count} evaluation, of any kind and state. A row opens it.",
        "The latest {count} evaluations, of any kind and state. A row opens one.",
        len(rows),
    ).format(count=format.count(len(rows)))
    if len(rows) == MOST_SHOWN:
        caption = sentences(caption, _("Choose an agent or a shorter period to see others."))
    who = [Column("agent", _("Agent")), Column("center", _("Center"))]
    empty = nothing_here()
    return [Table("shown", title, evaluation_columns(who), rows, caption if rows else "", height=640, actions=(), empty=empty)]


def evaluation_columns(who: Sequence[Column]) -> list[Column]:
    """The columns of a table of evaluations; ``who``: those that say whose they are."""
    return [
        Column("at", _("Evaluated at")),
        *who,
        Column("score", _("Score"), align="right", kind="words"),
        Column("passed", _("Verdict"), kind="mark"),
        Column("fatal", _("Fatal errors"), align="right", kind="number"),
        Column("nonfatal", _("Non-fatal errors"), align="right", kind="number"),
        Column("sample", _("Sample reason")),
        Column("evaluator", _("Evaluator")),
        Column("card", _("Scorecard")),
        Column("state", _("State"), kind="mark"),
    ]


def evaluation_row(row: dict, cards: Cards, who: Sequence[Cell], is_shown: bool = False) -> Row:
    """A row of it; ``row``: columns of the contract's evaluations, ``who``: cells that say whose it is."""
    cells = [
        Cell(format.moment(row["evaluated_at"]), sort=row["evaluated_at"].isoformat(), mark=Mark("none", _("this one")) if is_shown else None),
        *who,
        _score(row),
        _passed(row["judged"], row["by_card"]),
        *(Cell(format.NOTHING if row[name] is None else format.count(row[name]), sort=row[name]) for name in ("fatal_errors", "nonfatal_errors")),
        Cell(sample_word(row["sample_reason"])),
        Cell(row["evaluator_id"]),
        Cell(cards.card(row["scorecard_id"])),
        _state(row),
    ]
    return Row(record_key(row["evaluated_at"], row["evaluation_id"]), cells)


def _score(row: dict) -> Cell:
    share = 100 * float(row["score"]) / float(row["full_mark"]) if row["full_mark"] else None
    return Cell(f"{format.plain(float(row['score']))} / {format.plain(float(row['full_mark']))}", sort=share)


def _passed(judged: bool | None, by_card: bool) -> Cell:
    """The verdict that the pass rate counts; small print where the scorecard's rule gave it."""
    if judged is None:
        return Cell("", mark=Mark("no_target", _("Not judged")))
    mark = Mark("met", _("Passed")) if judged else Mark("missed", _("Failed"))
    return Cell("", sort=str(judged), mark=mark, detail=_("by the scorecard") if by_card else "")


def _state(row: dict) -> Cell:
    if (row["status"] or "released") == "draft":
        return Cell("", mark=Mark("none", _("Draft")))
    if row["status"] == "retracted":
        return Cell("", mark=Mark("none", _("Retracted")))
    if row["calibration_id"] is not None:
        return Cell("", mark=Mark("none", _("Calibration")))
    return Cell("", mark=Mark("none", _("Appealed"))) if row["appealed_at"] is not None else Cell("")


def _moment(at) -> Cell:
    return Cell(format.moment(at), sort=at and at.isoformat())
