"""How fast a file becomes extracts, against a bare read and write of the same file by Polars.

The file: a million calls of 399 agents in three centers, 14 columns with Chinese headers, telephone numbers to be hashed, half a year. Every
import is into an empty folder with a proposed mapping, so it checks everything: values, keys, references to centers and agents.
"""

import resource
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl

from benchmarks.data import WORK
from benchmarks.results import Recorder
from qa.importing import run

ROWS = 1_000_000
ROUNDS = 5


def measure(recorder: Recorder, size: str = "") -> None:
    """The rounds take turns, so that both suffer alike from what else the machine does; ``size`` changes nothing here."""
    path = WORK / "calls.csv"
    if not path.exists():
        WORK.mkdir(exist_ok=True)
        calls(ROWS).write_csv(path)
    recorder.others.begin()
    imports, bare = [], []
    for _turn in range(ROUNDS):
        imports.append(seconds(lambda: imported(path)))
        bare.append(seconds(lambda: read_and_written(path)))
    found = {
        "import": [ROWS / one for one in imports],
        "import_ratio": [one / other for one, other in zip(imports, bare, strict=True)],
        "import_memory": [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024],
    }
    recorder.add_all(found, f"{ROWS:,} calls of 14 columns, best {ROWS / min(imports):,.0f} rows/s")


def imported(path: Path) -> None:
    """Import into an empty folder."""
    into = WORK / "imported"
    shutil.rmtree(into, ignore_errors=True)
    summary = run([path], into, accept=True)
    assert summary.status == 0 and summary.tables[-1].loaded == ROWS


def read_and_written(path: Path) -> None:
    """What any import has to do at least: parse the text, store the columns."""
    pl.read_csv(path, try_parse_dates=True).write_parquet(WORK / "bare.parquet", compression="zstd")


def seconds(action: Callable[[], None]) -> float:
    """Seconds by the clock."""
    clock = time.perf_counter()
    action()
    return time.perf_counter() - clock


def calls(rows: int) -> pl.DataFrame:
    """Made-up calls in order of time, the same every time."""
    chance = np.random.default_rng(1)
    answered = chance.random(rows) < 0.95

    def some(words: list[str]) -> pl.Series:
        return pl.Series(words).gather(chance.integers(0, len(words), rows))

    def up_to(seconds: int) -> pl.Series:
        return pl.Series(chance.integers(0, seconds, rows))

    at = pl.Series(np.sort(chance.integers(0, 180 * 86_400, rows)))
    return pl.DataFrame({"n": np.arange(rows), "at": at, "answered": answered}).select(
        pl.format("C{}", pl.col("n").cast(str).str.zfill(9)).alias("流水号"),
        some(["SH", "WH", "CD"]).alias("中心"),
        some([f"A{n:04d}" for n in range(1, 400)]).alias("工号"),
        some(["账单", "报修", "投诉", "咨询"]).alias("技能组"),
        pl.lit("呼入").alias("呼叫方向"),
        (datetime(2026, 1, 1, 8) + pl.col("at") * timedelta(seconds=1)).dt.strftime("%Y-%m-%d %H:%M:%S").alias("开始时间"),
        pl.when("answered").then(pl.lit("是")).otherwise(pl.lit("否")).alias("是否接通"),
        up_to(90).alias("等待时长（秒）"),
        pl.when("answered").then(up_to(600)).otherwise(0).alias("通话时长（秒）"),
        up_to(30).alias("保持时长（秒）"),
        pl.when("answered").then(up_to(60)).otherwise(0).alias("话后时长（秒）"),
        pl.format("138{}", up_to(99_999_999).cast(str).str.zfill(8)).alias("客户标识"),
        some(["话费查询", "故障", "套餐", "其他"]).alias("来电原因"),
        pl.when("answered").then(some(["是", "是", "是", "否"])).otherwise(pl.lit("否")).alias("是否解决"),
    )

