"""One import, from files to extracts."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from duckdb import DuckDBPyConnection
from filelock import Timeout

from qa.contract import TABLES
from qa.extracts import Extracts, heal, lock
from qa.importing import quarantine
from qa.importing.checks import in_order
from qa.importing.choose import Chosen, choose_mapping
from qa.importing.commit import commit, new_staging
from qa.importing.engine import open_engine
from qa.importing.errors import NeedsUser, Refused
from qa.importing.mapping import Mapping, place
from qa.importing.merge import Staged, merge
from qa.importing.notes import hollow_cells, how_read, kept_out, lost_zeros, padded_numbers, pointed_codes, private_numbers, replaced_days, table_notes
from qa.importing.old import Old, old_rows
from qa.importing.pseudonym import hash_key
from qa.importing.shape import Part, shape
from qa.importing.source import Source, read
from qa.importing.sql import Bindings
from qa.importing.summary import FileSummary, Summary, TableSummary
from qa.importing.take import Desk
from qa.importing.verdicts import Verdict, card_items, judge, remember
from qa.text import Text

Progress = Callable[[Text, int, int], None]
WAIT_S = 60.0


@dataclass(frozen=True)
class Outcome:
    """One table after judging and merging."""

    verdict: Verdict
    staged: Staged
    notes: list[Text]


def run(
    files: list[Path],
    into: Path,
    mapping: Mapping | str | None = None,
    sheet: str | None = None,
    accept: bool = False,
    progress: Progress | None = None,
    wait_s: float = WAIT_S,
    who: str = "",
    role: str = "",
) -> Summary:
    """The summary of importing the files into the extracts, all of them or, where one is Refused, none.

    ``mapping``: a mapping or its name; None takes the one that fits each file. ``accept``: go on with a mapping proposed from names where none fits;
    otherwise that is NeedsUser. ``wait_s``: how long to wait for another import to end. ``who``, ``role``: who imports, for the history of targets.
    """
    say = progress or (lambda _step, _done, _total: None)
    into.mkdir(parents=True, exist_ok=True)
    with _alone(into, wait_s):
        heal(into)
        staging = new_staging(into)
        try:
            return _run(files, into, staging, mapping, sheet, accept, say, (who, role))
        finally:
            shutil.rmtree(staging, ignore_errors=True)


@contextmanager
def _alone(into: Path, wait_s: float):
    try:
        with lock(into, wait_s):
            yield
    except Timeout as problem:
        raise Refused(
            f"另一个导入正在写入 {into}，请稍后再试", f"another import is writing to {into}; try again later"
        ) from problem


def _run(
    files: list[Path],
    into: Path,
    staging: Path,
    mapping: Mapping | str | None,
    sheet: str | None,
    accept: bool,
    say: Progress,
    by: tuple[str, str],
) -> Summary:
    con = open_engine(staging / "work")
    try:
        told, parts = read_files(con, files, into, staging / "work", mapping, sheet, accept, hash_key(into), say)
        outcomes = []
        for verdict, old in judge_tables(con, into, parts, say):
            staged = merge(con, verdict.table, old, into, staging)
            zeros = lost_zeros(con, old) if verdict.table.name == "agents" else []
            outcomes.append(Outcome(verdict, staged, [*zeros, *replaced_days(verdict.parts, staged), *table_notes(old, staged)]))
        moves = {staged: target for outcome in outcomes for staged, target in outcome.staged.moves.items()}
        removals = [gone for outcome in outcomes for gone in outcome.staged.removals]
        rejects = {target for outcome in outcomes for target in _rejects(con, outcome, into, staging, moves, removals)}
        say(Text("写入", "Committing"), 1, 1)
        if any(outcome.verdict.table.name == "targets" for outcome in outcomes):
            # Reading targets takes longer to import than most files take to load.
            from qa.targets_edit.history import imported_lines

            moves |= imported_lines(into, staging, moves, removals, *by, ", ".join(path.name for path in files))
        changed = commit(into, staging, moves, removals)
    finally:
        con.close()
    return Summary(
        told, [_table_summary(outcome) for outcome in outcomes], [into / target for target in sorted(rejects)], changed
    )


def read_files(
    con: DuckDBPyConnection,
    files: list[Path],
    into: Path,
    work: Path,
    mapping: Mapping | str | None,
    sheet: str | None,
    accept: bool,
    key: str,
    say: Progress,
) -> tuple[list[FileSummary], list[Part]]:
    """Each file's summary, and the parts its mapping makes of it."""
    told: list[FileSummary] = []
    parts: list[Part] = []
    for number, path in enumerate(files):
        say(Text(f"读取 {path.name}", f"Reading {path.name}"), number, len(files))
        source = read(con, path, work, number, sheet)
        chosen = choose_mapping(con, source, into, mapping, accept)
        desk = Desk(source, chosen.mapping, key, Bindings())
        new = _shaped(con, desk, len(parts), place(mapping if isinstance(mapping, str) else chosen.mapping.name, into))
        seen = (note for part in new for note in (*kept_out(con, part), *private_numbers(con, part), *hollow_cells(con, part)))
        notes = [*how_read(source), *pointed_codes(source), *padded_numbers(source), *seen]
        told.append(_file_summary(source, chosen, notes))
        parts += new
    return told, parts


