"""The data section as items of the board: the state of the extracts, the dictionary, the definitions in force."""

from datetime import datetime
from pathlib import Path

from qa import format
from qa.check import State, TableState, evidence, findings, state
from qa.contract import TABLES
from qa.filters import Scope
from qa.i18n import _, ngettext, say
from qa.metrics import METRICS
from qa.session import data
from qa.session.board.items import Cell, Column, Item, Mark, Row, Sentence, Sentences
from qa.session.board.items import Table as BoardTable
from qa.warehouse import Warehouse


def checked(folder: Path) -> State | None:
    """The extracts with every row checked; None while that is being done."""
    checks = data.begun(_checked, folder, evidence(folder))
    return checks.result() if checks.done() else None


def _checked(folder: Path, _evidence: str) -> State:
    return state(folder)


def extract_items(folder: Path, build: Warehouse | None, scope: Scope = None, found: State | None = None) -> list[Item]:
    """Every table as it lies on disk: rows, days, rejects, findings; what is absent; the build made of them.

    ``found``: their state; without it they are counted, and nothing is said of what a check finds.

    Who does not see every center is told of the build only: tables are counted whole.
    """
    if scope is not None:
        told = Sentence("scope", _("Tables are counted over all centers, so only somebody who sees every center can see them."))
        return [Sentences("build", _("Build"), [*_build_sentences(build), told])]
    found = found or state(folder, with_checks=False)
    columns = [
        Column("table", _("Table")),
        Column("rows", _("Rows"), align="right", kind="number"),
        Column("first", _("First day")),
        Column("last", _("Last day")),
        Column("rejected", _("Rejected"), align="right", kind="number", hint=_("Rows in quarantine, with their reasons")),
        Column("state", _("State"), kind="mark"),
        Column("findings", _("Findings")),
    ]
    rows = [Row(each.name, _state_cells(each)) for each in found.tables]
    absent = [
        Sentence(
            name,
            _("“{table}” is absent, so these cannot be shown: {metrics}.").format(
                table=say(TABLES[name].label), metrics=_(", ").join(say(METRICS[key].name) for key in keys)
            ),
        )
        for name, keys in found.empty_metrics.items()
    ]
    return [
        Sentences("build", _("Build"), _build_sentences(build)),
        BoardTable("tables", _("Extracts"), columns, rows, caption=str(folder), opens=False, actions=(), height=640),
        Sentences("absent", _("What is absent"), absent, empty=_("Nothing is absent: every metric can be computed.")),
    ]


def _state_cells(each: TableState) -> list[Cell]:
    return [
        Cell(f"{say(TABLES[each.name].label)} · {each.name}"),
        Cell(format.count(each.rows), sort=each.rows),
        Cell(format.day(each.first_day), sort=each.first_day.isoformat() if each.first_day else None),
        Cell(format.day(each.last_day), sort=each.last_day.isoformat() if each.last_day else None),
        Cell(format.count(each.rejected), sort=each.rejected),
        Cell("", mark=_state_mark(each)),
        Cell(_("; ").join(findings(each))),
    ]


def _state_mark(each: TableState) -> Mark:
    if not each.is_sound:
        return Mark("missed", _("Faulty"))
    if each.rows and not each.is_checked:
        return Mark("none", _("Being checked"))
    return Mark("met", _("Sound")) if each.rows else Mark("no_target", _("Absent"))


def _build_sentences(build: Warehouse | None) -> list[Sentence]:
    if build is None:
        return [Sentence("none", _("There is no build yet. Make one: python -m qa build"), Mark("missed", _("Missing or late")))]
    made = _("Made {moment} from data of {first} to {last}.").format(
        moment=format.moment(build.manifest.built_at), first=format.day(build.span.first_day), last=format.day(build.span.last_day)
    )
    age = (datetime.now().date() - build.span.last_day).days
    old = ngettext("The data end {count} day ago.", "The data end {count} days ago.", age).format(count=format.count(age))
    sentences = [Sentence("made", made), Sentence("age", old)]
    if build.is_stale():
        text = _("The extracts or definitions have changed since. Bring the build up to date: python -m qa build")
        sentences.append(Sentence("stale", text, Mark("uncertain", _("Out of date"))))
    return sentences
