"""The command that writes monthly reports."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from qa.cli.options import DEFAULT_DATA, Data, center_id, notes, opened
from qa.i18n import _, language
from qa.problems import Problem
from qa.report.comparison import comparison
from qa.report.kept import kept
from qa.report.month import centers_of, last_complete_month
from qa.report.monthly import monthly_report
from qa.report.write import FILE_FORMATS, FileFormat, file_name, rendered, write_beside
from qa.warehouse import Warehouse

FAILED = 1
COMPARISON = "all"


def report(
    *,
    center: Annotated[str | None, Parameter(help="Center, by id or name.")] = None,
    month: Annotated[str | None, Parameter(help="Month, such as 2026-10; the last one whose data are complete where none is named.")] = None,
    format: Annotated[list[FileFormat] | None, Parameter(negative=(), consume_multiple=False, help="Format; may be repeated. Without it all five.")] = None,
    into: Annotated[Path, Parameter(name="--into", help="Folder for the files.")] = Path("reports"),
    all: Annotated[bool, Parameter(negative=(), help="Every center, and the comparison of them all.")] = False,
    data: Data = DEFAULT_DATA,
) -> int:
    """Write the monthly report of a center.

    With --all, of every center, and the comparison of them.
    The same data give the same files. A report that is there stays as it is: what differs from it goes beside it, under a name of its own.
    Exit status: 0 all written, 1 some center's report could not be written (the others are), 2 nothing could be asked.
    """
    if all == (center is not None):
        raise Problem(_("Name one center with --center, or all of them with --all."))
    warehouse = opened(data)
    chosen = centers_of(warehouse, None) if all else [center_id(warehouse, center or "")]
    name = month or last_complete_month(warehouse, chosen)
    formats = tuple(dict.fromkeys(format or FILE_FORMATS))
    return _write_all(warehouse, [COMPARISON, *chosen] if all else chosen, name, formats, into)


def _write_all(warehouse: Warehouse, chosen: list[str], month: str, formats: tuple[FileFormat, ...], into: Path) -> int:
    """Write each document in each format; what fails is told and does not stop the others."""
    failed = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=notes, transient=True) as progress:
        task = progress.add_task(_("Writing reports ..."), total=len(chosen) * len(formats))
        for center in chosen:
            try:
                document = (
                    comparison(warehouse, None, month)
                    if center == COMPARISON
                    else monthly_report(warehouse, None, center, month, kept(warehouse, None, center, month))
                )
            except Problem as problem:
                if len(chosen) == 1:
                    raise
                failed += 1
                notes.print(f"{center}: {problem}", style="red", markup=False)
                progress.advance(task, len(formats))
                continue
            for file_format in formats:
                path = into / file_name(center, month, language(), file_format)
                written = write_beside(path, rendered(document, file_format))
                if written != path:
                    notes.print(_("{path} stays as it was reported; data or explanations have changed since.").format(path=path), markup=False)
                print(written)
                progress.advance(task)
    return FAILED if failed else 0
