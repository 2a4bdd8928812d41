"""The contract's views for Spark: files of one schema are read together, since it merges schemas only where types are equal."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp, parse_one

from qa.contract import Table, Type
from qa.i18n import _
from qa.periods import Period
from qa.problems import Problem
from qa.relations import contract_columns, contract_days

# What a file may hold for a column of each type, beside nothing at all: whatever else is turned into text or numbers differently by each engine.
READABLE: dict[Type, Callable[[pa.DataType], bool]] = {
    Type.TEXT: lambda found: pa.types.is_string(found) or pa.types.is_large_string(found),
    Type.INTEGER: pa.types.is_signed_integer,
    Type.NUMBER: lambda found: pa.types.is_decimal(found) or pa.types.is_signed_integer(found),
    Type.SECONDS: lambda found: pa.types.is_decimal(found) or pa.types.is_signed_integer(found),
    Type.BOOLEAN: pa.types.is_boolean,
    Type.TIMESTAMP: lambda found: pa.types.is_timestamp(found) and found.unit != "ns",
    Type.DATE: pa.types.is_date,
}


def contract_query(table: Table, files: Sequence[Path], over_files: Callable[[Sequence[Path]], str], within: Period | None = None) -> exp.Expr:
    """The query of one table of the contract, every column under its contract type, over relations that ``over_files`` names.

    ``within``: leave out rows of other days.

    Raises Problem for a file whose types engines do not agree on.
    """
    alike: dict[tuple, list[Path]] = {}
    for path in files:
        alike.setdefault(_schema(table, path), []).append(path)
    parts = [_select(table, [name for name, _type in schema], over_files(paths), contract_days(table, within)) for schema, paths in alike.items()]
    whole = parts[0] if parts else _select(table, [], "", "")
    for part in parts[1:]:
        whole = exp.union(whole, part, distinct=False, copy=False)
    return whole


def _select(table: Table, present: Sequence[str], relation: str, days: str) -> exp.Expr:
    source = f"from {relation}{days}" if relation else "where false"
    return parse_one(f"select {contract_columns(table, present)} {source}", read="duckdb")


def _schema(table: Table, path: Path) -> tuple[tuple[str, str], ...]:
    """Name and type of each column of the contract that a file has."""
    columns = {column.name: column for column in table.columns}
    found = []
    for field in pq.read_schema(path):
        if field.name not in columns or pa.types.is_null(field.type):
            continue
        type_ = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if not READABLE[columns[field.name].type](type_):
            message = _("{file}: column {column} is {found}, not {wanted}. Engines read this differently: import the file, or build with DuckDB.")
            raise Problem(message.format(file=path, column=field.name, found=type_, wanted=columns[field.name].type.value))
        found.append((field.name, str(type_)))
    return tuple(found)


def columns_of(schema: pa.Schema) -> str:
    """The columns of a Parquet file as Spark declares them, so that it need not open files to find out."""
    return ", ".join(f"`{field.name}` {_spark_type(field.type)}" for field in schema if not pa.types.is_null(field.type))


def _spark_type(found: pa.DataType) -> str:
    if pa.types.is_dictionary(found):
        return _spark_type(found.value_type)
    if pa.types.is_decimal(found):
        return f"decimal({found.precision}, {found.scale})"
    if pa.types.is_timestamp(found):
        return "timestamp" if found.tz else "timestamp_ntz"
    named = {"int8": "tinyint", "int16": "smallint", "int32": "int", "int64": "bigint", "double": "double", "bool": "boolean", "date32[day]": "date"}
    return named.get(str(found), "string")
