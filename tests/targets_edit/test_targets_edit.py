"""Targets on the board: what is set, what a new one would mean, saving it whole, and who set it."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest

from qa.exports import csv_bytes
from qa.importing.pipeline import run
from qa.people import GUEST, Person
from qa.targets_edit.preview import preview
from qa.targets_edit.rows import TargetRow, defaults, governed, in_force, rows_of
from qa.targets_edit.saving import Refused, history, may_edit_targets, save, stored, version
from qa.targets_edit.validation import problems
from qa.warehouse import Warehouse
from tests.support.world import World

CHEN = Person("陈静", "headquarters_qa", None)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two centers in October: WH answers 480 of 500, SH 500 of 500; the common target is 98 %, WH had 90 % of its own in 2020."""
    world = World(tmp_path)
    world.add("targets", [{"metric": "answer_rate", "minimum": 0.98}, {"metric": "answer_rate", "minimum": 99, "valid_from": date(2027, 1, 1)}])
    at = datetime(2026, 10, 5, 12)
    for center, answered in (("WH", 480), ("SH", 500)):
        row = {"center_id": center, "started_at": at, "agent_id": None}
        world.add("calls", [row] * answered + [row | {"answered": False}] * (500 - answered))
    world.warehouse()
    return world


def new(**more) -> TargetRow:
    return TargetRow(**{"metric": "answer_rate", "valid_from": OCTOBER, "minimum": 0.9} | more)


def test_what_is_set_what_holds_and_what_is_a_default(world):
    rows = rows_of(stored(world.folder))
    assert [(row.minimum, row.valid_from) for row in rows] == [(0.98, date(2020, 1, 1)), (0.99, date(2027, 1, 1))]
    assert in_force(rows, OCTOBER) == {rows[0].key}
    assert "answer_rate" not in {row.metric for row in defaults(rows)} and "pass_rate" in {row.metric for row in defaults(rows)}
    own = new(center="WH")
    assert governed([rows[0], own], rows[0], world.warehouse(), None) == ["SH"]
    assert governed([rows[0], own], own, world.warehouse(), frozenset({"SH"})) == []


def test_a_preview_counts_verdicts_by_the_old_and_the_new_target(world):
    """480 of 500 is 96.0 % (93.9-97.4 %): missed at 98 %, met at 90 %."""
    (october,) = preview(world.warehouse(), None, new())
    assert (october.start, october.centers_old["missed"], october.centers_old["met"]) == (OCTOBER, 1, 1)
    assert (october.centers_new["missed"], october.centers_new["met"]) == (0, 2)
    (uncertain,) = preview(world.warehouse(), None, new(minimum=0.96))
    assert uncertain.centers_new["uncertain"] == 1
    (own,) = preview(world.warehouse(), frozenset({"SH"}), new(minimum=0.99))
    assert sum(own.centers_new.values()) == 1
    assert world.one("answer_rate")["minimum"] == 0.98


def test_what_cannot_be_a_target_is_said(world):
    rows = rows_of(stored(world.folder))
    assert problems(new(), rows, ["WH", "SH"]) == []
    wrong = [
        new(metric="nonsense"), new(minimum=None), new(minimum=0.9, maximum=0.8), new(minimum=95), new(center="XX"), new(valid_from=None),
        new(gap=-1), new(metric="mean_wait", minimum=10, gap=2), new(valid_from=date(2020, 1, 1)),
    ]  # fmt: skip
    assert [len(problems(row, rows, ["WH", "SH"])) for row in wrong] == [1] * len(wrong)
    assert problems(new(minimum=None), rows, ["WH"], is_end=True) == []
    assert problems(new(valid_from=date(2020, 1, 1)), rows, ["WH"], replaces=True) == []


def test_a_saved_target_holds_for_the_next_view_and_makes_no_rollup_anew(world):
    before = Warehouse.open(world.folder)
    save(world.folder, CHEN, new(), version(stored(world.folder)))
    after = Warehouse.open(world.folder)
    assert after.build_id != before.build_id and after.manifest.files == before.manifest.files and not after.is_stale()
    from qa.metrics import METRICS

    assert after.targets.of(METRICS["answer_rate"], date(2026, 10, 31)).minimum == 0.9
    assert before.targets.of(METRICS["answer_rate"], date(2026, 10, 31)).minimum == 0.98
    (change,) = history(world.folder)
    assert (change.who, change.role, change.before, change.after["minimum"]) == ("陈静", "headquarters_qa", None, 0.9)
    save(world.folder, CHEN, new(minimum=0.95), version(stored(world.folder)))
    assert [(one.before and one.before["minimum"], one.after["minimum"]) for one in history(world.folder)] == [(0.9, 0.95), (None, 0.9)]
    assert len(rows_of(stored(world.folder))) == 3


def test_an_end_leaves_no_target_from_its_day_on(world):
    from qa.metrics import METRICS

    save(world.folder, CHEN, new(minimum=None), version(stored(world.folder)))
    targets = Warehouse.open(world.folder).targets
    assert not targets.of(METRICS["answer_rate"], OCTOBER) and targets.of(METRICS["answer_rate"], date(2026, 9, 30)).minimum == 0.98


def test_the_second_of_two_editors_is_told_and_nothing_is_overwritten(world):
    seen = version(stored(world.folder))
    save(world.folder, CHEN, new(), seen)
    with pytest.raises(Refused):
        save(world.folder, Person("李雷", "director", None), new(minimum=0.5), seen)
    assert [row.minimum for row in rows_of(stored(world.folder)) if row.valid_from == OCTOBER] == [0.9]
    assert len(history(world.folder)) == 1


@pytest.mark.parametrize("person", [GUEST, Person("王芳", "branch_qa", frozenset({"WH"})), Person("", "director", None)])
def test_only_headquarters_sets_targets_under_a_name(world, person):
    assert not may_edit_targets(person)
    with pytest.raises(Refused):
        save(world.folder, person, new(), version(stored(world.folder)))
    assert history(world.folder) == []


def test_exported_targets_are_imported_unchanged(world, tmp_path):
    save(world.folder, CHEN, new(center="WH", gap=2), version(stored(world.folder)))
    frame = stored(world.folder)
    file = tmp_path / "targets.csv"
    file.write_bytes(csv_bytes(frame))
    summary = run([file], world.folder, accept=True)
    assert summary.changed is False
    assert stored(world.folder).equals(frame)
    other = tmp_path / "other"
    World(other).write()
    run([file], other, accept=True)
    assert stored(other).equals(frame) and isinstance(frame, pl.DataFrame)
