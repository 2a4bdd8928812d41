"""Narrowing a view by a click, and the breadcrumb back."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.drill import LEVELS, crumbs, narrowed
from qa.i18n import set_language
from qa.view import Agent, Center, Choices, View, from_parameters, to_parameters

CHOICES = Choices(
    today=date(2026, 10, 31),
    first_day=date(2025, 3, 1),
    centers=(Center("SH", "上海总中心", "Shanghai", is_headquarters=True), Center("WH", "武汉分中心", "Wuhan", month_start=21)),
    teams={"SH": ("一组",), "WH": ("一组", "二组")},
    queues=("账单", "报修"),
    agents={
        "W0012": Agent("王芳 W0012", frozenset({("WH", "二组"), ("WH", "一组")})),
        "S0001": Agent("李雷 S0001", frozenset({("SH", "一组")})),
    },
)
VIEW = View(language="en", period="last_quarter", comparison="last_year", date_basis="call", queues=("账单",))

views = st.builds(
    View,
    period=st.sampled_from(["this_month", "last_quarter"]),
    centers=st.lists(st.sampled_from(CHOICES.center_ids), unique=True).map(tuple),
    queues=st.lists(st.sampled_from(CHOICES.queues), unique=True).map(tuple),
    agents=st.lists(st.sampled_from(list(CHOICES.agents)), unique=True).map(tuple),
)
clicks = st.fixed_dictionaries(
    {},
    optional={
        "center": st.sampled_from([*CHOICES.center_ids, "XX"]),
        "team": st.sampled_from(["一组", "二组", "九组"]),
        "queue": st.sampled_from([*CHOICES.queues, "?"]),
        "agent": st.sampled_from([*CHOICES.agents, "nobody"]),
    },
)


@pytest.fixture
def in_chinese():
    set_language("zh")


def test_a_click_narrows_and_keeps_everything_else():
    seen = narrowed(VIEW, CHOICES, center="WH", team="二组", agent="W0012")
    assert seen == replace(VIEW, centers=("WH",), teams=("二组",), agents=("W0012",))


def test_a_team_that_the_clicked_center_does_not_have_is_let_go():
    seen = narrowed(replace(VIEW, teams=("二组",), agents=("W0012",)), CHOICES, center="SH")
    assert (seen.centers, seen.teams, seen.agents) == (("SH",), (), ())


def test_a_month_is_named_and_other_days_are_a_custom_period():
    month = narrowed(VIEW, CHOICES, date_from=date(2026, 9, 1), date_to=date(2026, 10, 1))
    assert (month.period, month.date_from) == ("2026-09", None)
    day = narrowed(VIEW, CHOICES, date_from=date(2026, 9, 7), date_to=date(2026, 9, 8))
    assert (day.period, day.date_from, day.date_to) == ("custom", date(2026, 9, 7), date(2026, 9, 7))


def test_the_days_shown_already_change_nothing():
    assert narrowed(View(), CHOICES, date_from=date(2026, 10, 1), date_to=date(2026, 11, 1)) == View()


def test_what_there_is_not_narrows_nothing():
    assert narrowed(VIEW, CHOICES, center="XX", team="九组", queue="?", agent="nobody") == VIEW


@given(views, clicks)
def test_every_narrowed_view_is_one_that_a_link_can_ask_for(view, click):
    seen = narrowed(from_parameters(to_parameters(view), CHOICES)[0], CHOICES, **click)
    assert from_parameters(to_parameters(seen), CHOICES) == (seen, [])
    assert narrowed(seen, CHOICES, **click) == seen, "the same click again narrows nothing more"


def test_the_breadcrumb_leads_from_everything_to_the_agent(in_chinese):
    seen = narrowed(View(), CHOICES, center="WH", team="二组", agent="W0012")
    found = crumbs(seen, CHOICES)
    assert [crumb.text for crumb in found] == ["全部中心", "武汉分中心", "二组", "王芳 W0012"]
    assert [crumb.view for crumb in found] == [View(), View(centers=("WH",)), View(centers=("WH",), teams=("二组",)), seen]


def test_a_step_back_up_keeps_period_language_and_comparison(in_chinese):
    top = crumbs(narrowed(VIEW, CHOICES, center="WH", agent="W0012"), CHOICES)[0].view
    assert top == replace(VIEW, queues=())


def test_several_of_one_level_are_counted(in_chinese):
    found = crumbs(View(centers=("SH", "WH")), CHOICES)
    assert [crumb.text for crumb in found] == ["全部中心", "上海总中心及另外 1 个"]


def test_a_view_of_everything_has_no_breadcrumb():
    assert crumbs(View(period="last_year"), CHOICES) == []


@given(views)
def test_each_step_up_shows_more(view):
    view, _problems = from_parameters(to_parameters(view), CHOICES)
    chosen = [sum(bool(getattr(crumb.view, level)) for level in LEVELS) for crumb in crumbs(view, CHOICES)]
    assert chosen == list(range(len(chosen)))


def test_a_click_on_what_the_choices_lack_narrows_nothing_at_all():
    """Half of it would show another number than the one clicked."""
    assert narrowed(VIEW, CHOICES, center="SH", team="二组") == VIEW
    assert narrowed(VIEW, CHOICES, center="SH", agent="W0012") == VIEW


def test_work_in_no_team_is_a_view_only_where_the_agent_never_had_one():
    teamless = replace(CHOICES, agents={"T1": Agent("T1", frozenset({("WH", None)})), "W1": Agent("W1", frozenset({("WH", None), ("WH", "一组")}))})
    assert narrowed(VIEW, teamless, center="WH", team="", agent="T1") == replace(VIEW, centers=("WH",), agents=("T1",))
    assert narrowed(VIEW, teamless, center="WH", team="", agent="W1") == VIEW
    assert narrowed(VIEW, teamless, center="WH", team="") == VIEW
