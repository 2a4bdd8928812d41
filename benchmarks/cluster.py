"""What a full build costs on DuckDB and on Spark, in processor time: the figures of docs/cluster.md.

``python -m benchmarks.cluster DATA`` builds all of DATA on both; Spark has built its last month before, so that it is warm.
Needs Spark: ``make cluster`` installs it.
"""

import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq

from qa.build.run import build
from qa.config import EngineChoice, load_config
from qa.extracts import Extracts
from tests.support.spark import Cluster, running_cluster
from tools import spark


def main(data: Path) -> None:
    """Print calls, seconds of processor time and calls a second of it, for both engines."""
    months = sorted(path.name for path in (data / "calls").glob("month=*"))
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        measured("DuckDB", linked(data, work / "duckdb", months), EngineChoice(), lambda: 0)
        (work / "cluster").mkdir()
        with running_cluster(spark.find(), work / "cluster") as cluster:
            choice = EngineChoice(kind="spark", url=cluster.url)
            measured("Spark, cold", linked(data, work / "cold", months[-1:]), choice, lambda: spent_by(cluster))
            measured("Spark, warm", linked(data, work / "warm", months), choice, lambda: spent_by(cluster))


def linked(data: Path, folder: Path, months: list[str]) -> Path:
    """The extracts of some months under another name, not built."""

    def others(_folder: str, names: list[str]) -> list[str]:
        return [name for name in names if name == "rollups" or (name.startswith("month=") and name not in months)]

    return Path(shutil.copytree(data, folder, copy_function=os.link, ignore=others))


def measured(name: str, data: Path, engine: EngineChoice, spent: Callable[[], float]) -> None:
    """Build, and print what it cost here and elsewhere."""
    before, elsewhere = own_time(), spent()
    built = build(data, load_config(data).model_copy(update={"engine": engine}))
    here, elsewhere = own_time() - before, spent() - elsewhere
    calls = sum(pq.read_metadata(path).num_rows for path in Extracts(data).files("calls"))
    seconds = here + elsewhere
    print(f"{name}: {calls:,} calls, {built.made} partitions, {seconds:.1f} s of processor time, {here:.1f} here: {calls / seconds:,.0f} calls/s", flush=True)


def own_time() -> float:
    """Seconds of processor time of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def spent_by(cluster: Cluster) -> float:
    """Seconds of processor time of all processes of a cluster, those that have ended included."""
    groups = {process.pid for process in cluster.processes}
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) in groups:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
