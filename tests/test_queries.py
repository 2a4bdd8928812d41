"""The SQL keeps its own rules: headers, grains, and one list of measures from facts to metrics."""

import re
from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
import sqlglot

from qa.build.manifest import rollup_folder
from qa.config import Config
from qa.contract import TABLES
from qa.filters import Filters
from qa.metrics import METRICS
from qa.query import CARD_PARTS, ITEM_METRICS, Question, rollup_for, source_measures
from qa.relations import QUERIES, query_statements, query_text
from qa.sources import FACT_VIEWS, ROLLUPS, SOURCES
from qa.views import CREATED, created_by, read_by
from qa.warehouse import Warehouse
from tests.oracle import random_tables
from tests.support.world import World

FILES = sorted(QUERIES.rglob("*.sql"))
# Columns of facts that say what the event was; every other column is a measure.
DESCRIBING = {
    "call_id", "started_at", "evaluation_id", "calibration_id", "evaluated_at", "sample_reason", "mark", "points", "full_mark", "errors", "fatal", "survey_id",
    "sent_at", "complaint_id", "received_at", "coaching_id", "opened_at", "kind", "topic", "released", "planned", "agent_id",
    "section", "category", "call_reason", "hour",
}  # fmt: skip


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory) -> Warehouse:
    world = World(tmp_path_factory.mktemp("world"))
    world.tables = random_tables(0)
    return world.warehouse()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_query_says_what_it_is_and_its_grain(path: Path):
    header = re.match(r"(?:--.*\n)+", path.read_text(encoding="utf-8"))
    assert header
    if path.parent != QUERIES:
        assert "\n-- Grain: one row a" in header[0]
        named = set(re.findall(r"\$\w+", header[0]))
        assert named == set(re.findall(r"\$\w+", path.read_text(encoding="utf-8")[header.end():]))


def test_every_file_is_used():
    facts = {f"facts/{name}" for name in FACT_VIEWS.values()}
    rollups = {f"rollup/{name}" for name in ROLLUPS}
    assert {path.relative_to(QUERIES).with_suffix("").as_posix() for path in FILES if path.parent.name in ("facts", "rollup")} == facts | rollups


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.name)
def test_a_rollup_holds_its_dimensions_and_the_measures_of_its_facts(warehouse, source):
    views = [columns_of(warehouse, view) for view in source.facts]
    assert all(view == views[0] for view in views), "the facts of one source have the same columns in the same order"
    measures = [name for name in views[0] if name not in DESCRIBING.union(ROLLUPS[source.rollups[-1]].dimensions)]
    assert set(measures) == source_measures(source)
    for rollup in source.rollups:
        assert rollup_columns(warehouse, rollup) == [*ROLLUPS[rollup].dimensions, *measures]


@pytest.mark.parametrize(
    ("by", "first", "until", "month_start", "rollup"),
    [
        ((), date(2026, 10, 1), date(2026, 11, 1), 1, "calls_by_center_month"),
        ((), date(2026, 10, 1), None, 21, "calls_by_center_month"),
        ((), date(2026, 10, 1), date(2026, 10, 31), 1, "calls_by_center_day"),
        ((), date(2026, 9, 21), date(2026, 10, 21), 21, "calls_by_center_month"),
        ((), date(2026, 9, 21), date(2026, 10, 21), 1, "calls_by_center_month"),
        ((), date(2026, 9, 26), date(2026, 10, 26), 26, "calls_by_center_day"),
        (("month", "center"), date(2026, 1, 1), date(2026, 11, 1), 1, "calls_by_center_month"),
        (("month", "center"), date(2025, 12, 21), date(2026, 10, 21), 21, "calls_by_center_month"),
        (("quarter",), date(2026, 1, 1), date(2026, 11, 1), 21, "calls_by_center_month"),
        (("month",), date(2026, 1, 1), date(2026, 11, 1), 26, "calls_by_center_day"),
        (("week",), date(2026, 1, 1), date(2026, 11, 1), 1, "calls_by_center_day"),
        (("agent",), None, None, 1, "calls_by_agent_month"),
        (("agent", "queue"), None, None, 1, "calls_by_agent_day"),
        (("agent",), date(2026, 10, 5), date(2026, 10, 12), 1, "calls_by_agent_day"),
    ],
)
def test_sums_of_months_answer_for_whole_months_only(by, first, until, month_start, rollup):
    question = Question(("answer_rate",), by, Filters(first, until, month_start=month_start), None)
    assert rollup_for(SOURCES["calls"], question).name == rollup


@pytest.mark.parametrize("key", METRICS)
def test_a_metric_takes_measures_of_its_sources(warehouse, key):
    measures = {name for source in METRICS[key].sources for name in source_measures(SOURCES[source])}
    assert set(warehouse.measures[key]) <= measures
    if key in ITEM_METRICS:
        assert all(set(warehouse.measures[key]) <= source_measures(SOURCES[part]) for part in CARD_PARTS.values())


def test_a_metric_is_linear_in_its_measures(warehouse):
    """What holds for the sums of rows holds for the rows: f(a + b) = f(a) + f(b), and f(0) = 0."""
    with duckdb.connect() as shell:
        for name, value in Config().definitions.model_dump().items():
            shell.execute(f"create macro {name}() as {value!r}")
        shell.execute(query_text("metrics"))
        for key, measures in warehouse.measures.items():
            if key in METRICS:
                one, two = [3 + 2 * i for i in range(len(measures))], [5 + 7 * i for i in range(len(measures))]
                parts = [figures(shell, key, numbers) for numbers in (one, two)]
                whole = figures(shell, key, [a + b for a, b in zip(one, two, strict=True)])
                assert [a if a is None else a + b for a, b in zip(*parts, strict=True)] == pytest.approx(whole), key
                assert not any(figures(shell, key, [0] * len(measures))), key


def figures(shell: duckdb.DuckDBPyConnection, key: str, numbers: list[int]) -> list[float | None]:
    """The fields of a metric's struct."""
    found = shell.execute(f"select {key}({', '.join(map(str, numbers))})").fetchone()[0]
    return [None if value is None else float(value) for value in found.values()]


def columns_of(warehouse: Warehouse, view: str) -> list[str]:
    return warehouse.extract_rows(f"from {view} limit 0", {}).columns


def rollup_columns(warehouse: Warehouse, rollup: str) -> list[str]:
    return pq.read_schema(warehouse.manifest.paths(rollup_folder(warehouse.data), rollup)[0]).names


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_a_query_reads_is_found_in_its_text(path):
    """Views are created for what ``read_by`` finds; a parser finds no more."""
    sql = path.read_text("utf-8")
    named = {table.name for tree in sqlglot.parse(sql, dialect="duckdb") if tree for table in tree.find_all(sqlglot.exp.Table)}
    assert named - {"", *CREATED.findall(sql)} <= read_by(sql)


def test_views_and_macros_do_not_share_names():
    macros = {created_by(statement) for name in ("periods", "metrics") for statement in query_statements(name)}
    assert len(macros) > 50 and not macros & {*FACT_VIEWS, *TABLES, *ROLLUPS}
