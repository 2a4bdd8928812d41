"""The contract, held against extracts on disk by DuckDB alone."""

from pathlib import Path

import duckdb

from qa.contract import TABLES, Column, Table


def violations(folder: Path) -> list[str]:
    """What breaks the contract in the extracts of ``folder``: one line a finding, with how many rows."""
    con = duckdb.connect()
    found = []
    for table in TABLES.values():
        pattern = folder / table.name / "**" / "*.parquet"
        con.execute(f"create view {table.name} as select * from read_parquet('{pattern}', hive_partitioning = true)")
    for table in TABLES.values():
        found += _schema_findings(con, table)
        checks = {f"key {table.key}": _duplicates(table)}
        for column in table.columns:
            checks |= _column_checks(table, column)
        checks |= {f"rule {rule.column}: {rule.sql}": f"select count(*) from {table.name} where {rule.sql}" for rule in table.rules}
        for what, sql in checks.items():
            rows = con.execute(sql).fetchone()[0]
            if rows:
                found.append(f"{table.name}: {what}: {rows}")
    return found


def _schema_findings(con: duckdb.DuckDBPyConnection, table: Table) -> list[str]:
    described = {row[0]: row[1] for row in con.execute(f"describe {table.name}").fetchall()}
    described.pop("month", None)
    expected = {column.name: column.type.value for column in table.columns}
    return [] if described == expected else [f"{table.name}: columns {set(described.items()) ^ set(expected.items())}"]


def _duplicates(table: Table) -> str:
    key = ", ".join(table.key)
    return f"select count(*) from (select {key} from {table.name} group by all having count(*) > 1)"


def _column_checks(table: Table, column: Column) -> dict[str, str]:
    select = f"select count(*) from {table.name} where {column.name}"
    checks = {}
    if not column.may_be_null:
        checks[f"{column.name} is null"] = f"{select} is null"
    if column.allowed:
        checks[f"{column.name} allowed"] = f"{select} not in {column.allowed}"
    if column.minimum is not None:
        checks[f"{column.name} minimum"] = f"{select} < {column.minimum}"
    if column.references:
        other, key = column.references.split(".")
        checks[f"{column.name} reference"] = f"{select} is not null and {column.name} not in (select {key} from {other})"
    return checks
