"""Killed builds, readers during builds, and builds that gave way."""

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest

from qa.build.manifest import rollup_folder
from qa.build.run import KEPT_FOR
from qa.filters import Filters
from qa.results import answer
from qa.warehouse import Warehouse
from tests.build.rollups import assert_same_rollups, built, from_nothing, in_force
from tests.oracle import random_tables
from tests.serving import ROOT
from tests.support.world import NOON, World, days, write_rows

BUILD = (
    "import sys; from pathlib import Path; from qa.build.run import build; from qa.config import load_config; f = Path(sys.argv[1]);"
    " build(f, load_config(f))"
)


def filled(folder: Path, seed: int) -> Path:
    for name, rows in random_tables(seed).items():
        write_rows(folder, name, rows)
    return folder


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Path:
    """A build from nothing of what the killed build was to hold."""
    return from_nothing(tmp_path_factory.mktemp("undisturbed"), random_tables(2))


@pytest.mark.parametrize("after", [1, 12])
def test_a_killed_build_leaves_the_old_one_and_the_next_one_heals(tmp_path, undisturbed, after):
    folder = from_nothing(tmp_path / "killed", random_tables(0))
    old, answers = in_force(folder), answer(Warehouse.open(folder), ["answer_rate", "pass_rate"], ("agent",), Filters(), None)
    filled(folder, 2)
    before = set(rollup_folder(folder).rglob("*.parquet"))
    process = subprocess.Popen([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT)
    while process.poll() is None and len(set(rollup_folder(folder).rglob("*.parquet")) - before) < after:
        time.sleep(0.001)
    process.kill()
    assert process.wait() != 0, "the build was over before it was killed"
    assert in_force(folder) == old
    assert answer(Warehouse.open(folder), ["answer_rate", "pass_rate"], ("agent",), Filters(), None)["value"].equals(answers["value"])
    (rollup_folder(folder) / "calls_by_agent_day" / "month=2026-09" / f".half.parquet.{process.pid}").write_bytes(b"PAR1")
    built(folder)
    assert_same_rollups(folder, undisturbed)
    assert not list(rollup_folder(folder).rglob(".*.*.*"))


def test_a_reader_never_sees_a_mixture(tmp_path):
    world = World(tmp_path)

    def deliver(number: int) -> None:
        """As many calls as surveys, in two months each."""
        world.add("calls", [{"started_at": NOON - days(30)}, {}]).add("surveys", [{"sent_at": NOON - days(30)}, {}])
        world.write()
        built(tmp_path)

    deliver(0)
    builder = Thread(target=lambda: [deliver(number) for number in range(1, 4)])
    builder.start()
    seen = set()
    while builder.is_alive():
        counts = dict(answer(Warehouse.open(tmp_path), ["answer_rate", "response_rate"], (), Filters(), None).select("metric", "denominator").iter_rows())
        assert counts["answer_rate"] == counts["response_rate"]
        seen.add(counts["answer_rate"])
    builder.join()
    assert seen


def test_a_warehouse_keeps_answering_while_others_take_its_place(tmp_path):
    world = World(tmp_path).add("calls", [{}])
    old = world.warehouse()
    for _build in range(4):
        world.add("calls", [{"answered": False, "wait_s": 60}])
        world.write()
        built(tmp_path)
    assert answer(old, ["answer_rate"], ("team",), Filters(), None)["value"].to_list() == [1.0]
    assert answer(Warehouse.open(tmp_path), ["answer_rate"], ("team",), Filters(), None)["value"].to_list() == [0.2]


def test_builds_that_gave_way_long_ago_are_swept(tmp_path):
    world = World(tmp_path).add("calls", [{}])
    for _build in range(4):
        world.add("calls", [{}])
        world.write()
        built(tmp_path)
    manifests = sorted((rollup_folder(tmp_path) / "builds").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    long_ago = datetime.now() - 2 * KEPT_FOR
    for number, path in enumerate(manifests[:3]):
        moment = (long_ago + timedelta(seconds=number)).timestamp()
        os.utime(path, (moment, moment))
    world.add("calls", [{}])
    world.write()
    built(tmp_path)
    left = set((rollup_folder(tmp_path) / "builds").glob("*.json"))
    # The third was in force until the fourth came, just now.
    assert left == {manifests[2], manifests[3], rollup_folder(tmp_path) / "builds" / f"{in_force(tmp_path).id}.json"}
    assert len(list((rollup_folder(tmp_path) / "calls_by_agent_day").rglob("*.parquet"))) == 3
    assert answer(Warehouse.open(tmp_path), ["answer_rate"], (), Filters(), None)["n"].to_list() == [6]
