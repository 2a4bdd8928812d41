"""The page of the extracts: everything for who sees all centers, the build alone for others."""

from qa.session.extracts import extract_items
from tests.support.world import World


def test_who_sees_some_centers_is_not_shown_counts_over_all(tmp_path):
    world = World(tmp_path).add("calls", [{}])
    assert {item.key for item in extract_items(tmp_path, world.warehouse())} > {"build"}
    (build,) = extract_items(tmp_path, world.warehouse(), frozenset({"WH"}))
    assert build.key == "build"
    assert "只有可查看全部中心的人才能看到" in build.items[-1].text
