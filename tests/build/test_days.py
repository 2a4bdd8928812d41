"""A build makes only the days that changed of a month it has, and holds the sums a build from nothing would."""

from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.build.days import DAYS
from qa.build.manifest import rollup_folder
from qa.contract import TABLES
from tests.build.rollups import assert_same_rollups, built, contents, from_nothing, in_force
from tests.oracle import random_tables
from tests.oracle.extracts import DAYS as DAYS_COVERED
from tests.oracle.extracts import FIRST_DAY
from tests.support.world import World, write_rows

MARK = 1_000_000


def october(*days: int) -> list[dict]:
    """One call at noon of each of these days."""
    return [{"call_id": f"OCT{day:02d}", "started_at": datetime(2026, 10, day, 12)} for day in days]


@pytest.fixture
def world(tmp_path) -> World:
    """Calls on the 1st, 10th and 20th of October, built; every row of the sums marked."""
    world = World(tmp_path).add("calls", october(1, 10, 20))
    world.warehouse()
    return world


def mark_sums(folder: Path, rollup: str) -> None:
    """Make the rows of a rollup tell themselves from rows made anew."""
    for path in in_force(folder).paths(rollup_folder(folder), rollup):
        rows = pl.read_parquet(path, hive_partitioning=False)
        rows.with_columns(pl.col("wait_s") + MARK).cast(rows.schema).write_parquet(path)  # type: ignore[arg-type]


def days_made(world: World, rollup: str = "calls_by_agent_day") -> set[int]:
    """The days of October that a build now makes."""
    world.write()
    mark_sums(world.folder, rollup)
    built(world.folder)
    rows = contents(world.folder)[rollup].filter(pl.col("day") >= date(2026, 10, 1))
    return set(rows.filter(pl.col("wait_s") < MARK)["day"].dt.day())


def test_one_more_day_makes_that_day_only(world):
    world.add("calls", october(21))
    assert days_made(world) == {21}
    assert contents(world.folder)["calls_by_center_day"].filter(pl.col("day") == date(2026, 10, 21))["offered"].sum() == 1


def test_a_corrected_row_makes_its_day(world):
    world.tables["calls"][1]["talk_s"] = 61
    assert days_made(world) == {10}


def test_a_removed_row_takes_its_day_away(world):
    del world.tables["calls"][1]
    assert days_made(world) == set()
    assert contents(world.folder)["calls_by_agent_day"].filter(pl.col("day").dt.month() == 10)["day"].dt.day().to_list() == [1, 20]


def test_days_between_two_changes_are_made_too(world):
    world.tables["calls"][0]["talk_s"] = 61
    world.tables["calls"][1]["talk_s"] = 61
    assert days_made(world) == {1, 10}


def test_the_same_rows_written_again_are_no_change(world):
    path = world.folder / "calls" / "month=2026-10" / "data.parquet"
    state = path.stat()
    assert days_made(world) == set()
    assert path.stat().st_ino != state.st_ino


def test_a_changed_roster_makes_every_day(world):
    world.tables["agents"][0]["team"] = "二组"
    assert days_made(world) == {1, 10, 20}


def test_other_definitions_make_every_day(world):
    world.tables["calls"][2]["talk_s"] = 61
    (world.folder / "qa.toml").write_text("[definitions]\nservice_level_s = 5\n", encoding="utf-8")
    assert days_made(world) == {1, 10, 20}


def test_a_month_where_nobody_looked_is_made_whole(world):
    for path in (rollup_folder(world.folder) / DAYS).iterdir():
        path.unlink()
    world.add("calls", october(21))
    assert days_made(world) == {1, 10, 20, 21}


def test_a_months_count_gives_way_to_the_first_single_call_of_any_day(tmp_path):
    world = World(tmp_path).add("calls", october(1, 10))
    world.add("call_counts", [{"center_id": "SH", "period": date(2026, 10, 1), "offered": 500, "answered": 400}])
    world.warehouse()
    assert contents(tmp_path)["calls_by_agent_day"]["offered"].sum() == 502
    world.add("calls", [{"center_id": "SH", "started_at": datetime(2026, 10, 9, 12)}])
    world.write()
    built(tmp_path)
    assert contents(tmp_path)["calls_by_agent_day"]["offered"].sum() == 3


def test_a_call_that_comes_back_changes_the_day_of_the_first(tmp_path):
    world = World(tmp_path).add("calls", [{"customer_id": "c1", "started_at": datetime(2026, 10, 8, 9)}, *october(31)])
    world.warehouse()
    assert contents(tmp_path)["contacts_by_center_day"]["resolved_first_contacts"].sum() == 1
    world.add("calls", [{"customer_id": "c1", "started_at": datetime(2026, 10, 9, 9)}])
    world.write()
    built(tmp_path)
    rows = {row["day"].day: row for row in contents(tmp_path)["contacts_by_center_day"].iter_rows(named=True)}
    assert (rows[8]["resolved_first_contacts"], rows[9]["repeat_contacts"]) == (0, 1)


def test_what_was_known_of_files_that_are_gone_is_forgotten(world):
    world.add("calls", october(21))
    world.write()
    built(world.folder)
    folder = rollup_folder(world.folder)
    (older, _newer) = sorted((folder / "builds").glob("*.json"), key=lambda path: path.stat().st_mtime)
    older.unlink()
    world.add("calls", october(22))
    world.write()
    before = set((folder / DAYS).iterdir())
    built(world.folder)
    assert before - set((folder / DAYS).iterdir()), "the state before the last build but one"


@settings(max_examples=2)
@given(seed=st.integers(0, 2**32), cuts=st.lists(st.integers(DAYS_COVERED - 45, DAYS_COVERED - 1), min_size=1, max_size=2, unique=True))
def test_day_after_day_ends_where_a_build_from_nothing_does(seed, cuts, tmp_path_factory):
    tables = random_tables(seed % 4)
    day_by_day = tmp_path_factory.mktemp("day_by_day")
    late = Random(seed)
    for cut in [*sorted(cuts), None]:
        for name, rows in tables.items():
            time = TABLES[name].time
            until = (FIRST_DAY + timedelta(days=cut)).date() if cut else None
            come = [row for row in rows if until is None or not time or _day(row[time]) < until or late.random() < 0.02]
            write_rows(day_by_day, name, come)
        built(day_by_day)
    assert_same_rollups(day_by_day, from_nothing(tmp_path_factory.mktemp("at_once"), tables))


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
