"""The page Targets: a guest reads, headquarters sets a target through the form, and is told what is wrong with it."""

from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from qa.i18n import set_language
from qa.people import Person
from qa.session.targets.items import preview_items
from qa.targets_edit.history import history
from qa.targets_edit.rows import TargetRow
from tests.support.app import frame
from tests.support.world import World


@pytest.fixture
def page(tmp_path, monkeypatch) -> AppTest:
    world = World(tmp_path).add("targets", [{"metric": "pass_rate", "minimum": 0.95}])
    world.add("evaluations", [{"evaluated_at": datetime(2026, 10, 5, 10)}] * 30).warehouse()
    monkeypatch.setenv("QA_DATA", str(tmp_path))
    board = frame()
    board.query_params["lang"] = "en"
    # The test's own thread reads the words of the select boxes again.
    set_language("en")
    return board.switch_page("pages/headquarters/targets.py").run()


def test_a_guest_may_look_and_is_told_who_may_set(page):
    assert not page.exception and not page.error
    assert not page.toggle
    assert any("Headquarters sets targets" in note.value for note in page.caption)


def test_headquarters_sets_a_target(page, tmp_path):
    page.session_state["_viewer"] = Person("陈静", "headquarters_qa", None)
    page.run().toggle(key="target-edit").set_value(True).run()
    assert not page.exception
    asked_for = ["A target needs the day from which it holds, such as 2026-11-01.", "A target needs a minimum, a maximum or a gap to headquarters."]
    assert not page.warning and " ".join(asked_for) in [note.value for note in page.caption]
    page.text_input(key="target-from").set_value("2026-10-01").run()
    assert [warning.value for warning in page.warning] == asked_for[1:]
    page.number_input(key="target-minimum").set_value(90.0).run()
    assert not page.warning and not page.exception
    next(button for button in page.button if button.label == "Set the target").click().run()
    assert not page.exception and not page.error
    assert page.success[0].value == "The target is set; every view shows it from now on."
    assert not page.toggle[0].value and not page.warning
    assert [(change.who, change.after["minimum"], change.after["valid_from"]) for change in history(tmp_path)] == [("陈静", 0.9, "2026-10-01")]


def test_the_preview_counts_who_had_a_target_only(tmp_path):
    """Nobody had a target for transfers; forty calls of which none was transferred meet the new one."""
    world = World(tmp_path).add("calls", [{"started_at": datetime(2026, 10, 5, 10), "transferred": False}] * 40)
    (table,) = preview_items(world.warehouse(), None, TargetRow("transfer_rate", valid_from=date(2026, 11, 1), maximum=0.5), 1)
    (row,) = table.rows
    assert [cell.text for cell in row.cells[1:3]] == ["-", "1 / 1"]
