"""Builds that come to no end: why is said so that a person can mend it, and nothing half done is left."""

import pytest

from qa.build.family import families
from qa.build.manifest import current_manifest, rollup_folder
from qa.build.run import build
from qa.config import load_config
from qa.problems import Problem
from qa.sources import ROLLUPS
from tests.build.rollups import assert_same_rollups, built, from_nothing, in_force
from tests.oracle import random_tables
from tests.support.world import write_rows


def filled(folder):
    for name, rows in random_tables(3).items():
        write_rows(folder, name, rows)
    return folder


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    return from_nothing(tmp_path_factory.mktemp("undisturbed"), random_tables(3))


def test_whoever_asked_can_break_off(tmp_path, undisturbed):
    told = []

    def enough(done, total, _name):
        told.append((done, total))
        if done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(filled(tmp_path), load_config(tmp_path), enough)
    assert current_manifest(tmp_path) is None
    half = told[-1][0]
    again = built(tmp_path)
    assert again.kept >= half - 1 and again.made + again.kept == told[-1][1]
    assert_same_rollups(tmp_path, undisturbed)


@pytest.mark.parametrize("table", ["surveys", "calls"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, undisturbed, table):
    built(filled(tmp_path))
    old = in_force(tmp_path)
    broken = sorted((tmp_path / table).rglob("*.parquet"))[-1]
    whole = broken.read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Problem, match=f"(?s)无法读取.*/{table}/{broken.parent.name}/.*重新导入"):
        build(tmp_path, load_config(tmp_path))
    assert in_force(tmp_path) == old
    broken.write_bytes(whole)
    built(tmp_path)
    assert_same_rollups(tmp_path, undisturbed)
    assert not list(rollup_folder(tmp_path).rglob(".*.parquet.*"))


def test_too_little_memory_is_said(tmp_path):
    with pytest.raises(Problem, match="--memory-limit"):
        build(filled(tmp_path), load_config(tmp_path), memory_limit="2MB")


@pytest.mark.parametrize("limit", ["much", "4XB", "-1GB"])
def test_a_limit_that_is_no_amount_of_memory_is_refused(tmp_path, limit):
    with pytest.raises(Problem, match=limit):
        build(filled(tmp_path), load_config(tmp_path), memory_limit=limit)


def test_a_rollup_is_made_after_what_it_sums_again():
    order = [rollup.name for family in families() for rollup in family]
    assert sorted(order) == sorted(ROLLUPS)
    assert all(order.index(rollup.base) < order.index(rollup.name) for rollup in ROLLUPS.values() if rollup.base)
