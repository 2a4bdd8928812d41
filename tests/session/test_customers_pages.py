"""The pages about customers with full, empty, partial and hostile data, in both languages: helpful, never an error."""

from pathlib import Path

import pytest

from tests.support.app import frame
from tests.support.world import NOON, World

PAGES = ["pages/customers/satisfaction.py", "pages/customers/resolution.py", "pages/customers/complaints.py"]
HOSTILE = "<script>alert(1)</script> {name} %s `*_[x](y)' | \""


def empty(_world: World) -> None:
    """No build at all."""


def calls_only(world: World) -> None:
    world.add("calls", [{}] * 3).warehouse()


def surveys_only(world: World) -> None:
    world.add("surveys", [{"answered_at": NOON, "satisfied": False, "comment": "太慢"}] * 2).warehouse()


def counts_only(world: World) -> None:
    world.add("call_counts", [{"offered": 900, "answered": 880, "abandoned": 20}]).warehouse()


def hostile(world: World) -> None:
    world.add("centers", [{"center_id": "X'\"", "name": HOSTILE, "name_en": HOSTILE}])
    world.add("agents", [{"agent_id": "A'2", "name": HOSTILE, "center_id": "X'\"", "team": HOSTILE}])
    who = {"center_id": "X'\"", "agent_id": "A'2"}
    world.add("calls", [{**who, "call_id": f"{HOSTILE}{number}", "customer_id": HOSTILE, "reason": HOSTILE, "queue": HOSTILE} for number in range(12)])
    answer = {"answered_at": NOON, "score": 1, "reason": HOSTILE, "comment": HOSTILE, "queue": HOSTILE, "resolved_first_time": False}
    world.add("surveys", [{**who, **answer, "call_id": f"{HOSTILE}{number}"} for number in range(12)])
    world.add("complaints", [{**who, "category": HOSTILE, "call_id": f"{HOSTILE}0"}] * 2)
    world.warehouse()


@pytest.fixture(scope="module", params=[empty, calls_only, surveys_only, counts_only, hostile], ids=lambda fill: fill.__name__)
def extracts(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp(request.param.__name__)
    request.param(World(folder))
    return folder


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("parameters", [
    {"lang": "zh"}, {"lang": "en", "satisfaction_by": "reason", "resolution_part": "cases", "complaints_by": "team", "find": "' or 1=1 --", "rated": "9/9"},
], ids=["zh", "en"])  # fmt: skip
def test_a_page_is_shown_whatever_the_data(extracts, monkeypatch, page, parameters):
    monkeypatch.setenv("QA_DATA", str(extracts))
    board = frame()
    for name, value in parameters.items():
        board.query_params[name] = value
    board.switch_page(page).run()
    assert not board.exception
    assert not board.error
    assert board.title[0].value
