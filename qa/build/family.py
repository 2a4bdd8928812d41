"""A family of rollups, made together because they read the same kept facts: which of its partitions are stale, and their making."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from qa.build.days import Changes, days_to_make
from qa.build.manifest import Manifest, copy_file
from qa.build.partitions import Partition, calls_read, digest, files_read, partitions, rows_in
from qa.build.seam import Seam
from qa.config import Config
from qa.periods import Period
from qa.relations import Span, call_horizons_relation, parquet_rows, query_text
from qa.sources import FACT_VIEWS, KEPT_FACTS, ROLLUPS, Rollup

# The rollup that says until when the calls of each center are known.
HORIZONS = "calls_by_center_day"

Family = list[Rollup]
# The files of each table or rollup.
Files = dict[str, list[Path]]
# Told how many partitions there are and of how many, and what is made next.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Given:
    """What all families of a build are made from; ``changes``: what differs from the extracts of ``previous``, the build before."""

    folder: Path
    config: Config
    files: Files
    span: Span
    plan_periods: str
    previous: Manifest | None
    changes: Changes

    @property
    def window_days(self) -> int:
        """The resolution window."""
        return self.config.definitions.resolution_window_days


def families() -> list[Family]:
    """All rollups in the order they are made."""
    found: dict[str, Family] = {}
    for rollup in ROLLUPS.values():
        found.setdefault(rollup.kept[0] if rollup.kept else rollup.name, []).append(rollup)
    return list(found.values())


class Maker:
    """Makes one family after the other.

    ``files``: of the rollups made so far. ``known_until``: of each center's calls, once that can be told.
    ``made``, ``kept``: how many partitions were written and left.
    """

    def __init__(self, given: Given, engine: Seam, progress: Progress):
        self.given, self.engine, self.progress = given, engine, progress
        self.files: Files = {}
        self.known_until: dict[str, date] = {}
        self.made = self.kept = 0
        self.total = sum(len(partitions(rollup, given.span)) for rollup in ROLLUPS.values())

    def make(self, family: Family) -> None:
        """All partitions of the family; only those are written whose content no file has yet."""
        parts = {rollup.name: partitions(rollup, self.given.span) for rollup in family}
        paths = {rollup.name: {part.name: self.path(part) for part in parts[rollup.name]} for rollup in family}
        stale = {name: [part for part in parts[name] if not paths[name][part.name].exists()] for name in parts}
        self.kept += sum(len(parts[name]) - len(stale[name]) for name in parts)
        stale = {name: [todo for part in own if (todo := self.take_over(self.part_to_make(part), paths[name][part.name]))] for name, own in stale.items()}
        for together in _runs(parts[family[0].name], {part.name for own in stale.values() for part in own}, lambda run: self.fit(family, run)):
            months = {part.name for part in together}
            runs = [run for own in stale.values() if (run := [part for part in own if part.name in months])]
            kept = max((run[0].rollup.kept for run in runs), key=len)
            if kept:
                self.keep_facts(kept, [part for run in runs for part in run])
            for some in chain.from_iterable(map(self.statements, runs)):
                self.progress(self.made + self.kept, self.total, f"{some[0].rollup.name} {some[0].name}")
                self.write(some, paths[some[0].rollup.name])
                self.made += len(some)
            self.engine.release(kept)
        self.files |= {name: list(own.values()) for name, own in paths.items()}
        if HORIZONS in paths:
            self.known_until = self.horizons(self.files[HORIZONS])
        self.progress(self.made + self.kept, self.total, "")

    def horizons(self, paths: list[Path]) -> dict[str, date]:
        """The first day after the last single call of each center, from the files of ``HORIZONS``."""
        self.engine.run(_view_over(HORIZONS, paths))
        last = "cast(max(day) filter (where single_calls > 0) + interval 1 day as date)"
        sql = f"select center_id, {last} from {HORIZONS} group by center_id having max(single_calls) > 0"
        return {center: until for center, until in self.engine.rows(sql) if center is not None}

    def fit(self, family: Family, run: list[Partition]) -> bool:
        """Whether months can be made in one go: the rows they read fit into memory."""
        return self.rows_read(self.widest(family), run) <= self.engine.rows_at_once

    def statements(self, run: list[Partition]) -> list[list[Partition]]:
        """The months of a run by the statement that sums them."""
        return _runs(run, {part.name for part in run}, lambda some: self.rows_read(some[0].rollup, some) <= self.engine.rows_a_statement)

    def rows_read(self, rollup: Rollup, run: list[Partition]) -> int:
        """How many rows of extracts months that follow each other read for a rollup."""
        months = [part.month for part in run if part.month]
        whole = Partition(rollup, "", Period(months[0].date_from, months[-1].date_to))
        return sum(map(rows_in, self.files_read(whole).values()))

    def widest(self, rollups: Iterable[Rollup]) -> Rollup:
        """A rollup that reads the calls all of these read."""
        rollups = list(rollups)
        look_back = max(rollup.look_back_days for rollup in rollups)
        return replace(max(rollups, key=lambda rollup: rollup.days_around(self.given.window_days)), look_back_days=look_back)

    def files_read(self, part: Partition) -> Files:
        """The extract files that can hold rows for the partition."""
        return files_read(part, self.given.files, self.given.window_days)

    def keep_facts(self, names: Sequence[str], parts: list[Partition]) -> None:
        """Find once, for all partitions made together, the rows of the facts that several of them read.

        The widest look around serves them all: what lies beyond a rollup's own window changes nothing in it.
        """
        since = min(part.month.date_from - timedelta(days=part.rollup.look_back_days) for part in parts if part.month)
        months = Period(min(part.month.date_from for part in parts if part.month), max(part.month.date_to for part in parts if part.month))
        read = [calls for part in parts if (calls := calls_read(part, self.given.window_days))]
        calls = Period(min(period.date_from for period in read), max(period.date_to for period in read))
        self.read(Partition(self.widest(part.rollup for part in parts), "", months), calls)
        bounds = {"since": since, "until": months.date_to}
        for name in names:
            happened = KEPT_FACTS[name]
            self.engine.keep(name, query_text(f"facts/{FACT_VIEWS[name]}"), f"{happened} >= $since and {happened} < $until", bounds)

    def path(self, part: Partition) -> Path:
        """Where the partition belongs: its name is the digest of all it is made from."""
        extras: list[object] = [self.known_until_seen_by(part), self.extras(part.rollup)]
        if part.rollup.base:
            extras.append(_of_months(self.files[part.rollup.base], [part])[0].name)
        name = digest(part, self.files_read(part), self.given.config, extras)
        return self.given.folder / part.rollup.name / part.name / f"{name}.parquet"

    def write(self, run: list[Partition], paths: dict[str, Path]) -> None:
        """Make months that follow each other in one go."""
        rollup, months = run[0].rollup, [part.month for part in run if part.month]
        whole = Partition(rollup, run[0].name, Period(months[0].date_from, months[-1].date_to) if months else None)
        if rollup.base:
            self.engine.run(_view_over(rollup.base, _of_months(self.files[rollup.base], run)))
        else:
            self.read(whole)
        parameters = {} if rollup.base else whole.bounds
        targets = {paths[part.name]: part for part in run}
        self.engine.write(query_text(f"rollup/{rollup.name}"), parameters, targets, rollup.dimensions[0])

    def read(self, part: Partition, calls: Period | None = None) -> None:
        """Let the views stand over what a partition reads; ``calls``: other days of calls than its own.

        Counts need all calls of their month: they give way to single ones.
        """
        own = None if "call_counts" in part.rollup.reads else calls_read(part, self.given.window_days)
        self.engine.read(self.files_read(part), calls or own)
        self.engine.run(call_horizons_relation(self.known_until_seen_by(part)))

    def part_to_make(self, part: Partition) -> Partition:
        """The partition with only the days to make, where the build before has the others."""
        previous = self.given.previous
        if previous is None or part.month is None or part.rollup.base:
            return part
        files = _of_months(previous.paths(self.given.folder, part.rollup.name), [part])
        if not files or not files[0].exists():
            return part
        seen = (self.known_until_seen_by(part, previous.known_until), self.known_until_seen_by(part))
        days = days_to_make(part, self.given.changes, self.given.window_days, seen)
        whole = days == part.month or ("call_counts" in part.rollup.reads and self.counts_of_months(part) != self.counts_of_months(part, files[0]))
        return part if whole else replace(part, month=days, before=files[0])

    def take_over(self, part: Partition, path: Path) -> Partition | None:
        """The partition, or None where none of its days is to be made and the file from before serves under its new name."""
        if not part.before or not part.month or part.month.days:
            return part
        copy_file(part.before, path)
        self.made += 1
        return None

    def counts_of_months(self, part: Partition, file: Path | None = None) -> set[tuple]:
        """The counts that stand for a whole month, whatever days of it were called single ones: now, or as ``file`` has them."""
        if file:
            self.engine.run(_view_over(part.rollup.name, [file]))
        else:
            self.read(part)
        source, bounds = (part.rollup.name, {}) if file else ("call_count_facts where started_at >= $month_from and started_at < $month_until", part.bounds)
        sql = f"select center_id, day, queue, direction from (select * from {source}) as counts where day_until > day + interval 1 day"
        return set(self.engine.rows(sql, bounds))

    def extras(self, rollup: Rollup) -> tuple[Any, ...]:
        """What else the content depends on: the end of the data, where a due time is held against it."""
        ends = {"complaints_by_agent_day", "coaching_by_agent_day", "headcount_by_team_day", "plans_by_agent_period"}
        return (self.given.span.first_day, self.given.span.last_day, self.given.plan_periods) if rollup.name in ends else ()

    def known_until_seen_by(self, part: Partition, known_until: dict[str, date] | None = None) -> dict[str, date]:
        """Until when each center's calls are known, as far as the partition can tell: it does not age with later days."""
        if not part.rollup.looks_around or part.month is None:
            return {}
        around = timedelta(days=part.rollup.days_around(self.given.window_days))
        # Sorted, because the digest of the partition reads it and the engine returns centers in any order.
        known = sorted((self.known_until if known_until is None else known_until).items())
        return {center: min(until, part.month.date_to + around) for center, until in known}


def _runs(parts: list[Partition], stale: set[str], fit: Callable[[list[Partition]], bool]) -> list[list[Partition]]:
    """The partitions whose names are stale, neighbours together as long as they fit: one look at shared files, bounded memory."""
    runs: list[list[Partition]] = []
    for position, part in enumerate(parts):
        if part.name not in stale:
            continue
        if runs and parts[position - 1].name in stale and fit([*runs[-1], part]):
            runs[-1].append(part)
        else:
            runs.append([part])
    return runs


def _of_months(paths: list[Path], parts: list[Partition]) -> list[Path]:
    """The files of the given partitions."""
    names = {part.name for part in parts}
    return [path for path in paths if path.parent.name in names]


def _view_over(name: str, paths: list[Path]) -> str:
    return f"create or replace view {name} as {parquet_rows(paths)}"
