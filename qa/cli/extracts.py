"""Commands that make extracts and rollups, and look after them."""

import time
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from qa.build.run import build as run_build
from qa.build.run import take as run_take
from qa.check import check as run_check
from qa.cli.options import DEFAULT_DATA, Data, Form, notes, nothing_dated
from qa.config import Config, config_path, load_config
from qa.data_readme import data_readme
from qa.i18n import _, say
from qa.importing.command import import_files
from qa.problems import Problem
from qa.sample import NotASampleFolder, make_sample

Into = Annotated[Path, Parameter(name="--into", env_var="QA_DATA", help="The folder of extracts to fill.")]


def import_(
    *files: Annotated[Path, Parameter(help="Files to import.")],
    mapping: Annotated[str | None, Parameter(help="Name of a mapping, or path of its TOML file.")] = None,
    into: Into = DEFAULT_DATA,
    sheet: Annotated[str | None, Parameter(help="Sheet of a workbook.")] = None,
    accept: Annotated[bool, Parameter(negative=(), help="Go on with a proposed mapping without asking.")] = False,
    build: Annotated[bool, Parameter(help="Bring the rollups up to date afterwards.")] = True,
) -> int:
    """Turn people's own files (CSV, TSV, XLSX, Parquet) into extracts.

    Exit status: 0 all rows loaded, 1 nothing loaded, 2 some rows in quarantine, 3 a mapping waits to be confirmed.
    """
    status = import_files(list(files), mapping=mapping, into=into, sheet=sheet, accept=accept)
    if build and status in (0, 2):
        _build(into, load_config(into))
    return status


def check(*, data: Data = DEFAULT_DATA, format: Annotated[Literal["table", "json"], Form] = "table") -> int:
    """Say what state the extracts are in.

    Rows, time span, freshness, rejects, orphans, and what is absent.
    """
    return run_check(data, format)


def sample(
    *,
    into: Into = DEFAULT_DATA,
    scale: Annotated[Literal["small", "medium", "large"], Parameter(help="How much of it.")] = "small",
    seed: Annotated[int, Parameter(help="The same seed gives the same sample.")] = 1,
    effects: Annotated[bool, Parameter(help="Plant the known differences of truths.json.")] = True,
) -> int:
    """Make a sample with known truths.

    A headquarters and its branches, every table of the contract; the truths are in truths.json.
    """
    try:
        make_sample(into, scale, seed, effects=effects)
    except NotASampleFolder as refusal:
        raise Problem(say(refusal.reason)) from refusal
    notes.print(_("The sample is in {folder}.").format(folder=into))
    return 0


def build(
    *,
    data: Data = DEFAULT_DATA,
    memory_limit: Annotated[str | None, Parameter(help="Most memory the build may use, such as 4GB.")] = None,
    engine: Annotated[Literal["duckdb", "spark"] | None, Parameter(help="What computes the rollups; without it, [engine] in qa.toml decides.")] = None,
    engine_url: Annotated[str | None, Parameter(help="Address of the Spark Connect server: sc://host:15002.")] = None,
) -> int:
    """Sum the extracts into rollups.

    Only what changed is made again. The board notices by itself.
    """
    config = load_config(data)
    given = {name: value for name, value in {"kind": engine, "url": engine_url}.items() if value is not None}
    return _build(data, config.model_copy(update={"engine": config.engine.model_copy(update=given)}), memory_limit)


def take(*, data: Data = DEFAULT_DATA, every: Annotated[float | None, Parameter(help="Look again every so many seconds, until stopped.")] = None) -> int:
    """Take extracts and rollups from a bucket.

    [storage] in qa.toml names the bucket. A board beside it notices by itself.
    """
    while True:
        config = load_config(data)
        if not config.storage.url:
            raise Problem(_("No bucket is named: write [storage] url = \"s3://bucket/folder\" into {file}.").format(file=config_path(data)))
        data.mkdir(parents=True, exist_ok=True)
        run_take(data, config)
        if every is None:
            return 0
        time.sleep(every)


def dictionary() -> int:
    """Print the dictionary of the extracts as Markdown."""
    print(data_readme(), end="")
    return 0


def _build(data: Path, config: Config, memory_limit: str | None = None) -> int:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=notes, transient=True) as progress:
        task = progress.add_task(_("Building rollups ..."))
        built = run_build(data, config, lambda done, total, name: progress.update(task, completed=done, total=total), memory_limit)
    if built is None:
        notes.print(nothing_dated(data))
        return 1
    notes.print(_("Rollups: {made} made, {kept} unchanged. Data until {last_day}.").format(made=built.made, kept=built.kept, last_day=built.manifest.last_day))
    return 0
