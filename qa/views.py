"""Views and macros of a DuckDB instance, created when a query reads them, and the extracts read through such views.

DuckDB plans a view, with all it is made of, whenever one is created: creating all that stand over the extracts takes longer than
most queries that read one chain of them.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import count
from threading import RLock
from typing import Any
from weakref import finalize

import duckdb
import polars as pl
import pyarrow as pa

ROWS_TIMEOUT_S = 30

# What is read stands behind "from" or "join", or before a bracket: the SQL in ``queries/`` is written so, and a test holds it to that.
CREATED = re.compile(r"^create or replace (?:view|macro) (\w+)", re.MULTILINE)
READ = re.compile(r"\b(?:from|join)\s+(\w+)|(\w+)\(")
_NUMBERS = count()


@lru_cache(512)
def read_by(sql: str) -> frozenset[str]:
    """The relations and functions a statement reads, by their names; those of DuckDB and of its own sub-queries too."""
    return frozenset({relation or function for relation, function in READ.findall(sql)} - set(CREATED.findall(sql)))


class LazyCatalog:
    """The views and macros of one DuckDB instance. Thread-safe."""

    def __init__(self, connection: duckdb.DuckDBPyConnection):
        self._connection = connection
        # The statement of each by its name: as the next query shall find it, and as DuckDB has it.
        self._wanted: dict[str, str] = {}
        self._standing: dict[str, str] = {}
        self._lock = RLock()

    def state(self, statement: str) -> None:
        """Let the view or macro that a statement creates or replaces be there for the queries to come."""
        with self._lock:
            self._wanted[CREATED.search(statement)[1]] = statement  # type: ignore[index]

    def stand(self, sql: str) -> None:
        """Create what a query reads, and what that reads, where it does not stand as it shall."""
        for name in read_by(sql):
            with self._lock:
                statement = self._wanted.get(name)
                if statement is None:
                    continue
                self.stand(statement)
                if self._standing.get(name) != statement:
                    self._connection.execute(statement)
                    self._standing[name] = statement


class ExtractViews:
    """Views over the extracts, in a catalog of their own: a DuckDB instance for each would cost 4 MiB and 30 ms. Thread-safe."""

    def __init__(self, instance: duckdb.DuckDBPyConnection, statements: Iterable[str]):
        """``instance``: where the catalog is attached, for as long as this object lives."""
        self._instance, self._catalog = instance, f"extracts_{next(_NUMBERS)}"
        with instance.cursor() as cursor:
            cursor.execute(f"attach ':memory:' as {self._catalog}")
        finalize(self, _detach, instance, self._catalog)
        self._lazy = LazyCatalog(self._cursor())
        for statement in statements:
            self._lazy.state(statement)

    def fetch(self, sql: str, parameters: dict[str, Any], shape: Callable[[pa.Table], pl.DataFrame] = pl.from_arrow) -> pl.DataFrame:
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
