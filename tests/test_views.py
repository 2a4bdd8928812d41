"""Views are created when a query reads them, whatever the order of statements, and by several threads at once."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import polars as pl
import pytest

from qa.views import ExtractViews, LazyViews

CHAIN = [f"create or replace view step_{number} as\nselect n + 1 as n from step_{number - 1}" for number in range(1, 30)]


def _standing(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("select view_name from duckdb_views() where not internal").fetchall()}


def test_only_what_a_query_reads_is_created():
    connection = duckdb.connect()
    views = LazyViews(connection)
    for statement in ("create or replace view b as select x from a", "create or replace view a as select 1 as x", "create or replace view c as from a"):
        views.run(statement)
    views.stand("select x from b")
    assert _standing(connection) == {"a", "b"}


def test_a_view_stated_anew_is_the_new_one_for_those_that_read_it():
    connection = duckdb.connect()
    views = LazyViews(connection)
    for value in (1, 2):
        views.run(f"create or replace view a as select {value} as x")
        views.run("create or replace view b as select x from a")
        views.stand("from b")
        assert connection.execute("from b").fetchone() == (value,)


def test_a_file_that_cannot_be_read_hinders_only_those_who_read_it(tmp_path):
    broken = tmp_path / "broken.parquet"
    broken.write_text("no parquet")
    extracts = ExtractViews([f"create or replace view broken as from read_parquet('{broken}')", "create or replace view whole as select 1 as x"])
    assert extracts.fetch("from whole", {})["x"].to_list() == [1]
    with pytest.raises(duckdb.Error, match="broken"):
        extracts.fetch("from broken", {})


def test_threads_that_ask_at_once_find_all_views():
    extracts = ExtractViews(["create or replace view step_0 as select 0 as n", *CHAIN])

    def depth(number: int) -> pl.DataFrame:
        return extracts.fetch(f"from step_{number}", {})

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(depth, reversed(range(30))))
    assert [rows["n"].item() for rows in found] == list(reversed(range(30)))
