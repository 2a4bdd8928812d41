"""Before and after: four figures worked by hand, what they say, and what they must not say."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from qa.filters import Filters
from qa.i18n import set_language
from qa.improvement.course import Course
from qa.improvement.study import study
from qa.improvement.trainings import trainings
from qa.improvement.words import StudyWords
from qa.names import names_of
from qa.results import answer
from qa.session.board.items import Event
from qa.session.improvement.before_after import before_after_items, clicked
from qa.session.improvement.choices import Asked
from qa.warehouse import Warehouse
from tests.support.world import World

DAY = date(2026, 9, 1)
EVERYTHING = Filters(date(2026, 9, 1), date(2026, 10, 1))


def passed(world: World, agent: str, on: date, good: int, bad: int, **more) -> None:
    """So many evaluations of calls of a day, passed and failed; evaluated twenty days later."""
    at = datetime(on.year, on.month, on.day, 10)
    row = {"agent_id": agent, "call_at": at, "evaluated_at": at + timedelta(days=20), **more}
    world.add("evaluations", [row | {"passed": True}] * good + [row | {"passed": False}] * bad)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A1 rises from 50 of 100 to 80 of 100 on the day, A2 of the same center stays at 60 of 100."""
    world = World(tmp_path)
    world.add("agents", [{"agent_id": "A2", "name": "李雷"}])
    passed(world, "A1", date(2026, 8, 20), 50, 50)
    passed(world, "A1", date(2026, 9, 5), 80, 20)
    passed(world, "A2", date(2026, 8, 20), 60, 40)
    passed(world, "A2", date(2026, 9, 5), 60, 40)
    passed(world, "A2", date(2026, 7, 1), 1, 0)
    passed(world, "A2", date(2026, 10, 20), 1, 0)
    return world


def of_agent(world: World, course: Course, filters: Filters | None = None):
    return study(world.warehouse(), None, filters or Filters(centers=("WH",), agents=("A1",)), course)


def test_four_figures_the_change_and_the_difference_of_changes(world):
    found = of_agent(world, Course("pass_rate", DAY))
    assert [(cell.row["numerator"], cell.row["denominator"]) for cell in found.cells] == [(50, 100), (80, 100), (60, 100), (60, 100)]
    assert found.cell("against", "after").filters.agents == ("A2",)
    assert (found.change.value, found.change.direction) == (pytest.approx(0.3), "better")
    assert (found.other_change.value, found.other_change.direction) == (0, "none")
    assert (found.difference.value, found.difference.direction) == (pytest.approx(0.3), "better")
    assert found.difference.low > 0.08 and found.verdict is found.difference


@pytest.mark.parametrize(("good", "alone", "marked"), [(68, "better", "none"), (71, "better", "better")])
def test_two_statements_are_marked_as_one_would_be(tmp_path, good, alone, marked):
    """From 54 to 68 of 100 z is 2.03: beyond 5 %, not beyond 2.5 %, and the others' 60 of 100 adds only noise. To 71 it is 2.48."""
    world = World(tmp_path)
    world.add("agents", [{"agent_id": "A2", "name": "李雷"}])
    for agent, before, after in (("A1", 54, good), ("A2", 60, 60)):
        passed(world, agent, date(2026, 8, 20), before, 100 - before)
        passed(world, agent, date(2026, 9, 5), after, 100 - after)
    found = of_agent(world, Course("pass_rate", DAY))
    assert (found.change.alone, found.change.direction, found.change.low > 0) == (alone, marked, True)
    assert (found.difference.alone, found.difference.direction) == ("none", "none")
    by_itself = of_agent(world, Course("pass_rate", DAY, against="nobody"))
    assert (by_itself.difference, by_itself.change.direction) == (None, "better")
    set_language("en")
    words = StudyWords(found, world.warehouse(), names_of(world.warehouse()))
    assert ("both statements allowed for" in words.answer().text) == (marked == "none")


def test_a_call_counts_on_its_own_day_however_late_it_was_evaluated(world):
    """The calls of 20 August were evaluated on 9 September and stay before."""
    assert of_agent(world, Course("pass_rate", DAY)).cell("group", "before").row["n"] == 100


def test_every_cell_is_the_figure_of_its_own_filters(world):
    for cell in of_agent(world, Course("pass_rate", DAY)).cells:
        row = answer(world.warehouse(), ["pass_rate"], (), cell.filters, None).row(0, named=True)
        assert [row[name] for name in ("numerator", "denominator", "value", "n")] == [cell.row[name] for name in ("numerator", "denominator", "value", "n")]


def test_days_left_out_and_the_day_of_a_training_belong_to_neither_side(world):
    world.add("trainings", [{"training_id": "T1", "agent_id": "A1", "held_on": DAY}])
    (training,) = trainings(world.warehouse(), None, None, date(2026, 1, 1), date(2027, 1, 1))
    windows = Course("pass_rate", DAY, training, 28, 14, 7).windows
    assert (windows.before, windows.after) == ((date(2026, 8, 4), DAY), (date(2026, 9, 9), date(2026, 9, 23)))
    group = Course("pass_rate", DAY, training).group(Filters(teams=("二组",)))
    assert (group.centers, group.teams, group.agents, group.date_basis) == (("WH",), None, ("A1",), "call")


