"""The extracts as they were before this run, under contract names and types, whoever wrote them."""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from qa.contract import Table
from qa.extracts import Extracts


@dataclass(frozen=True)
class Old:
    """A table's rows so far: ``select`` is a statement over ``$files`` giving the contract's columns and ``_file``, or None when there are none."""

    files: list[str]
    select: str | None
    extra: list[str]

    def query(self, con: DuckDBPyConnection, statement: str) -> list[tuple]:
        """The rows of a statement that reads ``{old}``."""
        return con.execute(statement.format(old=f"({self.select})"), {"files": self.files}).fetchall()


def old_rows(con: DuckDBPyConnection, extracts: Extracts, table: Table) -> Old:
    """What the folder holds of a table. Columns others left out read as null or the contract's default; ``extra`` are columns the contract does not know."""
    files = [str(path) for path in extracts.files(table.name)]
    if not files:
        return Old([], None, [])
    described = con.execute(
        "describe select * from read_parquet($files, union_by_name = true, hive_partitioning = false)", {"files": files}
    ).fetchall()
    there = {row[0] for row in described}
    columns = [
        f'cast("{c.name}" as {c.type.value}) as "{c.name}"'
        if c.name in there
        else f'cast(null as {c.type.value}) as "{c.name}"'
        for c in table.columns
    ]
    select = f"select {', '.join(columns)}, _file from read_parquet($files, union_by_name = true, hive_partitioning = false, filename = '_file')"
    return Old(files, select, sorted(there - set(table.by_name) - {"month"}))