def _shaped(con: DuckDBPyConnection, desk: Desk, number: int, written: Path | None) -> list[Part]:
    """The parts a mapping makes of a source, the first of which that is of records answers for broken rows; ``written``: its file, which NeedsUser names."""
    fills = desk.mapping.table
    records = next((i for i, fill in enumerate(fills) if not fill.rows and not fill.unless_known), 0)
    try:
        parts = [shape(con, desk, fill, number + i) for i, fill in enumerate(fills)]
        return [replace(part, broken=desk.source.broken) if i == records else part for i, part in enumerate(parts)]
    except NeedsUser as problem:
        problem.path = problem.path or written
        raise


def judge_tables(
    con: DuckDBPyConnection, into: Path, parts: list[Part], say: Progress
) -> Iterator[tuple[Verdict, Old]]:
    """The verdict on every table the parts fill, what is referred to first, each with the extracts' rows so far."""
    extracts = Extracts(into)
    counts: dict[str, int] = {}
    filled = {part.table.name for part in parts}
    linked = {c.references.split(".")[0] for name in filled for c in TABLES[name].columns if c.references}
    if "evaluations" in filled:
        linked.add("scorecards")
    order = in_order(filled | linked)
    for done, name in enumerate(order):
        say(
            Text(f"检查并合并：{TABLES[name].label.zh}", f"Checking and merging: {TABLES[name].label.en}"),
            done,
            len(order),
        )
        old, own = old_rows(con, extracts, TABLES[name]), [part for part in parts if part.table.name == name]
        verdict = judge(con, TABLES[name], own, old, counts) if own else None
        if name in linked:
            counts[name] = remember(con, TABLES[name], old, verdict is not None)
        if name == "scorecards":
            card_items(con, old, verdict is not None)
        if verdict:
            yield verdict, old


def _rejects(
    con: DuckDBPyConnection, outcome: Outcome, into: Path, staging: Path, moves: dict[str, str], removals: list[str]
) -> list[str]:
    """The quarantine files of one table, staged; those of an earlier run over the same file go when it has no rejects any more."""
    written = []
    sources: list[Source] = list({id(part.source): part.source for part in outcome.verdict.parts}.values())
    for source in sources:
        target = quarantine.target(outcome.verdict, source)
        if outcome.verdict.bad and quarantine.write(con, outcome.verdict, source, staging / target):
            moves[(staging / target).relative_to(into).as_posix()] = target
            written.append(target)
        else:
            removals.append(target)
    return written


def _file_summary(source: Source, chosen: Chosen, notes: list[Text]) -> FileSummary:
    return FileSummary(
        source.path,
        source.sheet,
        chosen.mapping.name,
        source.rows + len(source.totals) + len(source.broken),
        chosen.ignored,
        source.totals,
        [*chosen.notes, *notes],
    )


def _table_summary(outcome: Outcome) -> TableSummary:
    verdict, staged = outcome.verdict, outcome.staged
    return TableSummary(
        verdict.table.name,
        verdict.read,
        staged.new,
        staged.replaced,
        staged.unchanged + verdict.known,
        verdict.repeated,
        verdict.bad,
        all(part.fill.unless_known for part in verdict.parts),
        outcome.notes,
    )
