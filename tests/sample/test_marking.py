"""Marks, points and pass rules, worked by hand."""

import numpy as np
import pytest

from qa.sample.effects import BASE_FATAL
from qa.sample.marking import Marks, mark, one_error_lifted, waive_share, waived
from qa.sample.scorecards import CALL_BACK, RECORDING, SCORECARDS, THREE_PART


def clean(card, calls: int = 1) -> Marks:
    """Calls without a fault."""
    shape = (calls, len(card.items))
    return Marks(card, np.zeros(shape, np.int64), np.zeros(shape, bool), np.zeros(shape, bool), np.zeros(shape, bool))


def place(card, item_id: str) -> int:
    return [item.item_id for item in card.items].index(item_id)


def score(marks: Marks) -> list[float]:
    return (marks.points.sum(axis=1) / 10_000).tolist()


@pytest.mark.parametrize("card", SCORECARDS, ids=lambda card: card.scorecard_id)
def test_a_clean_call_has_the_full_mark_of_the_card(card):
    marks = clean(card)
    assert score(marks) == [card.full] == (marks.full / 10_000).tolist()
    assert marks.passed.tolist() == [True]


def test_an_error_costs_its_points():
    marks = clean(RECORDING)
    marks.error[0, place(RECORDING, "R40-04")] = True
    marks.lost[0, place(RECORDING, "R40-04")] = 20_000
    assert score(marks) == [38.0]


def test_below_the_pass_mark_a_call_fails_and_exactly_on_it_passes():
    marks = clean(RECORDING, 2)
    marks.lost[:, place(RECORDING, "R40-13")] = 50_000, 60_000
    assert score(marks) == [35.0, 34.0]
    assert marks.passed.tolist() == [True, False]


def test_a_fatal_error_takes_the_whole_score():
    marks = clean(RECORDING)
    marks.fatal[0, place(RECORDING, "R40-F1")] = True
    assert score(marks) == [0.0]
    assert marks.points[0, place(RECORDING, "R40-F1")] == -400_000
    assert marks.passed.tolist() == [False]


def test_on_the_three_part_card_a_fatal_error_fails_its_part_only():
    marks = clean(THREE_PART)
    marks.fatal[0, place(THREE_PART, "T300-F1")] = True
    assert score(marks) == [275.0]
    assert marks.passed.tolist() == [False]  # 75 of 100 in its part


def test_every_part_must_reach_its_share_of_what_applied():
    marks = clean(THREE_PART, 2)
    marks.absent[1, place(THREE_PART, "T300-08")] = True
    marks.lost[:, place(THREE_PART, "T300-05")] = 180_000
    assert marks.full.tolist() == [3_000_000, 2_800_000]
    assert marks.passed.tolist() == [True, False]  # 82 of 100, 62 of 80


def test_a_bonus_lifts_the_score_above_the_full_mark():
    marks = clean(CALL_BACK)
    marks.lost[0, place(CALL_BACK, "H20-B1")] = -20_000
    assert score(marks) == [22.0]
    assert marks.full.tolist() == [200_000]


def test_an_appeal_lifts_one_error_of_the_calls_it_is_about():
    marks = clean(RECORDING, 2)
    marks.error[:, [0, 3]] = True
    marks.lost[:, [0, 3]] = 10_000, 20_000
    after = one_error_lifted(np.random.default_rng(0), marks, np.array([True, False]))
    assert after.error.sum(axis=1).tolist() == [1, 2]
    assert score(after)[0] in (38.0, 39.0) and score(after)[1] == 37.0


@pytest.mark.parametrize("card", SCORECARDS, ids=lambda card: card.scorecard_id)
def test_errors_cluster_but_keep_their_chances_and_leniency_its_size(card):
    rng, calls = np.random.default_rng(5), 60_000
    marks = mark(rng, card, np.full(calls, BASE_FATAL), np.ones(calls))
    expected = card.column("error") * (1 - card.column("absent"))
    assert marks.error.mean(axis=0) == pytest.approx(expected, abs=0.004)
    assert marks.fatal.any(axis=1).mean() == pytest.approx(BASE_FATAL, abs=0.002)
    share = waive_share(card, 0.03, BASE_FATAL)
    assert 0 < share < 1
    kind = waived(rng, marks, np.full(calls, share))
    assert ((kind.points.sum(axis=1) - marks.points.sum(axis=1)) / marks.full).mean() == pytest.approx(0.03, abs=0.001)
