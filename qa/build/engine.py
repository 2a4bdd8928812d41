"""DuckDB as the engine of a build: it holds the views and writes what a query returns as one Parquet file."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from qa.build.seam import Seam
from qa.contract import table
from qa.periods import Period
from qa.relations import contract_view, literal


class Engine(Seam):
    """One DuckDB instance with the contract's views over given files."""

    def __init__(self, memory_limit: str | None = None):
        self.connection = duckdb.connect(config={"memory_limit": memory_limit} if memory_limit else {})
        self.connection.execute("set timezone = 'UTC'")
        self.connection.execute("set preserve_insertion_order = false")

    def close(self) -> None:
        """Close the instance."""
        self.connection.close()

    def read(self, files: Mapping[str, Sequence[Path]]) -> None:
        """Let the contract's views stand over these files."""
        for name, paths in files.items():
            self.connection.execute(contract_view(table(name), paths))

    def run(self, statement: str) -> None:
        """Execute one statement that returns nothing."""
        self.connection.execute(statement)

    def keep(self, name: str, sql: str, condition: str, parameters: dict[str, Any]) -> None:
        """Let the view of this name stand over the rows of a query that meet the condition, held as a table."""
        self.connection.execute(f"create or replace table {name}_kept as\nselect * from (\n{sql}\n) as rows_found where {condition}", parameters)
        self.connection.execute(f"create or replace view {name} as select * from {name}_kept")

    def rows(self, sql: str, parameters: dict[str, Any] | None = None) -> list[tuple]:
        """All rows of a small result."""
        return self.connection.execute(sql, parameters or {}).fetchall()

    def write(self, sql: str, parameters: dict[str, Any], targets: Mapping[Path, Period | None], day: str) -> None:
        """Write the rows of a query to Parquet files: one for all, or one for each month by the column ``day``."""
        if len(targets) == 1:
            (path,) = targets
            self._copy(sql, parameters, path)
            return
        self.connection.execute(f"create or replace temp table made as\n{sql}", parameters)
        for path, month in targets.items():
            bounds = {"month_from": month.date_from, "month_until": month.date_to}
            self._copy(f"select * from made where {day} >= $month_from and {day} < $month_until", bounds, path)
        self.connection.execute("drop table made")

    def _copy(self, sql: str, parameters: dict[str, Any], path: Path) -> None:
        """One file, there whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        self.connection.execute(f"copy (\n{sql}\n) to {literal(str(draft))} (format parquet, compression zstd)", parameters)
        os.replace(draft, path)
