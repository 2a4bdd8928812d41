"""What an import would do, without doing it."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection

from qa.importing import quarantine
from qa.importing.engine import open_engine
from qa.importing.mapping import Mapping, fitting
from qa.importing.pipeline import judge_tables, read_files
from qa.importing.propose import Proposal, propose_for
from qa.importing.source import read
from qa.importing.suited import suited, unread_by
from qa.importing.summary import FileSummary
from qa.importing.verdicts import Verdict

NOBODY = "preview"


@dataclass(frozen=True)
class Preview:
    """For each table: the first rows as they would be stored and as they would be rejected, how many were read and are bad."""

    rows: dict[str, pl.DataFrame]
    rejects: dict[str, pl.DataFrame]
    read: dict[str, int]
    bad: dict[str, int]
    file: FileSummary

    @property
    def ignored(self) -> list[str]:
        """The columns of the file that are left out."""
        return self.file.ignored


def propose(file: Path, sheet: str | None = None) -> Proposal:
    """The mapping that names and values suggest for a file; Refused when the file cannot be read."""
    with tempfile.TemporaryDirectory() as work:
        con = open_engine(Path(work))
        try:
            return propose_for(con, read(con, file, Path(work), 0, sheet))
        finally:
            con.close()


def suggest(file: Path, into: Path, sheet: str | None = None) -> tuple[Proposal, bool]:
    """The mapping that is there for a file, or else a proposal; and whether it was there. Refused when the file cannot be read."""
    with tempfile.TemporaryDirectory() as work:
        con = open_engine(Path(work))
        try:
            source = read(con, file, Path(work), 0, sheet)
            fit = fitting(source.columns, into)
            if (found := suited(con, source, into, fit)) is not None:
                return Proposal(found), True
            proposal = propose_for(con, source)
        finally:
            con.close()
    return replace(proposal, notes=[*map(unread_by, fit[:1]), *proposal.notes]), False


def preview(
    file: Path, into: Path, mapping: Mapping | str | None = None, sheet: str | None = None, limit: int = 20
) -> Preview:
    """The first rows of every table a file would fill; nothing is written. Pseudonyms in it are not the real ones."""
    with tempfile.TemporaryDirectory() as work:
        con = open_engine(Path(work))
        try:
            told, parts = read_files(
                con, [file], into, Path(work), mapping, sheet, False, NOBODY, lambda _step, _done, _total: None
            )
            verdicts = [verdict for verdict, _old in judge_tables(con, into, parts, lambda _step, _done, _total: None)]
            rows = {verdict.table.name: _good(con, verdict, limit) for verdict in verdicts}
            rejects = {verdict.table.name: _bad(con, verdict, Path(work), limit) for verdict in verdicts}
        finally:
            con.close()
    return Preview(rows, rejects, {v.table.name: v.read for v in verdicts}, {v.table.name: v.bad for v in verdicts}, told[0])


def _good(con: DuckDBPyConnection, verdict: Verdict, limit: int) -> pl.DataFrame:
    columns = ", ".join(f'"{c.name}"' for c in verdict.table.columns)
    return con.cursor().sql(f"select {columns} from good_{verdict.table.name} limit {int(limit)}").pl()


def _bad(con: DuckDBPyConnection, verdict: Verdict, work: Path, limit: int) -> pl.DataFrame:
    """The first rows as the quarantine would hold them: where from, what is wrong, every value; empty without columns when none is bad."""
    path = work / f"{verdict.table.name}-rejects.csv"
    sources = {id(part.source): part.source for part in verdict.parts}.values()
    if not verdict.bad or not sum(quarantine.write(con, verdict, source, path) for source in sources):
        return pl.DataFrame()
    return pl.read_csv(path, infer_schema=False, n_rows=limit, truncate_ragged_lines=True)
