"""Signs with which programs keep a spreadsheet from taking a code for a number: ``="0012"`` and ``'0012``. They are no part of the code."""

from duckdb import DuckDBPyConnection

from qa.importing.sql import Bindings, one_of, trimmed
from qa.importing.words import NOTHING

LOOKED_AT = 1000
FORMULA = r'^="([^"]*)"$'
APOSTROPHE = r"^'[0-9][-0-9/:. ]{2,}$"


def without_marks(con: DuckDBPyConnection, table: str, width: int, quotes: bool) -> str:
    """The table, or another one without the signs: a formula is one wherever it stands, an apostrophe where every code of its column begins with one.

    ``quotes``: whether the file may hold any; without them no cell is a formula.
    """
    cells, bindings = [f"c{i}" for i in range(width)], Bindings()
    formulas = _beginning(con, table, cells, '="') if quotes else []
    plain = {cell: f"regexp_replace(trim({cell}), {bindings.add(FORMULA)}, '\\1')" for cell in formulas}
    apostrophes = _beginning(con, f"(select * from {table} limit {LOOKED_AT})", cells, "'")
    plain |= {cell: f"ltrim(trim({cell}), '''')" for cell in apostrophes if _all_marked(con, table, cell)}
    if not plain:
        return table
    statement = f"create table {table}_plain as select * replace ({', '.join(f'{text} as {cell}' for cell, text in plain.items())}) from {table}"
    con.execute(statement, bindings.used_in(statement))
    return f"{table}_plain"


def _beginning(con: DuckDBPyConnection, rows: str, cells: list[str], sign: str) -> list[str]:
    """The columns in which some cell begins with the sign."""
    found = con.execute(f"select {', '.join(f'bool_or(starts_with({cell}, $sign))' for cell in cells)} from {rows}", {"sign": sign}).fetchone()
    return [cell for cell, begins in zip(cells, found, strict=True) if begins]


def _all_marked(con: DuckDBPyConnection, table: str, cell: str) -> bool:
    bindings = Bindings()
    text = trimmed(cell)
    marked = f"regexp_full_match({text}, {bindings.add(APOSTROPHE)}) or {one_of(f'lower({text})', NOTHING, bindings)}"
    (others,) = con.execute(f"select count(*) from {table} where {text} is not null and not ({marked})", bindings.values).fetchone()
    return not others
