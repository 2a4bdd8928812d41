"""Agents come, change and leave without being in two places."""

import pytest

from qa.sample.people import LAST_DAY
from qa.sample.world import make_world


@pytest.fixture(scope="module", params=["small", "medium"])
def people(request):
    return make_world(request.param, 1).people


def test_employee_numbers_are_unique_text(people):
    numbers = [agent.agent_id for agent in people.agents]
    assert len(set(numbers)) == len(numbers)
    assert any(number.startswith("0") for number in numbers) and any(number[0].isalpha() for number in numbers)


def test_an_agent_s_spells_follow_one_another(people):
    by_agent: dict[int, list] = {}
    for spell in people.spells:
        by_agent.setdefault(spell.agent, []).append(spell)
    for spells in by_agent.values():
        assert [spell.first for spell in spells] == [True] + [False] * (len(spells) - 1)
        for before, after in zip(spells, spells[1:], strict=False):
            assert before.start < before.end == after.start
            assert (before.team, before.center) != (after.team, after.center)


def test_who_left_has_no_time_after(people):
    for spell in people.spells:
        left = people.agents[spell.agent].left
        assert left is None or spell.end <= left
        assert left is None or left < LAST_DAY


def test_medium_has_changes_of_team_and_center():
    spells = make_world("medium", 1).people.spells
    teams = {(spell.agent, spell.team) for spell in spells}
    centers = {(spell.agent, spell.center) for spell in spells}
    agents = {spell.agent for spell in spells}
    assert len(teams) > len(centers) > len(agents)


def test_leavers_are_some_two_to_three_percent_a_month():
    world = make_world("medium", 1)
    leavers = sum(agent.left is not None for agent in world.people.agents)
    assert 0.018 < leavers / (world.scale.agents * len(world.months)) < 0.032


def test_a_scale_that_does_not_exist_is_a_key_error():
    with pytest.raises(KeyError):
        make_world("huge", 1)
