"""The SQL that stands between extracts and facts, as text: definitions, contract views, fact views.

The same text serves the build, the rows behind a number and the script anyone can run in a DuckDB shell.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from duckdb import ConstantExpression

from qa.config import Config
from qa.contract import TABLES, Column, Table
from qa.periods import Period, bucket_end, bucket_start
from qa.sources import FACT_VIEWS

QUERIES = Path(__file__).resolve().parent.parent / "queries"


@dataclass(frozen=True)
class Span:
    """The days the extracts cover, both inclusive."""

    first_day: date
    last_day: date

    @property
    def until(self) -> date:
        """The first day that is not covered."""
        return date.fromordinal(self.last_day.toordinal() + 1)


@cache
def query_text(name: str) -> str:
    """The text of ``queries/<name>.sql``."""
    return (QUERIES / f"{name}.sql").read_text(encoding="utf-8").strip()


@cache
def query_statements(name: str) -> tuple[str, ...]:
    """The statements of ``queries/<name>.sql``, a file of macros, without its comments."""
    lines = "\n".join(line for line in query_text(name).splitlines() if not line.startswith("--"))
    return tuple(statement.strip() for statement in lines.split(";") if statement.strip())


def literal(value: object) -> str:
    """A value as a DuckDB literal; a float as the decimal it is written as, which compares exactly."""
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return str(value) if isinstance(value, float) else str(ConstantExpression(value))


def parquet_rows(paths: Iterable[Path]) -> str:
    """A query of the rows of Parquet files that have the same columns."""
    return f"select * from read_parquet([{', '.join(literal(path.as_posix()) for path in paths)}], hive_partitioning = false)"


# A time limit without a time of day is that whole day.
DEADLINE = """create or replace macro deadline(due_at) as
case when due_at = date_trunc('day', due_at) then due_at + interval 1 day - interval 1 microsecond else due_at end"""


def definition_macros(config: Config, span: Span) -> list[str]:
    """One macro for each configured definition, ``known_until()``: when the data end, and ``deadline(due_at)``."""
    values = config.definitions.model_dump()
    statements = [f"create or replace macro {name}() as {_definition(value)}" for name, value in values.items()]
    statements.append(f"create or replace macro known_until() as cast({literal(span.until)} as timestamp)")
    return [*statements, DEADLINE]


def _definition(value: object) -> str:
    """A definition as a literal; whole seconds without a fraction, so that decimals stay exact."""
    return literal(int(value) if isinstance(value, float) and value.is_integer() else value)


def contract_view(table: Table, files: Sequence[Path], within: Period | None = None) -> str:
    """The view of one table of the contract over its files: every column, under its contract type, absent ones null.

    ``within``: leave out rows of other days.
    """
    columns = contract_columns(table, _columns_of(files))
    if not files:
        return f"create or replace view {table.name} as\nselect\n    {columns}\nwhere false"
    paths = "[" + ", ".join(literal(path.as_posix()) for path in files) + "]"
    source = f"from read_parquet({paths}, union_by_name = true, hive_partitioning = false){contract_days(table, within)}"
    return f"create or replace view {table.name} as\nselect\n    {columns}\n{source}"


def contract_days(table: Table, within: Period | None) -> str:
    """The condition that leaves out rows of other days; nothing for all."""
    moment = next((f"cast({column.name} as {column.type.value})" for column in table.columns if column.name == table.time), "")
    return f"\nwhere {moment} >= {literal(within.date_from)} and {moment} < {literal(within.date_to)}" if within else ""


def contract_columns(table: Table, present: Collection[str]) -> str:
    """The columns of a table as its view selects them; ``present``: those its files have."""
    return ",\n    ".join(_contract_column(column, column.name in present) for column in table.columns)


def _contract_column(column: Column, present: bool) -> str:
    name, type_, default = column.name, column.type.value, column.default
    value = f"cast({name} as {type_})" if present else f"cast(null as {type_})"
    value = f"nullif({value}, {literal(column.unknown)})" if column.unknown else value
    return f"coalesce({value}, cast({literal(default)} as {type_})) as {name}" if default else f"{value} as {name}"


def _columns_of(files: Sequence[Path]) -> set[str]:
    if not files:
        return set()
    # Imported here: ten megabytes that a server which only reads builds does without.
    import pyarrow.parquet as pq

    return {name for path in files for name in pq.read_schema(path).names}


def days_view(span: Span) -> str:
    """Every day the extracts cover, with the length of its month."""
    return (
        "create or replace view days as\n"
        "select cast(range as date) as day, extract(day from last_day(range)) as days_in_month\n"
        f"from range({literal(span.first_day)}, {literal(span.until)}, interval 1 day)"
    )


CALL_DAYS_VIEW = "create or replace view call_days as\nselect distinct center_id, cast(started_at as date) as day from calls"

CALL_HORIZONS_VIEW = (
    "create or replace view call_horizons as\n"
    "select center_id, cast(cast(max(started_at) as date) + interval 1 day as timestamp) as known_until from calls group by center_id"
)


def call_horizons_relation(known_until: dict[str, date]) -> str:
    """``call_horizons`` from values known already: until when each center's calls are complete."""
    return _values_view("call_horizons", {"center_id": "varchar", "known_until": "timestamp"}, sorted(known_until.items()))


def plan_periods_view(config: Config, centers: dict[str, int], span: Span) -> str:
    """``plan_periods``: each center's completed plan periods and its quota. ``centers``: period start day by center."""
    rows = []
    for center, month_start in sorted(centers.items()):
        plan = config.plan_of(center)
        start = bucket_start(span.first_day, plan.period, month_start)
        start = start if start == span.first_day else bucket_end(start, plan.period, month_start)
        while (end := bucket_end(start, plan.period, month_start)) <= span.until:
            rows.append((center, start, end, plan.evaluations))
            start = end
    columns = {"center_id": "varchar", "period_from": "date", "period_until": "date", "evaluations": "bigint"}
    return _values_view("plan_periods", columns, rows)


def _values_view(name: str, columns: dict[str, str], rows: Sequence[tuple]) -> str:
    names = ", ".join(columns)
    typed = ",\n    ".join(f"cast({column} as {type_}) as {column}" for column, type_ in columns.items())
    values = ",\n    ".join("(" + ", ".join(literal(value) for value in row) + ")" for row in rows) or "(" + ", ".join("null" for _ in columns) + ")"
    where = "" if rows else "\nwhere false"
    return f"create or replace view {name} as\nselect\n    {typed}\nfrom (values\n    {values}\n) as given ({names}){where}"


def fact_views(names: Iterable[str] = FACT_VIEWS) -> list[str]:
    """The fact views, in the order they build on each other."""
    wanted = set(names)
    return [f"create or replace view {view} as\n{query_text(f'facts/{file}')}" for view, file in FACT_VIEWS.items() if view in wanted]


def contract_views(files: Mapping[str, Sequence[Path]]) -> list[str]:
    """A view for each table of the contract; tables without files are empty."""
    return [contract_view(table, files.get(name, ())) for name, table in TABLES.items()]
