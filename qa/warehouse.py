"""One build, opened: the sums the board asks for, and the rows behind them. Thread-safe."""

import hashlib
import re
import warnings
from collections.abc import Callable, Hashable, Sequence
from copy import copy
from datetime import date, timedelta
from functools import cache, cached_property, partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import duckdb
import polars as pl
import pyarrow as pa
from cachetools import LRUCache

from qa.build.digests import inputs_digest, sql_digest
from qa.build.manifest import Manifest, current_manifest, rollup_folder
from qa.config import load_config
from qa.contract import TABLES
from qa.cuts import Cut
from qa.extracts import Extracts
from qa.filters import Filters, Scope
from qa.i18n import _
from qa.problems import Problem
from qa.query import Query, Question, fact_query, row_query
from qa.relations import (
    CALL_DAYS_VIEW,
    CALL_HORIZONS_VIEW,
    Span,
    contract_view,
    contract_views,
    days_view,
    definition_macros,
    fact_views,
    parquet_rows,
    plan_periods_view,
    query_statements,
    query_text,
)
from qa.sources import ROLLUPS, SOURCES
from qa.sums import Sums
from qa.targets import Targets
from qa.views import ExtractViews, LazyCatalog, frame_of

T = TypeVar("T")

# execute() plans a query once where sql() plans it twice; for results of this size the extra copy costs nothing.
warnings.filterwarnings("ignore", message="Arrow output on a DB-API result")

CACHED_RESULTS = 2048
# Frames of a row a metric and group, larger than sums, and what else the parts of a page ask for twice: enough for some pages.
CACHED_JUDGEMENTS = 64
MONTHS_HELD = 8
# Where an import puts parts of records it does not know.
UNKNOWN_MONTH = "0001-01"


class NoBuild(LookupError):
    """There are no rollups to read yet."""


class DataChanged(Problem):
    """The extracts are no longer those a build was made from; the message says so in the viewer's language."""


