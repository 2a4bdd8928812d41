"""Every page, with full, empty, partial, one-row and hostile data, in both languages: helpful, never an error."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.app import choose, frame
from tests.support.world import World

PAGES = ["pages/overview/summary.py", "pages/data/extracts.py", "pages/data/dictionary.py", "pages/data/definitions.py"]
PAGES += ["pages/calls/service.py", "pages/calls/outbound.py", "pages/calls/call.py", "pages/quality/evaluation.py"]
PAGES += ["pages/headquarters/report.py", "pages/headquarters/explanations.py"]
PAGES += ["pages/agents/agents.py", "pages/agents/agent.py", "pages/agents/teams.py"]
HOSTILE = "<script>alert(1)</script> {name} %s `*_[x](y)"


def empty(_world: World) -> None:
    """No build at all."""


def one_row(world: World) -> None:
    world.add("evaluations", [{}]).warehouse()


def calls_only(world: World) -> None:
    at = [datetime(2026, 9, 1 + day % 28, 10) for day in range(60)]
    world.add("calls", [{"started_at": moment, "answered": moment.day % 9 > 0, "agent_id": None} for moment in at]).warehouse()


def counts_only(world: World) -> None:
    world.add("call_counts", [{"offered": 900, "answered": 880, "abandoned": 20}]).warehouse()


def hostile(world: World) -> None:
    world.add("centers", [{"center_id": "X'\"", "name": HOSTILE, "name_en": HOSTILE}])
    world.add("agents", [{"agent_id": "A'2", "name": HOSTILE, "center_id": "X'\"", "team": HOSTILE}])
    world.add("evaluations", [{"agent_id": "A'2", "center_id": "X'\"", "score": -5, "passed": False}] * 30)
    world.add("surveys", [{"center_id": "X'\"", "queue": HOSTILE, "score": 1, "answered_at": datetime(2026, 10, 6)}] * 30)
    world.warehouse()


@pytest.fixture(scope="module", params=[empty, one_row, calls_only, counts_only, hostile], ids=lambda fill: fill.__name__)
def extracts(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp(request.param.__name__)
    request.param(World(folder))
    return folder


def shown(page: str, **parameters: str) -> AppTest:
    board = frame()
    for name, value in parameters.items():
        board.query_params[name] = value
    return (board if page == PAGES[0] else board.switch_page(page)).run()


def texts(board: AppTest) -> list[str]:
    elements = [*board.title, *board.subheader, *board.caption, *board.markdown, *board.error, *board.warning, *board.info]
    return [element.value for element in elements]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_page_is_shown_whatever_the_data(extracts, monkeypatch, page, language):
    monkeypatch.setenv("QA_DATA", str(extracts))
    board = shown(page, lang=language)
    assert not board.exception
    assert not board.error
    assert board.title[0].value


@pytest.mark.parametrize("page", PAGES)
def test_english_pages_hold_no_chinese_but_data(tmp_path, monkeypatch, page):
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    board = shown(page, lang="en")
    assert [text for text in texts(board) if re.search("[\u3400-\u9fff]", text)] == []


def test_a_board_without_a_build_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    board = shown(PAGES[0], lang="en")
    assert [code.value for code in board.code][1:] == ["python -m qa import FILE ...", "python -m qa sample && python -m qa build"]


def test_a_configuration_that_cannot_be_used_is_said_in_words(tmp_path, monkeypatch):
    (tmp_path / "qa.toml").write_text("[definitions]\nservice_level_s = -1\n", encoding="utf-8")
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    board = shown(PAGES[3], lang="en")
    assert not board.exception
    assert "service_level_s" in board.error[0].value


def test_a_link_with_nonsense_shows_the_default_view_and_says_so(tmp_path, monkeypatch):
    World(tmp_path).add("evaluations", [{}]).warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    board = shown(PAGES[0], lang="en", center="NOWHERE", period="2026-99", months="21")
    assert not board.exception
    assert len(board.warning) == 3
    assert board.session_state["view.period"] == "this_month"


def test_choices_survive_a_change_of_language(tmp_path, monkeypatch):
    World(tmp_path).add("evaluations", [{}]).warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    board = shown(PAGES[0])
    choose(board, period="last_12_months")
    choose(board, center=["WH"])
    board.button_group(key="view.lang").set_value("en").run()
    assert board.title[0].value == "Overview"
    assert board.session_state["view.period"] == "last_12_months"
    assert dict(board.query_params) == {"lang": "en", "period": "last_12_months", "center": "WH"}
