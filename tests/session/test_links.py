"""Links that ask a page for what is not there: it is said, and nothing is shown in its place."""

from zlib import decompress

import pytest
from streamlit.testing.v1 import AppTest

import qa.session
from tests.support.app import frame
from tests.support.world import World

AGENT, AGENTS, WHY = "pages/agents/agent.py", "pages/agents/agents.py", "pages/centers/why.py"

@pytest.fixture
def boards(tmp_path, monkeypatch) -> list[str]:
    """The boards that the last run drew, as the texts the browser is sent."""
    world = World(tmp_path).add("agents", [{"agent_id": "A2", "name": "李雷", "team": "二组"}, {"agent_id": "S1", "name": "赵云", "center_id": "SH"}])
    world.add("evaluations", [{}, {"agent_id": "A2"}, {"agent_id": "S1", "center_id": "SH"}] * 20).warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    sent: list[str] = []
    monkeypatch.setattr(qa.session, "board", lambda message, key="": sent.append(decompress(message).decode()))
    return sent


def opened(boards: list[str], page: str, **parameters: str | list[str]) -> AppTest:
    board = frame()
    board.query_params.update({"lang": "en"} | parameters)
    board.run()
    # The first page has taken the page's own parameters along.
    board.switch_page(page)
    boards.clear()
    board.run()
    assert not board.exception and not board.error
    return board


@pytest.mark.parametrize("named", [{"agent": "NOBODY"}, {"agent": "S1", "center": "WH"}, {"who": "NOBODY"}, {"who": "S1", "center": "WH"}])
def test_nobody_is_shown_in_place_of_an_agent_who_is_not_found(boards, named):
    board = opened(boards, AGENT, **named)
    missing = named.get("agent") or named["who"]
    assert len(boards) == 1 and f"“{missing}” is not found" in boards[0] and "王芳" not in boards[0]
    chosen = board.selectbox(key="view.who")
    assert chosen.value == "" and len(board.warning) == 1
    boards.clear()
    chosen.set_value("A1").run()
    assert "王芳" in boards[0] and board.query_params["who"] in ("A1", ["A1"])


def test_several_agents_of_a_link_are_offered_side_by_side(boards):
    board = opened(boards, AGENT, agent=["A2", "A1"])
    assert board.button_group(key="view.who").options == ["李雷 A2", "王芳 A1"]
    assert "李雷" in boards[0] and not board.warning
    boards.clear()
    board.button_group(key="view.who").set_value("A1").run()
    assert "王芳" in boards[0]


def test_a_link_without_an_agent_begins_with_the_first(boards):
    board = opened(boards, AGENT)
    assert "王芳" in boards[0] and not board.warning


@pytest.mark.parametrize(("page", "metric"), [(WHY, "no_such"), (AGENTS, "calls_handled")])
def test_a_metric_that_a_page_does_not_have_is_said_to_be_left_out(boards, page, metric):
    board = opened(boards, page, metric=metric)
    assert [warning.value for warning in board.warning] == [f"This link asks for “{metric}” (metric), which is not available here; it was left out."]
    first, other = board.selectbox(key="view.metric").options[:2]
    assert not board.selectbox(key="view.metric").select(other).run().warning
    assert not board.selectbox(key="view.metric").select(first).run().warning


def test_a_widget_that_a_browser_calls_empty_keeps_what_was_chosen(boards):
    board = opened(boards, AGENTS, period="last_quarter", basis="call")
    board.session_state["view.lang"] = None
    board.run()
    assert not board.exception
    kept = {parameter: board.query_params[parameter] for parameter in ("lang", "period", "basis")}
    assert kept == {"lang": "en", "period": "last_quarter", "basis": "call"}
