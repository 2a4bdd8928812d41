"""What a browser tells of the filter bar is taken as far as it is of the kind that is held, and checked."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, frame, offered
from tests.support.world import World


@pytest.fixture
def board(tmp_path, monkeypatch) -> AppTest:
    World(tmp_path).add("evaluations", [{}, {"center_id": "SH"}]).warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    return frame().run()


NONSENSE = [{"months": "x"}, {"period": "2026-99"}, {"center": ["NOWHERE"]}, {"compare": ""}, {"basis": "'; drop table"}, {"period": "custom", "from": "x"}]


@pytest.mark.parametrize("told", NONSENSE, ids=str)
def test_what_is_not_offered_is_not_chosen(board, told):
    choose(board, **told)
    assert not board.exception
    assert not {"center", "compare", "basis", "months"} & set(board.query_params)
    assert offered(board, "center") == ["上海", "武汉"]


@pytest.mark.parametrize("told", [None, "WH", 3, {"center": "WH"}, {"period": ["2026-10"]}, {"lang": "en"}, {"view": {}}], ids=str)
def test_what_is_of_another_kind_is_passed_over(told):
    def page(told):
        import streamlit as st

        from qa.session.state import choose

        choose(told)
        assert not st.session_state

    shown = AppTest.from_function(page, kwargs={"told": told}).run()
    assert not shown.exception


def test_a_team_of_another_center_is_let_go_with_its_center(board):
    choose(board, center=["WH"], team=[offered(board, "team")[0]])
    assert not board.exception
    choose(board, center=["SH"])
    assert set(board.session_state["view.team"]) <= set(offered(board, "team"))
