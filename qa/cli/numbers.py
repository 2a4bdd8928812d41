"""Commands that print numbers and their proofs."""

import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Annotated

import orjson
import polars as pl
from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from qa import format as formatted
from qa.cli.options import DEFAULT_DATA, By, Choice, Data, Format, chosen_groups, chosen_metrics, opened
from qa.config import load_config
from qa.i18n import _, language, say
from qa.metrics import METRICS
from qa.proof import heading
from qa.query import NotAnswerable, Question, obstacle
from qa.results import answer
from qa.script import script
from qa.warehouse import Warehouse
from qa.words import signal_word, verdict_word

Keys = Annotated[str, Parameter(help="Metric keys; python -m qa metrics lists them.")]
PIPED_WIDTH = 160
EVERYTHING = Choice()
COLUMNS = ("numerator", "denominator", "value", "low", "high", "n", "target", "verdict", "signal")


def metrics(*, data: Data = DEFAULT_DATA, format: Format = "table") -> None:
    """List the metrics.

    Every metric with its unit, default target and definition in force.
    """
    config = load_config(data)
    rows = [
        {
            "metric": metric.key,
            "name": say(metric.name),
            "unit": metric.unit,
            "better": metric.better,
            "minimum": metric.minimum,
            "maximum": metric.maximum,
            "definition": metric.definition_in_force(config, language()),
        }
        for metric in METRICS.values()
    ]
    print_frame(pl.DataFrame(rows), format)


def metric(
    *keys: Keys,
    by: By = "",
    choice: Choice = EVERYTHING,
    format: Format = "table",
    data: Data = DEFAULT_DATA,
) -> None:
    """Print metrics with interval, target and verdict.

    By group it also says whether a group differs beyond noise.
    """
    names, groups = chosen_metrics(keys), chosen_groups(by)
    warehouse = opened(data)
    filters = choice.filters(warehouse)
    for name in names:
        require(warehouse, name, groups, filters)
    frame = answer(warehouse, names, groups, filters, None)
    shown = ["metric", *groups, *(column for column in COLUMNS if groups or column != "signal")]
    if format == "table":
        _print_answers(warehouse, frame, groups)
    else:
        print_frame(frame.with_columns(_target_column(frame)).select(shown), format)


def sql(
    key: Annotated[str, Parameter(help="One metric key.")],
    *,
    by: By = "",
    choice: Choice = EVERYTHING,
    data: Data = DEFAULT_DATA,
) -> None:
    """Print the SQL of a metric.

    It runs in a stock DuckDB shell over the extracts and gives the same value.
    """
    (name,), groups = chosen_metrics([key]), chosen_groups(by)
    warehouse = opened(data)
    filters = choice.filters(warehouse)
    require(warehouse, name, groups, filters)
    sys.stdout.write(script(warehouse, Question((name,), groups, filters, None)))


def rows(
    key: Annotated[str, Parameter(help="One metric key.")],
    *,
    by: By = "",
    choice: Choice = EVERYTHING,
    limit: Annotated[int | None, Parameter(name="--limit", help="At most so many rows; without it all of them.")] = None,
    format: Format = "table",
    data: Data = DEFAULT_DATA,
) -> None:
    """Print the rows behind a metric.

    Each with its numerator and denominator; together they give the number.
    """
    (name,), groups = chosen_metrics([key]), chosen_groups(by)
    warehouse = opened(data)
    filters = choice.filters(warehouse)
    require(warehouse, name, groups, filters)
    try:
        print_frame(warehouse.rows(Question((name,), groups, filters, None), limit), format)
    except TimeoutError as error:
        raise NotAnswerable(_("The rows take too long; narrow the period or set --limit.")) from error


def require(warehouse: Warehouse, key: str, groups: tuple[str, ...], filters) -> None:
    """NotAnswerable when the metric cannot be asked this way, or its extracts are absent."""
    if problem := obstacle(METRICS[key], groups, filters):
        raise NotAnswerable(problem)
    if missing := warehouse.missing_tables(METRICS[key].sources):
        message = _("{metric} needs extracts that are absent: {tables}.")
        raise NotAnswerable(message.format(metric=say(METRICS[key].name), tables=", ".join(missing)))


def _target_column(frame: pl.DataFrame) -> pl.Series:
    """The target as one number, or as [minimum, maximum] for a band."""

    def target(low: float | None, high: float | None) -> float | list[float] | None:
        return [low, high] if low is not None and high is not None else low if low is not None else high

    return pl.Series("target", [target(*bounds) for bounds in frame.select("minimum", "maximum").iter_rows()], dtype=pl.Object)


def print_frame(frame: pl.DataFrame, format: Format) -> None:
    """Rows as a table, JSON or CSV."""
    if format == "json":
        sys.stdout.buffer.write(orjson.dumps([_plain(row) for row in frame.iter_rows(named=True)], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    elif format == "csv":
        text = frame.with_columns(pl.Series(name, [str(value) for value in frame[name]]) for name in frame.columns if frame[name].dtype == pl.Object)
        sys.stdout.write(text.write_csv())
    else:
        table = Table(*frame.columns)
        for row in frame.iter_rows():
            table.add_row(*(formatted.NOTHING if value is None else str(value) for value in row))
        console().print(table)


def _plain(row: dict) -> dict:
    """A row for JSON: decimals as floats, whole counts without a fraction."""
    plain = {name: float(value) if isinstance(value, Decimal) else value for name, value in row.items()}
    return plain | {name: int(plain[name]) for name in ("numerator", "denominator") if _is_whole(plain.get(name))}


def _is_whole(number: object) -> bool:
    return isinstance(number, float) and number.is_integer()


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table of texts."""
    table = Table(*headings)
    for row in rows:
        table.add_row(*row)
    console().print(table)


def _print_answers(warehouse: Warehouse, frame: pl.DataFrame, groups: tuple[str, ...]) -> None:
    """A table as people read it: names beside ids, values in their units."""
    headings = [_("metric"), *map(heading, groups), _("value"), _("interval"), "n", _("target"), _("verdict"), *([_("signal")] if groups else [])]
    table = Table(*headings)
    for row in frame.iter_rows(named=True):
        unit = METRICS[row["metric"]].unit
        cells = [say(METRICS[row["metric"]].name), *(_named(warehouse, group, row[group]) for group in groups)]
        cells += [formatted.value(row["value"], unit), formatted.interval(row["low"], row["high"], unit), str(row["n"])]
        cells += [_bounds(row["minimum"], row["maximum"], unit), verdict_word(row["verdict"]), *([signal_word(row["signal"])] if groups else [])]
        table.add_row(*cells)
    console().print(table)


def console() -> Console:
    """As wide as the terminal; wide enough for any table when piped."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)


def _named(warehouse: Warehouse, group: str, value: object) -> str:
    names = {"center": warehouse.center_names, "agent": warehouse.agent_names}.get(group, {})
    name = names.get(value, value) if isinstance(value, str) else value
    return formatted.NOTHING if value is None else str(value) if name == value else f"{value} {name}"


def _bounds(minimum: float | None, maximum: float | None, unit) -> str:
    parts = [f"≥ {formatted.value(minimum, unit)}"] if minimum is not None else []
    parts += [f"≤ {formatted.value(maximum, unit)}"] if maximum is not None else []
    return " ".join(parts) or formatted.NOTHING
