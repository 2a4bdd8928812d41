"""What a build holds, for tests to compare."""

from pathlib import Path

import polars as pl
from polars.testing import assert_frame_equal

from qa.build.manifest import Manifest, current_manifest, rollup_folder
from qa.build.run import Built, build
from qa.config import load_config
from qa.sources import ROLLUPS
from tests.oracle.tables import Rows
from tests.support.world import World


def built(folder: Path) -> Built:
    """The extracts of the folder, brought up to date."""
    done = build(folder, load_config(folder))
    assert done is not None
    return done


def from_nothing(folder: Path, tables: Rows) -> Path:
    """The folder with these tables, built from nothing."""
    world = World(folder)
    world.tables = tables
    world.warehouse()
    return folder


def in_force(folder: Path) -> Manifest:
    """The build in force."""
    manifest = current_manifest(folder)
    assert manifest is not None
    return manifest


def contents(folder: Path) -> dict[str, pl.DataFrame]:
    """Every rollup of the build in force, its rows in the order of its dimensions."""
    manifest = in_force(folder)
    found = {}
    for name, rollup in ROLLUPS.items():
        parts = [pl.read_parquet(path, hive_partitioning=False) for path in manifest.paths(rollup_folder(folder), name)]
        found[name] = pl.concat(parts).sort(rollup.dimensions, nulls_last=True)
    return found


def assert_same_rollups(one: Path, other: Path) -> None:
    """Both folders' builds hold the same sums."""
    ours, theirs = contents(one), contents(other)
    for name in ROLLUPS:
        assert_frame_equal(ours[name], theirs[name], rel_tol=1e-9, abs_tol=1e-9)


def partitions_of(folder: Path) -> dict[str, str]:
    """Partition (``calls_by_agent_day/month=2026-09``) -> its file, in the build in force."""
    return {str(Path(name).parent): Path(name).name for names in in_force(folder).files.values() for name in names}


def states(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file of all builds with its time and content."""
    files = [path for path in rollup_folder(folder).rglob("*") if path.is_file() and path.name != ".lock"]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
