"""How satisfied customers are, what those who did not answer could change, and what the dissatisfied say."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from qa.filters import Filters, Scope
from qa.measured import measured
from qa.results import answer
from qa.stats.comparisons import holm, proportions_against_rest
from qa.stats.intervals import wilson
from qa.warehouse import Warehouse

KEYS = ("satisfaction_rate", "mean_satisfaction", "response_rate")
# What customers are compared by -> the groups that ask for it.
SPLITS: dict[str, tuple[str, ...]] = {
    "center": ("center",), "team": ("center", "team"), "queue": ("queue",), "reason": ("call_reason",), "hour": ("hour",),
}  # fmt: skip


@dataclass(frozen=True)
class Nonresponse:
    """Surveys sent, those with a rating, and the satisfied among them: what the silent could change."""

    sent: int
    rated: int
    satisfied: int

    @property
    def silent(self) -> int:
        """Customers who were asked and of whom no rating is known."""
        return self.sent - self.rated

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The rate among all asked, were every silent one dissatisfied, and were every one satisfied.

        Nothing is assumed of those who did not answer. Source: C. F. Manski 1989, J Hum Resour 24:343-360,
        doi:10.2307/145818.
        """
        return (self.satisfied / self.sent, (self.satisfied + self.silent) / self.sent) if self.sent else None

    def needed(self, target: float) -> float | None:
        """The rate the silent would have to have for all asked to be exactly on the target.

        Below 0 or above 1: nothing they could have said moves the whole across it. None where nobody is silent.
        """
        return (target * self.sent - self.satisfied) / self.silent if self.silent else None

    def is_carried_by_silent(self, target: float) -> bool:
        """Whether the silent could put all asked on the other side of the target than those who answered."""
        if not self.silent or not self.rated:
            return False
        low, high = self.bounds
        return low < target <= high


def nonresponse(warehouse: Warehouse, scope: Scope, filters: Filters) -> Nonresponse | None:
    """The period's surveys; None where nobody was asked or rated."""
    frames = measured(warehouse, ("satisfaction_rate", "response_rate"), (), filters, scope)
    rows = {key: frame.row(0, named=True) for key, frame in frames.items() if not frame.is_empty()}
    if len(rows) < 2 or not rows["satisfaction_rate"]["denominator"]:
        return None
    rate, response = rows["satisfaction_rate"], rows["response_rate"]
    return Nonresponse(round(response["denominator"]), round(rate["denominator"]), round(rate["numerator"]))


def weighted_to_asked(warehouse: Warehouse, scope: Scope, filters: Filters) -> float | None:
    """The satisfaction rate when each queue counts by how many were asked in it, not by how many answered.

    It mends what comes of queues that answer more or less readily, nothing else. None with fewer than two queues, or
    where a queue was asked and gave no rating.
    """
    frames = measured(warehouse, ("satisfaction_rate", "response_rate"), ("queue",), filters, scope)
    if len(frames) < 2:
        return None
    joined = frames["satisfaction_rate"].select("queue", "value").join(
        frames["response_rate"].select("queue", sent="denominator"), on="queue", nulls_equal=True
    ).filter(pl.col("sent") > 0)  # fmt: skip
    if joined.height < 2 or joined["value"].null_count():
        return None
    return joined.select((pl.col("value") * pl.col("sent")).sum() / pl.col("sent").sum()).item()


def groups(warehouse: Warehouse, scope: Scope, filters: Filters, by: str) -> pl.DataFrame:
    """Rate, mean and response rate by a split: rows of ``qa.results.answer``.

    Hours are those at which customers were asked; reasons are those of the call that a survey is about.
    """
    return answer(warehouse, KEYS, SPLITS[by], filters, scope)


def uneven_response(frame: pl.DataFrame, by: tuple[str, ...], least_n: int, alpha: float) -> pl.DataFrame:
    """The groups whose response rate differs from that of the others by more than chance, all comparisons allowed for.

    ``frame``: what ``groups`` returns. Rows of the response rate, the lowest first; empty where none differs.
    """
    own = frame.filter((pl.col("metric") == "response_rate") & pl.all_horizontal(pl.col(by).is_not_null()) & (pl.col("n") >= least_n))
    if own.height < 2:
        return own.clear()
    flagged = holm(proportions_against_rest(own["numerator"].to_numpy(), own["denominator"].to_numpy()), alpha)
    return own.filter(pl.Series(flagged)).sort("value")


@dataclass(frozen=True)
class Reasons:
    """What the dissatisfied gave as their reason.

    ``frame``: reason, count, share of those who gave one with low and high, cumulative share; the most frequent first.
    """

    dissatisfied: int
    frame: pl.DataFrame

    @property
    def given(self) -> int:
        """How many of the dissatisfied gave a reason."""
        return int(self.frame["count"].sum())


def dissatisfied_reasons(warehouse: Warehouse, scope: Scope, filters: Filters) -> Reasons:
    """The reasons of all rated and not satisfied surveys of the period."""
    frames = measured(warehouse, ("satisfaction_rate",), ("reason",), filters, scope)
    schema = {"reason": pl.String, "count": pl.Float64}
    frame = frames["satisfaction_rate"] if frames else pl.DataFrame(schema=schema)
    if frames:
        frame = frame.select("reason", count=(pl.col("denominator") - pl.col("numerator")).fill_null(0))
    named = frame.filter(pl.col("reason").is_not_null() & (pl.col("count") > 0)).sort(["count", "reason"], descending=[True, False])
    low, high = wilson(named["count"].to_numpy(), np.full(named.height, named["count"].sum()), warehouse.config.statistics.confidence)
    share = pl.col("count") / pl.col("count").sum()
    named = named.with_columns(
        share=share, low=pl.Series(low, dtype=pl.Float64), high=pl.Series(high, dtype=pl.Float64), cumulative=share.cum_sum(),
    )  # fmt: skip
    return Reasons(int(frame["count"].sum()), named)
