"""Scores and appeals: random and targeted samples apart, numbers worked by hand."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.filters import Asked, Filters
from qa.i18n import set_language
from qa.proof import headed
from qa.quality.scores import appealed_unlike, appeals, appeals_by_item, bands, counts, marks, means, quantiles, scores, sections
from qa.results import answer
from qa.session.board.items import Event
from qa.session.quality.appeals import appeal_items
from qa.session.quality.scores import _of_section, scores_items, section_items
from tests.support.world import World

OCTOBER = Filters(date(2026, 10, 1), date(2026, 11, 1))
ASKED = Asked(OCTOBER, None)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def scored(world: World, *points: float, **more) -> World:
    return world.add("evaluations", [{"score": point, "full_mark": 50, **more} for point in points])


def test_random_and_targeted_samples_are_never_averaged(world):
    scored(world, 50, 45, 40)
    scored(world, 10, sample_reason="complaint")
    levels = means(world.warehouse(), None, OCTOBER, "")
    assert {kind: (row["value"], row["n"]) for kind, row in levels.items()} == {"representative": (90, 3), "targeted": (20, 1)}


def test_marks_are_whole_points_of_a_hundred(world):
    scored(world, 50, 49.9, 0, -1)
    scored(world, 25, sample_reason="targeted")
    scored(world, 33, calibration_id="K1")
    found = marks(world.warehouse(), None, OCTOBER, "")
    assert sorted(found.select("mark", "kind", "n").rows()) == [
        (-2, "representative", 1), (0, "representative", 1), (50, "targeted", 1), (99, "representative", 1), (100, "representative", 1),
    ]  # fmt: skip


def test_the_histogram_is_what_the_command_line_counts(world):
    scored(world, 50, 50, 45)
    found = answer(world.warehouse(), ["evaluation_count"], ("scorecard", "sample", "mark"), OCTOBER, None)
    assert found.select("scorecard", "sample", "mark", "value").rows() == [("S1", "random", 90, 1), ("S1", "random", 100, 2)]


@given(st.lists(st.integers(-30, 140), min_size=1, max_size=60))
def test_every_score_lies_in_one_band(points):
    found = pl.DataFrame({"mark": points, "n": [1] * len(points), "kind": ["targeted"] * len(points)})
    into = bands(found)
    assert all(sum(band.holds(point) for band in into) == 1 for point in points)
    assert sum(counts(found, "targeted", into)) == len(points)


def test_quantiles_are_scores_that_were_given():
    found = pl.DataFrame({"mark": [60, 90, 100], "n": [1, 8, 1]})
    assert quantiles(found) == (60, 90, 90, 90, 90)


def test_a_row_below_the_least_n_has_no_quantiles(world):
    scored(world, *[45] * 12)
    scored(world, 40, sample_reason="quota")
    warehouse = world.warehouse()
    found = {score.sample: score for score in scores(warehouse, None, OCTOBER, "", marks(warehouse, None, OCTOBER, ""))}
    assert (found["random"].quantiles, found["random"].row["value"]) == ((90,) * 5, 90)
    assert found["quota"].quantiles is None


def test_a_section_is_scored_by_its_applicable_items(world):
    """Evaluation 1: 4 of 10 applicable points; evaluation 2: 10 of 10. The mean of the two is 70."""
    world.add("scorecards", [{"scorecard_id": "S1", "item_id": item, "section": "业务"} for item in ("I1", "I2")])
    world.add("scorecards", [{"scorecard_id": "S1", "item_id": "B1", "section": "加分", "item_kind": "bonus"}])
    for name, first, second in (("V1", 4, None), ("V2", 5, 5)):
        world.add("evaluations", [{"evaluation_id": name}])
        world.add("evaluation_items", [
            {"evaluation_id": name, "item_id": "I1", "points": first, "full_mark": 10 if second is None else 5},
            {"evaluation_id": name, "item_id": "I2", "points": second, "full_mark": 5, "not_applicable": second is None},
            {"evaluation_id": name, "item_id": "B1", "points": 0, "full_mark": 10},
        ])  # fmt: skip
    assert sections(world.warehouse(), None, OCTOBER, "").select("section", "value", "n").rows() == [("业务", 70, 2)]


def appealed(world: World, evaluator: str, number: int, upheld: int, restored: float = 0, of: int = 0) -> None:
    """``number`` appealed evaluations of ``of``, the first ``upheld`` of them upheld with so many points of 50 restored."""
    at = datetime(2026, 10, 5, 12)
    for place in range(number):
        is_upheld = place < upheld
        scored(world, 45, evaluator_id=evaluator, appealed_at=at, appeal_closed_at=at, appeal_upheld=is_upheld, original_score=45 - restored * is_upheld)
    scored(world, *[45] * (of - number), evaluator_id=evaluator)


def test_appeals_count_what_was_upheld_and_restored(world):
    """Four of ten appealed, one upheld: 5 points of 50 are 10 of 100."""
    appealed(world, "E1", 4, 1, 5, of=10)
    whole = appeals(world.warehouse(), None, OCTOBER, "")[()]
    assert {key: (row["value"], row["denominator"]) for key, row in whole.items()} == {
        "appeal_rate": (0.4, 10), "appeal_upheld_rate": (0.25, 4), "restored_points": (10, 1),
    }  # fmt: skip


def test_an_evaluator_is_marked_only_beyond_noise(world):
    appealed(world, "E1", 30, 0, of=60)
    appealed(world, "E2", 2, 0, of=60)
    appealed(world, "E3", 3, 0, of=4)
    groups = appeals(world.warehouse(), None, OCTOBER, "", "evaluator")
    assert appealed_unlike(groups, 10, 0.05) == {("E1",): "more", ("E2",): "fewer", ("E3",): "too_few"}


def test_an_appeal_counts_under_each_item_that_lost_points(world):
    appealed(world, "E1", 1, 1, 5, of=2)
    rows = world.tables["evaluations"]
    for row in rows:
        world.add("evaluation_items", [
            {"evaluation_id": row["evaluation_id"], "item_id": "I1", "points": 3},
            {"evaluation_id": row["evaluation_id"], "item_id": "I2", "points": 5},
        ])  # fmt: skip
    frame = appeals_by_item(world.warehouse(), None, OCTOBER, "")
    assert frame.select("item_id", "evaluations", "appealed", "upheld", "restored").rows() == [("I1", 2, 1, 1, 10)]


def test_the_scope_bounds_scores_and_appeals(world):
    world.add("agents", [{"agent_id": "A2", "center_id": "SH"}])
    appealed(world, "E1", 2, 0, of=4)
    scored(world, 10, agent_id="A2", center_id="SH")
    only = frozenset({"WH"})
    assert means(world.warehouse(), only, OCTOBER, "")["representative"]["value"] == 90
    assert appeals(world.warehouse(), only, OCTOBER, "")[()]["appeal_rate"]["denominator"] == 4
    assert set(marks(world.warehouse(), only, OCTOBER, "")["mark"]) == {90}


@pytest.mark.parametrize("make", [scores_items, section_items, appeal_items])
@pytest.mark.parametrize("fill", ["calls", "one"])
def test_pages_say_what_is_missing(tmp_path, make, fill):
    world = World(tmp_path)
    if fill == "calls":
        world.add("calls", [{}] * 5)
    else:
        scored(world, 45)
    items = make(world.warehouse(), None, ASKED, "")
    assert items[0].items[0].text


def test_the_proof_of_a_section_is_that_section(world):
    world.add("scorecards", [{"scorecard_id": "S1", "item_id": item, "section": section} for item, section in (("I1", "业务"), ("I2", "态度"))])
    world.add("evaluations", [{"evaluation_id": "V1"}])
    world.add("evaluation_items", [{"evaluation_id": "V1", "item_id": "I1", "points": 2}, {"evaluation_id": "V1", "item_id": "I2", "points": 5}])
    warehouse = world.warehouse()
    one, every = (_of_section(Event(kind, "section S1", payload), OCTOBER) for kind, payload in (("point", ["业务"]), ("proof", None)))
    assert answer(warehouse, one.metrics, one.by, one.filters, None)["value"].to_list() == [40]
    assert answer(warehouse, every.metrics, every.by, every.filters, None).select("section", "value").rows() == [("业务", 40), ("态度", 100)]


def test_the_histograms_proof_can_be_read(world):
    scored(world, 50, 45)
    frame = answer(world.warehouse(), ["evaluation_count"], ("scorecard", "sample", "mark"), OCTOBER, None)
    assert headed(frame, ("scorecard", "sample", "mark"), {}, 1).height == 2


def test_a_proof_says_its_verdicts_in_the_language_in_force(world):
    scored(world, 50, 45)
    frame = answer(world.warehouse(), ["evaluation_count"], ("scorecard",), OCTOBER, None)
    set_language("en")
    shown = headed(frame, ("scorecard",), {}, 1)
    assert all(text.isascii() for row in shown.select(shown.columns[-2:]).rows() for text in (*shown.columns, *row))
