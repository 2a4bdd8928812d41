"""The appraisal worked by hand: parts, weights, norms, grades, what is not known, and the configuration that says so."""

import json
from datetime import date, datetime

import pytest

from qa.agents.appraisal import appraisals
from qa.build.run import build
from qa.cli.app import app
from qa.config import Appraisal, ConfigError, ScoredMetric, VolumeMetric, load_config
from qa.filters import Filters
from qa.i18n import set_language
from qa.metrics import METRICS
from tests.support.world import World

PERIOD = Filters(date(2026, 10, 1), date(2026, 11, 1))


def appraised(world: World, agent: str = "A1", filters: Filters = PERIOD) -> dict:
    return appraisals(world.warehouse(), None, filters).filter(agent=agent).row(0, named=True)


def with_calls(world: World, calls: dict[str, int]) -> World:
    world.add("agents", [{"agent_id": agent} for agent in calls if agent != "A1"])
    return world.add("calls", [{"agent_id": agent} for agent, count in calls.items() for _call in range(count)])


def test_recordings_weigh_70_and_volume_against_the_centers_median_30(tmp_path):
    world = with_calls(World(tmp_path), {"A1": 5, "A2": 10, "A3": 20})
    world.add("evaluations", [{"score": 90}, {"score": 80}, {"score": 40, "kind": "live"}])
    row = appraised(world)
    assert row["mean_score_recording.points"] == 85
    assert (row["calls_handled.points"], row["calls_handled.norm"]) == (50, 10)
    assert row["score"] == pytest.approx(0.7 * 85 + 0.3 * 50)
    assert row["mean_score_live.points"] == 40


def test_more_volume_than_the_norm_is_100_points_and_the_norm_is_the_whole_centers_whoever_is_shown(tmp_path):
    world = with_calls(World(tmp_path), {"A1": 30, "A2": 10, "A3": 20}).add("evaluations", [{"score": 90}])
    row = appraised(world, filters=Filters(date(2026, 10, 1), date(2026, 11, 1), agents=("A1",)))
    assert (row["calls_handled.points"], row["calls_handled.norm"]) == (100, 20)


def test_who_was_employed_for_part_of_the_period_is_held_against_as_much_of_the_norm(tmp_path):
    """31 days, 62 calls are usual; A3 came on the 17th and took as many a day for 15 days, A4 left after the 10th."""
    employed = {"A3": {"hired_on": date(2026, 10, 17)}, "A4": {"left_on": date(2026, 10, 10)}}
    world = World(tmp_path).add("agents", [{"agent_id": agent, **employed.get(agent, {})} for agent in ("A2", "A3", "A4")])
    counts = {"A1": 62, "A2": 62, "A3": 30, "A4": 10}
    moments = [datetime(2026, 10, 1, 9), datetime(2026, 10, 31, 9)]
    world.add("calls", [{"agent_id": agent, "started_at": moments[call % 2]} for agent, count in counts.items() for call in range(count)])
    world.add("evaluations", [{"agent_id": agent, "score": 90} for agent in counts for _evaluation in range(12)])
    norms = {agent: appraised(world, agent)["calls_handled.norm"] for agent in counts}
    assert norms == pytest.approx({"A1": 62, "A2": 62, "A3": 30, "A4": 20})
    assert [appraised(world, agent)["calls_handled.points"] for agent in counts] == pytest.approx([100, 100, 100, 50])


def test_a_part_that_is_not_known_is_not_zero(tmp_path):
    world = with_calls(World(tmp_path), {"A1": 5}).add("evaluations", [{"score": 90, "kind": "live"}])
    row = appraised(world)
    assert row["score"] is None and row["grade"] is None and row["state"] == "missing"


def test_few_evaluations_give_a_score_and_no_sure_grade(tmp_path):
    world = with_calls(World(tmp_path), {"A1": 5}).add("evaluations", [{"score": 95}] * 9)
    assert (appraised(world)["grade"], appraised(world)["state"]) == ("excellent", "too_few")


@pytest.mark.parametrize(
    ("scores", "state", "grades"),
    [([95] * 12, "certain", ("excellent", "excellent")), ([80, 97] * 6, "uncertain", ("good", "excellent"))],
)
def test_a_grade_is_certain_where_the_interval_reaches_no_bound(tmp_path, scores, state, grades):
    world = with_calls(World(tmp_path), {"A1": 5}).add("evaluations", [{"score": score} for score in scores])
    row = appraised(world)
    assert row["state"] == state
    assert (row["grade_low"], row["grade_high"]) == grades


