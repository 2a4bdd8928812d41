"""Views and macros of a DuckDB instance, created when a query reads them, and the extracts read through such views.

DuckDB plans a view, with all it is made of, whenever one is created: creating all that stand over the extracts takes longer than
most queries that read one chain of them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from itertools import count
from threading import Lock
from typing import Any, cast
from weakref import finalize

import duckdb
import polars as pl
import pyarrow as pa

ROWS_TIMEOUT_S = 30

# What is read stands behind "from" or "join", or before a bracket: the SQL in ``queries/`` is written so, and a test holds it to that.
CREATED = re.compile(r"^create or replace (?:view|macro) (\w+)", re.MULTILINE)
READ = re.compile(r"\b(?:from|join)\s+(\w+)|(\w+)\(")
_NUMBERS = count()


def frame_of(table: pa.Table | pa.RecordBatch) -> pl.DataFrame:
    """The rows of an Arrow table, which Polars would also read a single column from."""
    return cast(pl.DataFrame, pl.from_arrow(table))


@lru_cache(512)
def read_by(sql: str) -> frozenset[str]:
    """The relations and functions a statement reads, by their names; those of DuckDB and of its own sub-queries too."""
    return frozenset({relation or function for relation, function in READ.findall(sql)} - set(CREATED.findall(sql)))


def created_by(statement: str) -> str:
    """The name of the view or macro that a statement creates."""
    return CREATED.search(statement)[1]


def needed(sql: str, statements: Mapping[str, str]) -> list[str]:
    """Which of the named statements a query builds on, directly or not: each behind those it builds on itself."""
    found: dict[str, None] = {}

    def look_at(text: str) -> None:
        for name in read_by(text) & statements.keys():
            if name not in found:
                look_at(statements[name])
                found[name] = None

    look_at(sql)
    return list(found)


class LazyCatalog:
    """The views and macros of one DuckDB instance. Thread-safe."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, statements: Iterable[str] = ()):
        self._connection = connection
        # The statement of each by its name: as the next query shall find it, and as DuckDB has it.
        self._wanted = {created_by(statement): statement for statement in statements}
        self._standing: dict[str, str] = {}
        self._lock = Lock()

    def state(self, statement: str) -> None:
        """Let the view or macro that a statement creates or replaces be there for the queries to come."""
        with self._lock:
            self._wanted[created_by(statement)] = statement

    def stand(self, sql: str) -> None:
        """Create what a query reads, and what that reads, where it does not stand as it shall."""
        with self._lock:
            for name in needed(sql, self._wanted):
                if self._standing.get(name) != self._wanted[name]:
                    self._connection.execute(self._wanted[name])
                    self._standing[name] = self._wanted[name]


class ExtractViews:
    """Views over the extracts, in a catalog of their own: a DuckDB instance for each would cost 4 MiB and 30 ms. Thread-safe."""

    def __init__(self, instance: duckdb.DuckDBPyConnection, statements: Iterable[str]):
        """``instance``: where the catalog is attached, for as long as this object lives."""
        self._instance, self._catalog = instance, f"extracts_{next(_NUMBERS)}"
        with instance.cursor() as cursor:
            cursor.execute(f"attach ':memory:' as {self._catalog}")
        finalize(self, _detach, instance, self._catalog)
        self._lazy = LazyCatalog(self._cursor(), statements)

    def fetch(self, sql: str, parameters: dict[str, Any], shape: Callable[[pa.Table], pl.DataFrame] = frame_of) -> pl.DataFrame:
        """The rows of a query. Raises TimeoutError when it takes longer than ROWS_TIMEOUT_S."""
        self._lazy.stand(sql)
        with self._cursor() as cursor:
            cursor.execute(f"set max_execution_time = {ROWS_TIMEOUT_S * 1000}")
            try:
                return shape(cursor.execute(sql, parameters).to_arrow_table())
            except duckdb.InterruptException as error:
                raise TimeoutError from error

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = self._instance.cursor()
        cursor.execute(f"use {self._catalog}")
        return cursor


def _detach(instance: duckdb.DuckDBPyConnection, catalog: str) -> None:
    with instance.cursor() as cursor:
        cursor.execute(f"detach {catalog}")
