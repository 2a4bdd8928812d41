"""What was planted is found again by plain sums over the extracts, and nothing else is."""

import numpy as np
import pytest
from scipy import stats

RANDOM_SAMPLES = "status = 'released' and calibration_id is null and sample_reason in ('random', 'quota', 'new_hire')"
OFFERED = "direction = 'inbound' and not (not answered and wait_s < 5)"


def covers(successes: int, trials: int, rate: float, confidence: float = 0.99) -> bool:
    """Whether the exact interval of ``successes`` in ``trials`` covers ``rate``."""
    low, high = stats.binomtest(successes, trials).proportion_ci(confidence)
    return low <= rate <= high


def test_the_satisfaction_gap_splits_into_the_parts_worked_by_hand(planted):
    # Queues: bills, orders, tariffs, faults, complaints, online. Every rate is 0.03 lower, so performance is -3 points.
    shares = np.array([0.300, 0.240, 0.160, 0.160, 0.042 / 0.85, 0.077 / 0.85])
    harder = np.array([0.200, 0.145 / 0.85, 0.120, 0.264 / 0.85, 0.101 / 0.85, 0.080])
    rates = np.array([0.955, 0.940, 0.935, 0.870, 0.800, 0.930])
    parts = planted.truths["satisfaction_gap"]["among_callers"]
    assert parts["performance_points"] == pytest.approx(-3.0, abs=1e-4)
    assert parts["mix_points"] == pytest.approx(100 * ((harder - shares) * (rates - 0.015)).sum(), abs=1e-3)
    assert parts["gap_points"] == pytest.approx(parts["mix_points"] + parts["performance_points"], abs=1e-3)


def test_the_satisfaction_gap_among_answers_is_in_the_surveys(planted):
    gap = planted.truths["satisfaction_gap"]
    for center, expected in ((gap["center_id"], "rate"), (gap["headquarters"], "headquarters_rate")):
        sql = "select count(*) filter (score / scale_max > 0.7), count(score) from surveys where center_id = $center"
        assert covers(*planted.one(sql, center=center), gap["among_answers"][expected])


def test_the_queue_shares_of_the_gap_are_in_the_surveys(planted):
    gap = planted.truths["satisfaction_gap"]
    counts = dict(planted.rows("select queue, count(score) from surveys where center_id = $center group by all", center=gap["center_id"]))
    answers = sum(counts.values())
    assert all(covers(counts[row["queue"]], answers, row["share"], 0.999) for row in gap["among_answers"]["queues"])


def test_the_lenient_evaluator_adds_what_is_stated(planted):
    lenient = planted.truths["lenient_evaluator"]
    sql = f"select score / full_mark from evaluations where {RANDOM_SAMPLES} and fatal_errors = 0 and scorecard_id = 'R40' and evaluator_id "
    hers = np.array(planted.rows(sql + "= $one", one=lenient["evaluator_id"]), dtype=float)
    others = np.array(planted.rows(sql + "<> $one", one=lenient["evaluator_id"]), dtype=float)
    shift = hers.mean() - others.mean()
    error = np.hypot(stats.sem(hers).item(), stats.sem(others).item())
    assert abs(shift - lenient["shift_of_full_mark"]) < 2.6 * error
    assert shift > 5 * error


def test_the_bad_agents_have_the_stated_rate_of_fatal_errors_and_the_others_the_common_one(planted):
    fatal = planted.truths["fatal_agents"]
    bad = [agent["agent_id"] for agent in fatal["agents"]]
    sql = "select count(*) filter (fatal_errors > 0), count(*) from evaluations where agent_id in (select unnest($bad)) = $whether"
    assert len(bad) == 3
    assert covers(*planted.one(sql, bad=bad, whether=True), fatal["rate"])
    assert covers(*planted.one(sql, bad=bad, whether=False), fatal["base_rate"])


def test_many_agents_only_look_bad(planted):
    fatal = planted.truths["fatal_agents"]
    bad = {agent["agent_id"] for agent in fatal["agents"]}
    rows = planted.rows("select agent_id, avg((fatal_errors > 0)::int) from evaluations where calibration_id is null group by all having count(*) >= 20")
    assert len([agent for agent, rate in rows if rate > 2 * fatal["base_rate"] and agent not in bad]) >= 3


def test_the_answer_rate_steps_on_the_day(planted):
    step = planted.truths["answer_rate_step"]
    sql = f"select count(*) filter (answered), count(*) from calls where {OFFERED} and center_id = $center and queue = $queue and "
    place = {"center": step["center_id"], "queue": step["queue"], "day": step["day"]}
    assert covers(*planted.one(sql + "started_at < $day::date", **place), step["before"])
    assert covers(*planted.one(sql + "started_at >= $day::date", **place), step["after"])


def test_the_training_lifted_its_item_for_those_trained(planted):
    training = planted.truths["training"]
    sql = """
        select count(*) filter (i.errors > 0), count(*)
        from evaluation_items i join evaluations e using (evaluation_id)
        where
            i.item_id = $item and e.agent_id in (select unnest($agents)) and e.evaluator_id <> $lenient
            and sample_reason not in ('targeted', 'complaint') and not coalesce(appeal_upheld, false) and (e.call_at::date > $day::date) = $after
    """
    who = {
        "item": training["item_id"],
        "agents": training["agents"],
        "day": training["held_on"],
        "lenient": planted.truths["lenient_evaluator"]["evaluator_id"],
    }
    assert covers(*planted.one(sql, after=False, **who), training["error_rate_before"])
    assert covers(*planted.one(sql, after=True, **who), training["error_rate_after"])
    assert planted.rows("select distinct held_on::varchar from trainings where training_id = $id", id=training["training_id"]) == [(training["held_on"],)]


@pytest.mark.parametrize(
    ("group", "outcome", "source"),
    [
        ("center_id", "answered", f"calls where {OFFERED}"),
        ("agent_id", "transferred", "calls where answered and direction = 'inbound'"),
        ("center_id", "score / scale_max > 0.7", "surveys where score is not null"),
        ("agent_id", "score / scale_max > 0.7", "surveys where score is not null"),
        ("agent_id", "fatal_errors > 0", f"evaluations where {RANDOM_SAMPLES}"),
        ("evaluator_id", "nonfatal_errors > 0", f"evaluations where {RANDOM_SAMPLES}"),
        ("center_id", "nonfatal_errors > 0", f"evaluations where {RANDOM_SAMPLES}"),
    ],
)
def test_nothing_differs_in_the_null_world(null_world, group, outcome, source):
    rows = null_world.rows(f"select count(*) filter ({outcome}), count(*) filter (not ({outcome})) from {source} group by {group} having count(*) >= 10")
    assert stats.chi2_contingency(np.array(rows)).pvalue > 0.005


def test_a_null_world_says_that_nothing_is_planted(null_world):
    planted_things = ("satisfaction_gap", "lenient_evaluator", "fatal_agents", "answer_rate_step", "training", "biased_samples")
    assert null_world.truths["effects"] is False
    assert [null_world.truths[thing] for thing in planted_things] == [None] * len(planted_things)
