"""A reader of the extracts sees the old state or the new one, whatever an import was doing when it died."""

import json
from pathlib import Path

import pytest

from qa.extracts import JOURNAL, STAGING, Extracts, Journal, heal


def put(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two months of calls, and an import staged that replaces one month, adds one and removes one."""
    put(tmp_path / "calls/month=2024-01/data.parquet", "old january")
    put(tmp_path / "calls/month=2024-02/data.parquet", "old february")
    put(tmp_path / f"{STAGING}/run/calls/month=2024-01/data.parquet", "new january")
    put(tmp_path / f"{STAGING}/run/calls/month=2024-03/data.parquet", "new march")
    return tmp_path


JOURNALED = Journal(
    "run",
    {
        f"{STAGING}/run/calls/month=2024-0{month}/data.parquet": f"calls/month=2024-0{month}/data.parquet"
        for month in (1, 3)
    },
    ("calls/month=2024-02/data.parquet",),
)
OLD, NEW = ["old january", "old february"], ["new january", "new march"]


def contents(folder: Path) -> list[str]:
    return [path.read_text() for path in Extracts(folder).files("calls")]


def test_absent_table_has_no_files(tmp_path):
    extracts = Extracts(tmp_path / "nowhere")
    assert (
        extracts.files("calls") == []
        and not extracts.present("calls")
        and extracts.fingerprint("calls") == {}
        and extracts.version() == ""
    )


def test_staged_files_without_journal_do_not_exist_for_readers(folder):
    assert contents(folder) == OLD


def test_journal_makes_staged_files_stand_for_their_targets(folder):
    (folder / JOURNAL).write_text(JOURNALED.to_json())
    assert contents(folder) == NEW
    assert Extracts(folder).version() == "run"


@pytest.mark.parametrize("moved", [0, 1, 2])
@pytest.mark.parametrize("removed", [False, True])
def test_readers_see_the_new_state_however_far_the_moves_got(folder, moved, removed):
    (folder / JOURNAL).write_text(JOURNALED.to_json())
    for staged, target in list(JOURNALED.moves.items())[:moved]:
        (folder / target).parent.mkdir(exist_ok=True)
        (folder / staged).replace(folder / target)
    if removed:
        (folder / JOURNALED.removals[0]).unlink()
    assert contents(folder) == NEW
    assert heal(folder)
    assert contents(folder) == NEW
    assert not (folder / STAGING).exists() and not (folder / JOURNAL).exists()
    assert Extracts(folder).version() == "run"
    assert not (folder / "calls/month=2024-02").exists()


def test_orphan_staging_is_removed_and_changes_nothing(folder):
    assert not heal(folder)
    assert contents(folder) == OLD and not (folder / STAGING).exists()


def test_a_half_written_journal_is_never_in_place(folder):
    put(folder / (JOURNAL + ".new"), JOURNALED.to_json()[:20])
    assert contents(folder) == OLD
    heal(folder)
    assert contents(folder) == OLD


def test_files_of_others_and_hidden_ones(tmp_path):
    put(tmp_path / "calls/part-1.parquet", "a")
    put(tmp_path / "calls/2024/b.parquet", "b")
    put(tmp_path / "calls/.tmp/c.parquet", "c")
    put(tmp_path / "calls/readme.txt", "d")
    assert contents(tmp_path) == ["b", "a"]
    assert list(Extracts(tmp_path).fingerprint("calls")) == ["2024/b.parquet", "part-1.parquet"]


def test_fingerprint_tells_which_part_changed(folder):
    before = Extracts(folder).fingerprint("calls")
    put(folder / "calls/month=2024-02/data.parquet", "corrected february")
    after = Extracts(folder).fingerprint("calls")
    assert {name for name in after if after[name] != before[name]} == {"month=2024-02/data.parquet"}


def test_reading_is_repeated_when_an_import_took_effect_meanwhile(folder):
    seen = []

    def read(extracts: Extracts) -> list[str]:
        seen.append(contents(folder))
        if len(seen) == 1:
            (folder / JOURNAL).write_text(JOURNALED.to_json())
            heal(folder)
        return seen[-1]

    assert Extracts(folder).read_consistently(read) == NEW
    assert seen == [OLD, NEW]


def test_reading_reports_its_own_errors(folder):
    with pytest.raises(ZeroDivisionError):
        Extracts(folder).read_consistently(lambda _extracts: 1 / 0)


def test_journal_reads_back_what_was_written(tmp_path):
    (tmp_path / JOURNAL).write_text(JOURNALED.to_json(), encoding="utf-8")
    assert Journal.of(tmp_path) == JOURNALED
    assert json.loads(JOURNALED.to_json())["id"] == "run"
