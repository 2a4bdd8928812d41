"""Who is called top or bottom, from rows visible here; and the planted truths of the sample."""

import json
from datetime import date

import polars as pl
import pytest

from qa.agents.figures import RANKED_BY, judged, ranked_by, teams_of
from qa.agents.ranking import CALLED, ranking
from qa.agents.severity import WHO, adjusted_scores, fitted
from qa.agents.words import ranked, severity, standing
from qa.cli.app import app
from qa.filters import Filters
from qa.funnels import metric_funnel
from qa.i18n import set_language
from qa.metrics import METRICS
from qa.names import names_of
from qa.warehouse import Warehouse
from tests.support.world import NOON, World

FATAL = METRICS["fatal_accuracy"]


@pytest.fixture(scope="module")
def build(sample) -> Warehouse:
    return Warehouse.open(sample)


@pytest.fixture(scope="module")
def truths(sample) -> dict:
    return json.loads((sample / "truths.json").read_text())


def people(world: World, fatal: dict[str, int], evaluations: int = 60) -> pl.DataFrame:
    """Agents with so many fatal evaluations each, as the page has them."""
    world.add("agents", [{"agent_id": agent} for agent in fatal if agent != "A1"])
    world.add("evaluations", [{"agent_id": agent, "fatal_errors": int(place < bad)} for agent, bad in fatal.items() for place in range(evaluations)])
    return judged(world.warehouse(), None, Filters(), "agent", ("fatal_accuracy",))


def test_the_one_bad_agent_is_called_and_who_only_looks_bad_is_not(tmp_path):
    """Of twelve agents two have one fatal evaluation more than the others, one has twenty."""
    fatal = {f"A{place}": 1 for place in range(1, 10)} | {"L1": 2, "L2": 2, "B": 20}
    world = World(tmp_path)
    found = ranking(people(world, fatal), FATAL, world.warehouse().config)
    assert found.called("bottom")["agent"].to_list() == ["B"]
    assert found.called("top").is_empty() and found.has_places
    assert found.frame["agent"][-1] == "B" and found.size == 1
    set_language("en")
    assert ranked(found, names_of(world.warehouse()), "agent").startswith("Fatal error accuracy: 1 truly in the bottom tenth: 王芳 B")


def test_where_chance_explains_all_nobody_ranks_and_it_is_said(tmp_path):
    world = World(tmp_path)
    found = ranking(people(world, {f"A{place}": 1 + place % 2 for place in range(1, 13)}), FATAL, world.warehouse().config)
    assert found.spread == 0 and not found.has_places and found.frame["called"].null_count() == 12
    set_language("en")
    assert "none ranks above another" in ranked(found, names_of(world.warehouse()), "agent")


def test_of_three_agents_far_apart_nobody_is_ranked_and_nothing_is_said_of_chance(tmp_path):
    """60, 30 and 0 fatal evaluations of 60: whatever the rule cannot tell of three, they do not differ by chance."""
    world = World(tmp_path)
    found = ranking(people(world, {"A1": 0, "A2": 30, "A3": 60}), FATAL, world.warehouse().config)
    assert found.is_of_few and not found.has_places
    assert found.frame["agent"].to_list() == ["A1", "A2", "A3"]
    assert found.frame.select("estimate", "in_top", "in_bottom", "called").null_count().row(0) == (3, 3, 3, 3)
    set_language("en")
    said = ranked(found, names_of(world.warehouse()), "agent")
    assert said.startswith("Fatal error accuracy: only 3 have enough records.") and "chance explains" not in said


def test_only_what_somebody_has_a_figure_of_can_be_ranked_by(tmp_path):
    world = World(tmp_path)
    people(world, {"A1": 0, "A2": 1})
    assert ranked_by(world.warehouse(), None, Filters(), "agent") == ["mean_score", "fatal_accuracy", "nonfatal_accuracy", "pass_rate", "composite_error_rate"]


def test_the_commands_print_what_the_page_ranks_and_adjusts(sample, build, capsys):
    found = ranking(judged(build, None, Filters(), "agent", ("fatal_accuracy",)), FATAL, build.config).frame
    app(["ranking", "fatal_accuracy", f"--data={sample}", "--format=json"], result_action="return_value")
    printed = json.loads(capsys.readouterr().out)
    columns = ("agent", "estimate", "in_bottom", "called")
    assert [tuple(row[column] for column in columns) for row in printed] == found.select(columns).rows()
    app(["severity", "--of=agents", f"--data={sample}", "--format=json"], result_action="return_value")
    adjusted = adjusted_scores(build, None, Filters(), WHO, fitted(build, None, Filters()))
    # Squares are doubles, whose last digit depends on whether a month was summed by days.
    assert [row["adjusted"] for row in json.loads(capsys.readouterr().out)] == pytest.approx(adjusted["adjusted"].to_list(), rel=1e-12)
    app(["severity", f"--data={sample}", "--format=json"], result_action="return_value")
    assert [row["evaluator"] for row in json.loads(capsys.readouterr().out) if row["differs"]] == ["QSH04"]


def test_too_few_records_are_left_out_and_counted(tmp_path):
    world = World(tmp_path)
    world.add("evaluations", [{"agent_id": "NEW", "fatal_errors": 1}] * 9)
    found = ranking(people(world, {f"A{place}": 0 for place in range(1, 6)}), FATAL, world.warehouse().config)
    assert found.left_out == 1 and "NEW" not in found.frame["agent"]