def test_a_scope_bounds_trainings_and_those_compared_with(world):
    world.add("trainings", [{"training_id": "T1", "agent_id": "A1", "held_on": DAY}])
    passed(world, "A9", date(2026, 9, 5), 20, 0, center_id="SH")
    build = world.warehouse()
    assert trainings(build, frozenset({"SH"}), None, date(2026, 1, 1), date(2027, 1, 1)) == []
    whole = Course("pass_rate", DAY, against="centers")
    assert study(build, None, Filters(centers=("WH",)), whole).cell("against", "after").row["n"] == 20
    assert study(build, frozenset({"WH"}), Filters(centers=("WH",)), whole).cell("against", "after") is None


def test_without_records_or_with_too_few_nothing_is_claimed(world):
    nothing = of_agent(world, Course("pass_rate", date(2025, 1, 1)))
    assert (nothing.change, nothing.difference) == (None, None)
    passed(world, "A3", date(2026, 8, 20), 0, 5)
    passed(world, "A3", date(2026, 9, 5), 5, 0)
    few = of_agent(world, Course("pass_rate", DAY), Filters(centers=("WH",), agents=("A3",)))
    assert few.change.direction == "too_few" and few.difference.direction == "too_few"


def test_a_group_chosen_because_it_was_bad_comes_back_by_itself(tmp_path):
    """Ten agents who are all alike: what tells them apart is chance, so all of the worst one's distance is expected to vanish."""
    world = World(tmp_path)
    for number in range(10):
        good = 9 if number else 5
        passed(world, f"A{number}", date(2026, 8, 20), good, 10 - good)
        passed(world, f"A{number}", date(2026, 9, 5), 9, 1)
    found = of_agent(world, Course("pass_rate", DAY), Filters(centers=("WH",), agents=("A0",)))
    assert (found.regression.groups, found.regression.value, found.regression.mean) == (10, 0.5, pytest.approx(0.86, abs=0.02))
    assert 0.2 < found.regression.expected <= 0.36
    set_language("en")
    line = StudyWords(found, world.warehouse(), names_of(world.warehouse())).regression()
    assert line.state == "uncertain" and "by itself" in line.text


def test_incomplete_windows_are_said(world):
    set_language("en")
    late = of_agent(world, Course("pass_rate", date(2026, 11, 1)))
    texts = [line.text for line in StudyWords(late, world.warehouse(), names_of(world.warehouse())).incomplete()]
    assert any("of the 28 days after are not there yet" in text for text in texts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_the_answer_and_every_row_has_its_proof(world, language):
    set_language(language)
    asked = Asked(Filters(EVERYTHING.date_from, EVERYTHING.date_to, centers=("WH",), agents=("A1",)), Course("pass_rate", DAY), "day")
    answered, table, chart = before_after_items(world.warehouse(), None, asked)
    assert "50.0%" in answered.items[0].text and "80.0%" in answered.items[0].text and answered.items[0].mark.state == "improvement"
    assert chart.figure is not None
    for row in table.rows:
        shown = clicked(Event("row", "cells", row.key), world.warehouse(), None, asked)
        figure = answer(world.warehouse(), shown.metrics, shown.by, shown.filters, None)
        assert figure["value"][0] == row.cells[4].sort
    (point, *_later) = next(trace["customdata"] for trace in chart.figure["data"] if trace.get("customdata"))
    shown = clicked(Event("point", "chart", point), world.warehouse(), None, asked)
    assert answer(world.warehouse(), shown.metrics, shown.by, shown.filters, None)["value"][0] == 0.5


def test_the_sample_shows_the_planted_training_and_the_planted_step(sample):
    truths = json.loads((sample / "truths.json").read_text("utf-8"))
    build, planted = Warehouse.open(sample), truths["training"]
    held = {one.training_id: one for one in trainings(build, None, None, build.span.first_day, build.span.until)}
    training = held[planted["training_id"]]
    item = Filters(scorecards=(planted["scorecard_id"],), items=(planted["item_id"],))
    found = study(build, None, item, Course("composite_error_rate", training.held_on, training, 90, 90, against="none"))
    assert found.change.direction == "better"
    step = truths["answer_rate_step"]
    fallen = study(build, None, Filters(centers=(step["center_id"],), queues=(step["queue"],)), Course("answer_rate", date.fromisoformat(step["day"])))
    assert (fallen.change.direction, fallen.difference.direction) == ("worse", "worse")


def test_the_other_trainings_of_the_sample_change_no_more_than_chance(sample):
    """Thirty-six trainings that changed nothing: at one in twenty, five or more are claimed with a chance of 3 %."""
    planted = json.loads((sample / "truths.json").read_text("utf-8"))["training"]
    build = Warehouse.open(sample)
    item = Filters(scorecards=(planted["scorecard_id"],), items=(planted["item_id"],))
    held = [one for one in trainings(build, None, None, build.span.first_day, build.span.until) if one.training_id != planted["training_id"]]
    claims = [study(build, None, item, Course("composite_error_rate", one.held_on, one, 90, 90)).verdict for one in held]
    assert sum(claim is not None and claim.direction in ("better", "worse") for claim in claims) < 5
