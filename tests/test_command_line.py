"""What goes wrong in a command, as its user is told."""

import pytest

from qa.cli import app as command_line


def test_what_nobody_foresaw_is_one_line_and_its_place_can_be_asked_for(monkeypatch, capsys):
    def fails(*_arguments, **_options):
        raise RuntimeError("第七行")

    monkeypatch.setattr(command_line, "app", fails)
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    told = capsys.readouterr().err
    assert ended.value.code == command_line.FAILED
    assert "RuntimeError: 第七行" in " ".join(told.split()) and "Traceback" not in told
    monkeypatch.setenv("QA_TRACE", "1")
    with pytest.raises(RuntimeError):
        command_line.main()
