"""Agents or teams against scorecard items: how often each went wrong, and which cells differ beyond noise."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import polars as pl

from qa.filters import Filters, Scope
from qa.judging import column
from qa.measured import measured
from qa.quality.errors import of_card
from qa.quality.scorecards import ItemKey
from qa.stats.comparisons import holm, proportions_against_rest
from qa.warehouse import Warehouse

Rows = Literal["agent", "team"]
CellSignal = Literal["worse", "none", "too_few"]

ROWS: dict[Rows, tuple[str, ...]] = {"agent": ("center", "team", "agent"), "team": ("center", "team")}
MOST_ROWS, MOST_ITEMS = 30, 14
# The column beside the items: evaluations with any fatal error, which single items are too few to show.
ANY_FATAL: ItemKey = ("", "fatal")


@dataclass(frozen=True)
class Cell:
    """Erroneous evaluations of one row and item; ``signal``: worse than the other rows beyond noise, none, or too few."""

    row: tuple[str | None, ...]
    item: ItemKey
    erroneous: int
    n: int
    signal: CellSignal

    @property
    def rate(self) -> float:
        return self.erroneous / self.n


@dataclass(frozen=True)
class Cells:
    """The cells shown, their rows and columns in order, and how many rows and cells there are in all."""

    cells: list[Cell]
    rows: list[tuple[str | None, ...]]
    items: list[ItemKey]
    all_rows: int
    compared: int


def error_cells(warehouse: Warehouse, scope: Scope, filters: Filters, card: str, rows: Rows) -> Cells:
    """The rows and items with the most signals, then the most to compare, then the most errors.

    Each cell is held against the same item of all other rows; every cell with enough evaluations, shown or not, is
    allowed for (Holm).
    """
    frame = _counts(warehouse, scope, of_card(filters, card), ROWS[rows])
    if frame.is_empty():
        return Cells([], [], [], 0, 0)
    frame = _judged(frame, warehouse.config.statistics.least_n, 1 - warehouse.config.statistics.confidence)
    items = _first(frame, ["scorecard", "item"], MOST_ITEMS)
    shown_rows = _first(frame, list(ROWS[rows]), MOST_ROWS)
    cells = [
        Cell(tuple(row[name] for name in ROWS[rows]), (row["scorecard"], row["item"]), int(row["erroneous"]), int(row["n"]), row["signal"])
        for row in frame.iter_rows(named=True)
    ]
    kept_items, kept_rows = set(items), set(shown_rows)
    if ANY_FATAL in kept_items:
        items = [ANY_FATAL, *(item for item in items if item != ANY_FATAL)]
    compared = frame.filter(pl.col("signal") != "too_few").height
    kept = [cell for cell in cells if cell.row in kept_rows and cell.item in kept_items]
    return Cells(kept, shown_rows, items, frame.select(ROWS[rows]).n_unique(), compared)


def _counts(warehouse: Warehouse, scope: Scope, filters: Filters, by: tuple[str, ...]) -> pl.DataFrame:
    """Columns: by, scorecard, item, erroneous, n; of rows whose agent or team is known, and items that ever went wrong."""
    found = []
    items = measured(warehouse, ["composite_error_rate"], ("scorecard", "item", *by), filters, scope).get("composite_error_rate")
    if items is not None:
        found.append(items.select(*by, "scorecard", "item", pl.col("numerator").alias("erroneous"), pl.col("denominator").alias("n")))
    fatal = measured(warehouse, ["fatal_accuracy"], by, filters, scope).get("fatal_accuracy")
    if fatal is not None:
        names = [pl.lit(name).alias(column) for column, name in zip(("scorecard", "item"), ANY_FATAL, strict=True)]
        found.append(fatal.select(*by, *names, (pl.col("denominator") - pl.col("numerator")).alias("erroneous"), pl.col("denominator").alias("n")))
    if not found:
        return pl.DataFrame()
    frame = pl.concat(found).filter(pl.col("n") > 0, pl.col(by[-1]).is_not_null())
    return frame.filter(pl.col("erroneous").sum().over("scorecard", "item") > 0).sort("scorecard", "item", *by)


def _judged(frame: pl.DataFrame, least_n: int, alpha: float) -> pl.DataFrame:
    """The frame with ``signal``. A cell below the least n is part of the rest, but not compared itself."""
    parts = []
    for part in frame.partition_by("scorecard", "item", maintain_order=True):
        erroneous, n = column(part, "erroneous"), column(part, "n")
        p = np.where(n >= least_n, proportions_against_rest(erroneous, n), np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            is_above = erroneous / n > (erroneous.sum() - erroneous) / (n.sum() - n)
        parts.append(part.with_columns(pl.Series("p", p), pl.Series("is_above", is_above)))
    judged = pl.concat(parts)
    flagged = holm(column(judged, "p"), alpha) & judged["is_above"].to_numpy()
    untested = pl.col("p").is_nan()
    signal = pl.when(untested).then(pl.lit("too_few")).when(pl.Series(flagged)).then(pl.lit("worse")).otherwise(pl.lit("none"))
    return judged.with_columns(signal.alias("signal"))


def _first(frame: pl.DataFrame, by: list[str], most: int) -> list[tuple]:
    """The groups with the most signals, then cells compared, then errors; those without a cell compared only where all are."""
    signal = pl.col("signal")
    weights = frame.group_by(by).agg((signal == "worse").sum().alias("signals"), (signal != "too_few").sum().alias("compared"), pl.col("erroneous").sum())
    if (weights["compared"] > 0).any():
        weights = weights.filter(pl.col("compared") > 0)
    ordered = weights.sort("signals", "compared", "erroneous", *by, descending=[True, True, True, *[False] * len(by)])
    return ordered.select(by).head(most).rows()
