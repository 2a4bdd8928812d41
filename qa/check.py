"""The state of the extracts: what is there, how fresh, what was rejected, what refers to nothing, what is absent."""

import hashlib
import sys
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

import duckdb
import orjson
import polars as pl
from rich.console import Console
from rich.table import Table as RichTable

from qa.build.digests import file_state
from qa.build.engine import Engine
from qa.contract import TABLES, Column, Table
from qa.extracts import Extracts
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.sources import SOURCES

SOUND, FAULTY, EMPTY = 0, 2, 1


@dataclass(frozen=True)
class TableState:
    """One table as it is on disk.

    ``orphans``: rows by column whose value is not found in the table it refers to.
    ``broken_rules``: rows by the reason they are impossible. ``problem``: why the table cannot be read at all.
    ``is_checked``: keys, references and rules were looked at, which takes every row.
    """

    name: str
    rows: int = 0
    first_day: date | None = None
    last_day: date | None = None
    rejected: int = 0
    missing_columns: tuple[str, ...] = ()
    duplicate_keys: int = 0
    orphans: dict[str, int] = field(default_factory=dict)
    broken_rules: dict[str, int] = field(default_factory=dict)
    problem: str = ""
    is_checked: bool = True

    @property
    def is_sound(self) -> bool:
        return not (self.missing_columns or self.duplicate_keys or self.orphans or self.broken_rules or self.problem)


@dataclass(frozen=True)
class State:
    """All tables, and which metrics stay empty because a table is absent."""

    tables: tuple[TableState, ...]
    empty_metrics: dict[str, tuple[str, ...]]

    @property
    def last_day(self) -> date | None:
        return max((table.last_day for table in self.tables if table.last_day), default=None)


def state(data: Path, with_checks: bool = True) -> State:
    """The state of the extracts in ``data``; ``with_checks``: every row is looked at, which takes a second for each million."""
    extracts = Extracts(data)
    with Engine() as engine:
        readable, problems = {}, {}
        for name in TABLES:
            try:
                engine.read({name: extracts.files(name)})
                engine.rows(f"select count(*) from (select * from {name} limit 1) as probe")
                readable[name] = extracts.files(name)
            except (duckdb.Error, OSError, ValueError) as error:
                problems[name] = str(error).splitlines()[0]
                engine.read({name: ()})
        tables = tuple(
            TableState(name, problem=problems[name]) if name in problems else _table_state(engine, table, readable[name], data, with_checks)
            for name, table in TABLES.items()
        )
    absent = {table.name for table in tables if table.rows == 0}
    return State(tables, _empty_metrics(absent))


def _table_state(engine: Engine, table: Table, files: list[Path], data: Path, with_checks: bool) -> TableState:
    rejected = rejected_rows(data, table.name)
    if not files:
        return TableState(table.name, rejected=rejected)
    rows = engine.rows(f"select count(*) from {table.name}")[0][0]
    first = last = None
    if table.time:
        first, last = engine.rows(f"select cast(min({table.time}) as date), cast(max({table.time}) as date) from {table.name}")[0]
    counted = TableState(table.name, rows, first, last, rejected, _missing_columns(table, files), is_checked=False)
    if not with_checks:
        return counted
    duplicates, orphans, broken = _duplicate_keys(engine, table), _orphans(engine, table), _broken_rules(engine, table)
    return replace(counted, duplicate_keys=duplicates, orphans=orphans, broken_rules=broken, is_checked=True)


def evidence(data: Path) -> str:
    """A name for all that the state is read from: another when a file of the extracts or of the quarantine is."""
    extracts = Extracts(data)
    files = [path for name in TABLES for path in extracts.files(name)] + sorted((data / "quarantine").glob("*/*.csv"))
    return hashlib.sha256("\n".join(f"{path} {file_state(path)}" for path in files).encode()).hexdigest()


def _missing_columns(table: Table, files: list[Path]) -> tuple[str, ...]:
    present = {name for path in files for name in pl.read_parquet_schema(path)}
    return tuple(column.name for column in table.columns if column.required and column.name not in present)


