"""Every metric equals an independent computation in Polars, on random extracts and random questions.

``QA_ORACLE=40`` asks that many questions of each of twenty worlds instead of a dozen of each of four.
"""

import os
from dataclasses import dataclass
from random import Random

import polars as pl
import pytest

from qa.config import Config, load_config
from qa.filters import Filters
from qa.metrics import METRICS
from qa.results import answer
from qa.warehouse import Warehouse
from tests.oracle import Oracle, random_tables
from tests.oracle.questions import random_question
from tests.support.world import World

QUESTIONS = int(os.environ.get("QA_ORACLE", "12"))
SEEDS = range(20 if "QA_ORACLE" in os.environ else 4)

OTHER_DEFINITIONS = """
[definitions]
short_abandon_s = 10
service_level_s = 30
service_level_variant = "{variant}"
ring_cycles = 2
transfer_within_s = 45
resolution_window_days = 3
satisfied_boxes = 1
calibration_tolerance = 0.1
[plan]
period = "half_month"
evaluations = 1
[plans.C2]
period = "week"
evaluations = 2
"""
VARIANTS = ("plus_quick_abandons", "of_answered", "less_quick_abandons")


@dataclass
class Asked:
    """One world, both ways: the warehouse under test and the oracle over the same rows."""

    seed: int
    warehouse: Warehouse
    oracle: Oracle


@pytest.fixture(scope="module", params=SEEDS)
def asked(request, tmp_path_factory) -> Asked:
    seed = request.param
    settings = "" if seed % 4 < 2 else OTHER_DEFINITIONS.format(variant=VARIANTS[seed % 3])
    world = World(tmp_path_factory.mktemp("world"), settings)
    world.tables = random_tables(seed)
    warehouse = world.warehouse()
    return Asked(seed, warehouse, Oracle(world.tables, load_config(world.folder)))


@pytest.mark.parametrize("number", range(QUESTIONS))
def test_every_metric_equals_the_oracle(asked, number):
    by, filters = random_question(Random(asked.seed * 100_003 + number))
    expected = {key: found for key in METRICS if (found := asked.oracle.answer(key, by, filters)) is not None}
    results = answer(asked.warehouse, list(METRICS), by, filters, None)
    answered = set(results["metric"]) if results.height else set()
    assert answered <= set(expected)
    for key, sums in expected.items():
        found = results.filter(pl.col("metric") == key) if key in answered else None
        assert_same(key, by, sums, found, f"{key} by {by} with {filters}")


def assert_same(key: str, by: tuple[str, ...], expected: pl.DataFrame, found: pl.DataFrame | None, question: str) -> None:
    """Numerator, denominator and value of every group; a group with nothing in it may be absent."""
    wanted = _by_group(expected, by)
    got = {} if found is None else _by_group(found, by)
    for group in wanted.keys() | got.keys():
        numerator, denominator = wanted.get(group, (0, 0))
        assert got.get(group, (0, 0)) == (pytest.approx(numerator, rel=1e-9, abs=1e-7), pytest.approx(denominator, rel=1e-9, abs=1e-7)), f"{question}: {group}"
    values = {} if found is None else {tuple(row[group] for group in by): row["value"] for row in found.iter_rows(named=True)}
    for group, value in values.items():
        numerator, denominator = wanted.get(group, (0, 0))
        right = numerator / denominator if denominator else None
        if METRICS[key].unit == "count":
            right = numerator if value is not None or numerator else None
        assert value == (right if right is None else pytest.approx(right, rel=1e-9, abs=1e-9)), f"{question}: {group}"


def _by_group(frame: pl.DataFrame, by: tuple[str, ...]) -> dict[tuple, tuple[float, float]]:
    rows = frame.with_columns(pl.col("numerator", "denominator").fill_null(0)).iter_rows(named=True)
    return {tuple(row[group] for group in by): (row["numerator"], row["denominator"]) for row in rows}


def test_the_random_extracts_have_something_for_every_metric():
    oracle = Oracle(random_tables(0), Config())
    for key in METRICS:
        assert oracle.answer(key, (), Filters()).row(0) != (0, 0), key
