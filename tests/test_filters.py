"""The rows a question is about, and the scope it cannot leave."""

from datetime import date

import pytest

from qa.filters import Filters, visible


def test_a_scope_stands_for_all_centers_when_none_is_chosen():
    assert visible(None, frozenset({"WH", "CD"})) == ("CD", "WH")


def test_centers_outside_of_the_scope_are_dropped_even_when_asked_for():
    assert visible(("SH", "WH"), frozenset({"WH"})) == ("WH",)


def test_only_centers_outside_of_the_scope_leave_nothing_not_everything():
    assert visible(("SH",), frozenset({"WH"})) == ()


def test_no_scope_lets_everything_through():
    assert visible(None, None) is None
    assert visible((), None) == ()


def test_filters_within_a_scope_keep_everything_else():
    filters = Filters(date(2026, 1, 1), date(2026, 2, 1), centers=("SH",), queues=("billing",), month_start=21)
    narrowed = filters.within(frozenset({"WH"}))
    assert narrowed.centers == ()
    assert narrowed.queues == ("billing",)
    assert narrowed.month_start == 21


def test_the_same_question_about_another_period():
    filters = Filters(date(2026, 1, 1), date(2026, 2, 1), teams=("A",))
    assert filters.during(None, date(2026, 1, 1)) == Filters(None, date(2026, 1, 1), teams=("A",))


def test_another_choice_of_one_dimension_keeps_the_others():
    filters = Filters(date(2026, 1, 1), date(2026, 2, 1), centers=("SH",), teams=("A",))
    assert filters.choosing(teams=None, queues=("billing",)) == Filters(date(2026, 1, 1), date(2026, 2, 1), centers=("SH",), queues=("billing",))


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before"):
        Filters(date(2026, 2, 1), date(2026, 1, 1))
