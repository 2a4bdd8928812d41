"""Rows of a file that are no records: totals and means of others, the header once more, remarks."""

from duckdb import DuckDBPyConnection

from qa.importing.sql import Bindings, trimmed
from qa.importing.words import REMARK, TOTALS

SUBTOTAL = "(?s).*(合计|总计|小计)"


def set_aside(con: DuckDBPyConnection, table: str, columns: list[str], tidy: bool) -> list[tuple[int, str]]:
    """The rows that are no records, with their number and first cell. The view ``table`` holds the other rows of ``<table>_all``."""
    found = _found(con, table, columns, tidy)
    if not found:
        con.execute(f"create view {table} as select * from {table}_all")
        return []
    con.execute(f"create table {table}_aside as select unnest($rows) as _row", {"rows": [row for row, _said in found]})
    con.execute(f"create view {table} as select * from {table}_all where _row not in (select _row from {table}_aside)")
    return found


def _found(con: DuckDBPyConnection, table: str, columns: list[str], tidy: bool) -> list[tuple[int, str]]:
    bindings = Bindings()
    cells = [trimmed(f"c{i}", tidy) for i in range(len(columns))]
    word = "rtrim(said, ':： ')"
    total = f"lower({word}) in ({', '.join(bindings.add(total) for total in TOTALS)})"
    # Most records begin with a number or a code, which need not be looked at more closely.
    total += f" or (ascii(said) > 127 and regexp_full_match({word}, {bindings.add(SUBTOTAL)}))"
    alone = " + ".join(f"({cell} is not null)::integer" for cell in cells)
    remark = f"regexp_full_match(said, {bindings.add(REMARK)}) and {alone} = 1" if len(columns) > 1 else "false"
    again = " and ".join(f"{cell} = {bindings.add(name)}" for cell, name in zip(cells, columns, strict=True))
    statement = f"""select _row, said from (select *, coalesce({', '.join(cells)}, '') as said from {table}_all)
        where {total} or {remark} or (said = {bindings.add(columns[0])} and {again}) order by _row"""
    return con.execute(statement, bindings.used_in(statement)).fetchall()
