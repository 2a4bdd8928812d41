"""Scores: how they are spread, random samples and targeted ones apart, and what appeals did to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from qa.filters import Filters, Scope
from qa.i18n import _
from qa.measured import measured, with_interval
from qa.metrics import METRICS
from qa.quality.errors import of_card, row_parameters
from qa.relations import query_text
from qa.results import answer
from qa.stats.comparisons import holm, proportions_against_rest
from qa.stats.intervals import wilson
from qa.warehouse import Warehouse
from qa.words import code_words

# Samples that stand for all calls; in all others faults are looked for. As in the facts.
REPRESENTATIVE = ("random", "quota", "new_hire")
KINDS = ("representative", "targeted")
MEANS = {"representative": "mean_score", "targeted": "targeted_mean_score"}
APPEALS = ("appeal_rate", "appeal_upheld_rate", "restored_points")
APPEAL_SPLITS = {"evaluator": ("evaluator",), "scorecard": ("scorecard",), "center": ("center",)}
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
FINE_FROM, MANY = 50, 0.1


@dataclass(frozen=True)
class Band:
    """Scores from ``low`` up to but not ``high``, out of 100; null where the band is open."""

    low: int | None
    high: int | None

    def title(self) -> str:
        """The band as an axis has it: whole points, as scores are cut to them."""
        if self.low is None:
            return f"<{self.high}"
        if self.high is None:
            return f">{self.low - 1}"
        return str(self.low) if self.high == self.low + 1 else f"{self.low}\N{EN DASH}{self.high - 1}"

    def holds(self, mark: int) -> bool:
        return (self.low is None or mark >= self.low) and (self.high is None or mark < self.high)


@dataclass(frozen=True)
class Score:
    """The scores of one scorecard and sample reason.

    ``row``: its mean with low, high and n; ``quantiles``: at QUANTILES, in whole points; null below the least n.
    """

    scorecard: str
    sample: str
    row: dict
    quantiles: tuple[int, ...] | None


def marks(warehouse: Warehouse, scope: Scope, filters: Filters, card: str) -> pl.DataFrame:
    """How many evaluations have each score. Columns: scorecard, sample, mark (whole points out of 100), n, kind."""
    frame = measured(warehouse, ["evaluation_count"], ("scorecard", "sample", "mark"), of_card(filters, card), scope).get("evaluation_count")
    if frame is None:
        return pl.DataFrame(schema={"scorecard": pl.String, "sample": pl.String, "mark": pl.Int32, "n": pl.Int64, "kind": pl.String})
    kind = pl.when(pl.col("sample").is_in(REPRESENTATIVE)).then(pl.lit("representative")).otherwise(pl.lit("targeted"))
    return frame.filter(pl.col("mark").is_not_null() & (pl.col("n") > 0)).select("scorecard", "sample", "mark", "n", kind.alias("kind"))


def bands(found: pl.DataFrame) -> list[Band]:
    """Bands of five points above fifty, where nearly all scores lie there; else of ten from zero."""
    below = found.filter(pl.col("mark") < FINE_FROM)["n"].sum()
    start, width = (FINE_FROM, 5) if below <= MANY * int(found["n"].sum()) else (0, 10)
    inner = [Band(low, low + width) for low in range(start, 100, width)]
    ends = [Band(None, start)] if (found["mark"] < start).any() else []
    above = [Band(101, None)] if (found["mark"] > 100).any() else []
    return [*ends, *inner, Band(100, 101), *above]


def counts(found: pl.DataFrame, kind: str, into: Sequence[Band]) -> list[int]:
    """How many evaluations of a kind of sample lie in each band."""
    rows = found.filter(pl.col("kind") == kind).select("mark", "n").rows()
    return [sum(n for mark, n in rows if band.holds(mark)) for band in into]


def quantiles(found: pl.DataFrame) -> tuple[int, ...]:
    """The scores at QUANTILES: the least score that this share of the evaluations does not exceed."""
    ordered = found.group_by("mark").agg(pl.col("n").sum()).sort("mark")
    reached = np.cumsum(ordered["n"].to_numpy())
    places = np.searchsorted(reached, np.array(QUANTILES) * reached[-1] - 1e-9)
    return tuple(int(mark) for mark in ordered["mark"].to_numpy()[places])


def scores(warehouse: Warehouse, scope: Scope, filters: Filters, card: str, found: pl.DataFrame) -> list[Score]:
    """Every scorecard and sample reason, representative samples first, none averaged with another."""
    least_n = warehouse.config.statistics.least_n
    rows: dict[tuple, tuple[str, dict]] = {}
    for kind, key in MEANS.items():
        frame = measured(warehouse, [key], ("scorecard", "sample"), of_card(filters, card), scope).get(key)
        if frame is not None and not frame.is_empty():
            frame = with_interval(frame, METRICS[key], warehouse.config.statistics.confidence)
            rows |= {(row["scorecard"], row["sample"]): (kind, row) for row in frame.iter_rows(named=True) if row["n"]}
    ordered = sorted(rows, key=lambda one: (one[0], KINDS.index(rows[one][0]), -rows[one][1]["n"]))
    result = []
    for scorecard, sample in ordered:
        own = found.filter((pl.col("scorecard") == scorecard) & (pl.col("sample") == sample))
        row = rows[scorecard, sample][1]
        result.append(Score(scorecard, sample, row, quantiles(own) if row["n"] >= least_n else None))
    return result


def means(warehouse: Warehouse, scope: Scope, filters: Filters, card: str) -> dict[str, dict]:
    """The mean score of each kind of sample: kind -> its row of ``qa.results.answer``; kinds without a score are left out."""
    frame = answer(warehouse, list(MEANS.values()), (), of_card(filters, card), scope)
    rows = {row["metric"]: row for row in frame.iter_rows(named=True) if row["value"] is not None}
    return {kind: rows[key] for kind, key in MEANS.items() if key in rows}


def sections(warehouse: Warehouse, scope: Scope, filters: Filters, card: str) -> pl.DataFrame:
    """The mean score of each section, out of 100, with its interval; an evaluation is a unit.

    Columns: scorecard, section, value, low, high, n.
    """
    metric = METRICS["mean_score"]
    frame = measured(warehouse, [metric.key], ("scorecard", "section"), of_card(filters, card), scope).get(metric.key)
    if frame is None:
        return pl.DataFrame()
    frame = with_interval(frame, metric, warehouse.config.statistics.confidence)
    return frame.filter(pl.col("value").is_not_null()).select("scorecard", "section", "value", "low", "high", "n")


def appeals(warehouse: Warehouse, scope: Scope, filters: Filters, card: str, split: str | None = None) -> dict[tuple, dict[str, dict]]:
    """The appeal figures by group: its key -> metric -> its row of ``qa.results.answer``. One group () without a split."""
    by = APPEAL_SPLITS[split] if split else ()
    frame = answer(warehouse, APPEALS, by, of_card(filters, card), scope)
    found: dict[tuple, dict[str, dict]] = {}
    for row in frame.iter_rows(named=True):
        if row["value"] is not None:
            found.setdefault(tuple(row[group] for group in by), {})[row["metric"]] = row
    return found


def appealed_unlike(groups: dict[tuple, dict[str, dict]], least_n: int, alpha: float) -> dict[tuple, str]:
    """Which groups are appealed more or less often than the others beyond noise, all allowed for: more, fewer, none, too_few."""
    rows = {key: figures["appeal_rate"] for key, figures in groups.items() if "appeal_rate" in figures}
    appealed, released = (np.array([row[name] for row in rows.values()], dtype=float) for name in ("numerator", "denominator"))
    p = np.where(released >= least_n, proportions_against_rest(appealed, released), np.nan)
    flagged, share = holm(p, alpha), appealed.sum() / max(released.sum(), 1)
    words = ["too_few" if np.isnan(p[i]) else "none" if not flagged[i] else "more" if appealed[i] > share * released[i] else "fewer" for i in range(len(rows))]
    return dict(zip(rows, words, strict=True))


def appeals_by_item(warehouse: Warehouse, scope: Scope, filters: Filters, card: str) -> pl.DataFrame:
    """Appeals of evaluations that lost points on each item. Raises TimeoutError.

    Columns: scorecard_id, item_id, evaluations, appealed, decided, upheld, restored, rate, low, high.
    """
    frame = warehouse.evaluations_around(filters).fetch(query_text("quality/appeals_by_item"), row_parameters(of_card(filters, card), scope))
    low, high = wilson(frame["appealed"].to_numpy(), frame["evaluations"].to_numpy(), warehouse.config.statistics.confidence)
    return frame.with_columns((pl.col("appealed") / pl.col("evaluations")).alias("rate"), pl.Series("low", low), pl.Series("high", high))


def sample_word(sample: str) -> str:
    """A sample reason in words."""
    return code_words()["sample"].get(sample, sample)


def kind_word(kind: str) -> str:
    """A kind of sample in words."""
    words = {"representative": _("Random, quota and new-hire samples"), "targeted": _("Targeted, recheck, training and complaint samples")}
    return words[kind]
