"""Every number has its proof: the rows behind it, the facts, a script for a stock DuckDB, the command line; and its scope."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import duckdb
import polars as pl
import pytest

from qa.filters import Filters, Scope
from qa.metrics import METRICS
from qa.periods import GRAINS
from qa.query import Question, obstacle, questions
from qa.results import answer
from qa.script import script
from qa.warehouse import Warehouse
from tests.oracle import random_tables
from tests.oracle.extracts import TEAMS
from tests.oracle.questions import random_question
from tests.serving import ROOT
from tests.support.command_line import printed
from tests.support.world import World

EVERYTHING = Filters()
GROUPINGS = ((), ("center",), ("team",), ("agent", "month"), ("queue",), ("evaluator",), ("center", "scorecard", "item"))
# Their sums are divided inside the metric (by 3600, by 10,000), so rows add up but for the last bits of a float.
DIVIDED = ("complaint_rate", "talk_hours_per_day", "calls_per_hour")
HOSTILE = ("x' or 1=1 --", "一组'); drop table calls; --", "$date_from", "\\' or true", 'a"b', "line\nbreak", "", "%", "🙂")


@dataclass(frozen=True)
class Asked:
    """A metric asked in some way."""

    key: str
    by: tuple[str, ...]
    filters: Filters

    @property
    def question(self) -> Question:
        return Question((self.key,), self.by, self.filters, None)


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> World:
    world = World(tmp_path_factory.mktemp("it's hostile"))
    world.tables = random_tables(0)
    world.warehouse()
    return world


@pytest.fixture(scope="module")
def warehouse(world) -> Warehouse:
    return world.warehouse()


def some_questions() -> list[Asked]:
    """Each metric in some way it can be asked."""
    rng = Random(7)
    return [next(asked for asked in _ways(key, rng) if not obstacle(METRICS[key], asked.by, asked.filters)) for key in METRICS]


def _ways(key: str, rng: Random) -> Iterator[Asked]:
    while True:
        yield Asked(key, *random_question(rng))


def same(key: str, found: float | None, expected: float | None) -> bool:
    if key in DIVIDED and found is not None and expected is not None:
        return found == pytest.approx(expected, rel=1e-12)
    return found == expected


@pytest.mark.parametrize("asked", some_questions(), ids=lambda asked: asked.key)
def test_rows_add_up_to_the_number(warehouse, asked):
    rows = warehouse.rows(asked.question)
    if not set(asked.by) & {"item", *GRAINS}:
        answers = answer(warehouse, [asked.key], (), asked.filters, None)
        numerator, denominator, value = answers.select("numerator", "denominator", "value").row(0)
        assert same(asked.key, total(rows, "numerator"), numerator or 0)
        assert same(asked.key, total(rows, "denominator"), denominator or 0)
        assert same(asked.key, quotient(asked.key, rows), value)
    groups = [group for group in asked.by if group not in GRAINS and group in rows.columns]
    grouped = answer(warehouse, [asked.key], asked.by, asked.filters, None)
    for name, part in grouped.group_by(groups) if groups else [((), grouped)]:
        behind = rows.filter(pl.col(group).eq_missing(pl.lit(value, pl.String)) for group, value in zip(groups, name, strict=True)) if groups else rows
        for column in ("numerator", "denominator"):
            assert total(behind, column) == pytest.approx(part[column].fill_null(0).sum(), rel=1e-12, abs=1e-9), name


def total(rows: pl.DataFrame, column: str) -> float:
    """The exact sum of decimals and integers, as the float nearest to it."""
    return float(rows[column].sum() or 0)


def quotient(key: str, rows: pl.DataFrame) -> float | None:
    numerator, denominator = total(rows, "numerator"), total(rows, "denominator")
    if METRICS[key].unit == "count":
        return numerator if rows.height else None
    return numerator / denominator if denominator else None


def test_rows_can_be_had_page_by_page(warehouse):
    question = Question(("answer_rate",), (), EVERYTHING, None)
    whole = warehouse.rows(question)
    pages = [warehouse.rows(question, 100, offset) for offset in range(0, whole.height + 100, 100)]
    assert pl.concat(pages).equals(whole)


@pytest.mark.parametrize("asked", some_questions(), ids=lambda asked: asked.key)
def test_facts_and_rollups_say_the_same(warehouse, asked):
    facts, sums = warehouse.fact_sums(asked.question), warehouse.sums(asked.question)
    assert_equal_sums(facts, sums, asked.by)


def test_facts_and_rollups_of_the_sample_say_the_same(sample: Path):
    warehouse = Warehouse.open(sample)
    for by in (("center", "month"), ("scorecard", "item")):
        askable = [key for key in METRICS if not obstacle(METRICS[key], by, EVERYTHING)]
        for question in questions(askable, by, EVERYTHING, None):
            assert_equal_sums(warehouse.fact_sums(question), warehouse.sums(question), by)


def assert_equal_sums(facts: pl.DataFrame, sums: pl.DataFrame, by: tuple[str, ...]) -> None:
    assert facts.select(by).equals(sums.select(by))
    assert facts.columns == sums.columns
    for column in set(facts.columns) - set(by):
        assert near(facts[column].to_list(), sums[column].to_list()), column


def near(found: list[float | None], expected: list[float | None]) -> bool:
    """Whether the numbers are the same but for the last bits, and null where the others are."""
    pairs = zip(found, expected, strict=True)
    return all(one == other if None in (one, other) else math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9) for one, other in pairs)


@pytest.mark.parametrize("asked", some_questions(), ids=lambda asked: asked.key)
def test_the_script_gives_the_same_in_a_stock_duckdb(warehouse, asked):
    expected = answer(warehouse, [asked.key], asked.by, asked.filters, None)
    with duckdb.connect() as shell:
        found = shell.sql(script(warehouse, asked.question)).pl()
    assert found.select(asked.by).equals(expected.select(asked.by))
    for column in ("numerator", "denominator", "n", "value"):
        theirs = found[column].cast(pl.Float64)
        assert near((theirs.fill_null(0) if column == "n" else theirs).to_list(), expected[column].to_list()), column


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_select_nothing_and_break_nothing(warehouse, name):
    filters = Filters(teams=(name,), agents=(name, "A01"), centers=("C1", name))
    for key in ("answer_rate", "pass_rate", "satisfaction_rate"):
        assert answer(warehouse, [key], (), filters, None)["value"].to_list() == [None]
        assert warehouse.rows(Question((key,), (), filters, None)).is_empty()
        with duckdb.connect() as shell:
            assert shell.sql(script(warehouse, Question((key,), (), filters, None))).pl()["value"].to_list() == [None]
    assert answer(warehouse, ["answer_rate"], (), EVERYTHING, None)["denominator"][0] > 0


@pytest.mark.parametrize("by", GROUPINGS, ids="-".join)
def test_a_scope_lets_nothing_of_another_center_through(warehouse, by):
    def asked(filters: Filters, scope: Scope) -> list[tuple]:
        return answer(warehouse, list(METRICS), by, filters, scope).select("metric", *by, "numerator", "denominator", "n").rows()

    only_two = frozenset({"C2"})
    of_two = asked(EVERYTHING, only_two)
    assert of_two == asked(Filters(centers=("C2",)), None)
    assert "center" not in by or {row[1 + by.index("center")] for row in of_two} == {"C2"}
    assert not any(any(row[-3:]) for row in asked(Filters(centers=("C1",)), only_two) + asked(EVERYTHING, frozenset()))
    assert asked(EVERYTHING, frozenset({"C1", "C2", "C3"})) == asked(EVERYTHING, None)


@pytest.mark.parametrize("key", METRICS)
def test_a_scope_bounds_the_rows_and_the_script(warehouse, key):
    rows = warehouse.rows(Question((key,), (), EVERYTHING, frozenset({"C2"})))
    assert set(rows["center"]) == {"C2"}
    assert warehouse.rows(Question((key,), (), Filters(centers=("C1", "C3")), frozenset({"C2"}))).is_empty()


# The command line says the same in each of its three ways. ---------------------------------------------------------

def test_metric_sql_and_rows_agree_on_the_command_line(world):
    names = ["--center", "O'Brien; drop table calls", "--center", "C2", "--team", TEAMS[1], "--team", TEAMS[0]]
    arguments = ["mean_score", "--by", "center,month", "--from", "2026-09-01", "--date-basis", "call", "--month-start", "21", *names]
    data = ["--data", str(world.folder)]
    answers = json.loads(printed("metric", *arguments, "--format", "json", *data))
    rows = json.loads(printed("rows", *arguments, "--format", "json", *data))
    with duckdb.connect() as shell:
        shell_answers = shell.sql(qa(world, "sql", *arguments)).pl().to_dicts()
    assert answers and sum(row["denominator"] for row in answers) > 0
    for column in ("numerator", "denominator"):
        assert sum(row[column] for row in rows) == pytest.approx(sum(row[column] for row in answers))
    assert [row["value"] for row in answers] == pytest.approx([row["value"] for row in shell_answers])


def qa(world: World, *arguments: str) -> str:
    """What ``python -m qa`` prints in a process of its own."""
    environment = os.environ | {"QA_DATA": str(world.folder), "QA_LANG": "en"}
    done = subprocess.run([sys.executable, "-m", "qa", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
