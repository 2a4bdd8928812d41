"""Views are created when a query reads them, whatever the order of statements, and by several threads at once."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import duckdb
import polars as pl
import pytest

from qa.views import ExtractViews, LazyCatalog
from tests.serving import ROOT

CHAIN = [f"create or replace view step_{number} as\nselect n + 1 as n from step_{number - 1}" for number in range(1, 30)]


def _standing(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("select view_name from duckdb_views() where not internal").fetchall()}


def test_only_what_a_query_reads_is_created():
    connection = duckdb.connect()
    views = LazyCatalog(connection)
    for statement in ("create or replace view b as select x from a", "create or replace view a as select 1 as x", "create or replace view c as from a"):
        views.state(statement)
    views.stand("select x from b")
    assert _standing(connection) == {"a", "b"}


def test_a_view_stated_anew_is_the_new_one_for_those_that_read_it():
    connection = duckdb.connect()
    views = LazyCatalog(connection)
    for value in (1, 2):
        views.state(f"create or replace view a as select {value} as x")
        views.state("create or replace view b as select x from a")
        views.stand("from b")
        assert connection.execute("from b").fetchone() == (value,)


def test_a_file_that_cannot_be_read_hinders_only_those_who_read_it(tmp_path):
    broken = tmp_path / "broken.parquet"
    broken.write_text("no parquet")
    statements = [f"create or replace view broken as from read_parquet('{broken}')", "create or replace view whole as select 1 as x"]
    extracts = ExtractViews(duckdb.connect(), statements)
    assert extracts.fetch("from whole", {})["x"].to_list() == [1]
    with pytest.raises(duckdb.Error, match="broken"):
        extracts.fetch("from broken", {})


def test_threads_that_ask_at_once_find_all_views():
    extracts = ExtractViews(duckdb.connect(), ["create or replace view step_0 as select 0 as n", *CHAIN])

    def depth(number: int) -> pl.DataFrame:
        return extracts.fetch(f"from step_{number}", {})

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(depth, reversed(range(30))))
    assert [rows["n"].item() for rows in found] == list(reversed(range(30)))


def test_views_of_two_catalogs_do_not_meet_and_go_with_their_owner():
    instance = duckdb.connect()
    views = [ExtractViews(instance, [f"create or replace view a as select {number} as x"]) for number in range(2)]
    assert [one.fetch("from a", {})["x"].item() for one in views] == [0, 1]
    views.clear()
    assert instance.execute("select count(*) from duckdb_databases() where database_name like 'extracts%'").fetchone() == (0,)


MOMENTS = """
from pathlib import Path
from qa.filters import Filters
from qa.query import Question
from tests.support.world import NOON, World
import polars as pl

world = World(Path("world"))
world.add("calls", [{"started_at": NOON.replace(hour=hour)} for hour in range(24)]).write()
(path,) = Path("world").glob("calls/*/*.parquet")
rows = pl.read_parquet(path).with_columns(pl.col("started_at").dt.replace_time_zone("UTC"))
rows.write_parquet(path)
world.write = lambda: None
question = Question(("answer_rate",), ("day",), Filters(), None)
build = world.warehouse()
assert build.sums(question)["answer_rate.n"].to_list() == build.fact_sums(question)["answer_rate.n"].to_list() == [24]
assert build.rows(question)["happened_at"].dt.hour().sort().to_list() == list(range(24))
"""


def test_moments_of_extracts_are_of_the_same_day_wherever_the_computer_stands(tmp_path):
    surroundings = {**os.environ, "TZ": "Asia/Shanghai", "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", MOMENTS], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
