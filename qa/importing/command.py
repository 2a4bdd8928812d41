"""The import as a command: what it says, what it asks, and its exit status."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getuser
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.prompt import Confirm
from rich.table import Table as Grid

from qa.contract import TABLES
from qa.i18n import _, ngettext, say
from qa.importing.choose import Proposed
from qa.importing.errors import NeedsUser, Refused
from qa.importing.mapping import Mapping
from qa.importing.origin import origin
from qa.importing.pipeline import run
from qa.importing.summary import NEEDS_USER, NOTHING_LOADED, FileSummary, Summary
from qa.text import Text

SHOWN = 12


def import_files(
    files: list[Path],
    mapping: str | None = None,
    into: Path = Path("data/extracts"),
    sheet: str | None = None,
    accept: bool = False,
    console: Console | None = None,
) -> int:
    """The exit status: 0 all rows loaded, 1 nothing loaded, 2 loaded with rows in quarantine, 3 a person has to look at a mapping."""
    out = console or Console()
    try:
        summary = _run(files, mapping, into, sheet, accept, out)
    except Proposed as proposed:
        _show_proposal(proposed.mapping, proposed.notes, out)
        if not _asked(out):
            return _stop(proposed, out)
        return import_files(files, mapping, into, sheet, True, out)
    except NeedsUser as problem:
        return _stop(problem, out)
    except Refused as problem:
        out.print(say(problem.text), style="red", markup=False)
        out.print(_("Nothing was loaded."))
        return NOTHING_LOADED
    _show(summary, out)
    return summary.status


def _run(files: list[Path], mapping: str | None, into: Path, sheet: str | None, accept: bool, out: Console) -> Summary:
    with _progress(out) as report:
        return run([Path(file) for file in files], Path(into), mapping, sheet, accept, report, who=_login_name())


def _login_name() -> str:
    """Who runs the command, as far as the machine knows."""
    try:
        return getuser()
    except (KeyError, OSError):
        return ""


@contextmanager
def _progress(out: Console) -> Iterator:
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TimeElapsedColumn(),
        console=out,
        transient=True,
    )
    with bar:
        task = bar.add_task("", total=None)
        yield lambda step, done, total: bar.update(task, description=say(step), completed=done, total=total)


def _asked(out: Console) -> bool:
    """Whether somebody is there to ask, and says yes."""
    return (
        sys.stdin.isatty()
        and out.is_terminal
        and Confirm.ask(_("Import with this mapping?"), console=out, default=False)
    )


def _stop(problem: NeedsUser, out: Console) -> int:
    out.print(say(problem.text), style="yellow", markup=False, soft_wrap=True)
    if problem.path:
        proposed = isinstance(problem, Proposed)
        told = _("Edit {path}, then import again; or go on as proposed with --accept.") if proposed else _("Edit {path}, then import again.")
        out.print(told.format(path=problem.path), markup=False, soft_wrap=True)
    return NEEDS_USER


def _show_proposal(mapping: Mapping, notes: list[Text], out: Console) -> None:
    grid = Grid(title=_("Proposed mapping"), title_justify="left")
    for heading in (_("Table"), _("Column"), _("Meaning"), _("Comes from")):
        grid.add_column(heading, overflow="fold")
    for fill in mapping.table:
        table = TABLES[fill.fills]
        for name, take in fill.columns.items():
            grid.add_row(fill.fills, name, say(table.by_name[name].label), escape(origin(take)))
        for row in fill.rows:
            grid.add_row(fill.fills, ", ".join(row), say(table.label), ", ".join(str(value) for value in row.values()))
    out.print(grid)
    for note in notes:
        out.print(f"- {say(note)}", markup=False)


def _show(summary: Summary, out: Console) -> None:
    for file in summary.files:
        _show_file(file, out)
    grid = Grid(box=None, pad_edge=False)
    grid.add_column(_("Table"))
    for heading in (_("Read"), _("New"), _("Replaced"), _("Unchanged"), _("Repeated"), _("Quarantined")):
        grid.add_column(heading, justify="right")
    for table in summary.tables:
        counts = (table.read, table.loaded, table.replaced, table.unchanged, table.repeated, table.quarantined)
        grid.add_row(f"{say(TABLES[table.table].label)} ({table.table})", *(f"{count:,}" for count in counts))
    out.print(grid)
    for note in (note for table in summary.tables for note in table.notes):
        out.print(f"- {say(note)}", markup=False)
    for path in summary.quarantine:
        out.print(
            _("Rejected rows, with reasons: {path}").format(path=path), style="yellow", markup=False, soft_wrap=True
        )
    if not summary.changed:
        out.print(_("Nothing changed: the extracts already held all of it."))


def _show_file(file: FileSummary, out: Console) -> None:
    sheet = f" [{file.sheet}]" if file.sheet else ""
    rows = ngettext("{count} row", "{count} rows", file.rows).format(count=f"{file.rows:,}")
    out.print(
        f"{file.path.name}{sheet}: {rows}, " + _("mapping {name}").format(name=file.mapping or "-"),
        style="bold",
        markup=False,
    )
    if file.ignored:
        more = f" (+{len(file.ignored) - SHOWN})" if len(file.ignored) > SHOWN else ""
        out.print(
            "- " + _("Columns not used: {columns}").format(columns=", ".join(file.ignored[:SHOWN]) + more), markup=False
        )
    if file.totals:
        said = ", ".join(f"{row} ({word})" for row, word in file.totals[:SHOWN])
        out.print("- " + _("Rows kept out, as totals or remarks: {rows}").format(rows=said), markup=False)
    for note in file.notes:
        out.print(f"- {say(note)}", markup=False)
