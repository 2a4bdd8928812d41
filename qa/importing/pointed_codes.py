"""Codes that a program kept as numbers with decimals because some are missing: 12.0 is 12, and another agent than 12 only in appearance."""

from duckdb import DuckDBPyConnection

from qa.importing.header import is_code
from qa.importing.sql import Bindings, one_of, trimmed
from qa.importing.words import NOTHING

LOOKED_AT = 1000
POINTED = r"^[0-9]+\.0$"


def without_points(con: DuckDBPyConnection, table: str, columns: list[str], tidy: bool) -> tuple[str, list[str]]:
    """The table, or another one without the points, and the columns of codes that had them: those in which every code is written so."""
    codes = [(f"c{i}", name) for i, name in enumerate(columns) if is_code(name)]
    first = f"(select * from {table} limit {LOOKED_AT})"
    pointed = [(cell, name) for cell, name in codes if _all_pointed(con, first, cell, tidy) and _all_pointed(con, table, cell, tidy)]
    if not pointed:
        return table, []
    plain = ", ".join(f"regexp_replace({trimmed(cell, tidy)}, '[.]0$', '') as {cell}" for cell, _name in pointed)
    con.execute(f"create table {table}_whole as select * replace ({plain}) from {table}")
    return f"{table}_whole", [name for _cell, name in pointed]


def _all_pointed(con: DuckDBPyConnection, rows: str, cell: str, tidy: bool) -> bool:
    bindings = Bindings()
    text = trimmed(cell, tidy)
    is_pointed, is_nothing = f"regexp_full_match({text}, {bindings.add(POINTED)})", one_of(f"lower({text})", NOTHING, bindings)
    statement = f"select coalesce(bool_or({is_pointed}), false) and coalesce(bool_and({is_pointed} or {is_nothing}), false) from {rows}"
    return con.execute(statement, bindings.used_in(statement)).fetchone()[0]
