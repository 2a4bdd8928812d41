"""How many complain, about what, and is every complaint settled in time?"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from qa.customers.rows import row_parameters
from qa.filters import Filters, Scope
from qa.measured import measured
from qa.relations import query_text
from qa.stats.intervals import poisson_rate_interval, wilson
from qa.warehouse import Warehouse

KEYS = ("complaint_rate", "upheld_complaint_rate", "complaint_on_time")
# Calls have no category, so complaints by category are counted, not set against calls.
CATEGORY_KEYS = ("complaint_count", "upheld_complaint_rate", "complaint_on_time")
MOST_OPEN = 500


@dataclass(frozen=True)
class Open:
    """The complaints not closed when the data end, the longest overdue first; columns of ``queries/customers/open_complaints.sql``.

    ``count`` and ``overdue`` count them all, also those the list has no room for.
    """

    rows: pl.DataFrame
    count: int
    overdue: int


def open_complaints(warehouse: Warehouse, scope: Scope, filters: Filters) -> Open:
    """What is open of everything received up to the end of the period, however long ago."""
    parameters = row_parameters(warehouse, scope, filters)
    wanted = {name: parameters[name] for name in ("date_to", "centers", "teams", "agents")}
    rows = warehouse.extract_rows(query_text("customers/open_complaints"), wanted | {"row_limit": MOST_OPEN})
    count, overdue = rows.select("found", "overdue").row(0) if rows.height else (0, 0)
    return Open(rows.drop("found", "overdue"), int(count), int(overdue))


def categories(warehouse: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """The period's complaints by category, the most frequent first.

    Columns: category, complaints, rate (per 10,000 answered calls of the same choice) with low and high, cumulative
    (share of all), then upheld and on_time, each a share with _low, _high and _n. Null rates where no call is known.
    """
    parameters = row_parameters(warehouse, scope, filters)
    del parameters["queues"]
    confidence = warehouse.config.statistics.confidence
    rows = warehouse.rollup_rows(query_text("customers/complaint_categories"), parameters)
    calls = _calls(warehouse, scope, filters)
    count = rows["complaints"].to_numpy()
    exposure = np.full(rows.height, np.nan if calls is None else calls)
    low, high = poisson_rate_interval(count, exposure, confidence)
    share = pl.col("complaints") / pl.col("complaints").sum()
    frame = rows.select(
        "category", "complaints", pl.Series("rate", count / exposure), pl.Series("low", low), pl.Series("high", high), cumulative=share.cum_sum(),
    )  # fmt: skip
    parts = [_share(rows, key, name, confidence) for key, name in (("upheld_complaint_rate", "upheld"), ("complaint_on_time", "on_time"))]
    return pl.concat([frame, *parts], how="horizontal").with_columns(pl.col(pl.Float64).fill_nan(None))


def _calls(warehouse: Warehouse, scope: Scope, filters: Filters) -> float | None:
    """The answered calls, in tens of thousands, that the complaint rate stands on."""
    frames = measured(warehouse, ("complaint_rate",), (), filters, scope)
    value = frames["complaint_rate"]["denominator"][0] if frames else None
    return value or None


def _share(rows: pl.DataFrame, key: str, name: str, confidence: float) -> pl.DataFrame:
    numerator, n = (rows[f"{key}.{figure}"].to_numpy() for figure in ("numerator", "denominator"))
    low, high = wilson(numerator, n, confidence)
    value = np.divide(numerator, n, out=np.full(len(n), np.nan), where=n > 0)
    return pl.DataFrame({name: value, f"{name}_low": low, f"{name}_high": high, f"{name}_n": n.astype(np.int64)})
