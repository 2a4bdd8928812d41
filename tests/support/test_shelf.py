"""A world that is taken from the shelf cannot be told from one that was built."""

from qa.filters import Filters
from qa.query import Question
from tests.build.rollups import assert_same_rollups, built
from tests.support.world import World

ASKED = Question(("answer_rate",), (), Filters(), None)


def world(folder, queue: str) -> World:
    return World(folder).add("calls", [{"queue": queue}, {"queue": queue, "answered": False}])


def test_the_same_rows_are_built_once_and_lead_on_like_any_build(tmp_path):
    first, second = (world(tmp_path / name, "taken") for name in ("first", "second"))
    assert first.warehouse().build_id == second.warehouse().build_id
    assert second.warehouse().rows(ASKED).height == 2
    assert built(second.folder).made == 0
    second.add("calls", [{}])
    assert second.warehouse().rows(ASKED).height == 3
    assert first.warehouse().rows(ASKED).height == 2
    first.add("calls", [{}]).warehouse()
    assert_same_rollups(first.folder, second.folder)


def test_other_rows_and_other_settings_are_built(tmp_path):
    ids = {world(tmp_path / queue, queue).warehouse().build_id for queue in ("one", "other")}
    strict = World(tmp_path / "strict", "[definitions]\nservice_level_s = 5\n")
    strict.tables = world(tmp_path, "one").tables
    assert len(ids | {strict.warehouse().build_id}) == 3


def test_what_somebody_wrote_into_is_built_anew(tmp_path):
    first = world(tmp_path / "first", "written into")
    old = first.warehouse().build_id
    file = next((first.folder / "calls").rglob("*.parquet"))
    file.write_bytes(file.read_bytes())
    assert world(tmp_path / "second", "written into").warehouse().build_id != old