class Warehouse:
    """The rollups of one build in memory or as Parquet views, and on demand the facts of the extracts.

    A Warehouse never changes: a new build is another Warehouse, so whatever is fetched through one belongs together.
    """

    def __init__(self, data: Path, manifest: Manifest):
        self.data, self.manifest, self.config = data, manifest, manifest.config
        self.span = Span(manifest.first_day, manifest.last_day)
        self._connection = duckdb.connect()
        self._connection.execute("set global timezone = 'UTC'")
        self._connection.execute("set allocator_background_threads = true")
        macros = (*definition_macros(self.config, self.span), *query_statements("periods"), *query_statements("metrics"))
        self._lazy = LazyCatalog(self._connection.cursor(), macros)
        self.measures = _macro_parameters()
        self._load_rollups()
        self._cache: LRUCache = LRUCache(CACHED_RESULTS)
        self._told: LRUCache = LRUCache(CACHED_JUDGEMENTS)
        self._lock = Lock()
        self._facts: _Facts | None = None
        self._months: LRUCache = LRUCache(MONTHS_HELD)
        organisation = self.organisation()
        self.centers = organisation["centers"]
        self.agents = organisation["agents"]
        self.items = organisation["scorecards"]
        self.targets = Targets(organisation["targets"])
        self.headquarters: str | None = next(iter(self.centers.filter("is_headquarters")["center_id"]), None)
        self.center_names: dict[str, str] = dict(self.centers.select("center_id", "name").iter_rows())
        latest = self.agents.sort("valid_from").unique("agent_id", keep="last")
        self.center_of_agent: dict[str, str] = dict(latest.select("agent_id", "center_id").iter_rows())
        self.agent_names: dict[str, str] = dict(latest.select("agent_id", "name").iter_rows())
        months = (self.span.until - self.span.first_day).days / 31
        self._sums = Sums(partial(_rows, self._connection, self._lazy), self.measures, len(self.agent_names) * months)

    @classmethod
    def open(cls, data: Path) -> "Warehouse":
        """The build in force; NoBuild before the first, and where the one there is was made by other SQL than this version's."""
        manifest = current_manifest(data)
        if manifest is None or manifest.sql != sql_digest():
            raise NoBuild(str(data))
        return cls(data, manifest)

    @property
    def build_id(self) -> str:
        return self.manifest.id

    @cached_property
    def definition_version(self) -> str:
        """A name for the definitions every figure of this build is computed by: configuration and SQL."""
        return hashlib.sha256(f"{self.config.model_dump_json()} {self.manifest.sql}".encode()).hexdigest()[:12]

    def is_stale(self) -> bool:
        """Whether the extracts or definitions have changed since this build."""
        return self.manifest.inputs != inputs_digest(Extracts(self.data), load_config(self.data))

    def present(self, table: str) -> bool:
        """Whether the extracts had the table when this was built."""
        return table in self.manifest.present

    def missing_tables(self, metric_sources: tuple[str, ...]) -> list[str]:
        """The extracts that would have to be there for a metric of these sources."""
        needed = {table for name in metric_sources for table in SOURCES[name].tables}
        missing = sorted(table for table in needed if not self.present(table))
        if "calls" in metric_sources and not (self.present("calls") or self.present("call_counts")):
            missing.append("calls")
        return missing

    def sums(self, question: Question) -> pl.DataFrame:
        """The groups, then for each metric ``<key>.<figure>`` as floats: numerator, denominator, n and, for means and
        ratios, the moments; null where nothing counts. There may be columns of other metrics beside those asked.
        """
        return self._sums.of(question)

    def ahead(self, questions: Sequence[Question]) -> None:
        """Fetch what a page is about to ask, in few queries, side by side; ``sums`` then has the answers at hand."""
        self._sums.ahead(questions)

    def cut(self, question: Question) -> Cut | None:
        """How ``sums`` cuts the question out of a wider one; None where it asks the question as it is."""
        return self._sums.cut(question)

    def told(self, asked: Hashable, tell: Callable[[], T]) -> T:
        """What ``tell`` says of this build and its targets, kept for who asks the same soon: the parts of a page do."""
        return self._held(self._told, asked, tell)

    def fact_sums(self, question: Question) -> pl.DataFrame:
        """The same from the facts: slower, and what the rollups must equal."""
        query = fact_query(question, self.measures)
        return self.facts().fetch(query.sql, query.parameters, _flat)

    def rows(self, question: Question, limit: int | None = None, offset: int = 0) -> pl.DataFrame:
        """The events behind one metric: source, key, happened_at, dimensions, numerator, denominator.

        Raises TimeoutError when the extracts do not answer in time, DataChanged when they are not those of this build:
        rows that do not add up to its figures prove nothing.
        """
        query = row_query(question, self.measures, limit, offset)
        found = self.facts().fetch(query.sql, query.parameters)
        if self.manifest.inputs != inputs_digest(Extracts(self.data), self.config):
            raise DataChanged(
                _("The data have changed since this figure was made, so its rows are not shown. Close this and look again; if it stays so: python -m qa build.")
            )
        return found

    def rollup_rows(self, sql: str, parameters: dict[str, Any]) -> pl.DataFrame:
        """Rows of the rollups, by one of the texts in ``queries/``; the scope is one of its parameters."""
        return self._fetch(Query(sql, parameters), None)

    def extract_rows(self, sql: str, parameters: dict[str, Any]) -> pl.DataFrame:
        """Rows of the contract's tables, by one of the texts in ``queries/``."""
        return self.facts().fetch(sql, parameters)

    def around(self, first: date, last: date) -> ExtractViews:
        """The contract's tables, ``agent_spans`` and ``evaluation_facts``, of the tables kept by month only the files that can hold these days.

        For looking up single records: half of what that costs is opening the files of all other months.
        """
        extracts = Extracts(self.data)
        key = (inputs_digest(extracts, self.config), f"{first:%Y-%m}", f"{last:%Y-%m}")
        with self._lock:
            if key not in self._months:
                views, facts = contract_views(_files_of_months(extracts, *key[1:])), fact_views(["agent_spans", "evaluation_facts"])
                self._months[key] = ExtractViews(self._connection, [*definition_macros(self.config, self.span), *views, *facts])
            return self._months[key]

    def evaluations_around(self, filters: Filters) -> ExtractViews:
        """The same for ``evaluation_facts`` of these filters: their calls are looked up as a build looks them up.

        A call can be evaluated any time after its day.
        """
        reach = timedelta(days=ROLLUPS["evaluations_by_agent_day"].look_back_days)
        first = max(filters.date_from or self.span.first_day, self.span.first_day)
        until = self.span.until if filters.date_to is None or filters.date_basis == "call" else min(filters.date_to, self.span.until)
        return self.around(first - reach, until)

    def known(self, dimension: str, relation: str, scope: Scope) -> pl.DataFrame:
        """center_id and the values a dimension takes in a resident rollup, within the scope."""
        column = {"team": "team", "queue": "queue", "evaluator": "evaluator_id"}[dimension]
        condition = "" if scope is None else " and list_contains($scope, center_id)"
        sql = f"select distinct center_id, {column} as {dimension} from {relation} where {column} is not null{condition} order by all"
        return self._fetch(Query(sql, {} if scope is None else {"scope": sorted(scope)}), scope)

    def organisation(self) -> dict[str, pl.DataFrame]:
        """The small tables of the extracts: centers, agents, scorecards, targets."""
        extracts = Extracts(self.data)
        names = ("centers", "agents", "scorecards", "targets")
        views = ExtractViews(self._connection, (contract_view(TABLES[name], extracts.files(name)) for name in names))
        return {name: views.fetch(f"from {name}", {}) for name in names}

    def with_targets(self, targets: Targets) -> "Warehouse":
        """The same build, what was fetched from it included, judged by other targets."""
        other = copy(self)
        other.targets = targets
        other._told = LRUCache(CACHED_JUDGEMENTS)
        return other

    def facts(self) -> "_Facts":
        """The facts of the extracts as they are now."""
        with self._lock:
            digest = inputs_digest(Extracts(self.data), self.config)
            if self._facts is None or self._facts.digest != digest:
                self._facts = _Facts(self, digest)
            return self._facts

    def relations(self) -> list[str]:
        """The statements that turn the extracts into facts, and those into figures, in order."""
        extracts = Extracts(self.data)
        starts = dict(self.centers.select("center_id", "period_start_day").iter_rows())
        return [
            *contract_views({name: extracts.files(name) for name in TABLES}),
            *definition_macros(self.config, self.span),
            days_view(self.span),
            CALL_DAYS_VIEW,
            CALL_HORIZONS_VIEW,
            plan_periods_view(self.config, starts, self.span),
            *fact_views(),
            *query_statements("periods"),
            *query_statements("metrics"),
        ]

    def _load_rollups(self) -> None:
        """Views over the Parquet files, and over tables in memory for those asked all the time: compressed, a tenth of their size."""
        folder = rollup_folder(self.data)
        self._connection.execute("attach ':memory:' as held (compress)")
        for rollup in ROLLUPS.values():
            rows = parquet_rows(self.manifest.paths(folder, rollup.name))
            if rollup.resident:
                self._connection.execute(f"create table held.{rollup.name} as {rows}")
                rows = f"select * from held.{rollup.name}"
            self._lazy.state(f"create or replace view {rollup.name} as {rows}")
        self._connection.execute("force checkpoint held")

    def _fetch(self, query: Query, scope: Scope) -> pl.DataFrame:
        key = (query.sql, scope, tuple((name, _hashable(value)) for name, value in query.parameters.items()))
        return self._held(self._cache, key, lambda: _rows(self._connection, self._lazy, query))

    def _held(self, cache: LRUCache, key: Hashable, compute: Callable[[], T]) -> T:
        """What the cache has under the key, or else what is computed now; the lock is not held meanwhile."""
        with self._lock:
            if key in cache:
                return cache[key]
        found = compute()
        with self._lock:
            cache[key] = found
        return found


