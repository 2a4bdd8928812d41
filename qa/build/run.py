"""The build: every partition whose inputs changed is made again, the others are left untouched."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock

from qa.build.engine import Engine
from qa.build.manifest import Manifest, current_manifest, publish, rollup_folder
from qa.build.partitions import Partition, digest, file_state, files_read, partitions, sql_digest
from qa.config import Config
from qa.contract import TABLES
from qa.extracts import Extracts
from qa.relations import CALL_DAYS_VIEW, Span, call_horizons_relation, days_view, plan_periods_view, query_text
from qa.sources import ROLLUPS, Rollup

KEPT_BUILDS = 2
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

    Only one build of the same extracts runs at a time; readers keep the build they have.
    """
    folder = rollup_folder(data)
    folder.mkdir(parents=True, exist_ok=True)
    with FileLock(folder / ".lock"), Engine(memory_limit) as engine:
        return _Build(data, config, engine, progress).run()


class _Build:
    def __init__(self, data: Path, config: Config, engine: Engine, progress: Progress | None):
        self.folder = rollup_folder(data)
        self.data, self.config, self.engine = data, config, engine
        self.progress = progress or (lambda done, total, name: None)
        extracts = Extracts(data)
        self.inputs = inputs_digest(extracts, config)
        self.files = {name: list(extracts.files(name)) for name in TABLES}
        self.made = self.kept = 0
        self.known_until: dict[str, date] = {}

    def run(self) -> Built | None:
        self.engine.read(self.files)
        span = self.engine.span()
        if span is None:
            return None
        self.span = span
        self.plan_periods = plan_periods_view(self.config, self.engine.centers(), span)
        self.define()
        plan = [(rollup, partitions(rollup, span)) for rollup in ROLLUPS.values()]
        total, done, made = sum(len(parts) for _rollup, parts in plan), 0, {}
        for rollup, parts in plan:
            made[rollup.name] = []
            for part in parts:
                self.progress(done, total, f"{rollup.name} {part.name}")
                made[rollup.name].append(self.make(part, made))
                done += 1
            if rollup.name == "calls_by_center_day":
                self.known_until = self.horizons(made[rollup.name])
        self.progress(total, total, "")
        manifest = Manifest(
            id=uuid.uuid4().hex[:12],
            built_at=datetime.now(),
            inputs=self.inputs,
            first_day=span.first_day,
            last_day=span.last_day,
            files={name: [str(path.relative_to(self.folder)) for path in paths] for name, paths in made.items()},
            known_until=self.known_until,
            present=sorted(name for name, paths in self.files.items() if paths),
        )
        previous = current_manifest(self.data)
        if previous and previous.files == manifest.files and previous.inputs == manifest.inputs:
            return Built(previous, 0, self.kept)
        publish(self.data, manifest)
        self.sweep()
        return Built(manifest, self.made, self.kept)

    def make(self, part: Partition, made: dict[str, list[Path]]) -> Path:
        """The partition's file, written only when no file of the same content is there."""
        rollup, files = part.rollup, files_read(part, self.files, self.config.definitions.resolution_window_days)
        known = self.known_until_seen_by(part)
        extras: list[object] = [known, self.extras(rollup)]
        if rollup.base:
            base = next(path for path in made[rollup.base] if path.parent.name == part.name)
            extras.append(base.name)
        path = self.folder / rollup.name / part.name / f"{digest(part, files, self.config, extras)}.parquet"
        if path.exists():
            self.kept += 1
            return path
        if rollup.base:
            self.engine.run(_view_over(rollup.base, base))
            self.engine.write(query_text(f"rollup/{rollup.name}"), {}, path)
        else:
            self.engine.read(files)
            self.engine.run(call_horizons_relation(known))
            self.engine.write(query_text(f"rollup/{rollup.name}"), _bounds(part), path)
        self.made += 1
        return path

    def extras(self, rollup: Rollup) -> tuple[Any, ...]:
        """What else the content depends on: the end of the data, where a due time is held against it."""
        ends = {"complaints_by_agent_day", "coaching_by_agent_day", "headcount_by_team_day", "plans_by_agent_period"}
        return (self.span.first_day, self.span.last_day, self.plan_periods) if rollup.name in ends else ()

    def known_until_seen_by(self, part: Partition) -> dict[str, date]:
        """Until when each center's calls are known, as far as the partition can tell: it does not age with later days."""
        if not part.rollup.looks_around or part.month is None:
            return {}
        window = timedelta(days=self.config.definitions.resolution_window_days)
        return {center: min(until, part.month.date_to + window) for center, until in self.known_until.items()}

    def horizons(self, paths: list[Path]) -> dict[str, date]:
        """The first day after the last call of each center."""
        listed = "[" + ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths) + "]"
        sql = f"select center_id, cast(max(day) + interval 1 day as date) from read_parquet({listed}, hive_partitioning = false) group by center_id"
        return {center: until for center, until in self.engine.rows(sql) if center is not None}

    def define(self) -> None:
        self.engine.define(self.config, self.span, [days_view(self.span), CALL_DAYS_VIEW, call_horizons_relation({}), self.plan_periods])

    def sweep(self) -> None:
        """Delete what no recent build refers to; a build in force and the one before it stay whole."""
        builds = sorted((self.folder / "builds").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        for old in builds[:-KEPT_BUILDS]:
            old.unlink(missing_ok=True)
        used = {name for path in builds[-KEPT_BUILDS:] for names in Manifest.model_validate_json(path.read_bytes()).files.values() for name in names}
        for path in self.folder.glob("*/*/*.parquet"):
            if str(path.relative_to(self.folder)) not in used:
                path.unlink(missing_ok=True)


def _bounds(part: Partition) -> dict[str, date]:
    return {"month_from": part.month.date_from, "month_until": part.month.date_to} if part.month else {}


def _view_over(name: str, path: Path) -> str:
    quoted = str(path).replace("'", "''")
    return f"create or replace view {name} as select * from read_parquet('{quoted}', hive_partitioning = false)"
