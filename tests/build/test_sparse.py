"""Extracts that hold next to nothing."""

from datetime import date

import pytest

from qa.build.manifest import current_manifest
from qa.build.run import build
from qa.config import Config
from qa.filters import Filters
from qa.metrics import METRICS
from qa.relations import Span
from qa.results import answer
from qa.warehouse import NoBuild, Warehouse
from tests.support.world import DEFAULTS, NOON, World

BRANCH_TRAILS = [{"center_id": "SH", "answered_at": NOON, "score": 5}] * 200 + [{"answered_at": NOON, "score": score} for score in [5] * 182 + [1] * 18]


@pytest.fixture
def world(tmp_path) -> World:
    """No table at all."""
    world = World(tmp_path)
    world.tables = {}
    return world


def answered(world: World) -> dict[str, float]:
    """The metrics that have a value."""
    results = answer(world.warehouse(), list(METRICS), (), Filters(), None)
    return {key: value for key, value in results.select("metric", "value").iter_rows() if value is not None}


def test_an_empty_folder_has_no_build(tmp_path):
    assert build(tmp_path, Config()) is None
    assert current_manifest(tmp_path) is None
    with pytest.raises(NoBuild):
        Warehouse.open(tmp_path)


def test_tables_without_a_date_have_no_build(world):
    world.add("centers", [{"center_id": "WH"}])
    world.write()
    assert build(world.folder, Config()) is None


def test_surveys_alone_answer_for_surveys(world):
    world.add("surveys", [{"answered_at": NOON, "score": 5, "resolved_first_time": True}, {}])
    assert answered(world) == {"satisfaction_rate": 1, "mean_satisfaction": 100, "response_rate": 0.5, "one_time_resolution": 1}
    assert world.by("satisfaction_rate", ("center", "team")).select("center", "team", "value").rows() == [("WH", None, 1)]


def test_counts_alone_answer_for_calls(world):
    world.add("call_counts", [{"offered": 100, "answered": 90, "abandoned": 10, "talk_s": 9000}])
    found = answered(world)
    assert found.items() >= {"answer_rate": 0.9, "abandonment_rate": 0.1, "mean_talk": 100}.items()
    assert not found.keys() & {"sales", "sales_rate", "mean_wait", "service_level", "transfer_rate", "first_call_resolution"}, "unknown is not zero"
    assert world.by("answer_rate", ("center", "month")).select("center", "month", "value").rows() == [("WH", date(2026, 9, 1), 0.9)]
    assert world.warehouse().span == Span(date(2026, 9, 1), date(2026, 9, 30)), "a month's count covers the month"


def test_an_empty_table_of_centers_still_gives_numbers(world):
    world.add("calls", [{}]).add("centers", [])
    world.write()
    world.tables["centers"] = []
    assert answered(world)["answer_rate"] == 1
    assert world.warehouse().headquarters is None


def test_every_metric_survives_every_single_table_on_its_own(world):
    for name in ("calls", "evaluations", "complaints", "coaching", "agent_days", "trainings"):
        world.tables = {name: [DEFAULTS[name] | {"coaching_id": "1", "complaint_id": "1", "training_id": "1", "evaluation_id": "1", "call_id": "1"}]}
        world.opened = None
        for by in ((), ("center", "month"), ("team", "agent")):
            answer(world.warehouse(), list(METRICS), by, Filters(), None)


@pytest.mark.parametrize(("headquarters", "verdict"), [((), "uncertain"), (("SH",), "missed"), (("SH", "BJ"), "missed")])
def test_a_gap_needs_a_headquarters_and_takes_the_first(tmp_path, headquarters, verdict):
    world = World(tmp_path)
    world.tables = {}
    world.add("centers", [{"center_id": name, "is_headquarters": name in headquarters} for name in ("SH", "WH", "BJ")])
    world.add("surveys", BRANCH_TRAILS)
    rows = {row["center"]: row for row in world.by("satisfaction_rate", ("center",)).iter_rows(named=True)}
    assert rows["WH"]["verdict"] == verdict
    assert rows["WH"]["headquarters"] == (1.0 if headquarters else None)
    assert rows["SH"]["headquarters"] is None
