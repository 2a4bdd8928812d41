"""Every rollup of the same extracts, built by DuckDB and through Spark Connect, row for row and to the last digit."""

from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from qa.build.manifest import rollup_folder
from qa.build.run import build, is_current
from qa.config import Config, EngineChoice, load_config
from qa.problems import Problem
from qa.sources import ROLLUPS
from tests.build.rollups import contents, in_force
from tests.oracle import random_tables
from tests.support.world import write_rows

# Sums of squares are doubles, which carry intervals only; they differ by the order of the sum, in the last binary digits.
DOUBLES = {"rel_tol": 1e-13, "abs_tol": 1e-13}


def on_spark(folder: Path, url: str) -> Config:
    """The configuration of the folder, its builds made by Spark."""
    return load_config(folder).model_copy(update={"engine": EngineChoice(kind="spark", url=url)})


def assert_same(ours: pl.DataFrame, theirs: pl.DataFrame) -> None:
    """The same columns, types, rows, as often; exactly, but for the order in which doubles were added."""
    assert ours.schema == theirs.schema
    exact = [name for name, type_ in ours.schema.items() if type_ != pl.Float64]
    assert_frame_equal(ours.select(exact), theirs.select(exact), check_exact=True)
    assert_frame_equal(ours, theirs, **DOUBLES)


@pytest.fixture(scope="module", params=[0, 1])
def two_builds(request, spark_url, tmp_path_factory) -> tuple[Path, Path]:
    """The same random extracts in two folders, one built by DuckDB and one by Spark."""
    folders = tmp_path_factory.mktemp("duckdb"), tmp_path_factory.mktemp("spark")
    for folder in folders:
        for name, rows in random_tables(request.param).items():
            write_rows(folder, name, rows)
    assert build(folders[0], load_config(folders[0]))
    assert build(folders[1], on_spark(folders[1], spark_url))
    return folders


@pytest.mark.parametrize("rollup", ROLLUPS)
def test_same_rollup(two_builds, rollup):
    ours, theirs = (contents(folder)[rollup] for folder in two_builds)
    assert_same(ours, theirs)


def test_a_world_with_everything_was_compared(two_builds, request):
    if request.node.callspec.params["two_builds"] == 0:
        assert all(rows.height for rows in contents(two_builds[0]).values())


def test_the_board_reads_it_as_a_build_of_its_own(two_builds, spark_url):
    _, folder = two_builds
    assert is_current(folder, load_config(folder)), "the engine is no part of what a build is made from"
    again = build(folder, load_config(folder))
    assert again.made == 0 and again.manifest == in_force(folder)


def test_nothing_of_the_cluster_is_left_behind(two_builds):
    _, folder = two_builds
    assert not (rollup_folder(folder) / ".spark").exists()


def test_files_of_different_columns_are_read_together(spark_url, tmp_path):
    extracts = tmp_path / "one", tmp_path / "other"
    tables = random_tables(2)
    calls = [row for row in tables["calls"] if f"{row['started_at']:%Y-%m}" == "2026-09"]
    for folder in extracts:
        for name, rows in {"centers": tables["centers"], "agents": tables["agents"], "calls": calls}.items():
            write_rows(folder, name, rows)
        # A late file without waits, its hold times whole seconds.
        path = next((folder / "calls").rglob("*.parquet"))
        late = pl.read_parquet(path, hive_partitioning=False).with_columns(pl.col("call_id") + "-late")
        late.drop("wait_s").with_columns(pl.lit(7).alias("hold_s")).write_parquet(path.with_name("late.parquet"))
    build(extracts[0], load_config(extracts[0]))
    build(extracts[1], on_spark(extracts[1], spark_url))
    ours, theirs = (contents(folder)["calls_by_agent_day"] for folder in extracts)
    assert_same(ours, theirs)


def test_text_where_numbers_belong_is_refused(spark_url, tmp_path):
    for name, rows in random_tables(0).items():
        if name in ("centers", "calls"):
            write_rows(tmp_path, name, rows)
    path = next((tmp_path / "calls").rglob("*.parquet"))
    pl.read_parquet(path, hive_partitioning=False).with_columns(pl.col("wait_s").cast(pl.String)).write_parquet(path)
    with pytest.raises(Problem, match=f"{path.name}.*wait_s"):
        build(tmp_path, on_spark(tmp_path, spark_url))


def test_what_the_cluster_cannot_read_is_told_in_a_sentence(spark_url, tmp_path):
    for name, rows in random_tables(0).items():
        if name in ("centers", "evaluations"):
            write_rows(tmp_path, name, rows)
    # Its footer is whole, its data are not.
    path = next((tmp_path / "evaluations").rglob("*.parquet"))
    content = path.read_bytes()
    footer = 8 + int.from_bytes(content[-8:-4], "little")
    path.write_bytes(b"PAR1" + b"?" * (len(content) - footer - 4) + content[-footer:])
    with pytest.raises(Problem, match=r"(?s)Spark.*python -m qa build"):
        build(tmp_path, on_spark(tmp_path, spark_url))
