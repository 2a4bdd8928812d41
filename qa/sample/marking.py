"""How calls are marked on a scorecard: errors, levels, fatal errors, and the points that follow."""

from dataclasses import dataclass

import numpy as np

from qa.sample.columns import NUMBER_UNIT
from qa.sample.scorecards import FRAILTY, Scorecard


@dataclass
class Marks:
    """The marks of some calls on one scorecard: arrays of calls by items.

    ``lost``: points lost, in ten-thousandths (below 0: a bonus), before a fatal error takes the rest.
    """

    card: Scorecard
    lost: np.ndarray
    error: np.ndarray
    absent: np.ndarray
    fatal: np.ndarray

    @property
    def points(self) -> np.ndarray:
        """The points of each item; they add up to the score."""
        points = np.where(self.absent, 0, np.where(self.card.column("kind") == "bonus", 0, self.card.units) - self.lost)
        if self.card.fatal_zeroes:
            rest = np.where(self.fatal, 0, points).sum(axis=1)
            return np.where(self.fatal, -rest[:, None], points)
        return np.where(self.fatal, 0, points)

    @property
    def full(self) -> np.ndarray:
        """The full mark of each call: of the items that apply, bonuses left out."""
        counted = ~self.absent & (self.card.column("kind") != "bonus")
        return (counted * self.card.units).sum(axis=1)

    @property
    def opportunities(self) -> np.ndarray:
        """How many checkpoints applied."""
        return (~self.absent & self.card.opportunities).sum(axis=1)

    @property
    def passed(self) -> np.ndarray:
        """Which calls pass by the card's rule; where items did not apply, the pass mark shrinks with the full mark."""
        if self.card.pass_rule == "no_fatal":
            return np.asarray(~self.fatal.any(axis=1))
        if self.card.pass_rule == "total":
            return np.asarray(self.points.sum(axis=1) * self.card.full >= self.full * self.card.pass_mark)
        sections = self.card.column("section")
        counted = ~self.absent * self.card.units
        passed = np.ones(len(self.lost), dtype=bool)
        for section in dict.fromkeys(sections):
            inside = sections == section
            passed &= self.points[:, inside].sum(axis=1) * 100 >= counted[:, inside].sum(axis=1) * self.card.pass_mark
        return passed


def mark(
    rng: np.random.Generator,
    card: Scorecard,
    fatal_rate: np.ndarray,
    risk: np.ndarray,
    error_chances: np.ndarray | None = None,
) -> Marks:
    """Marks of as many calls as ``fatal_rate`` has entries.

    ``risk``: how many times likelier errors are than usual; ``error_chances``: calls by items, where they are not the card's own.
    Errors cluster by call, and yet each item's chance over all calls is exactly as stated.
    """
    count, items = len(fatal_rate), len(card.items)
    chances = card.column("error") if error_chances is None else error_chances
    rate = FRAILTY * ((1 - chances) ** (-1 / FRAILTY) - 1)
    shared = rng.gamma(FRAILTY, 1 / FRAILTY, count) * risk
    absent = rng.random((count, items)) < card.column("absent")
    error = (rng.random((count, items)) < 1 - np.exp(-rate * shared[:, None])) & ~absent
    lost = np.where(error, _costs(card), 0) + np.where(absent, 0, _level_losses(rng, card, count))
    return Marks(card, lost, error, absent, _fatal(rng, card, fatal_rate))


def waived(rng: np.random.Generator, marks: Marks, share: np.ndarray) -> Marks:
    """``marks`` as an evaluator sees them who overlooks each error and lower level with the chance ``share``."""
    overlooked = (rng.random(marks.lost.shape) < share[:, None]) & (marks.lost > 0)
    return Marks(marks.card, np.where(overlooked, 0, marks.lost), marks.error & ~overlooked, marks.absent, marks.fatal)


def waive_share(card: Scorecard, leniency: float, base_fatal: float) -> float:
    """The chance of overlooking that adds ``leniency`` of the full mark on average."""
    kept = 1 - base_fatal if card.fatal_zeroes else 1.0
    return leniency / (card.mean_loss * kept)


def one_error_lifted(rng: np.random.Generator, marks: Marks, calls: np.ndarray) -> Marks:
    """``marks`` after one error of each of ``calls`` (mask), picked at random, was lifted on appeal."""
    draw = np.where(marks.error, rng.random(marks.error.shape), -1.0)
    lifted = (draw == draw.max(axis=1, keepdims=True)) & marks.error & calls[:, None]
    return Marks(marks.card, np.where(lifted, 0, marks.lost), marks.error & ~lifted, marks.absent, marks.fatal)


def seen_by_others(rng: np.random.Generator, marks: Marks, miss: float = 0.07, other_level: float = 0.18) -> Marks:
    """``marks`` as other evaluators see the same calls: some errors missed, as many found wrongly, some levels otherwise."""
    card, shape = marks.card, marks.lost.shape
    chances = card.column("error")
    found = rng.random(shape) < chances * miss / np.maximum(1 - chances, 0.5)
    error = np.where(marks.error, rng.random(shape) >= miss, found) & ~marks.absent
    levels = np.where(rng.random(shape) < other_level, _level_losses(rng, card, shape[0]), np.where(chances > 0, 0, marks.lost))
    return Marks(card, np.where(error, _costs(card), 0) + np.where(marks.absent, 0, levels), error, marks.absent, marks.fatal)


def _costs(card: Scorecard) -> np.ndarray:
    return np.round(card.column("cost") * NUMBER_UNIT).astype(np.int64)


def _level_losses(rng: np.random.Generator, card: Scorecard, count: int) -> np.ndarray:
    lost = np.zeros((count, len(card.items)), dtype=np.int64)
    for place, item in enumerate(card.items):
        if item.levels:
            edges = np.cumsum([chance for chance, _ in item.levels])
            costs = np.array([cost for _, cost in item.levels] + [0]) * NUMBER_UNIT
            lost[:, place] = costs.astype(np.int64)[np.searchsorted(edges, rng.random(count), side="right")]
    return lost


def _fatal(rng: np.random.Generator, card: Scorecard, rate: np.ndarray) -> np.ndarray:
    fatal = np.zeros((len(rate), len(card.items)), dtype=bool)
    kinds = np.flatnonzero(card.column("fatal"))
    hit = np.flatnonzero(rng.random(len(rate)) < rate)
    fatal[hit, rng.choice(kinds, len(hit))] = True
    return fatal
