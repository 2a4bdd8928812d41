"""Rejected rows, as a CSV a person can correct and import again: where each comes from, what is wrong, and every value it had.

The values are as the source has them, telephone numbers included, so only the owner may read the file.
"""

import csv
from pathlib import Path

from duckdb import DuckDBPyConnection

from qa.importing.checks import broken_row
from qa.importing.problems import collect
from qa.importing.shape import Part
from qa.importing.source import Source
from qa.importing.verdicts import Verdict

META = ("source_file", "source_row", "problem_column", "problem_value", "原因", "reason")
FOLDER = "quarantine"
BATCH = 10_000


def target(verdict: Verdict, source: Source) -> str:
    """Where the rejects of a file for a table go, below the extracts' folder."""
    return f"{FOLDER}/{verdict.table.name}/{source.import_id}.csv"


def write(con: DuckDBPyConnection, verdict: Verdict, source: Source, path: Path) -> int:
    """How many source rows of a file were written to ``path`` as rejects for one table; no file when there are none."""
    con.execute("create or replace table problems (_row bigint, col varchar, val varchar, zh varchar, en varchar)")
    for part in verdict.parts:
        if part.source is source:
            collect(con, verdict, part)
    cells = ", ".join(f"any_value(s.c{i})" for i in range(len(source.columns)))
    found = con.execute(f"""
        select
            p._row,
            string_agg(p.col, '; ' order by p.rowid), string_agg(coalesce(p.val, ''), '; ' order by p.rowid),
            string_agg(p.zh, '；' order by p.rowid), string_agg(p.en, '; ' order by p.rowid),
            {cells}
        from problems as p left join {source.view} as s on s._row = p._row
        group by p._row order by p._row""")
    return _save(found, [part for part in verdict.parts if part.source is source], source, path)


def _save(found: DuckDBPyConnection, parts: list[Part], source: Source, path: Path) -> int:
    """The rows found to be bad, then those that are broken, as wide as they are: imported again before they are mended, they are broken again."""
    rows, count = found.fetchmany(BATCH), 0
    broken = [row for part in parts for row in part.broken]
    if not rows and not broken:
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*META, *source.columns])
        while rows:
            writer.writerows([source.path.name, row[0] if row[0] > 0 else "", *row[1:]] for row in rows)
            count += len(rows)
            rows = found.fetchmany(BATCH)
        for number, cells in broken:
            said = broken_row(len(cells), len(source.columns))
            writer.writerow([source.path.name, number, "", "", said.zh, said.en, *cells])
    return count + len(broken)
