"""DuckDB as the engine of a build: it holds the views and writes what a query returns as one Parquet file."""

import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from pydantic import ByteSize, TypeAdapter, ValidationError

from qa.build.partitions import Partition
from qa.build.seam import Seam
from qa.contract import table
from qa.i18n import _
from qa.periods import Period
from qa.problems import Problem
from qa.relations import contract_view, literal, parquet_rows
from qa.views import LazyCatalog

# DuckDB's share of a given limit: libraries, code and what it does not count take up to 400 MB more.
DUCKDB_SHARE = 0.8
# A build's share of the memory DuckDB would take by itself: the board runs beside it.
MEMORY_SHARE = 0.6
# Memory a build reckons with for each row of the extracts it reads in one go; what takes more is spilled.
BYTES_A_ROW = 125
# What a statement sums is looked through once for each of its months: few months together are written faster, unless they have
# few rows, where planning a statement takes longer.
ROWS_A_STATEMENT = 4_000_000
# DuckDB writes a file of few rows on one core.
FILES_AT_ONCE = 2


class Engine(Seam):
    """One DuckDB instance with the contract's views over given files."""

    rows_a_statement = ROWS_A_STATEMENT

    def __init__(self, memory_limit: str | None = None, spill: Path | None = None):
        """``memory_limit``: of the whole process, such as 4GB; without it half the memory there is. ``spill``: where what does not fit goes.

        Problem for a limit that is not an amount of memory.
        """
        self.connection = duckdb.connect(config={"temp_directory": str(spill)} if spill else {})
        self._lazy = LazyCatalog(self.connection)
        limit = _bytes(memory_limit) * DUCKDB_SHARE if memory_limit else self._memory() * MEMORY_SHARE
        self.rows_at_once = int(limit) // BYTES_A_ROW
        self.connection.execute(f"set memory_limit = '{int(limit)}B'")
        self.connection.execute("set global timezone = 'UTC'")
        self.connection.execute("set global preserve_insertion_order = false")

    def _memory(self) -> int:
        """What DuckDB takes without a limit, in bytes: most of what machine or container have."""
        (described,) = self.rows("select current_setting('memory_limit')")[0]
        return _bytes(described)

    def close(self) -> None:
        """Close the instance."""
        self.connection.close()

    def read(self, files: Mapping[str, Sequence[Path]], calls: Period | None = None) -> None:
        """Let the contract's views stand over these files; ``calls``: over the calls of these days only."""
        for name, paths in files.items():
            self.run(contract_view(table(name), paths, calls if name == "calls" else None))

    def run(self, statement: str) -> None:
        """Create a macro or a view, once a query reads it."""
        self._lazy.state(statement)

    def keep(self, name: str, sql: str, condition: str, parameters: dict[str, Any]) -> None:
        """Let the view of this name stand over the rows of a query that meet the condition, held as a table."""
        self._create(f"{name}_kept", f"select * from (\n{sql}\n) as rows_found where {condition}", parameters)
        self.run(f"create or replace view {name} as select * from {name}_kept")

    def release(self, names: Sequence[str]) -> None:
        """Drop the rows kept under these names; the views stand over the extracts again."""
        for name in names:
            self.connection.execute(f"drop table {name}_kept")
        super().release(names)

    def rows(self, sql: str, parameters: dict[str, Any] | None = None) -> list[tuple]:
        """All rows of a small result."""
        self._lazy.stand(sql)
        return self.connection.execute(sql, parameters or {}).fetchall()

    def _create(self, name: str, sql: str, parameters: dict[str, Any]) -> None:
        """A table of what a query returns."""
        self._lazy.stand(sql)
        self.connection.execute(f"create or replace table {name} as\n{sql}", parameters)

    def day_digests(self, name: str) -> dict[date, str]:
        """What each day of a table's view holds, as a digest: another when a row is."""
        columns = ", ".join(column.name for column in table(name).columns)
        time = table(name).time
        sql = f"select cast({time} as date) as day, count(*), sum(hash({columns})) from {name} where {time} is not null group by day"
        return {day: f"{rows} {digest}" for day, rows, digest in self.rows(sql)}

    def write(self, sql: str, parameters: dict[str, Any], targets: Mapping[Path, Partition], day: str) -> None:
        """Write the rows of a query to Parquet files: one for all, or one for each partition's days by the column ``day``.

        A partition made only in part takes its other days from the file it had before.
        """
        parts = list(targets.values())
        if len(targets) == 1 and parts[0].before is None:
            self._lazy.stand(sql)
            self._copy(sql, parameters, next(iter(targets)))
            return
        self._create("made", sql, parameters)
        with ThreadPoolExecutor(FILES_AT_ONCE) as pool:
            # Exhausted, so that a failure is raised here.
            list(pool.map(lambda path: self._copy_days(path, targets[path], day), targets))
        self.connection.execute("drop table made")

    def _copy_days(self, path: Path, part: Partition, day: str) -> None:
        """The days of one partition from the table ``made``, the others from the file it had before."""
        within = f"{day} >= $month_from and {day} < $month_until"
        rows = f"select * from made where {within}"
        if part.before:
            rows += f"\nunion all\n{parquet_rows([part.before])} where not ({within})"
        self._copy(rows, part.bounds, path)

    def _copy(self, sql: str, parameters: dict[str, Any], path: Path) -> None:
        """One file, there whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with self.connection.cursor() as connection:
            connection.execute(f"copy (\n{sql}\n) to {literal(str(draft))} (format parquet, compression zstd)", parameters)
        os.replace(draft, path)


def _bytes(amount: str) -> int:
    try:
        return TypeAdapter(ByteSize).validate_python(amount)
    except ValidationError as error:
        raise Problem(_("{amount} is not an amount of memory. Write it as 4GB or 512MB.").format(amount=amount)) from error
