"""Which files a partition of a rollup is made from, and the digest that says whether it must be made again."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

from qa.build.digests import file_state, month_of, sql_digest
from qa.config import Config
from qa.periods import Period, bucket_end, bucket_start
from qa.relations import Span
from qa.sources import Rollup


@dataclass(frozen=True)
class Partition:
    """One month of a rollup, or all of it.

    ``month``: the days to make; where these are not the whole month, ``before`` is the file that holds its other days.
    """

    rollup: Rollup
    name: str
    month: Period | None
    before: Path | None = None

    @property
    def bounds(self) -> dict[str, date]:
        """The days to make as the parameters of a query; none for a rollup of no months."""
        return {"month_from": self.month.date_from, "month_until": self.month.date_to} if self.month else {}


def partitions(rollup: Rollup, span: Span) -> list[Partition]:
    """The months of a rollup, or the one partition of a small one."""
    if not rollup.monthly:
        return [Partition(rollup, "all", None)]
    found, start = [], bucket_start(span.first_day, "month")
    while start <= span.last_day:
        end = bucket_end(start, "month")
        found.append(Partition(rollup, f"month={start:%Y-%m}", Period(start, end)))
        start = end
    return found


def files_read(partition: Partition, files: Mapping[str, Sequence[Path]], window_days: int) -> dict[str, list[Path]]:
    """The extract files that can hold rows for the partition: those of its months, and those of no month."""
    rollup = partition.rollup
    if partition.month is None:
        return {name: list(files.get(name, ())) for name in rollup.reads}
    periods = {"calls": calls_read(partition, window_days)}
    return {name: [path for path in files.get(name, ()) if _may_hold(path, periods.get(name, partition.month))] for name in rollup.reads}


def calls_read(partition: Partition, window_days: int) -> Period | None:
    """The days of the calls that can matter to the partition; None for all."""
    if partition.month is None:
        return None
    around = timedelta(days=partition.rollup.days_around(window_days))
    return Period(partition.month.date_from - around - timedelta(days=partition.rollup.look_back_days), partition.month.date_to + around)


def _may_hold(path: Path, period: Period | None) -> bool:
    """Whether a file can hold rows of the period, by the month of its folder."""
    month = month_of(path.parent.name)
    return not month or not period or (month.date_from < period.date_to and month.date_to > period.date_from)


def digest(partition: Partition, files: Mapping[str, Sequence[Path]], config: Config, extras: Iterable[object]) -> str:
    """A name for the content: the same while neither inputs, definitions nor SQL change."""
    parts = [partition.rollup.name, partition.name, sums_config(config), sql_digest(), *map(repr, extras)]
    for name in sorted(files):
        parts += [f"{name} {path.name} {file_state(path)}" for path in sorted(files[name])]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def sums_config(config: Config) -> str:
    """The definitions that sums depend on."""
    return config.model_dump_json(exclude={"appraisal"})


def rows_in(files: Iterable[Path]) -> int:
    """How many rows the files have."""
    return sum(_rows(path, file_state(path)) for path in files)


@lru_cache(4096)
def _rows(path: Path, _state: str) -> int:
    return pq.read_metadata(path).num_rows
