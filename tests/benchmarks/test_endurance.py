"""What the endurance run calls wrong: pages that fit no build of their time."""

from dataclasses import replace

from benchmarks.endurance.__main__ import OPENING_S, is_known, judge
from benchmarks.endurance.changes import Build, History
from benchmarks.endurance.viewers import Visit, Visits
from benchmarks.endurance.views import Look, own_of

LOOK = Look("trend", "2026-10", "")
OLD, NEW = {"chart": "a", "table": "b"}, {"chart": "c", "table": "d"}


def wrong(shown: dict[str, str], asked: float = 1000.0) -> list[str]:
    """What is said of a page asked for at a time; the new build came at 1000."""
    history = History([Build("one", 0, {LOOK: OLD}), Build("two", 1000.0, {LOOK: NEW})])
    return judge(Visits([Visit(LOOK, asked, asked + 1, shown, [])]), history)


def test_while_a_build_is_opened_the_one_before_is_right_too():
    assert wrong(NEW) == wrong(OLD) == []


def test_figures_of_two_builds_on_one_page_are_a_mixture():
    assert wrong({"chart": "a", "table": "d"}) == ["page trend mixes builds: one has otherwise table; two has otherwise chart"]


def test_a_part_that_is_missing_is_named():
    assert wrong({"chart": "c"}) == ["page trend lacks table"]


def test_what_no_build_shows_is_named():
    assert wrong({"chart": "c", "table": "?"}) == ["page trend shows what no build has: table"]


def test_a_build_long_replaced_is_wrong():
    assert wrong(OLD, asked=1000.0 + OPENING_S + 1) == ["page trend shows what no build has: chart, table"]


def test_a_build_of_the_future_is_wrong():
    assert wrong(NEW, asked=900.0) == ["page trend shows what no build has: chart, table"]


def test_what_differs_from_the_command_line_is_wrong():
    assert judge(Visits(), History(wrong=["a tile"])) == ["a tile"]


def test_choices_of_a_page_are_what_the_address_has_beside_the_view():
    assert own_of("period=2026-09&center=WH&metric=answer_rate&lang=en") == "metric=answer_rate"
    assert own_of("period=2026-09") == ""


def test_a_page_whose_choices_no_build_was_drawn_with_is_counted_and_not_called_wrong():
    history = History([Build("one", 0, {LOOK: OLD})])
    stayed = Visit(replace(LOOK, own="metric=answer_rate"), 1.0, 2.0, NEW, [])
    assert judge(Visits([stayed]), history) == []
    assert not is_known(stayed, history)
    assert is_known(Visit(LOOK, 1.0, 2.0, NEW, []), history)
