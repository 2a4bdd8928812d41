"""How severe or lenient each evaluator is, and what agents would have scored with an average one.

An additive model: a score is that of the agent, plus the evaluator's leniency, plus the scorecard's ease, plus chance.
Agents are fixed, not random: whoever listens to the better agents must not look lenient for it. An evaluator is compared
only with those whose agents overlap with his own, directly or through others.
Sources: S. Weisberg, Applied Linear Regression, 4th ed. 2014, ch. 6-7 (weighted least squares); J. M. Abowd, R. H. Creecy
and F. Kramarz 2002, Census Bureau TP-2002-06 (two-way effects, connected groups).
"""

from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from scipy import special

from qa.stats.moments import ROUNDING, Numbers

Codes = NDArray[np.intp]


class Cells(NamedTuple):
    """Sums of scores, an entry for each agent, evaluator and scorecard: their numbers from 0 on, how many scores, their
    sum and the sum of their squares.
    """

    agent: Codes
    evaluator: Codes
    card: Codes
    n: Numbers
    total: Numbers
    squares: Numbers


class Effects(NamedTuple):
    """What evaluators and scorecards add to a score, in its unit.

    ``evaluator``: leniency of each, beside the mean of its group; positive is lenient; nan where it cannot be told from the
    scorecards' ease. ``error``: its standard error; ``group``: the number of the connected group it is compared within.
    ``card``: the ease of each scorecard, beside the mean of all. ``covariance``: of evaluators and cards together.
    ``variance``: of one score, by card.
    """

    evaluator: Numbers
    error: Numbers
    group: Codes
    card: Numbers
    covariance: Numbers
    variance: Numbers

    def p_values(self) -> Numbers:
        """Two-sided, against an evaluator as severe as his group; nan where he is compared with nobody."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return 2 * special.ndtr(-np.abs(self.evaluator / self.error))


def severity(cells: Cells) -> Effects:
    """The effects by least squares, first with one spread for all scores, then with that of each scorecard."""
    evaluators, cards = int(cells.evaluator.max()) + 1, int(cells.card.max()) + 1
    group = _connected(cells, evaluators)
    spread = np.ones(cards)
    for _round in range(2):
        effects, inverse = _solve(cells, evaluators, cards, spread)
        left = _left(cells, effects, evaluators, spread)
        spread = _spread(cells, left, evaluators + cards, cards)
    contrasts = _contrasts(cells, evaluators, cards, group)
    covariance = contrasts @ inverse @ contrasts.T
    effects = contrasts @ effects
    error = np.sqrt(np.maximum(np.diag(covariance)[:evaluators], 0) * _own_spread(cells, left, spread, evaluators))
    alone = (error <= 0) | ~_is_told(cells, evaluators, cards, spread, contrasts)[:evaluators]
    own, error = np.where(alone, np.nan, effects[:evaluators]), np.where(alone, np.nan, error)
    return Effects(own, error, group, effects[evaluators:], covariance, spread)


def adjusted(cells: Cells, effects: Effects, agents: int) -> tuple[Numbers, Numbers]:
    """Each agent's mean score less what his evaluators and scorecards added, and its standard error; nan without scores.

    What cannot be told apart is not taken away.
    """
    evaluators = len(effects.evaluator)
    added = np.nan_to_num(effects.evaluator)[cells.evaluator] + effects.card[cells.card]
    n = _sum(cells.agent, cells.n, agents)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = _sum(cells.agent, cells.total - cells.n * added, agents) / n
        shares = np.zeros((agents, evaluators + len(effects.card)))
        np.add.at(shares, (cells.agent, cells.evaluator), cells.n)
        np.add.at(shares, (cells.agent, evaluators + cells.card), cells.n)
        shares /= n[:, None]
        chance = _sum(cells.agent, cells.n * effects.variance[cells.card], agents) / n**2
    of_effects = np.einsum("ij,jk,ik->i", shares, effects.covariance, shares, optimize=True)
    return value, np.sqrt(chance + np.maximum(of_effects, 0))


def _solve(cells: Cells, evaluators: int, cards: int, spread: Numbers) -> tuple[Numbers, Numbers]:
    """Evaluators' and cards' effects with the agents taken out, and the pseudo-inverse of their normal equations."""
    equations, right = _normal_equations(cells, evaluators, cards, spread)
    inverse = cast(Numbers, np.linalg.pinv(equations, rcond=1e-10, hermitian=True))
    return inverse @ right, inverse


def _normal_equations(cells: Cells, evaluators: int, cards: int, spread: Numbers) -> tuple[Numbers, Numbers]:
    agents, size = int(cells.agent.max()) + 1, evaluators + cards
    weight = cells.n / spread[cells.card]
    score = cells.total / cells.n
    places = (cells.evaluator, evaluators + cells.card)
    whole, right, shares = np.zeros((size, size)), np.zeros(size), np.zeros((agents, size))
    for place in places:
        np.add.at(right, place, weight * score)
        np.add.at(shares, (cells.agent, place), weight)
        for other in places:
            np.add.at(whole, (place, other), weight)
    of_agent, sum_of_agent = _sum(cells.agent, weight, agents), _sum(cells.agent, weight * score, agents)
    seen = of_agent > 0
    means = shares[seen] / of_agent[seen, None]
    return whole - shares[seen].T @ means, right - means.T @ sum_of_agent[seen]


def _left(cells: Cells, effects: Numbers, evaluators: int, before: Numbers) -> Numbers:
    """The squares that agents, evaluators and cards do not explain, within and between cells, a sum a cell."""
    added = effects[cells.evaluator] + effects[evaluators + cells.card]
    weight = cells.n / before[cells.card]
    agents = int(cells.agent.max()) + 1
    score = cells.total / cells.n - added
    with np.errstate(divide="ignore", invalid="ignore"):
        own = _sum(cells.agent, weight * score, agents) / _sum(cells.agent, weight, agents)
    return np.maximum(cells.squares - cells.total**2 / cells.n, 0) + cells.n * (score - own[cells.agent]) ** 2


def _spread(cells: Cells, left: Numbers, effects: int, cards: int) -> Numbers:
    """The variance of a score by card; that of all cards where one has few scores."""
    lost = (len(np.unique(cells.agent)) + effects) / cells.n.sum()
    n, squares = _sum(cells.card, cells.n, cards), _sum(cells.card, left, cards)
    freedom = max(1 - lost, ROUNDING)
    common = squares.sum() / (n.sum() * freedom)
    least = max(common, ROUNDING)
    return np.where(n >= 30, np.maximum(squares / np.maximum(n * freedom, 1), 0.01 * least), least)


def _own_spread(cells: Cells, left: Numbers, spread: Numbers, evaluators: int) -> Numbers:
    """How many times the spread of the cards an evaluator's own scores have, at least 1: a few zeros more than the others
    gave must not make him severe. As with Welch's and Student's t the larger error counts.
    """
    expected = _sum(cells.evaluator, cells.n * spread[cells.card], evaluators)
    return np.maximum(1.0, np.divide(_sum(cells.evaluator, left, evaluators), expected, out=np.ones(evaluators), where=expected > 0))


def _contrasts(cells: Cells, evaluators: int, cards: int, group: Codes) -> Numbers:
    """Each evaluator less the mean of his group, each card less the mean of all, weighted by scores."""
    n = np.concatenate([_sum(cells.evaluator, cells.n, evaluators), _sum(cells.card, cells.n, cards)])
    together = np.zeros((evaluators + cards, evaluators + cards), dtype=bool)
    together[:evaluators, :evaluators] = group[:, None] == group[None, :]
    together[evaluators:, evaluators:] = True
    weights = np.where(together, n, 0.0)
    totals = weights.sum(axis=1, keepdims=True)
    return np.eye(evaluators + cards) - np.divide(weights, totals, out=np.zeros_like(weights), where=totals > 0)


def _is_told(cells: Cells, evaluators: int, cards: int, spread: Numbers, contrasts: Numbers) -> np.ndarray:
    """Whether the scores determine each contrast: it lies in the span of the normal equations."""
    equations, _right = _normal_equations(cells, evaluators, cards, spread)
    values, vectors = np.linalg.eigh(equations)
    undetermined = vectors[:, values <= 1e-9 * values.max()]
    return np.abs(contrasts @ undetermined).max(axis=1, initial=0) < 1e-6


def _connected(cells: Cells, evaluators: int) -> Codes:
    """The group of each evaluator: evaluators who share an agent are in one, and so are those connected through others."""
    group, of_agent = np.arange(evaluators), np.full(int(cells.agent.max()) + 1, evaluators)
    while True:
        np.minimum.at(of_agent, cells.agent, group[cells.evaluator])
        joined = group.copy()
        np.minimum.at(joined, cells.evaluator, of_agent[cells.agent])
        if (joined == group).all():
            return np.unique(group, return_inverse=True)[1]
        group = joined


def _sum(codes: Codes, numbers: Numbers, size: int) -> Numbers:
    return cast(Numbers, np.bincount(codes, numbers, minlength=size))
