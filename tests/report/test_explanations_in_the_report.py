"""The report tells which explanations are owed, as they were reported, and what was corrected since."""

from datetime import datetime

from qa.explanations.listing import make_list
from qa.explanations.rules import Rules
from qa.i18n import set_language
from qa.report.content.explanations import explanations
from qa.report.kept import NOTHING_KEPT, kept, kept_mark
from qa.store import open_store
from tests.support.world import World


def failing(world: World, failed: int) -> None:
    """Twenty evaluations of October, so many failed, and one of November: October's data are whole."""
    world.add("evaluations", [{"evaluated_at": datetime(2026, 10, 5, 9, place), "passed": place >= failed} for place in range(20)])
    world.add("evaluations", [{"evaluated_at": datetime(2026, 11, 3, 9)}])


def test_an_explanation_owed_stands_in_the_report_with_its_state_and_its_correction(tmp_path):
    set_language("en")
    world = World(tmp_path)
    failing(world, 10)
    warehouse = world.warehouse()
    assert kept(warehouse, None, "WH", "2026-10") == NOTHING_KEPT
    store = open_store(tmp_path)
    make_list(store, warehouse, Rules.of(tmp_path), "2026-10")
    found = kept(warehouse, None, "WH", "2026-10")
    table = explanations(found).blocks[0]
    row = next(row for row in table.rows if row[0].text == "Pass rate")
    # 10 of 20 passed: 50 %, its interval, 30-70 %, wholly below the target of 95 %.
    assert (row[1].number, row[4].text, row[5].text) == (0.5, "Off target", "Not written")
    before = kept_mark(warehouse, None, "WH", "2026-10")
    # Five of the failed ones turn out to have passed: what was reported stays, and what it is now is said beside it.
    world.tables["evaluations"] = []
    failing(world, 5)
    world.opened = None
    corrected = kept(world.warehouse(), None, "WH", "2026-10")
    section = explanations(corrected)
    again = next(row for row in section.blocks[0].rows if row[0].text == "Pass rate")
    assert again[1].number == 0.5
    assert any("reported 50.0%" in line and "75.0%" in line for line in section.blocks[-1].items)
    assert kept_mark(world.warehouse(), None, "WH", "2026-10") == before


def test_who_may_not_see_the_center_is_told_of_no_explanation(tmp_path):
    world = World(tmp_path)
    failing(world, 10)
    make_list(open_store(tmp_path), world.warehouse(), Rules.of(tmp_path), "2026-10")
    assert kept(world.warehouse(), frozenset({"SH"}), "WH", "2026-10") == NOTHING_KEPT