def _duplicate_keys(engine: Engine, table: Table) -> int:
    doubled = f"select count(*) as copies from {table.name} group by {', '.join(table.key)} having count(*) > 1"
    return int(engine.rows(f"select coalesce(sum(copies - 1), 0) from ({doubled}) as doubled")[0][0])


def _orphans(engine: Engine, table: Table) -> dict[str, int]:
    counts = {column.name: _orphans_of(engine, table, column) for column in table.columns if column.references}
    return {name: count for name, count in counts.items() if count}


def _orphans_of(engine: Engine, table: Table, column: Column) -> int:
    """Rows whose value is not in the other table; none when that table is optional and empty."""
    other, other_column = column.references.split(".")
    if not engine.rows(f"select count(*) from (select * from {other} limit 1) as probe")[0][0]:
        return 0
    known = f"select distinct {other_column} as known from {other}"
    sql = f"select count(*) from {table.name} as facts anti join ({known}) as others on facts.{column.name} = others.known"
    return engine.rows(f"{sql} where facts.{column.name} is not null")[0][0]


def _broken_rules(engine: Engine, table: Table) -> dict[str, int]:
    counts = {say(rule.reason): engine.rows(f"select count(*) from {table.name} where {rule.sql}")[0][0] for rule in table.rules}
    return {reason: count for reason, count in counts.items() if count}


def rejected_rows(data: Path, table: str) -> int:
    """How many rows of the table lie in quarantine."""
    files = list((data / "quarantine" / table).glob("*.csv"))
    return sum(pl.scan_csv(path, infer_schema=False).select(pl.len()).collect().item() for path in files)


def _empty_metrics(absent: set[str]) -> dict[str, tuple[str, ...]]:
    """Absent table -> the metrics that stay empty for want of it."""
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(absent):
        keys = tuple(key for key, metric in METRICS.items() if any(_needs(source, name, absent) for source in metric.sources))
        if keys:
            found[name] = keys
    return found


def _needs(source: str, table: str, absent: set[str]) -> bool:
    if source == "calls":
        return table == "calls" and "call_counts" in absent
    return table in SOURCES[source].tables


def check(data: Path, format: Literal["table", "json"]) -> int:
    """Print the state; 0 when sound, 2 when something is wrong in it, 1 when there is nothing."""
    found = state(data)
    if format == "json":
        sys.stdout.buffer.write(orjson.dumps(asdict(found), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    else:
        _print(found)
    if not any(table.rows for table in found.tables):
        return EMPTY
    return SOUND if all(table.is_sound for table in found.tables) else FAULTY


def _print(found: State) -> None:
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    columns = (_("table"), _("rows"), _("from"), _("to"), _("rejected"), _("findings"))
    table = RichTable(*columns)
    for each in found.tables:
        days = [str(day) if day else "-" for day in (each.first_day, each.last_day)]
        table.add_row(f"{each.name} {say(TABLES[each.name].label)}", f"{each.rows:,}", *days, f"{each.rejected:,}", "\n".join(findings(each)))
    console.print(table)
    if found.last_day:
        console.print(_("The data end on {day}, {days} days ago.").format(day=found.last_day, days=(date.today() - found.last_day).days))
    for name, keys in found.empty_metrics.items():
        metrics = ", ".join(say(METRICS[key].name) for key in keys)
        console.print(_("Absent: {table}. Stays empty: {metrics}.").format(table=name, metrics=metrics))


def findings(each: TableState) -> list[str]:
    """What is wrong with a table, a line each."""
    lines = [_("cannot be read: {problem}").format(problem=each.problem)] if each.problem else []
    if each.missing_columns:
        lines.append(_("missing columns: {columns}").format(columns=", ".join(each.missing_columns)))
    if each.duplicate_keys:
        lines.append(_("{count} rows repeat a key").format(count=each.duplicate_keys))
    lines += [_("{count} rows: {column} is not known").format(count=count, column=name) for name, count in each.orphans.items()]
    return lines + [f"{count}: {reason}" for reason, count in each.broken_rules.items()]
