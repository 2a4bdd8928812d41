"""Targets on the board: what is set, what a new one would mean, saving it whole, and who set it."""

import json
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from rich.console import Console

from qa.exports import csv_bytes
from qa.importing.command import import_files
from qa.importing.pipeline import run
from qa.people import GUEST, Person
from qa.session.importing.steps import Upload, loaded, looked_at
from qa.session.targets.items import history_items
from qa.targets_edit.history import history, stored
from qa.targets_edit.preview import preview
from qa.targets_edit.rows import TargetRow, defaults, governed, in_force, rows_of
from qa.targets_edit.saving import Refused, may_edit_targets, save, version
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


TARGETS = "metric,center_id,queue,valid_from,minimum\n"


def test_an_import_by_command_leaves_a_line_for_each_target_it_changes(world, tmp_path, monkeypatch):
    monkeypatch.setenv("LOGNAME", "operator")
    file = tmp_path / "targets 2027.csv"
    file.write_text(TARGETS + "answer_rate,,,2020-01-01,0.98\nanswer_rate,,,2027-01-01,0.97\npass_rate,WH,,2026-10-01,95\n", encoding="utf-8")
    assert import_files([file], into=world.folder, accept=True, console=Console(quiet=True)) == 0
    lines = history(world.folder)
    assert {(line.after["metric"], line.before and line.before["minimum"], line.after["minimum"]) for line in lines} == {
        ("answer_rate", 0.99, 0.97), ("pass_rate", None, 0.95),
    }  # fmt: skip
    assert {(line.who, line.role, line.file) for line in lines} == {("operator", "", "targets 2027.csv")}
    assert import_files([file], into=world.folder, accept=True, console=Console(quiet=True)) == 0
    assert len(history(world.folder)) == 2


def test_an_import_on_the_page_is_in_the_history_under_its_person_with_what_the_board_sets(world):
    text = TARGETS + "answer_rate,,,2026-10-01,0.96\n"
    upload = Upload("targets.csv", text.encode(), None)
    mapping = looked_at(upload, world.folder).mapping
    loaded(upload, world.folder, mapping, False, lambda *_anything: None, CHEN)
    save(world.folder, CHEN, new(minimum=0.95), version(stored(world.folder)))
    assert [(line.who, line.role, line.file, line.before and line.before["minimum"], line.after["minimum"]) for line in history(world.folder)] == [
        ("陈静", "headquarters_qa", "", 0.96, 0.95), ("陈静", "headquarters_qa", "targets.csv", None, 0.96),
    ]  # fmt: skip
    (table,) = history_items(Warehouse.open(world.folder), None, "")
    assert [row.cells[1].detail for row in table.rows] == ["总中心质检", "总中心质检 · 由 targets.csv 导入"]


def test_an_import_that_is_refused_or_about_something_else_leaves_no_line(world, tmp_path):
    file = tmp_path / "agents.csv"
    file.write_text("agent_id,name,center_id,team,valid_from\n1001,Ann,WH,A,2026-01-01\n", encoding="utf-8")
    assert import_files([file], into=world.folder, accept=True, console=Console(quiet=True)) == 0
    bad = tmp_path / "bad.csv"
    bad.write_text("", encoding="utf-8")
    assert import_files([bad], into=world.folder, accept=True, console=Console(quiet=True)) == 1
    assert history(world.folder) == []


def test_a_line_written_alone_is_read_like_the_others(world):
    folder = world.folder / "targets_history"
    folder.mkdir()
    line = {"at": "2026-10-02T08:00:00+00:00", "who": "陈静", "role": "director", "before": None, "after": {"metric": "pass_rate", "minimum": 0.9}}
    (folder / "20261002T080000000000-aaaaaa.json").write_text(json.dumps(line), encoding="utf-8")
    assert [(one.who, one.after["minimum"], one.file) for one in history(world.folder)] == [("陈静", 0.9, "")]


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
