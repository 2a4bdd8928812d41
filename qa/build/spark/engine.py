"""The adapter: views kept as trees, each query sent whole, its result written by the workers and gathered into the files of a build."""

import sys
import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from sqlglot import exp, parse_one

from qa.build.engine import Engine
from qa.build.partitions import Partition
from qa.build.portable import check, expanded, with_macros
from qa.build.seam import Seam
from qa.build.spark.dialect import days_between, spark_sql, with_views
from qa.build.spark.places import Place
from qa.build.spark.relations import columns_of, contract_query
from qa.build.spark.session import connected, told
from qa.contract import table
from qa.periods import Period
from qa.relations import parquet_rows


class SparkEngine(Seam):
    """A Spark Connect session. ``url``: ``sc://host:15002``; ``place``: where builder and workers meet.

    ``memory_limit``: of the DuckDB that gathers what the workers wrote.
    """

    # How much is read in one go is the cluster's own affair.
    rows_at_once = rows_a_statement = sys.maxsize

    def __init__(self, url: str, place: Place, memory_limit: str | None = None):
        self.place = place
        self.place.clear()
        self.session = connected(url)
        self.local = Engine(memory_limit)
        self.macros: dict[str, exp.Create] = {}
        self.views: dict[str, exp.Expr] = {}
        self.files: dict[str, Sequence[Path]] = {}

    def close(self) -> None:
        self.local.close()
        self.session.stop()
        self.place.clear()

    def read(self, files: Mapping[str, Sequence[Path]], calls: Period | None = None) -> None:
        for name, paths in files.items():
            self.files[name] = paths
            self.views[name] = check(contract_query(table(name), paths, self.over_files, calls if name == "calls" else None))

    def run(self, statement: str) -> None:
        created = parse_one(statement, read="duckdb")
        assert isinstance(created, exp.Create), statement
        if created.kind == "MACRO":
            self.macros[created.this.this.name.lower()] = created
            return
        query = with_macros(created.expression, self.macros)
        for source in list(query.find_all(exp.ReadParquet, exp.GenerateSeries)):
            source.find_ancestor(exp.Table).replace(exp.to_table(self._source(source)))
        self.views[created.this.name] = check(query)

    def _source(self, source: exp.Expr) -> str:
        """The name of what Spark has in place of a list of files or a range of days."""
        if isinstance(source, exp.ReadParquet):
            return self.over_files([Path(path.name) for path in source.expressions[0].expressions])
        self.views["days_covered"] = days_between(*(date.fromisoformat(source.args[end].this.name) for end in ("start", "end")))
        return "days_covered"

    def over_files(self, paths: Sequence[Path]) -> str:
        """The name of a relation over files of one schema."""
        return self._relation(self.place.uris(paths), columns_of(pq.read_schema(paths[0])))

    def _relation(self, uris: Sequence[str], columns: str) -> str:
        name = f"files_{uuid.uuid4().hex[:12]}"
        self.session.read.schema(columns).parquet(*uris).createOrReplaceTempView(name)
        return name

    def keep(self, name: str, sql: str, condition: str, parameters: dict[str, Any]) -> None:
        kept = self.query(f"select * from (\n{sql}\n) as rows_found where {condition}", parameters)
        uri = self.place.fresh()
        with told():
            kept.write.parquet(uri)
        columns = ", ".join(f"`{field.name}` {field.dataType.simpleString()}" for field in self._written(uri) or kept.schema)
        self.views[name] = exp.select("*").from_(self._relation([uri], columns))

    def _written(self, uri: str) -> Any:
        """The columns of what was written, which may be wider than the result was said to be; None where there were no rows to write."""
        from pyspark.errors import PySparkException

        with suppress(PySparkException):
            return self.session.read.parquet(uri).schema
        return None

    def rows(self, sql: str, parameters: dict[str, Any] | None = None) -> list[tuple]:
        with told():
            return [tuple(row) for row in self.query(sql, parameters or {}).collect()]

    def day_digests(self, name: str) -> dict[date, str]:
        # Only of the latest months, and by DuckDB, whose hash no other engine has.
        self.local.read({name: self.files[name]})
        return self.local.day_digests(name)

    def write(self, sql: str, parameters: dict[str, Any], targets: Mapping[Path, Partition], day: str) -> None:
        self.local.write(parquet_rows(self.compute(sql, parameters)), {}, targets, day)

    def query(self, sql: str, parameters: Mapping[str, Any]) -> Any:
        """The Spark frame of a query: complete in itself but for the files it reads."""
        tree = with_views(expanded(sql, self.macros, parameters), self.views)
        return self.session.sql(spark_sql(tree))

    def compute(self, sql: str, parameters: Mapping[str, Any]) -> list[Path]:
        """The Parquet files that the workers wrote, one at least; whole when this returns, whatever became of single workers."""
        frame, uri = self.query(sql, parameters), self.place.fresh()
        with told():
            frame.write.parquet(uri)
        return self.place.gathered(uri) or [self._without_rows(frame)]

    def _without_rows(self, frame: Any) -> Path:
        """A file with the columns of a result that has no rows, for which not every server writes one."""
        path = self.place.local / f"{uuid.uuid4().hex}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(frame.limit(0).toArrow(), path)
        return path