def test_an_agent_who_changed_teams_is_one_row_under_the_latest_team(tmp_path):
    world = World(tmp_path)
    world.add("agents", [{"agent_id": "A1", "team": "二组", "valid_from": date(2026, 10, 6)}]).add("evaluations", [{}] * 12)
    frame = judged(world.warehouse(), None, Filters(), "agent", ("mean_score",))
    assert frame.height == 1
    assert teams_of(world.warehouse(), Filters())["WH", "A1"] == "二组"
    assert teams_of(world.warehouse(), Filters(date(2026, 9, 1), date(2026, 10, 1)))["WH", "A1"] == "一组"


def test_the_three_bad_agents_of_the_sample_are_the_last_by_fatal_accuracy(build, truths):
    bad = {one["agent_id"] for one in truths["fatal_agents"]["agents"]}
    frame = judged(build, None, Filters(), "agent", ("fatal_accuracy",))
    found = ranking(frame, FATAL, build.config)
    called = set(found.called("bottom")["agent"])
    assert called and called <= bad
    assert bad <= set(found.frame["agent"][-found.size :])


def test_the_funnel_finds_the_bad_agents_of_the_sample_and_nobody_else(build, truths):
    frame = judged(build, None, Filters(), "agent", ("fatal_accuracy",))
    found = metric_funnel(frame, FATAL, build.config)
    assert found.funnel.dispersion.tau == 0, "nobody but the three differs from the others"
    worse = set(found.groups.filter(pl.col("direction") == "worse")["agent"])
    assert worse and worse <= {one["agent_id"] for one in truths["fatal_agents"]["agents"]}


def test_the_lenient_evaluator_is_found_and_nobody_else_is(build, truths):
    found = fitted(build, None, Filters())
    lenient = truths["lenient_evaluator"]
    assert [one.evaluator for one in found.evaluators if one.differs] == [lenient["evaluator_id"]]
    one = next(one for one in found.evaluators if one.differs)
    assert one.low < 100 * lenient["shift_of_full_mark"] < one.high
    set_language("en")
    assert lenient["evaluator_id"] in severity(found)[0]


def test_whom_the_lenient_evaluator_listens_to_loses_what_was_added(build, truths):
    """The more of an agent's scores are the lenient evaluator's, the more the adjusted score lies below the raw one."""
    found, name = fitted(build, None, Filters()), truths["lenient_evaluator"]["evaluator_id"]
    frame = adjusted_scores(build, None, Filters(), WHO, found).with_columns((pl.col("adjusted") - pl.col("raw")).alias("taken"))
    counts = judged(build, None, Filters(evaluators=(name,)), "agent", ("mean_score",)).select(*WHO, pl.col("n").alias("lenient"))
    shares = frame.join(counts, on=WHO, how="left").with_columns((pl.col("lenient").fill_null(0) / pl.col("n")).alias("share")).filter(center="SH")
    assert shares.select(pl.corr("share", "taken")).item() < -0.8


def test_the_severity_does_not_depend_on_what_is_shown(build):
    narrow = Filters(centers=("SH",), agents=("010134",))
    assert fitted(build, None, narrow) is not None
    whole = adjusted_scores(build, None, Filters(), WHO, fitted(build, None, Filters())).filter(agent="010134")
    alone = adjusted_scores(build, None, narrow, WHO, fitted(build, None, narrow))
    assert alone["adjusted"][0] == pytest.approx(whole["adjusted"][0])


def test_a_viewer_of_some_centers_is_told_that_severity_is_theirs(build):
    set_language("en")
    assert severity(fitted(build, frozenset({"WH"}), Filters()))[-1].startswith("Severity is estimated from the evaluations of the centers you may see")
    assert not any("may see" in line for line in severity(fitted(build, None, Filters())))


@pytest.mark.parametrize("key", RANKED_BY)
@pytest.mark.parametrize("level", ["agent", "team"])
def test_every_metric_ranks_and_funnels_on_the_sample(build, key, level):
    frame = judged(build, None, Filters(), level, (key,))
    found = ranking(frame, METRICS[key], build.config)
    assert found.frame["in_top"].sum() == pytest.approx(found.size, abs=0.35 + 0.05 * found.size)
    calls = found.frame.filter(pl.col("called").is_not_null()).select(pl.max_horizontal("in_top", "in_bottom"))
    assert all(chance >= CALLED for (chance,) in calls.rows())
    made = metric_funnel(frame, METRICS[key], build.config)
    assert made.groups.height == frame.height and made.limits["low"].null_count() == 0


def test_the_first_sentence_counts_agents_not_figures(build):
    set_language("en")
    frame = judged(build, None, Filters(), "agent")
    text = standing(frame, "agent", build.config.statistics)
    missed = {row["agent"] for row in frame.iter_rows(named=True) if row["verdict"] == "missed"}
    assert text.startswith(f"{frame['agent'].n_unique()} agents: {len(missed)} are off a target")


def test_a_lone_team_is_said_to_have_none_to_be_compared_with_not_too_few_records(tmp_path):
    set_language("en")
    world = World(tmp_path).add("surveys", [{"call_id": f"C{place}", "agent_id": "A1", "score": 5, "answered_at": NOON} for place in range(300)])
    world.add("evaluations", [{"fatal_errors": 0} for _place in range(60)])
    build = world.warehouse()
    text = standing(judged(build, None, Filters(), "team"), "team", build.config.statistics)
    assert text.startswith("1 team: none is off a target beyond doubt.")
    assert text.endswith("No other team here has enough records to be compared with.") and "all comparisons" not in text


def test_one_of_two_agents_with_too_few_records_is_counted_as_one(tmp_path):
    set_language("en")
    world = World(tmp_path).add("agents", [{"agent_id": "A2"}]).add("evaluations", [{}] * 60 + [{"agent_id": "A2"}])
    build = world.warehouse()
    text = standing(judged(build, None, Filters(), "agent"), "agent", build.config.statistics)
    assert text.startswith("2 agents: none is off") and "1 has too few records for any verdict" in text
