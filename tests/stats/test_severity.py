"""Evaluators' severity: worked by hand, against a plain regression, and where nothing can be told."""

import numpy as np
import pytest

from qa.stats.severity import Cells, adjusted, severity


def cells(rows: list[tuple[int, int, int, list[float]]]) -> Cells:
    """Rows of agent, evaluator, scorecard and the scores."""
    agent, evaluator, card, scores = zip(*rows, strict=True)
    return Cells(
        *(np.array(codes, dtype=np.intp) for codes in (agent, evaluator, card)),
        *(np.array([measure(one) for one in map(np.array, scores)], dtype=float) for measure in (len, np.sum, lambda one: (one**2).sum())),
    )


def test_a_lenient_evaluator_is_found_and_his_agents_lose_what_he_added():
    """Evaluator 1 gives 4 points more; agent 2 looks best only because he alone listens to it."""
    rows = [(0, 0, 0, [89.0, 91.0]), (0, 1, 0, [93.0, 95.0]), (1, 0, 0, [79.0, 81.0]), (1, 1, 0, [83.0, 85.0]), (2, 1, 0, [91.0, 93.0, 91.0, 93.0])]
    found = severity(cells(rows))
    assert found.evaluator[1] - found.evaluator[0] == pytest.approx(4)
    assert 4 * found.evaluator[0] + 8 * found.evaluator[1] == pytest.approx(0)
    value, _error = adjusted(cells(rows), found, 3)
    assert value[0] - value[2] == pytest.approx(2)
    assert found.p_values()[1] < 0.01


def test_who_listens_to_better_agents_is_not_lenient_for_it():
    rows = [(agent, agent // 3, 0, [95.0 if agent < 3 else 75.0] * 3 + [93.0 if agent < 3 else 73.0] * 3) for agent in range(6)]
    rows += [(6, 0, 0, [85.0, 87.0, 86.0]), (6, 1, 0, [86.0, 85.0, 87.0])]
    found = severity(cells(rows))
    assert np.abs(found.evaluator).max() < 1
    assert (found.p_values() > 0.3).all()


def test_a_hard_scorecard_is_no_severity():
    """Evaluator 1 uses the hard card only, which the others find as hard."""
    rows = [(agent, 0, card, [90.0 - 10 * card + noise for noise in (-1, 1)]) for agent in range(4) for card in (0, 1)]
    rows += [(agent, 1, 1, [79.0, 81.0]) for agent in range(4)]
    found = severity(cells(rows))
    assert np.allclose(found.evaluator, 0)
    assert found.card[0] - found.card[1] == pytest.approx(10)


def test_evaluators_without_a_common_agent_are_in_groups_of_their_own():
    rows = [(0, 0, 0, [90.0, 92.0]), (0, 1, 0, [91.0, 93.0]), (1, 2, 0, [70.0, 71.0]), (1, 3, 0, [75.0, 74.0]), (2, 4, 0, [80.0])]
    found = severity(cells(rows))
    assert found.group[0] == found.group[1] != found.group[2] == found.group[3] != found.group[4]
    assert np.isnan(found.evaluator[4]) and np.isnan(found.p_values()[4])
    value, _error = adjusted(cells(rows), found, 3)
    assert value[2] == 80.0


def test_an_evaluator_with_a_scorecard_nobody_else_uses_cannot_be_told_from_it():
    rows = [(agent, evaluator, evaluator, [90.0 - evaluator, 88.0]) for agent in range(4) for evaluator in (0, 1)]
    assert np.isnan(severity(cells(rows)).evaluator).all()


def test_effects_are_those_of_a_regression_on_single_scores():
    rng = np.random.default_rng(2)
    rows = [(a, e, c, list(80 + 3 * a % 7 + 2.0 * e - c + rng.normal(0, 4, 5))) for a in range(8) for e in range(3) for c in range(2) if (a + e + c) % 4]
    found = severity(cells(rows))
    scores = [(a, e, c, score) for a, e, c, each in rows for score in each]
    design = np.zeros((len(scores), 8 + 3 + 2))
    for line, (a, e, c, _score) in enumerate(scores):
        design[line, [a, 8 + e, 11 + c]] = 1
    y = np.array([score for *_place, score in scores])
    weights = np.sqrt(1 / found.variance[[c for _a, _e, c, _score in scores]])
    beta = np.linalg.lstsq(design * weights[:, None], y * weights, rcond=None)[0]
    assert found.evaluator[1] - found.evaluator[0] == pytest.approx(beta[9] - beta[8], abs=0.02)
    assert found.card[1] - found.card[0] == pytest.approx(beta[12] - beta[11], abs=0.02)


def test_without_any_planted_severity_hardly_one_evaluator_in_twenty_is_beyond_his_interval():
    rng, beyond = np.random.default_rng(9), []
    for _world in range(80):
        rows = [
            (a, e, c, list(np.minimum(100, 92 - 10 * (rng.random(3) < 0.1) + rng.normal(0, 4 + 3 * c, 3))))
            for a in range(15) for e in rng.choice(6, 3, replace=False) for c in range(2)
        ]  # fmt: skip
        beyond += list(severity(cells(rows)).p_values() < 0.05)
    assert np.mean(beyond) < 0.075
