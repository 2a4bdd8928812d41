"""The contract's tables as Polars frames, with the defaults the contract gives to empty values."""

from datetime import date
from typing import Any

import polars as pl

from qa.contract import TABLES, Type

Rows = dict[str, list[dict[str, Any]]]
Frames = dict[str, pl.DataFrame]

POLARS_TYPES = {
    Type.TEXT: pl.String,
    Type.INTEGER: pl.Int64,
    Type.NUMBER: pl.Float64,
    Type.SECONDS: pl.Float64,
    Type.BOOLEAN: pl.Boolean,
    Type.TIMESTAMP: pl.Datetime("us"),
    Type.DATE: pl.Date,
}

EMPTY_MEANS = {
    "centers": {"period_start_day": 1, "ring_cycle_s": 5.0},
    "agents": {"valid_from": date.min},
    "evaluations": {"status": "released"},
    "evaluation_items": {"not_applicable": False},
    "scorecards": {"is_opportunity": True},
    "call_counts": {"direction": "inbound"},
}

# What places a row in time, in the tables that have such a column.
TIMES = {
    "evaluations": "evaluated_at",
    "surveys": "sent_at",
    "calls": "started_at",
    "call_counts": "period",
    "agent_days": "day",
    "complaints": "received_at",
    "coaching": "opened_at",
    "trainings": "held_on",
}


def frames(rows: Rows) -> Frames:
    """Every table of the contract; absent ones are empty."""
    return {name: _frame(name, rows.get(name, [])) for name in TABLES}


def _frame(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    schema = {column.name: POLARS_TYPES[column.type] for column in TABLES[name].columns}
    complete = [{column: row.get(column) for column in schema} for row in rows]
    defaults = EMPTY_MEANS.get(name, {})
    return pl.DataFrame(complete, schema=schema, strict=False).with_columns(
        pl.col(column).fill_null(value) for column, value in defaults.items()
    )


def days_covered(tables: Frames) -> list[date]:
    """Every day from the first to the last of all dated tables; a month's count covers its month."""
    moments = [tables[name][column].cast(pl.Date) for name, column in TIMES.items() if tables[name].height]
    moments.append(tables["call_counts"].filter(pl.col("grain") == "month")["period"].dt.month_end())
    first, last = min(series.min() for series in moments if len(series)), max(series.max() for series in moments if len(series))
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
