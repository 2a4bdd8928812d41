"""The page of the extracts: everything for who sees all centers, the build alone for others."""

import time

from qa.check import state
from qa.session.extracts import checked, extract_items
from tests.support.world import World


def test_who_sees_some_centers_is_not_shown_counts_over_all(tmp_path):
    world = World(tmp_path).add("calls", [{}])
    assert {item.key for item in extract_items(tmp_path, world.warehouse())} > {"build"}
    (build,) = extract_items(tmp_path, world.warehouse(), frozenset({"WH"}))
    assert build.key == "build"
    assert "只有可查看全部中心的人才能看到" in build.items[-1].text


def test_tables_are_counted_at_once_and_checked_beside(tmp_path):
    world = World(tmp_path).add("calls", [{"call_id": "C"}, {"call_id": "C"}])
    build = world.warehouse()
    before = marks(extract_items(tmp_path, build))
    assert before == ("2", "正在检查")
    while (found := checked(tmp_path)) is None:
        time.sleep(0.01)
    assert found == state(tmp_path)
    assert marks(extract_items(tmp_path, build, found=found)) == ("2", "有问题")
    world.tables["calls"][0]["call_id"] = "D"
    world.write()
    assert checked(tmp_path) is None, "a check of other files says nothing of these"


def marks(items: list) -> tuple[str, str]:
    """Rows and state of the calls on the page."""
    (table,) = (item for item in items if item.key == "tables")
    (row,) = (row for row in table.rows if row.key == "calls")
    places = [column.key for column in table.columns]
    return row.cells[places.index("rows")].text, row.cells[places.index("state")].mark.text
