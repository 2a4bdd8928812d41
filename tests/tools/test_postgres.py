"""Where the server for the tests is found."""

from tools import postgres


def test_the_folder_named_is_taken_if_it_holds_a_server(tmp_path, monkeypatch):
    monkeypatch.setenv("POSTGRES", str(tmp_path))
    assert postgres.find() is None
    for name in ("initdb", "postgres"):
        (tmp_path / name).touch()
    assert postgres.find() == tmp_path
