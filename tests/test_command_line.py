"""What goes wrong in a command, as its user is told."""

import sys

import pytest

from qa.cli import app as command_line
from qa.i18n import language, set_language


def test_what_nobody_foresaw_is_one_line_and_its_place_can_be_asked_for(monkeypatch, capsys):
    def fails(*_arguments, **_options):
        raise RuntimeError("第七行")

    monkeypatch.setattr(command_line, "spoken", fails)
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    told = capsys.readouterr().err
    assert ended.value.code == command_line.FAILED
    assert "RuntimeError: 第七行" in " ".join(told.split()) and "Traceback" not in told
    monkeypatch.setenv("QA_TRACE", "1")
    with pytest.raises(RuntimeError):
        command_line.main()


@pytest.mark.parametrize(
    ("words", "said"),
    [(["--lang", "en"], "There is no folder"), (["--lang=en"], "There is no folder"), (["--lang", "zh"], "没有文件夹"), ([], "没有文件夹")],
)
@pytest.mark.parametrize("comes_first", [True, False])
def test_every_command_speaks_the_language_it_is_asked_for(monkeypatch, capsys, tmp_path, words, said, comes_first):
    command = ["metric", "pass_rate", "--data", str(tmp_path / "nowhere")]
    monkeypatch.setattr(sys, "argv", ["qa", *words, *command] if comes_first else ["qa", *command, *words])
    monkeypatch.delenv("QA_LANG", raising=False)
    spoken = language()
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    set_language(spoken)
    assert said in capsys.readouterr().err and ended.value.code == command_line.REFUSED
