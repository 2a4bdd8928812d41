"""Every word of the interface exists in both languages, once, and nowhere else."""

import ast
import re
from contextvars import copy_context
from pathlib import Path

import pytest

from qa.cli.app import COMMANDS
from qa.i18n import _, catalogue, catalogue_files, entries, ngettext, set_language

ROOT = Path(__file__).parents[1]
SOURCES = sorted([ROOT / "dashboard.py", ROOT / "serve.py", *(ROOT / "qa").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
# Declarative modules: words in both languages beside the thing they name, header names people use, or sample data.
DECLARATIVE = ("qa/contract/", "qa/data_readme.py", "qa/metrics.py", "qa/sample/", "qa/importing/", "qa/wrong_values.py")
# Languages are named in themselves.
ALLOWED = {"中"}


def messages_of(path: Path) -> dict[str, int]:
    """The messages a file asks for, with their lines; an assertion error where one is not a plain text."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
            texts = node.args[:1] if node.func.id == "_" else node.args[:2]
            for text in texts:
                plain = isinstance(text, ast.Constant) and isinstance(text.value, str)
                assert plain, f"{path.relative_to(ROOT)}:{node.lineno}: a message must be written out where it is used"
            found[texts[0].value] = node.lineno
    return found


def help_of(path: Path) -> dict[str, int]:
    """What a file says in the help of the command line, with its lines: docstrings of commands, and what parameters are for."""
    names = COMMANDS.get(path.stem, ()) if path.parent == ROOT / "qa" / "cli" else ()
    found = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        texts = []
        if isinstance(node, ast.FunctionDef) and (node.name in names or any(_registers(decorator) for decorator in node.decorator_list)):
            texts = [ast.get_docstring(node)]
        elif isinstance(node, ast.keyword) and node.arg == "help":
            # Of an f-string what is written out; the rest is codes on a line of their own.
            parts = node.value.values if isinstance(node.value, ast.JoinedStr) else [node.value]
            texts = [part.value for part in parts if isinstance(part, ast.Constant)]
        found |= {line: node.value.lineno if isinstance(node, ast.keyword) else node.lineno for text in texts for line in text.split("\n") if line}
    return found


def _registers(decorator: ast.AST) -> bool:
    return isinstance(decorator, ast.Attribute) and decorator.attr == "command"


@pytest.fixture(scope="module")
def used() -> dict[str, str]:
    paths = [path for path in SOURCES if path.exists()]
    found = {text: f"{path.relative_to(ROOT)}:{line}" for path in paths for text, line in messages_of(path).items()}
    spoken = [path for path in paths if path.is_relative_to(ROOT / "qa" / "cli")]
    return found | {text: f"{path.relative_to(ROOT)}:{line}" for path in spoken for text, line in help_of(path).items()}


def test_every_message_has_a_translation(used):
    missing = {place: text for text, place in used.items() if text not in catalogue()}
    assert not missing


def test_every_translation_is_used(used):
    assert sorted(set(catalogue()) - set(used)) == []


def test_no_message_is_translated_in_two_ways():
    seen: dict[str, str] = {}
    for path in catalogue_files():
        for message, chinese in entries(path).items():
            assert seen.setdefault(message, chinese) == chinese, f"{path.name}: {message}"


def test_translations_keep_the_placeholders():
    for message, chinese in catalogue().items():
        kept = set(re.findall(r"{\w+}", chinese))
        possible = set(re.findall(r"{\w+}", message))
        assert kept <= possible | {"{first}", "{last_short}"}, message


def test_english_messages_hold_no_chinese(used):
    assert [text for text in used if CHINESE.search(text)] == []


def test_no_chinese_is_written_outside_of_catalogues_and_declared_texts():
    strays = []
    for path in SOURCES:
        if not path.exists() or str(path.relative_to(ROOT)).startswith(DECLARATIVE):
            continue
        tree = ast.parse(path.read_text("utf-8"))
        declared = {id(part) for node in ast.walk(tree) if _declares(node) for part in ast.walk(node)} | docstrings(tree)
        for node in ast.walk(tree):
            if id(node) not in declared and _is_chinese(node) and node.value not in ALLOWED:
                strays.append(f"{path.relative_to(ROOT)}:{node.lineno}: {node.value[:40]}")
    assert strays == []


def docstrings(tree: ast.AST) -> set[int]:
    """The docstrings of a file: for its readers, not for viewers."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, holders) and node.body]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def _is_chinese(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(CHINESE.search(node.value))


def _declares(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text"


def test_a_message_follows_the_language_of_its_context():
    def in_english() -> str:
        set_language("en")
        return _("Overview")

    assert copy_context().run(in_english) == "Overview"
    assert _("Overview") == "总览"


def test_an_unknown_message_is_shown_as_it_is():
    assert _("a message nobody translated") == "a message nobody translated"  # noqa: INT001


def test_english_counts_its_nouns_and_falls_back_where_chinese_is_missing():
    def one_and_many() -> tuple[str, str]:
        set_language("en")
        return ngettext("{n} row", "{n} rows", 1), ngettext("{n} row", "{n} rows", 2)

    assert copy_context().run(one_and_many) == ("{n} row", "{n} rows")


def test_a_language_without_a_catalogue_is_refused():
    with pytest.raises(ValueError):
        set_language("fr")
