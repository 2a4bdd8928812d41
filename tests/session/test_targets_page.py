"""The page Targets: a guest reads, headquarters sets a target through the form, and is told what is wrong with it."""

from datetime import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from qa.i18n import set_language
from qa.people import Person
from qa.targets_edit.history import history
from tests.support.world import World

ROOT = Path(__file__).parents[2]


@pytest.fixture
def page(tmp_path, monkeypatch) -> AppTest:
    world = World(tmp_path).add("targets", [{"metric": "pass_rate", "minimum": 0.95}])
    world.add("evaluations", [{"evaluated_at": datetime(2026, 10, 5, 10)}] * 30).warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    board = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=120)
    board.query_params["lang"] = "en"
    # The test's own thread reads the words of the select boxes again.
    set_language("en")
    return board.run().switch_page("pages/headquarters/targets.py").run()


def test_a_guest_may_look_and_is_told_who_may_set(page):
    assert not page.exception and not page.error
    assert not page.toggle
    assert any("Headquarters sets targets" in note.value for note in page.caption)


def test_headquarters_sets_a_target(page, tmp_path):
    page.session_state["_viewer"] = Person("陈静", "headquarters_qa", None)
    page.run().toggle(key="target-edit").set_value(True).run()
    assert not page.exception
    assert [warning.value for warning in page.warning] == [
        "A target needs the day from which it holds, such as 2026-11-01.", "A target needs a minimum, a maximum or a gap to headquarters.",
    ]  # fmt: skip
    page.text_input(key="target-from").set_value("2026-10-01").run()
    page.number_input(key="target-minimum").set_value(90.0).run()
    assert not page.warning and not page.exception
    next(button for button in page.button if button.label == "Set the target").click().run()
    assert not page.exception and not page.error
    assert page.success[0].value == "The target is set; every view shows it from now on."
    assert [(change.who, change.after["minimum"], change.after["valid_from"]) for change in history(tmp_path)] == [("陈静", 0.9, "2026-10-01")]
