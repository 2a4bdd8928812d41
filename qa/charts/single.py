"""One line over months with its interval, on an axis that holds the whole interval."""

import polars as pl

from qa.charts.figure import Figure
from qa.charts.trend import trend
from qa.charts.words import fitted_axis, known_range
from qa.format import Unit


def single_trend(frame: pl.DataFrame, unit: Unit, name: str, month_start: int = 1) -> Figure:
    """The line called ``name``; ``frame`` as for ``qa.charts.trend.trend``, one row a month."""
    figure = trend(frame, unit, name=name, interval_band=True, month_start=month_start)
    columns = [column for column in ("low", "high", "value", "target_minimum", "target_maximum") if column in frame.columns]
    values = [value for column in columns for value in frame[column].drop_nulls().drop_nans().to_list()]
    figure["layout"]["yaxis"] |= fitted_axis(unit, known_range(values, unit))
    return figure
