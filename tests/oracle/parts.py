"""The small pieces from which events are made: counts, sums, the team of the time."""

from datetime import timedelta

import polars as pl

DAY = timedelta(days=1)
Measure = tuple[pl.Expr, pl.Expr]


def count(condition: pl.Expr) -> pl.Expr:
    """1 where the condition is known to hold, else 0."""
    return condition.fill_null(False).cast(pl.Float64)


def total(value: pl.Expr, condition: pl.Expr) -> pl.Expr:
    """The value where it is known and the condition holds, else 0."""
    return pl.when(condition.fill_null(False) & value.is_not_null()).then(value).otherwise(0.0)


def share(part: pl.Expr, whole: pl.Expr) -> pl.Expr:
    """part / whole to ten decimals, null where there is no whole."""
    return pl.when(whole != 0).then(part / whole).round(10)


def mean_of(value: pl.Expr, condition: pl.Expr) -> Measure:
    """Sum of the known values, and how many they are."""
    return total(value, condition), count(condition & value.is_not_null())


def events(frame: pl.DataFrame, dimensions: dict[str, str], measures: dict[str, Measure], days: tuple[str, ...] = ("day", "day_until")) -> pl.DataFrame:
    """One row an event: ``days``, the dimensions under their asked names, and two columns a metric."""
    columns = [pl.col(column).alias(asked) for asked, column in dimensions.items()]
    for key, (numerator, denominator) in measures.items():
        columns += [numerator.cast(pl.Float64).alias(f"{key} numerator"), denominator.cast(pl.Float64).alias(f"{key} denominator")]
    return frame.select(*days, *columns)


def on_day(frame: pl.DataFrame, moment: str) -> pl.DataFrame:
    """The frame with the day of the moment, and the day after."""
    day = pl.col(moment).cast(pl.Date)
    return frame.with_columns(day.alias("day"), (day + DAY).alias("day_until"))


def with_team(frame: pl.DataFrame, agents: pl.DataFrame, day: str = "day") -> pl.DataFrame:
    """The frame with each agent's team on the day: that of the last roster row not after it."""
    numbered = frame.with_row_index("row")
    rows = numbered.select("row", "agent_id", day).join(agents.select("agent_id", "valid_from", "team"), on="agent_id")
    valid = rows.filter(pl.col("valid_from") <= pl.col(day)).sort("valid_from").unique("row", keep="last")
    return numbered.join(valid.select("row", "team"), on="row", how="left").drop("row")
