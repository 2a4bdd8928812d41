"""Which engine a build runs on is told by the command line or the configuration; what is wrong with it is said in a sentence."""

import sys

import pytest

from qa.build import engines
from qa.build.engine import Engine
from qa.cli import extracts
from qa.cli.app import app
from qa.config import FILE_NAME, Config, EngineChoice, load_config
from qa.i18n import set_language
from qa.problems import Problem
from tests.serving import free_port


@pytest.fixture
def asked_for(monkeypatch) -> list[EngineChoice]:
    """The engines that builds were asked to run on, in place of building."""
    seen = []
    monkeypatch.setattr(extracts, "run_build", lambda _data, config, *_more: seen.append(config.engine))
    return seen


def build(*arguments: str) -> None:
    app(["build", *arguments], result_action="return_value")


def test_duckdb_is_the_default(tmp_path, asked_for):
    build("--data", str(tmp_path))
    assert asked_for == [EngineChoice(kind="duckdb")]
    assert isinstance(engines.chosen_engine(Config(), tmp_path), Engine)


def test_the_configuration_names_an_engine_and_the_command_line_another(tmp_path, asked_for):
    (tmp_path / FILE_NAME).write_text('[engine]\nkind = "spark"\nurl = "sc://one:1"\n', encoding="utf-8")
    build("--data", str(tmp_path))
    build("--data", str(tmp_path), "--engine-url", "sc://other:2")
    build("--data", str(tmp_path), "--engine", "duckdb")
    assert [(choice.kind, choice.url) for choice in asked_for] == [("spark", "sc://one:1"), ("spark", "sc://other:2"), ("duckdb", "sc://one:1")]


def test_neither_engine_nor_bucket_is_part_of_the_definitions(tmp_path):
    plain = load_config(tmp_path).model_dump_json()
    text = '[engine]\nkind = "spark"\n[storage]\nurl = "s3://a/b"\n'
    (tmp_path / FILE_NAME).write_text(text, encoding="utf-8")
    assert load_config(tmp_path).model_dump_json() == plain


def on(url: str, folder) -> None:
    engines.chosen_engine(Config(engine=EngineChoice(kind="spark", url=url)), folder)


@pytest.mark.parametrize("url", ["", "localhost:15002", "http://localhost"])
def test_an_address_of_another_kind_is_refused(tmp_path, url):
    with pytest.raises(Problem, match="sc://"):
        on(url, tmp_path)


def test_a_missing_client_is_named_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(Problem, match="需要先安装.*requirements-spark.txt"):
        on("sc://localhost", tmp_path)
    set_language("en")
    with pytest.raises(Problem, match="needs its client: pip install -r requirements-spark.txt"):
        on("sc://localhost", tmp_path)


def test_a_server_that_does_not_answer_is_said_at_once(tmp_path):
    address = f"sc://127.0.0.1:{free_port()}"
    with pytest.raises(Problem, match=address):
        on(address, tmp_path)
