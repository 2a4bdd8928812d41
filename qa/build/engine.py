"""DuckDB as the engine of a build: it holds the views and writes what a query returns as one Parquet file."""

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from qa.config import Config
from qa.contract import TABLES, table
from qa.periods import Period
from qa.relations import Span, contract_view, definition_macros, fact_views, literal

# The column that places a row in time, for every table the span of the data is read from.
DATED = {name: declared.time for name, declared in TABLES.items() if declared.time}

# The last day a row covers, where that is not the day of its time.
LAST_DAYS = {"call_counts": "case when grain = 'month' then last_day(period) else period end"}


class Engine:
    """One DuckDB instance with the contract's views over given files."""

    def __init__(self, memory_limit: str | None = None):
        self.connection = duckdb.connect(config={"memory_limit": memory_limit} if memory_limit else {})
        self.connection.execute("set timezone = 'UTC'")
        self.connection.execute("set preserve_insertion_order = false")

    def __enter__(self) -> "Engine":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.connection.close()

    def read(self, files: Mapping[str, Sequence[Path]]) -> None:
        """Let the contract's views stand over these files."""
        for name, paths in files.items():
            self.connection.execute(contract_view(table(name), paths))

    def define(self, config: Config, span: Span, relations: Sequence[str]) -> None:
        """Create the definitions in force, the given helper relations, and the fact views."""
        for statement in (*definition_macros(config, span), *relations, *fact_views()):
            self.connection.execute(statement)

    def run(self, statement: str) -> None:
        """Execute one statement that returns nothing."""
        self.connection.execute(statement)

    def keep(self, name: str, sql: str, condition: str, parameters: dict[str, Any]) -> None:
        """Let the view of this name stand over the rows of a query that meet the condition, held as a table."""
        self.connection.execute(f"create or replace table {name}_kept as\nselect * from (\n{sql}\n) as rows_found where {condition}", parameters)
        self.connection.execute(f"create or replace view {name} as select * from {name}_kept")

    def release(self, names: Sequence[str]) -> None:
        """Drop the rows kept under these names; the views stand over the extracts again."""
        for statement in (*(f"drop table {name}_kept" for name in names), *fact_views(names)):
            self.connection.execute(statement)

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

    def span(self) -> Span | None:
        """The first and last day of all dated tables; None when there is nothing."""
        parts = " union all ".join(
            f"select cast(min({column}) as date) as first_day, cast(max({LAST_DAYS.get(name, column)}) as date) as last_day from {name}"
            for name, column in DATED.items()
        )
        first, last = self.rows(f"select min(first_day), max(last_day) from ({parts}) as spans")[0]
        return Span(first, last) if isinstance(first, date) else None

    def centers(self) -> dict[str, int]:
        """Every center with the day its months start on."""
        return {center: int(start or 1) for center, start in self.rows("select center_id, period_start_day from centers")}
