"""Help of the command line: every command and option told in the viewer's language."""

import re
import subprocess
import sys

import pytest

from qa.cli.app import app, main
from qa.i18n import catalogue, said
from qa.query import GROUPS

COMMANDS = sorted(name for name in app if not name.startswith("-"))
EXPLANATIONS = sorted(name for name in app["explanations"] if not name.startswith("-"))
PATHS = [[], *([name] for name in COMMANDS), *(["explanations", name] for name in EXPLANATIONS)]
# Names of formats, products, files, settings and values, which no language changes.
NAMES = {
    "CSV", "TSV", "XLSX", "Parquet", "Markdown", "SQL", "DuckDB", "Spark", "Connect", "TOML", "UTC", "GB", "cron", "truths.json", "qa.toml", "sc", "host",
    "python", "qa", "QA_LANG", "QA_DATA", "engine", "storage", "headquarters", "others", "previous", "rest", "centers", "none", "mean_score", "reports",
    "recording", "live", "side_by_side", "mystery", "document", "evaluators", "agents", "teams", "agent", "team", "evaluated", "call",
}  # fmt: skip


@pytest.fixture
def helped(monkeypatch, capsys):
    """What ``python -m qa`` prints, a line an entry."""
    monkeypatch.setenv("COLUMNS", "1000")
    monkeypatch.delenv("QA_LANG", raising=False)

    def printed(*words: str) -> str:
        monkeypatch.setattr(sys, "argv", ["qa", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 0
        return capsys.readouterr().out

    return printed


def descriptions(text: str) -> dict[str, str]:
    """Commands with what is said of them."""
    rows = re.findall(r"^│ (\S+)(.*)│$", text, re.MULTILINE)
    return {name: words.strip() for name, words in rows if not name.startswith("-")}


@pytest.mark.parametrize(("group", "names"), [([], COMMANDS), (["explanations"], EXPLANATIONS)])
def test_every_command_is_described_in_one_line_of_either_language(helped, group, names):
    chinese, english = descriptions(helped(*group, "--help")), descriptions(helped(*group, "--help", "--lang", "en"))
    assert list(chinese) == list(english) == names
    assert all(english.values()) and {name: catalogue()[words] for name, words in english.items()} == chinese


def test_without_a_command_the_same_is_said_as_with_help(helped):
    assert helped() == helped("--help") and "用法：" in helped()


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_no_english_is_left_in_chinese_help(helped, path):
    told = re.sub(r"\[(可选|默认)：[^\]]*\]", "", helped(*path, "--help"))
    words = re.findall(r"--[a-z-]+|[A-Za-z_][A-Za-z_.-]*[A-Za-z]", told)
    assert {word for word in words if not word.startswith("--")} - NAMES - {*COMMANDS, *EXPLANATIONS, *GROUPS} - {"zh", "en"} == set()


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_option_and_argument_is_described(helped, path):
    rows = re.findall(r"^│ (.*)│$", helped(*path, "--help"), re.MULTILINE)
    told = [re.sub(r"\[(必需|\S+：[^\]]*)\]", "", row).strip() for row in rows]
    assert told and [row for row in told if not row.endswith(("。", "：")) and set(row.split(", ")) != set(GROUPS)] == []


@pytest.mark.parametrize(
    ("words", "variable", "begins"),
    [
        (["build", "--help"], None, "用法："), (["build", "--help"], "en", "Usage: "), (["build", "--help"], "fr", "用法："),
        (["--lang", "en", "--help"], None, "Usage: "), (["--lang=en", "build", "--help"], None, "Usage: "), (["build", "--help", "--lang=en"], "zh", "Usage: "),
        (["build", "--lang", "zh", "--help"], "en", "用法："),
    ],
)  # fmt: skip
def test_help_speaks_the_language_asked_for_wherever_it_is_asked(helped, monkeypatch, words, variable, begins):
    if variable:
        monkeypatch.setenv("QA_LANG", variable)
    assert helped(*words).startswith(begins)


def test_what_holds_without_an_option_is_said_in_words(helped):
    chinese = helped("import", "--help")
    assert "导入后更新汇总。 [默认：开启]" in chinese and "[环境变量：QA_DATA]" in chinese
    assert "[必需]" in helped("sql", "--help") and "[required]" in helped("sql", "--help", "--lang", "en")


def test_a_text_of_several_lines_is_said_line_by_line_and_codes_stay():
    assert said("Groups, separated by commas:\ncenter, team") == "分组，以逗号分隔：\ncenter, team"


def test_a_command_imports_no_other_commands():
    program = "import sys; from qa.cli.app import spoken; spoken(['dictionary'], result_action='return_value'); sys.exit('qa.cli.why' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=120).returncode == 0
