"""How fast a file becomes extracts, against a bare read and write of the same file by Polars. `python -m benchmarks.import_speed`.

The file: a million calls of 399 agents in three centers, 14 columns with Chinese headers, telephone numbers to be hashed, half a year. Every
import is into an empty folder with a proposed mapping, so it checks everything: values, keys, references to centers and agents.
"""

import resource
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import numpy as np
import polars as pl

from qa.importing import run

WORK = Path(__file__).parent / "work"
ROWS = 1_000_000
ROUNDS = 3


def main() -> None:
    """Print the figures of this machine; the rounds take turns, so that both suffer alike from what else it does."""
    path = WORK / "calls.csv"
    if not path.exists():
        WORK.mkdir(exist_ok=True)
        calls(ROWS).write_csv(path)
    imports, bare = [], []
    for _turn in range(ROUNDS):
        imports.append(seconds(lambda: imported(path)))
        bare.append(seconds(lambda: read_and_written(path)))
    wall, cpu = (median(times) for times in zip(*imports, strict=True))
    bare_wall, bare_cpu = (median(times) for times in zip(*bare, strict=True))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"import: {ROWS / wall:,.0f} rows/s, {wall:.2f} s, {cpu:.2f} s of processor time; best {ROWS / min(imports)[0]:,.0f} rows/s")
    print(f"bare polars read + write: {bare_wall:.2f} s, {bare_cpu:.2f} s of processor time")
    print(f"import / bare: {wall / bare_wall:.1f} (processor time: {cpu / bare_cpu:.1f}); most memory {peak:,.0f} MiB")


def imported(path: Path) -> None:
    """Import into an empty folder."""
    into = WORK / "imported"
    shutil.rmtree(into, ignore_errors=True)
    summary = run([path], into, accept=True)
    assert summary.status == 0 and summary.tables[-1].loaded == ROWS


def read_and_written(path: Path) -> None:
    """What any import has to do at least: parse the text, store the columns."""
    pl.read_csv(path, try_parse_dates=True).write_parquet(WORK / "bare.parquet", compression="zstd")


def seconds(action: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock and of processor time."""
    clock, cpu = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - clock, time.process_time() - cpu


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


if __name__ == "__main__":
    main()
