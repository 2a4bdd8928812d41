"""What an import would do, without doing it."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from qa.importing.engine import open_engine
from qa.importing.mapping import Mapping
from qa.importing.pipeline import judge_tables, read_files
from qa.importing.propose import Proposal, propose_for
from qa.importing.source import read

NOBODY = ("preview", "preview")


@dataclass(frozen=True)
class Preview:
    """For each table: the first rows as they would be stored, and how many rows were read, are bad, or say nothing new."""

    rows: dict[str, pl.DataFrame]
    read: dict[str, int]
    bad: dict[str, int]
    ignored: list[str]


def propose(file: Path, sheet: str | None = None) -> Proposal:
    """The mapping that names and values suggest for a file; Refused when the file cannot be read."""
    with tempfile.TemporaryDirectory() as work:
        con = open_engine(Path(work))
        try:
            return propose_for(con, read(con, file, Path(work), 0, sheet))
        finally:
            con.close()


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
            rows = {}
            for verdict in verdicts:
                columns = ", ".join(f'"{c.name}"' for c in verdict.table.columns)
                rows[verdict.table.name] = (
                    con.cursor().sql(f"select {columns} from good_{verdict.table.name} limit {int(limit)}").pl()
                )
        finally:
            con.close()
    return Preview(
        rows, {v.table.name: v.read for v in verdicts}, {v.table.name: v.bad for v in verdicts}, told[0].ignored
    )
