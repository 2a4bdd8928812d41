"""A real Spark cluster computes the rollups, and one of its workers dies on the way: run by ``make cluster``, which installs Spark."""

import re
import shutil
import threading
import time
from pathlib import Path

import pytest

from qa.build.run import build
from qa.config import EngineChoice, load_config
from qa.sources import ROLLUPS
from tests.build.engines.test_same_rollups import assert_same
from tests.build.rollups import contents
from tests.support.spark import Cluster

pytestmark = pytest.mark.timeout(1800)
MONTHS = ("2026-09", "2026-10")


def two_months(sample: Path, folder: Path) -> Path:
    """The sample with the last two months of its large tables, not built."""

    def others(_folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name == "rollups" or (re.fullmatch(r"month=\d{4}-\d\d", name) and name.removeprefix("month=") not in MONTHS)]

    return Path(shutil.copytree(sample, folder, ignore=others))


def _is_busy(cluster: Cluster) -> bool:
    try:
        return bool(cluster.busy_executors())
    except OSError:
        # The driver has more to do than to tell of it.
        return False


def test_a_worker_dies_during_a_build_and_the_sums_are_right(cluster: Cluster, sample, tmp_path):
    ours, theirs = two_months(sample, tmp_path / "duckdb"), two_months(sample, tmp_path / "spark")
    assert build(ours, load_config(ours))
    killed = threading.Event()

    def kill_at_work() -> None:
        while not _is_busy(cluster):
            time.sleep(0.02)
        cluster.kill_worker()
        killed.set()

    killer = threading.Thread(target=kill_at_work, daemon=True)

    def progress(_done: int, _total: int, name: str) -> None:
        # Within the family that keeps its facts as files: what the dead worker held is asked for again.
        if name.startswith("contacts_by_agent_day") and not killer.ident:
            assert cluster.alive() == 2
            killer.start()

    config = load_config(theirs).model_copy(update={"engine": EngineChoice(kind="spark", url=cluster.url)})
    built = build(theirs, config, progress)

    assert killed.is_set() and cluster.lost_executors(), "nothing was killed while it worked"
    assert cluster.workers[0].poll() is not None
    assert built.made == sum(len(names) for names in built.manifest.files.values())
    expected, found = contents(ours), contents(theirs)
    for name in ROLLUPS:
        assert expected[name].height, name
        assert_same(expected[name], found[name])
