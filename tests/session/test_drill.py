"""The breadcrumb in the frame, and steps back up through it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, frame
from tests.support.world import World


@pytest.fixture
def board(tmp_path, monkeypatch) -> AppTest:
    world = World(tmp_path).add("agents", [{"agent_id": "A*2", "name": "[李]`雷`", "team": "二组"}])
    world.add("evaluations", [{}, {"agent_id": "A*2"}]).warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    return frame()


def crumbs(board: AppTest) -> list[str]:
    return [button.label for button in board.button if (button.key or "").startswith("crumb")]


def address(board: AppTest) -> dict[str, str]:
    """The parameters, of which none repeats here; a test's own ones come back as texts, those of a run as lists."""
    return {name: values if isinstance(values, str) else values[-1] for name, values in board.query_params.items()}


def test_a_link_to_an_agent_shows_the_way_back(board):
    board.query_params.update({"center": "WH", "team": "二组", "agent": "A*2", "period": "last_12_months"})
    board.run()
    assert not board.exception and not board.warning
    assert crumbs(board) == ["全部中心", "武汉", "二组"]
    assert r"**\[李\]\`雷\` A\*2**" in [element.value for element in board.markdown]
    board.button(key="crumb 1").click().run()
    assert address(board) == {"center": "WH", "period": "last_12_months"}
    assert crumbs(board) == ["全部中心"]
    board.button(key="crumb 0").click().run()
    assert address(board) == {"period": "last_12_months"}
    assert crumbs(board) == []


def test_an_agent_of_another_team_is_let_go_when_the_team_changes(board):
    board.query_params.update({"center": "WH", "agent": "A*2", "period": "last_12_months"})
    board.run()
    choose(board, team=["一组"])
    assert address(board) == {"center": "WH", "team": "一组", "period": "last_12_months"}
    choose(board, team=[])
    assert "agent" not in board.query_params


def test_a_link_to_an_unknown_agent_says_so(board):
    board.query_params["agent"] = "NOBODY"
    board.run()
    assert not board.exception
    assert len(board.warning) == 1
