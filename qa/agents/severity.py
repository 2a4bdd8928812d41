"""Scores as an average evaluator would have given them, and the evaluators who are more lenient or severe than the others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy import special

from qa.filters import Filters, Scope
from qa.judging import nullable
from qa.measured import measured
from qa.stats.comparisons import holm
from qa.stats.severity import Cells, Codes, Effects, adjusted, severity
from qa.warehouse import Warehouse

WHO = ("center", "agent")
BY = (*WHO, "evaluator", "scorecard")


@dataclass(frozen=True)
class Evaluator:
    """How much more than the others of the group an evaluator gives, in points of 100, with its interval; nan where it cannot be told.

    ``differs``: beyond noise, all evaluators compared allowed for.
    """

    evaluator: str
    leniency: float
    low: float
    high: float
    n: int
    group: int
    differs: bool


@dataclass(frozen=True)
class Severity:
    """What was fitted: codes of evaluators and scorecards -> their numbers in ``effects``; None where there is no score.

    ``of_all``: from the evaluations of every center, not only of those a viewer may see.
    """

    effects: Effects | None
    evaluators: tuple[Evaluator, ...] = ()
    cards: tuple[str, ...] = ()
    of_all: bool = True

    @property
    def groups(self) -> int:
        """How many groups of evaluators share no agent."""
        return len({one.group for one in self.evaluators})


def fitted(warehouse: Warehouse, scope: Scope, filters: Filters) -> Severity:
    """From all evaluations of the period that the viewer may see, whichever of them are shown: an evaluator has one severity."""
    wide = replace(filters, centers=None, teams=None, queues=None, agents=None, evaluators=None, scorecards=None)
    frame = _scores(warehouse, scope, wide, BY)
    if frame.is_empty():
        return Severity(None)
    names, cards = (tuple(sorted(frame[name].unique())) for name in ("evaluator", "scorecard"))
    cells = _cells(frame, WHO, names, cards)
    effects = severity(cells)
    alpha = 1 - warehouse.config.statistics.confidence
    differs = holm(effects.p_values(), alpha)
    half = special.ndtri(1 - alpha / 2) * effects.error
    n = np.bincount(cells.evaluator, cells.n, minlength=len(names))
    found = [
        Evaluator(name, float(own), float(own - width), float(own + width), int(count), int(group), bool(flag))
        for name, own, width, count, group, flag in zip(names, effects.evaluator, half, n, effects.group, differs, strict=True)
    ]
    return Severity(effects, tuple(found), cards, of_all=scope is None)


def adjusted_scores(warehouse: Warehouse, scope: Scope, filters: Filters, by: Sequence[str], found: Severity) -> pl.DataFrame:
    """Columns: the groups, n, raw (mean score), adjusted, low, high."""
    frame = _scores(warehouse, scope, filters, (*by, "evaluator", "scorecard"))
    if found.effects is None or frame.is_empty():
        return pl.DataFrame(schema={group: pl.String for group in by} | {name: pl.Float64 for name in ("n", "raw", "adjusted", "low", "high")})
    cells = _cells(frame, by, tuple(one.evaluator for one in found.evaluators), found.cards)
    groups = frame.select(by).unique().sort(by)
    value, error = adjusted(cells, found.effects, groups.height)
    half = special.ndtri((1 + warehouse.config.statistics.confidence) / 2) * error
    n, total = (np.bincount(cells.agent, sums, minlength=groups.height) for sums in (cells.n, cells.total))
    columns = {"n": n, "raw": total / n, "adjusted": value, "low": value - half, "high": np.minimum(value + half, 100)}
    return groups.with_columns(nullable(numbers).alias(name) for name, numbers in columns.items())


def _scores(warehouse: Warehouse, scope: Scope, filters: Filters, by: Sequence[str]) -> pl.DataFrame:
    frame = measured(warehouse, ["mean_score"], by, filters, scope).get("mean_score", pl.DataFrame())
    if frame.is_empty():
        return frame
    return frame.filter((pl.col("n") > 0) & pl.all_horizontal(pl.col(by[:-2]).is_not_null())).with_columns(pl.col("evaluator", "scorecard").fill_null(""))


def _cells(frame: pl.DataFrame, by: Sequence[str], names: Sequence[str], cards: Sequence[str]) -> Cells:
    """The frame's sums with groups, evaluators and cards as numbers; groups in the order of their sorting."""
    groups = {key: place for place, key in enumerate(frame.select(by).unique().sort(by).iter_rows())}
    agent = np.array([groups[key] for key in frame.select(by).iter_rows()], dtype=np.intp)
    evaluator, card = (_codes(frame[column].to_list(), values) for column, values in (("evaluator", names), ("scorecard", cards)))
    return Cells(agent, evaluator, card, *(frame[name].to_numpy() for name in ("denominator", "numerator", "numerator_squared")))


def _codes(found: Sequence[str], values: Sequence[str]) -> Codes:
    """The place of each among the values."""
    places = {value: place for place, value in enumerate(values)}
    return np.array([places[value] for value in found], dtype=np.intp)
