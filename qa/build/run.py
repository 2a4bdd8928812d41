"""The build: every partition whose inputs changed is made again, the others are left untouched."""

import hashlib
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from filelock import FileLock

from qa.bucket import Bucket, opened_bucket, take_extracts
from qa.build.days import LATEST_MONTHS, TOLD_APART, Changes, DayDigests, days_to_make, sweep_days
from qa.build.engines import chosen_engine
from qa.build.manifest import POINTER, Manifest, copy_file, current_manifest, publish, read_manifest, rollup_folder
from qa.build.mirror import put_build, take_build
from qa.build.partitions import Partition, calls_read, digest, file_state, files_read, partitions, rows_in, sql_digest, sums_config
from qa.build.seam import Seam
from qa.config import Config
from qa.contract import TABLES
from qa.extracts import Extracts
from qa.periods import Period
from qa.relations import CALL_DAYS_VIEW, call_horizons_relation, days_view, parquet_rows, plan_periods_view, query_text
from qa.sources import FACT_VIEWS, KEPT_FACTS, ROLLUPS, Rollup

# How long a build stays whole after another took its place: whoever is still answering from it finishes in that time.
KEPT_FOR = timedelta(minutes=15)
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Built:
    """A finished build, and how many partitions it made and left."""

    manifest: Manifest
    made: int
    kept: int


