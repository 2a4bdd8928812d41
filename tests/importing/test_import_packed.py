"""Compressed files: what is in a .gz, and the one file in a .zip."""

import gzip
import zipfile

import pytest

from qa.importing import packed
from qa.importing.errors import Refused
from qa.importing.source import first_rows

LOG = b"Call ID,Start Time,Answered,Talk Time,Queue\n1,2026-10-05 09:00,Y,60,q\n2,2026-10-05 09:01,N,0,q\n"


def archive(desk, members: dict[str, bytes], name: str = "calls.zip"):
    path = desk.folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member, content in members.items():
            file.writestr(member, content)
    return path


def refused(desk, path) -> Refused:
    with pytest.raises(Refused) as found:
        desk.load(path, accept=True)
    assert path.name in found.value.text.zh and path.name in found.value.text.en and desk.rows("calls") == []
    return found.value


def test_a_gz_is_read_and_named(desk):
    summary = desk.load(desk.file(gzip.compress(LOG), "calls.csv.gz"), accept=True)
    assert len(desk.rows("calls")) == 2 and summary.files[0].path.name == "calls.csv.gz"
    assert any("calls.csv was read" in note.en for note in summary.files[0].notes)


def test_a_gz_without_another_ending_is_taken_for_csv(desk):
    desk.load(desk.file(gzip.compress(LOG), "calls.gz"), accept=True)
    assert len(desk.rows("calls")) == 2


def test_the_file_in_a_zip_is_read_and_what_systems_put_beside_it_is_not(desk):
    path = archive(desk, {"导出/": b"", "导出/通话.csv": LOG, "__MACOSX/导出/._通话.csv": b"\0", ".DS_Store": b"\0"})
    summary = desk.load(path, accept=True)
    assert len(desk.rows("calls")) == 2
    assert any("导出/通话.csv" in note.zh for note in summary.files[0].notes)


def test_the_columns_of_a_packed_file_are_seen_without_importing_it(desk, tmp_path):
    assert first_rows(archive(desk, {"calls.csv": LOG}), tmp_path)[0] == "Call ID"


def test_a_member_that_names_another_place_is_written_nowhere_else(desk):
    desk.load(archive(desk, {"../../evil.csv": LOG}), accept=True)
    assert len(desk.rows("calls")) == 2 and not list(desk.folder.parent.rglob("evil.csv"))


def test_several_files_in_a_zip_are_named_and_refused(desk):
    assert "a.csv, b.csv" in refused(desk, archive(desk, {"a.csv": LOG, "b.csv": LOG})).text.en
    assert "no file" in refused(desk, archive(desk, {}, "empty.zip")).text.en


@pytest.mark.parametrize(
    ("name", "content"),
    [("calls.csv.gz", gzip.compress(LOG, mtime=0)[:-9]), ("calls.zip", b"PK\x03\x04 no archive"), ("calls.csv.gz", LOG)],
    ids=["cut off", "no zip", "no gz"],
)
def test_damaged_archives_are_refused(desk, name, content):
    assert "damaged" in refused(desk, desk.file(content, name)).text.en


def test_more_than_the_disk_can_take_is_refused_before_it_is_written(desk, monkeypatch):
    monkeypatch.setattr(packed, "LARGEST", 1 << 20)
    assert "MB" in refused(desk, desk.file(gzip.compress(b"0" * (4 << 20)), "calls.csv.gz")).text.en


def test_rejects_of_a_packed_file_name_the_file_the_user_gave(desk):
    desk.load(desk.file(gzip.compress(LOG.replace(b"09:01", b"99:99")), "calls.csv.gz"), accept=True)
    assert [row[:2] for row in desk.quarantine("calls")] == [["calls.csv.gz", "3"]]
