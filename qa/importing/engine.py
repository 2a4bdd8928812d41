"""The working database of one import."""

from pathlib import Path

import duckdb

MEMORY = "4GB"


def open_engine(work: Path) -> duckdb.DuckDBPyConnection:
    """An empty in-memory database that spills into ``work`` when it outgrows its memory."""
    engine = duckdb.connect(
        config={
            "temp_directory": str(work / "spill"),
            "memory_limit": MEMORY,
            "preserve_insertion_order": "true",
            "autoinstall_known_extensions": "false",
        }
    )
    # Moments of Parquet files read as universal time, wherever the computer stands.
    engine.execute("set global timezone = 'UTC'")
    # Joining the list of words would look at every cell, also at those that a case before it leaves out.
    engine.execute("set global disabled_optimizers = 'in_clause'")
    return engine
