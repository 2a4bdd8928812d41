"""The build: every partition whose inputs changed is made again, the others are left untouched."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from filelock import FileLock

from qa.bucket import Bucket, opened_bucket, take_extracts
from qa.build.days import LATEST_MONTHS, TOLD_APART, Changes, DayDigests, sweep_days
from qa.build.digests import file_state, inputs_digest, sql_digest
from qa.build.engines import chosen_engine
from qa.build.family import Given, Maker, Progress, families
from qa.build.manifest import POINTER, Manifest, current_manifest, publish, read_manifest, rollup_folder
from qa.build.mirror import put_build, take_build
from qa.build.partitions import partitions, sums_config
from qa.build.seam import Seam
from qa.build.unreadable import explained
from qa.config import Config
from qa.contract import TABLES
from qa.extracts import Extracts
from qa.relations import CALL_DAYS_VIEW, Span, call_horizons_relation, days_view, plan_periods_view
from qa.sources import ROLLUPS

# How long a build stays whole after another took its place: whoever is still answering from it finishes in that time.
KEPT_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class Built:
    """A finished build, and how many partitions it made and left."""

    manifest: Manifest
    made: int
    kept: int


def is_current(data: Path, config: Config) -> bool:
    """Whether the build in force was made from the extracts and definitions as they are now."""
    manifest = current_manifest(data)
    return manifest is not None and manifest.inputs == inputs_digest(Extracts(data), config)


def build(data: Path, config: Config, progress: Progress | None = None, memory_limit: str | None = None) -> Built | None:
    """Bring the rollups of ``data`` up to date and put them in force; None when there are no dated extracts.

    Only one build of the same extracts runs at a time; readers keep the build they have. Where there is a bucket, extracts
    are taken from it first, and the build is put there too. Problem where memory is short or a file cannot be read.
    """
    folder = rollup_folder(data)
    folder.mkdir(parents=True, exist_ok=True)
    bucket = take(data, config)
    with FileLock(folder / ".lock"), chosen_engine(config, folder, bucket, memory_limit) as engine:
        extracts = Extracts(data)
        made = explained(
            lambda: extracts.read_consistently(lambda state: _Build(state, config, engine, progress).run()),
            lambda: {name: extracts.files(name) for name in TABLES},
        )
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
        self.progress = progress or (lambda done, total, name: None)
        self.inputs = inputs_digest(extracts, config)
        self.files = {name: list(extracts.files(name)) for name in TABLES}
        self.states = {name: sorted(map(file_state, paths)) for name, paths in self.files.items()}
        self.previous = _comparable(current_manifest(extracts.folder), config)

    def run(self) -> Built | None:
        """All partitions made, and the manifest that names them; None when there is nothing to sum."""
        self.engine.read(self.files)
        span = self.engine.span()
        if span is None:
            return None
        plan_periods = plan_periods_view(self.config, self.engine.centers(), span)
        given = Given(self.folder, self.config, self.files, span, plan_periods, self.previous, self.look_at_days(span))
        self.engine.read(self.files)
        self.engine.define(self.config, span, [days_view(span), CALL_DAYS_VIEW, call_horizons_relation({}), plan_periods])
        maker = Maker(given, self.engine, self.progress)
        for family in families():
            maker.make(family)
        manifest = Manifest(
            id=uuid.uuid4().hex[:12],
            built_at=datetime.now(),
            inputs=self.inputs,
            first_day=span.first_day,
            last_day=span.last_day,
            files={name: [str(path.relative_to(self.folder)) for path in paths] for name, paths in maker.files.items()},
            known_until=maker.known_until,
            present=sorted(name for name, paths in self.files.items() if paths),
            config=self.config,
            sql=sql_digest(),
            states=self.states,
        )
        return Built(manifest, maker.made, maker.kept)

    def look_at_days(self, span: Span) -> Changes:
        """Find out what the days of the latest months hold, so that the next build can tell which of them changed."""
        days = DayDigests(self.folder, self.engine)
        latest = {part.name for part in partitions(next(iter(ROLLUPS.values())), span)[-LATEST_MONTHS:]}
        for name in TOLD_APART:
            days.look(name, [path for path in self.files[name] if path.parent.name in latest])
        return Changes(self.previous.states if self.previous else {}, self.states, days)


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