class _Facts(ExtractViews):
    """The fact views over the extracts, for rows and proofs."""

    def __init__(self, warehouse: Warehouse, digest: str):
        self.digest = digest
        super().__init__(warehouse._connection, warehouse.relations())


def _files_of_months(extracts: Extracts, first: str, last: str) -> dict[str, list[Path]]:
    """The files that can hold the months ("2026-10", both inclusive).

    Only a folder named by another month rules a file out: files that people put elsewhere are read whatever they hold.
    """
    def can_hold(path: Path) -> bool:
        month = path.parent.name.removeprefix("month=")
        return month == path.parent.name or month == UNKNOWN_MONTH or first <= month <= last

    return {name: [path for path in extracts.files(name) if can_hold(path)] for name in TABLES}


def _rows(connection: duckdb.DuckDBPyConnection, lazy: LazyCatalog, query: Query) -> pl.DataFrame:
    lazy.stand(query.sql)
    return _flat(connection.cursor().execute(query.sql, query.parameters).to_arrow_table())


def _flat(table: pa.Table) -> pl.DataFrame:
    """Structs as columns ``<struct>.<field>``, numbers in them as floats. Cast by Polars: Arrow's functions take ten megabytes."""
    structs = {field.name for field in table.schema if pa.types.is_struct(field.type)}
    frame = frame_of(table.flatten())
    return frame.cast({name: pl.Float64 for name in frame.columns if name.split(".")[0] in structs})


@cache
def _macro_parameters() -> dict[str, tuple[str, ...]]:
    """The measures each metric's macro takes: the names of its parameters. Read from the text: DuckDB lists 3,000 functions to tell."""
    macros = re.findall(r"create or replace macro (\w+)\(([^)]*)\)", query_text("metrics"))
    return {name: tuple(parameters.replace(",", " ").split()) for name, parameters in macros}


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
