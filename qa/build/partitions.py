"""Which files a partition of a rollup is made from, and the digest that says whether it must be made again."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from qa.config import Config
from qa.contract import TABLES
from qa.periods import Period, bucket_end, bucket_start
from qa.relations import QUERIES, Span, contract_view, query_text
from qa.sources import FACT_VIEWS, Rollup

MONTH_FOLDER = re.compile(r"^month=(\d{4})-(\d{2})$")


@dataclass(frozen=True)
class Partition:
    """One month of a rollup, or all of it."""

    rollup: Rollup
    name: str
    month: Period | None


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
    around = timedelta(days=rollup.days_around(window_days))
    calls = Period(partition.month.date_from - around - timedelta(days=rollup.look_back_days), partition.month.date_to + around)
    periods = {"calls": calls}
    return {name: [path for path in files.get(name, ()) if _may_hold(path, periods.get(name, partition.month))] for name in rollup.reads}


def _may_hold(path: Path, period: Period) -> bool:
    """Whether a file can hold rows of the period, by the month of its folder."""
    found = MONTH_FOLDER.match(path.parent.name)
    if not found:
        return True
    first = date(int(found[1]), int(found[2]), 1)
    return first < period.date_to and bucket_end(first, "month") > period.date_from


def digest(partition: Partition, files: Mapping[str, Sequence[Path]], config: Config, extras: Iterable[object]) -> str:
    """A name for the content: the same while neither inputs, definitions nor SQL change."""
    sums = config.model_dump_json(exclude={"appraisal"})
    parts = [partition.rollup.name, partition.name, sums, sql_digest(), *map(repr, extras)]
    for name in sorted(files):
        parts += [f"{name} {path.name} {file_state(path)}" for path in sorted(files[name])]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def file_state(path: Path) -> str:
    """Size, time and inode of a file: another when it was replaced."""
    state = path.stat()
    return f"{path.parent.name}/{path.name} {state.st_size} {state.st_mtime_ns} {state.st_ino}"


@cache
def sql_digest() -> str:
    """A digest of all SQL that makes rollups, and of the contract's views."""
    texts = [query_text(f"facts/{file}") for file in FACT_VIEWS.values()]
    texts += [query_text(f"rollup/{path.stem}") for path in sorted((QUERIES / "rollup").glob("*.sql"))]
    texts += [contract_view(table, ()) for table in TABLES.values()]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()

