"""Who acts is chosen in the frame, and bounds what every page shows."""

import pytest
from streamlit.testing.v1 import AppTest

from qa.i18n import set_language
from tests.support.app import choose, frame, offered
from tests.support.world import World


@pytest.fixture
def board(tmp_path, monkeypatch) -> AppTest:
    World(tmp_path).add("evaluations", [{}, {"center_id": "SH"}]).warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    return frame().run()


def act_as(board: AppTest, name: str, role: str, centers: list[str], language: str = "zh") -> AppTest:
    board.session_state["identity"] = True
    board.run()
    board.text_input(key=f"identity name {language}").set_value(name)
    board.selectbox(key=f"identity role {language}").set_value(role)
    board.multiselect(key=f"identity centers {language}").set_value(centers)
    return board.button(key="identity submit").click().run()


def test_a_branch_role_sees_its_own_center_on_every_page(board):
    assert offered(board, "center") == ["上海", "武汉"]
    act_as(board, "李红", "branch_qa", ["WH"])
    assert not board.exception
    assert offered(board, "center") == ["武汉"]
    board.switch_page("pages/data/importing.py").run()
    assert not board.exception and [note.icon for note in board.info] == [":material/lock:"]
    act_as(board, "赵敏", "headquarters_qa", [])
    assert not board.exception and not board.info
    board.switch_page("pages/agents/agents.py").run()
    assert offered(board, "center") == ["上海", "武汉"]


def test_a_center_outside_of_the_scope_is_let_go(board):
    choose(board, center=["SH"])
    act_as(board, "李红", "branch_qa", ["WH"])
    assert not board.exception
    assert "center" not in board.query_params


@pytest.mark.parametrize(("name", "role", "centers"), [("", "director", []), ("李红", "branch_head", [])])
def test_nobody_acts_without_a_name_or_a_branch_without_its_center(board, name, role, centers):
    act_as(board, name, role, centers)
    assert board.error[0].value
    assert offered(board, "center") == ["上海", "武汉"]


@pytest.fixture
def english():
    """The harness writes what is chosen in the language of the test's own context."""
    set_language("en")
    yield
    set_language("zh")


def test_who_acts_is_chosen_in_english_too(board, english):
    board.button_group(key="view.lang").set_value("en").run()
    set_language("en")
    act_as(board, "", "director", [], "en")
    assert board.error[0].value == "Please give a name."
    act_as(board, "Zhou", "director", [], "en")
    assert not board.exception and board.session_state["_viewer"].name == "Zhou"


def test_a_form_that_a_run_has_closed_meanwhile_changes_nobody():
    def page():
        import streamlit as st

        from qa.session.identity import _take
        from qa.session.viewer import viewer

        _take("en")
        st.markdown(viewer().role)

    shown = AppTest.from_function(page).run()
    assert not shown.exception
    assert shown.markdown[0].value == "guest"