THREE_PARTS = """
[appraisal]
every_part_at_least = 80
parts = [
    {metric = "mean_score", weight = 50},
    {metric = "fatal_accuracy", weight = 30},
    {metric = "calls_handled", weight = 20, norm = 10.0},
]
[appraisal.grades]
excellent = 95
"""


def test_every_part_must_reach_80(tmp_path):
    world = with_calls(World(tmp_path, THREE_PARTS), {"A1": 10, "A2": 7})
    world.add("evaluations", [{"score": 100, "agent_id": agent} for agent in ("A1", "A2")] * 40)
    assert (appraised(world)["score"], appraised(world)["grade"]) == (100, "excellent")
    row = appraised(world, "A2")
    assert row["score"] == pytest.approx(94)
    assert (row["grade"], row["state"]) == ("unqualified", "certain")


def test_half_widths_of_one_source_add_up_and_of_two_add_by_squares(tmp_path):
    parts = 'parts = [{metric = "mean_score", weight = 1}, {metric = "fatal_accuracy", weight = 1}, {metric = "satisfaction_rate", weight = 2}]'
    world = World(tmp_path, f"[appraisal]\n{parts}\n")
    world.add("evaluations", [{"score": 90 + 5 * (place % 2), "fatal_errors": int(place == 0)} for place in range(20)])
    world.add("surveys", [{"agent_id": "A1", "score": 5 if place else 1, "answered_at": datetime(2026, 10, 6)} for place in range(20)])
    row = appraised(world)
    score, fatal, satisfied = (row[f"{name}.points"] - row[f"{name}.low"] for name in ("mean_score", "fatal_accuracy", "satisfaction_rate"))
    assert row["score"] - row["low"] == pytest.approx((((score + fatal) / 4) ** 2 + (satisfied / 2) ** 2) ** 0.5)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ('parts = [{metric = "mean_scor", weight = 1}]', "appraisal.parts.0.metric"),
        ('parts = [{metric = "mean_score", weight = -1}]', "appraisal.parts.0.weight"),
        ('parts = [{metric = "mean_score", weight = 0}]', "appraisal"),
        ('parts = [{metric = "calls_handled", weight = 1, kinds = ["live"]}]', "appraisal.parts.0"),
        ('parts = [{metric = "mean_score", weight = 1, norm = 5.0}]', "appraisal.parts.0"),
        ("every_part_at_least = 120", "appraisal.every_part_at_least"),
        ("grades = {excellent = 50}", "appraisal.grades"),
    ],
)
def test_a_configuration_that_cannot_be_used_names_the_field(tmp_path, text, field):
    set_language("en")
    (tmp_path / "qa.toml").write_text(f"[appraisal]\n{text}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"field {field}: "):
        load_config(tmp_path)


def test_parts_are_metrics_of_the_catalogue_with_a_better_side_or_a_norm():
    for key in ScoredMetric.__args__:
        assert METRICS[key].unit in ("share", "points") and METRICS[key].better in ("higher", "lower")
    for key in VolumeMetric.__args__:
        assert METRICS[key].unit in ("count", "hours", "per_hour")


def test_another_appraisal_makes_no_rollup_anew(tmp_path):
    world = World(tmp_path).add("evaluations", [{}])
    before = world.warehouse().manifest
    (tmp_path / "qa.toml").write_text("[appraisal]\nevery_part_at_least = 80\n", encoding="utf-8")
    built = build(tmp_path, load_config(tmp_path))
    assert built.made == 0
    assert built.manifest.files == before.files and built.manifest.config.appraisal == Appraisal(every_part_at_least=80)


def test_the_command_prints_the_frame_of_the_page(tmp_path, capsys):
    world = with_calls(World(tmp_path), {"A1": 5}).add("evaluations", [{"score": 90}])
    expected = appraisals(world.warehouse(), None, PERIOD).to_dicts()
    app(["appraisal", f"--data={tmp_path}", "--from=2026-10-01", "--to=2026-11-01", "--format=json"], result_action="return_value")
    assert json.loads(capsys.readouterr().out) == expected
    app(["appraisal", f"--data={tmp_path}", "--from=2026-10-01", "--to=2026-11-01"], result_action="return_value")
    assert "93.0" in capsys.readouterr().out
