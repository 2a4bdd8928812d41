"""Rows of a file that are no records: totals and means of others, the header once more, remarks."""

from duckdb import DuckDBPyConnection

from qa.contract.header_words import TOTALS
from qa.importing.sql import Bindings, trimmed
from qa.importing.words import REMARK

SUBTOTAL = "(?s).*(合计|总计|小计)"
COUNT = r"(总共|共计|共有|共|合计|总计|总数|记录数)\s*[:：]?\s*[\d０-９,，]+\s*[条人个通笔件次行名单项份例]?(记录|数据|坐席|座席|话务)?[。.]?"


def set_aside(con: DuckDBPyConnection, table: str, every: str, columns: list[str], tidy: bool) -> list[tuple[int, str]]:
    """The rows that are no records, with their number and first cell. The view ``table`` holds the other rows of the table ``every``.

    Rows without a single filled cell are left out as well, and not mentioned: a spreadsheet's empty rows, written out as commas.
    """
    bindings = Bindings()
    statement = f"create table {table}_aside as {_no_records(every, columns, tidy, bindings)}"
    ((found,),) = con.execute(statement, bindings.used_in(statement)).fetchall()
    where = f" where _row not in (select _row from {table}_aside)" if found else ""
    con.execute(f"create view {table} as select * from {every}{where}")
    return con.execute(f"select _row, said from {table}_aside where said <> '' order by _row").fetchall()


def _no_records(every: str, columns: list[str], tidy: bool, bindings: Bindings) -> str:
    cells = [trimmed(f"c{i}", tidy) for i in range(len(columns))]
    # To look whether there is something to trim takes a tenth of trimming.
    word = "case when suffix(said, ':') or suffix(said, '：') or suffix(said, ' ') then rtrim(said, ':： ') else said end"
    total = f"lower({word}) in ({', '.join(bindings.add(total) for total in TOTALS)})"
    # Most records begin with a number or a code, which need not be looked at more closely.
    total += f" or (ascii(said) > 127 and regexp_full_match({word}, {bindings.add(f'{SUBTOTAL}|{COUNT}')}))"
    alone = " + ".join(f"({cell} is not null)::integer" for cell in cells)
    remark = f"regexp_full_match(said, {bindings.add(REMARK)}) and {alone} = 1" if len(columns) > 1 else "false"
    again = " and ".join(f"{cell} = {bindings.add(name)}" for cell, name in zip(cells, columns, strict=True))
    return f"""select _row, said from (select *, coalesce({', '.join(cells)}, '') as said from {every})
        where said = '' or {total} or {remark} or (said = {bindings.add(columns[0])} and {again})"""
