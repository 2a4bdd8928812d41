"""A view as a URL, and what happens to links that ask for what is not there."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.filters import DATE_BASES, Filters
from qa.i18n import LANGUAGES
from qa.periods import COMPARISONS, PRESETS, Period
from qa.view import Center, Choices, View, custom_range, from_parameters, language_of, parsed_day, to_parameters

CHOICES = Choices(
    today=date(2026, 10, 31),
    first_day=date(2025, 3, 1),
    centers=(Center("SH", "上海", is_headquarters=True), Center("WH", "武汉", month_start=21), Center("CD", "成都")),
    teams={"SH": ("一组",), "WH": ("一组", "二组"), "CD": ("三组",)},
    queues=("账单", "报修"),
)


def views() -> st.SearchStrategy[View]:
    months = CHOICES.months(1)
    presets = st.sampled_from([*(name for name in PRESETS if name != "custom"), *months])
    days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
    custom = st.tuples(days, days).map(lambda pair: {"period": "custom", "date_from": min(pair), "date_to": max(pair)})
    period = presets.map(lambda name: {"period": name}) | custom
    return st.builds(
        lambda period, **others: View(**period, **others),
        period,
        language=st.sampled_from(LANGUAGES),
        month_start=st.just(1),
        comparison=st.sampled_from(COMPARISONS),
        centers=st.lists(st.sampled_from(CHOICES.center_ids), unique=True).map(tuple),
        queues=st.lists(st.sampled_from(CHOICES.queues), unique=True).map(tuple),
        date_basis=st.sampled_from(DATE_BASES),
    )


@given(views())
def test_a_view_comes_back_from_its_own_link(view):
    assert from_parameters(to_parameters(view), CHOICES) == (view, [])


def test_the_default_view_has_no_parameters():
    assert to_parameters(View()) == {}
    assert from_parameters({}, CHOICES) == (View(), [])


@given(st.dictionaries(st.sampled_from(["lang", "period", "from", "to", "months", "compare", "center", "team", "queue", "basis", "x"]), st.lists(st.text())))
def test_no_link_fails(parameters):
    view, problems = from_parameters(parameters, CHOICES)
    assert view.filters(CHOICES)
    assert all(len(problem) < 400 for problem in problems)


def test_what_is_not_there_is_dropped_and_said():
    view, problems = from_parameters({"center": ["WH", "XX"], "period": ["someday"], "compare": ["previous"]}, CHOICES)
    assert view == View(centers=("WH",), comparison="previous")
    assert len(problems) == 2
    assert "XX" in problems[0] + problems[1] and "someday" in problems[0] + problems[1]


def test_a_link_to_a_center_outside_of_the_scope_shows_nothing_of_it():
    only_wuhan = replace(CHOICES, centers=(CHOICES.centers[1],), teams={"WH": ("一组",)})
    view, problems = from_parameters({"center": ["SH"], "team": ["三组"]}, only_wuhan)
    assert view.centers == () and view.teams == ()
    assert len(problems) == 2
    assert view.filters(only_wuhan).within(frozenset(only_wuhan.center_ids)).centers == ("WH",)


def test_months_from_the_21st_are_offered_only_where_a_center_keeps_them():
    assert CHOICES.month_starts == (1, 21)
    view, problems = from_parameters({"months": ["21"]}, replace(CHOICES, centers=CHOICES.centers[:1]))
    assert view.month_start == 1 and problems


def test_teams_are_those_of_the_chosen_centers():
    assert CHOICES.teams_of(("CD",)) == ("三组",)
    assert CHOICES.teams_of(()) == ("一组", "三组", "二组")
    view, problems = from_parameters({"center": ["CD"], "team": ["二组", "三组"]}, CHOICES)
    assert view.teams == ("三组",) and problems


def test_months_are_offered_from_the_latest_to_the_first_with_data():
    assert CHOICES.months(1)[0] == "2026-10"
    assert CHOICES.months(1)[-1] == "2025-03"
    assert CHOICES.months(21)[0] == "2026-11"


def test_a_view_asks_its_question():
    view = View(period="2026-10", month_start=21, centers=("WH",), queues=("账单",), date_basis="call")
    assert view.filters(CHOICES) == Filters(
        date(2026, 9, 21), date(2026, 10, 21), centers=("WH",), queues=("账单",), date_basis="call", month_start=21
    )
    assert view.compared(CHOICES) == Period(date(2026, 8, 21), date(2026, 9, 21))


def test_custom_days_are_both_included():
    view, problems = from_parameters({"period": ["custom"], "from": ["2026-10-05"], "to": ["2026-10-05"]}, CHOICES)
    assert not problems
    assert view.shown(CHOICES) == Period(date(2026, 10, 5), date(2026, 10, 6))


@pytest.mark.parametrize("first, last", [("2026-10-05", "2026-10-04"), ("2026-02-30", "2026-03-01"), ("", ""), ("x", "2026-01-01")])
def test_custom_days_that_are_no_range_fall_back(first, last):
    assert custom_range(first, last) is None
    view, problems = from_parameters({"period": ["custom"], "from": [first], "to": [last]}, CHOICES)
    assert view == View() and problems


@pytest.mark.parametrize("text", ["2026-10-31", "2026/10/31", "20261031", "2026年10月31日", " 2026.10.31 "])
def test_people_write_days_in_several_ways(text):
    assert parsed_day(text) == date(2026, 10, 31)


@pytest.mark.parametrize("text", ["31/10/2026", "2026-13-01", "yesterday", "", "2026-10"])
def test_other_texts_are_no_day(text):
    assert parsed_day(text) is None


def test_a_link_tells_its_language_before_it_is_read():
    assert language_of({"lang": ["en"], "center": ["XX"]}) == "en"
    assert language_of({}) == language_of({"lang": ["fr"]}) == "zh"


@pytest.mark.parametrize(
    ("period", "month_start", "beside"),
    [
        ("this_month", 1, ("2026-09", None)),
        ("last_month", 1, ("2026-08", "2026-10")),
        ("2026-10", 1, ("2026-09", None)),
        ("2025-03", 1, (None, "2025-04")),
        ("this_month", 21, ("2026-10", None)),
        ("2026-10", 21, ("2026-09", "2026-11")),
        ("2024-01", 1, (None, None)),
        ("this_quarter", 1, (None, None)),
        ("custom", 1, (None, None)),
    ],
)
def test_months_have_those_beside_them(period, month_start, beside):
    assert CHOICES.months_beside(period, month_start) == beside


def test_last_month_may_be_before_all_data():
    assert replace(CHOICES, first_day=date(2026, 10, 1)).months_beside("last_month", 1) == (None, "2026-10")
