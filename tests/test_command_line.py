"""What goes wrong in a command, as its user is told."""

import sys

import pytest
from cyclopts import CoercionError, CombinedShortOptionError, MixedArgumentError

from qa.cli import app as command_line
from qa.cli.errors import told
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


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        (["nope"], "没有命令 nope。可用的命令：import, ", "There is no command nope. Commands: import, "),
        (["metrik"], "没有命令 metrik。是否指 metric？", "There is no command metrik. Did you mean metric?"),
        (["explanations", "nope"], "可用的命令：make, owed, judge, history。", "Commands: make, owed, judge, history."),
        (["--nope"], "没有选项 --nope。", "There is no option --nope."),
        (["metric", "--form=csv"], "没有选项 --form。是否指 --format？", "There is no option --form. Did you mean --format?"),
        (["sql"], "缺少参数“指标”", "KEY is missing"),
        (["rows", "pass_rate", "--limit"], "--limit 后面须给出取值。", "--limit needs a value."),
        (
            ["metric", "--format", "jsn"],
            "取值无效：--format jsn。可选：table, json, csv。是否指 json？",
            "jsn is not possible for --format. Possible: table, json, csv.",
        ),
        (["metric", "--from", "x"], "取值无效：--from x。日期请写成 2026-10-31 的形式。", "x is not possible for --from. Write a date as 2026-10-31."),
        (["metric", "--month-start", "x"], "请写整数。", "Write a whole number."),
        (["take", "--every", "x"], "请写数字。", "Write a number."),
        (["explanations", "history", "x"], "取值无效：编号 x。", "x is not possible for NUMBER."),
        (["metric", "--format=csv", "--format=json"], "--format 只能指定一次。", "--format is given more than once."),
        (["sql", "pass_rate", "extra"], "多余的内容：extra。", "Not expected: extra."),
        (["metrics", "--lang"], "--lang 后面须给出取值。", None),
        (["metrics", "--lang", "fr"], "取值无效：--lang fr。可选：zh, en。", None),
    ],
)
def test_a_command_that_cannot_be_read_is_refused_in_the_language_in_force(monkeypatch, capsys, words, chinese, english):
    monkeypatch.setenv("COLUMNS", "1000")
    monkeypatch.delenv("QA_LANG", raising=False)
    for wanted, language_words in ((chinese, []), (english, ["--lang", "en"])):
        if wanted:
            monkeypatch.setattr(sys, "argv", ["qa", *language_words, *words])
            with pytest.raises(SystemExit) as ended:
                command_line.main()
            said = capsys.readouterr()
            assert wanted in said.err and ("错误" if wanted is chinese else "Error") in said.err and said.out == ""
            assert ended.value.code == command_line.REFUSED


@pytest.mark.parametrize("kind", [CombinedShortOptionError, MixedArgumentError, CoercionError])
def test_any_other_fault_of_a_command_names_the_command(kind):
    assert told(kind(root_input_tokens=["metric", "-ab"])).renderable.plain == "无法识别该命令，写法见 --help：metric -ab"
