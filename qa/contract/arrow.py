"""The contract's types in Arrow, for whoever writes extracts."""

import pyarrow as pa

from qa.contract.model import Table, Type

ARROW_TYPES = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.decimal128(14, 4),
    Type.SECONDS: pa.decimal128(12, 3),
    Type.BOOLEAN: pa.bool_(),
    Type.TIMESTAMP: pa.timestamp("us"),
    Type.DATE: pa.date32(),
}


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of ``table``'s Parquet files: every column of the contract, in its order.

    The partition column ``month`` of a large table is in the folder's name, not in the files.
    """
    return pa.schema([pa.field(column.name, ARROW_TYPES[column.type]) for column in table.columns])