def inputs_digest(extracts: Extracts, config: Config) -> str:
    """A name for the state of all extracts, the definitions and the SQL."""
    parts = [config.model_dump_json(), sql_digest()]
    for name in TABLES:
        parts += [f"{name} {file_state(path)}" for path in sorted(extracts.files(name))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def is_current(data: Path, config: Config) -> bool:
    """Whether the build in force was made from the extracts and definitions as they are now."""
    manifest = current_manifest(data)
    return manifest is not None and manifest.inputs == inputs_digest(Extracts(data), config)


def build(data: Path, config: Config, progress: Progress | None = None, memory_limit: str | None = None) -> Built | None:
    """Bring the rollups of ``data`` up to date and put them in force; None when there are no dated extracts.

    Only one build of the same extracts runs at a time; readers keep the build they have. Where there is a bucket, extracts
    are taken from it first, and the build is put there too.
    """
    folder = rollup_folder(data)
    folder.mkdir(parents=True, exist_ok=True)
    bucket = take(data, config)
    with FileLock(folder / ".lock"), chosen_engine(config, folder, bucket, memory_limit) as engine:
        made = Extracts(data).read_consistently(lambda extracts: _Build(extracts, config, engine, progress).run())
        previous = current_manifest(data)
        if made is None or (previous and previous.files == made.manifest.files and previous.inputs == made.manifest.inputs):
            made = made and replace(made, manifest=previous)
        else:
            publish(data, made.manifest)
            _sweep(folder)
        if bucket and made:
            put_build(bucket, data, made.manifest)
        return made


def take(data: Path, config: Config) -> Bucket | None:
    """Bring extracts and the build in force up to those of the bucket, where there is one; returns it."""
    bucket = opened_bucket(config.storage)
    if bucket:
        take_extracts(bucket, data)
        folder = rollup_folder(data)
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            if take_build(bucket, data):
                _sweep(folder)
    return bucket


class _Build:
    def __init__(self, extracts: Extracts, config: Config, engine: Seam, progress: Progress | None):
        self.folder = rollup_folder(extracts.folder)
        self.config, self.engine = config, engine
        self.window_days = config.definitions.resolution_window_days
        self.progress = progress or (lambda done, total, name: None)
        self.inputs = inputs_digest(extracts, config)
        self.files = {name: list(extracts.files(name)) for name in TABLES}
        self.states = {name: sorted(map(file_state, paths)) for name, paths in self.files.items()}
        self.previous = _comparable(current_manifest(extracts.folder), config)
        self.days = DayDigests(self.folder, engine)
        self.made = self.kept = 0
        self.known_until: dict[str, date] = {}

    def run(self) -> Built | None:
        """All partitions made, and the manifest that names them; None when there is nothing to sum."""
        self.engine.read(self.files)
        span = self.engine.span()
        if span is None:
            return None
        self.span = span
        self.plan_periods = plan_periods_view(self.config, self.engine.centers(), span)
        self.look_at_days()
        self.engine.read(self.files)
        self.define()
        self.total = sum(len(partitions(rollup, span)) for rollup in ROLLUPS.values())
        made: dict[str, list[Path]] = {}
        for family in _families():
            made |= self.make(family, made)
            if family[0].name == "calls_by_center_day":
                self.known_until = self.horizons(made["calls_by_center_day"])
        self.progress(self.total, self.total, "")
        manifest = Manifest(
            id=uuid.uuid4().hex[:12],
            built_at=datetime.now(),
            inputs=self.inputs,
            first_day=span.first_day,
            last_day=span.last_day,
            files={name: [str(path.relative_to(self.folder)) for path in paths] for name, paths in made.items()},
            known_until=self.known_until,
            present=sorted(name for name, paths in self.files.items() if paths),
            config=self.config,
            sql=sql_digest(),
            states=self.states,
        )
        return Built(manifest, self.made, self.kept)

    def make(self, family: list[Rollup], made: dict[str, list[Path]]) -> dict[str, list[Path]]:
        """The files of the partitions of rollups made together; only those are written whose content no file has yet."""
        parts = {rollup.name: partitions(rollup, self.span) for rollup in family}
        paths = {rollup.name: {part.name: self.path(part, made) for part in parts[rollup.name]} for rollup in family}
        stale = {name: [part for part in parts[name] if not paths[name][part.name].exists()] for name in parts}
        self.kept += sum(len(parts[name]) - len(stale[name]) for name in parts)
        stale = {name: [todo for part in own if (todo := self.take_over(self.part_to_make(part), paths[name][part.name]))] for name, own in stale.items()}
        for months in _runs(parts[family[0].name], {part.name for own in stale.values() for part in own}, lambda run: self.fit(family, run)):
            runs = [run for own in stale.values() if (run := [part for part in own if part.name in months])]
            kept = max((run[0].rollup.kept for run in runs), key=len)
            if kept:
                self.keep_facts(kept, [part for run in runs for part in run])
            for run in runs:
                self.progress(self.made + self.kept, self.total, f"{run[0].rollup.name} {run[0].name}")
                self.write(run, paths[run[0].rollup.name], made)
                self.made += len(run)
            self.engine.release(kept)
        return {name: list(files.values()) for name, files in paths.items()}

    def fit(self, family: list[Rollup], run: list[Partition]) -> bool:
        """Whether months can be made in one go: the rows they read fit into memory."""
        months = [part.month for part in run if part.month]
        whole = Partition(self.widest(family), "", Period(months[0].date_from, months[-1].date_to))
        return sum(map(rows_in, files_read(whole, self.files, self.window_days).values())) <= self.engine.rows_at_once

    def widest(self, rollups: Iterable[Rollup]) -> Rollup:
        """A rollup that reads the calls all of these read."""
        rollups = list(rollups)
        look_back = max(rollup.look_back_days for rollup in rollups)
        return replace(max(rollups, key=lambda rollup: rollup.days_around(self.window_days)), look_back_days=look_back)

    def keep_facts(self, names: Sequence[str], parts: list[Partition]) -> None:
        """Find once, for all partitions made together, the rows of the facts that several of them read.

        The widest look around serves them all: what lies beyond a rollup's own window changes nothing in it.
        """
        since = min(part.month.date_from - timedelta(days=part.rollup.look_back_days) for part in parts if part.month)
        months = Period(min(part.month.date_from for part in parts if part.month), max(part.month.date_to for part in parts if part.month))
        read = [calls for part in parts if (calls := calls_read(part, self.window_days))]
        calls = Period(min(period.date_from for period in read), max(period.date_to for period in read))
        self.read(Partition(self.widest(part.rollup for part in parts), "", months), calls)
        bounds = {"since": since, "until": months.date_to}
        for name in names:
            happened = KEPT_FACTS[name]
            self.engine.keep(name, query_text(f"facts/{FACT_VIEWS[name]}"), f"{happened} >= $since and {happened} < $until", bounds)

    def path(self, part: Partition, made: dict[str, list[Path]]) -> Path:
        """Where the partition belongs: its name is the digest of all it is made from."""
        extras: list[object] = [self.known_until_seen_by(part), self.extras(part.rollup)]
        if part.rollup.base:
            extras.append(_of_months(made[part.rollup.base], [part])[0].name)
        files = files_read(part, self.files, self.window_days)
        return self.folder / part.rollup.name / part.name / f"{digest(part, files, self.config, extras)}.parquet"

    def write(self, run: list[Partition], paths: dict[str, Path], made: dict[str, list[Path]]) -> None:
        """Make months that follow each other in one go."""
        rollup, months = run[0].rollup, [part.month for part in run if part.month]
        whole = Partition(rollup, run[0].name, Period(months[0].date_from, months[-1].date_to) if months else None)
        if rollup.base:
            self.engine.run(_view_over(rollup.base, _of_months(made[rollup.base], run)))
        else:
            self.read(whole)
        parameters = {} if rollup.base else _bounds(whole)
        targets = {paths[part.name]: part for part in run}
        self.engine.write(query_text(f"rollup/{rollup.name}"), parameters, targets, rollup.dimensions[0])

    def read(self, part: Partition, calls: Period | None = None) -> None:
        """Let the views stand over what a partition reads; ``calls``: other days of calls than its own.

        Counts need all calls of their month: they give way to single ones.
        """
        own = None if "call_counts" in part.rollup.reads else calls_read(part, self.window_days)
        self.engine.read(files_read(part, self.files, self.window_days), calls or own)
        self.engine.run(call_horizons_relation(self.known_until_seen_by(part)))

    def look_at_days(self) -> None:
        """Find out what the days of the latest months hold, so that the next build can tell which of them changed."""
        latest = partitions(next(iter(ROLLUPS.values())), self.span)[-LATEST_MONTHS:]
        for name in TOLD_APART:
            months = {part.name for part in latest}
            self.days.look(name, [path for path in self.files[name] if path.parent.name in months])
        self.changes = Changes(self.previous.states if self.previous else {}, self.states, self.days)

    def part_to_make(self, part: Partition) -> Partition:
        """The partition with only the days to make, where the build before has the others."""
        if self.previous is None or part.month is None or part.rollup.base:
            return part
        files = _of_months(self.previous.paths(self.folder, part.rollup.name), [part])
        if not files or not files[0].exists():
            return part
        seen = (self.known_until_seen_by(part, self.previous.known_until), self.known_until_seen_by(part))
        days = days_to_make(part, self.changes, self.window_days, seen)
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
        source, bounds = (part.rollup.name, {}) if file else ("call_count_facts where started_at >= $month_from and started_at < $month_until", _bounds(part))
        sql = f"select center_id, day, queue, direction from (select * from {source}) as counts where day_until > day + interval 1 day"
        return set(self.engine.rows(sql, bounds))

    def extras(self, rollup: Rollup) -> tuple[Any, ...]:
        """What else the content depends on: the end of the data, where a due time is held against it."""
        ends = {"complaints_by_agent_day", "coaching_by_agent_day", "headcount_by_team_day", "plans_by_agent_period"}
        return (self.span.first_day, self.span.last_day, self.plan_periods) if rollup.name in ends else ()

    def known_until_seen_by(self, part: Partition, known_until: dict[str, date] | None = None) -> dict[str, date]:
        """Until when each center's calls are known, as far as the partition can tell: it does not age with later days."""
        if not part.rollup.looks_around or part.month is None:
            return {}
        around = timedelta(days=part.rollup.days_around(self.window_days))
        # Sorted, because the digest of the partition reads it and the engine returns centers in any order.
        return {center: min(until, part.month.date_to + around) for center, until in sorted((self.known_until if known_until is None else known_until).items())}

    def horizons(self, paths: list[Path]) -> dict[str, date]:
        """The first day after the last single call of each center."""
        self.engine.run(_view_over("calls_by_center_day", paths))
        last = "cast(max(day) filter (where single_calls > 0) + interval 1 day as date)"
        sql = f"select center_id, {last} from calls_by_center_day group by center_id having max(single_calls) > 0"
        return {center: until for center, until in self.engine.rows(sql) if center is not None}

    def define(self) -> None:
        self.engine.define(self.config, self.span, [days_view(self.span), CALL_DAYS_VIEW, call_horizons_relation({}), self.plan_periods])


def _comparable(manifest: Manifest | None, config: Config) -> Manifest | None:
    """An earlier build, where only its extracts can differ from those of now."""
    return manifest if manifest and manifest.sql == sql_digest() and sums_config(manifest.config) == sums_config(config) else None


def _sweep(folder: Path) -> None:
    """Delete builds that gave way ``KEPT_FOR`` ago, files that no build kept refers to, and drafts of builds that were killed.

    Only for who holds the lock of the build.
    """
    builds = sorted((folder / "builds").glob("*.json"), key=_published)
    gone = [old for old, successor in pairwise(builds) if datetime.now() - _published(successor) > KEPT_FOR]
    kept = [read_manifest(path) for path in builds if path not in gone]
    sweep_days(folder, [manifest.states for manifest in kept if manifest])
    used = {path for manifest in kept if manifest for name in manifest.files for path in manifest.paths(folder, name)}
    drafts = [*folder.glob("*/*/.*.parquet.*"), *folder.glob("builds/.*.json.*"), *folder.glob(f".{POINTER}.*")]
    for path in [*gone, *drafts, *(path for path in folder.glob("*/*/*.parquet") if path not in used)]:
        path.unlink(missing_ok=True)


def _published(manifest: Path) -> datetime:
    """When a build came into force."""
    return datetime.fromtimestamp(manifest.stat().st_mtime)


def _bounds(part: Partition) -> dict[str, date]:
    return {"month_from": part.month.date_from, "month_until": part.month.date_to} if part.month else {}


def _families() -> list[list[Rollup]]:
    """The rollups in the order they are made: those that read the same kept facts together, the others alone."""
    families: dict[str, list[Rollup]] = {}
    for rollup in ROLLUPS.values():
        families.setdefault(rollup.kept[0] if rollup.kept else rollup.name, []).append(rollup)
    return list(families.values())


def _runs(parts: list[Partition], stale: set[str], fit: Callable[[list[Partition]], bool]) -> list[set[str]]:
    """The names of the stale partitions, neighbours together as long as they fit: one look at shared files, bounded memory."""
    runs: list[list[Partition]] = []
    for position, part in enumerate(parts):
        if part.name not in stale:
            continue
        if runs and parts[position - 1].name in stale and fit([*runs[-1], part]):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [{part.name for part in run} for run in runs]


def _of_months(paths: list[Path], parts: list[Partition]) -> list[Path]:
    """The files of the given partitions."""
    names = {part.name for part in parts}
    return [path for path in paths if path.parent.name in names]


def _view_over(name: str, paths: list[Path]) -> str:
    return f"create or replace view {name} as {parquet_rows(paths)}"
