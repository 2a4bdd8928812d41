"""What is said of a number: interval, verdict, signal; held against statsmodels, scipy and pencil and paper."""

from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint, proportions_ztest

from qa.filters import Filters
from qa.results import answer
from tests.support.world import NOON, World, days
from tests.test_targets import targets

LOST = {"answered": False, "wait_s": 60}


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def calls(answered: int, lost: int, **common: object) -> list[dict]:
    return [common] * answered + [LOST | common] * lost


def rated(good: int, bad: int, **common: object) -> list[dict]:
    return [{"answered_at": NOON, "score": 5, **common}] * good + [{"answered_at": NOON, "score": 1, **common}] * bad


def verdicts(world: World, metric: str, groups: tuple[str, ...]) -> dict:
    return {row[groups[0]]: row["verdict"] for row in world.by(metric, groups).iter_rows(named=True)}


def signals(world: World, metric: str, group: str) -> dict:
    return {row[group]: row["signal"] for row in world.by(metric, (group,)).iter_rows(named=True)}


# Intervals -------------------------------------------------------------------------------------


def test_a_share_has_wilsons_interval(world):
    result = world.add("calls", calls(85, 15)).one("answer_rate")
    assert (result["low"], result["high"]) == pytest.approx(proportion_confint(85, 100, method="wilson"))


def test_a_mean_has_students_interval(world):
    waits = [3, 8, 8, 15, 21, 40]
    result = world.add("calls", [{"wait_s": wait} for wait in waits]).one("mean_wait")
    assert (result["value"], result["n"]) == (pytest.approx(95 / 6), 6)
    assert (result["low"], result["high"]) == pytest.approx(stats.t.interval(0.95, 5, 95 / 6, stats.sem(waits)))


def test_an_interval_holds_no_score_above_full_mark_and_no_time_below_none(world):
    """Students t alone says 79.5 to 104.5 of scores 80, 96, 100 and -4.8 to 16.8 of waits 1, 2, 15."""
    world.add("evaluations", [{"score": score} for score in (80, 96, 100)]).add("calls", [{"wait_s": wait} for wait in (1, 2, 15)])
    score, wait = world.one("mean_score"), world.one("mean_wait")
    assert score["high"] == 100 and score["low"] == pytest.approx(stats.t.interval(0.95, 2, 92, stats.sem([80, 96, 100]))[0])
    assert wait["low"] == 0 and wait["high"] == pytest.approx(stats.t.interval(0.95, 2, 6, stats.sem([1, 2, 15]))[1])


def test_errors_in_opportunities_are_clustered_by_evaluation(world):
    errors, opportunities = np.array([0, 1, 4, 0, 2]), np.array([12, 12, 12, 8, 10])
    rows = [{"nonfatal_errors": int(e), "opportunities": int(o)} for e, o in zip(errors, opportunities, strict=True)]
    result = world.add("evaluations", rows).one("nonfatal_accuracy")
    accuracy = 1 - 7 / 54
    residuals = (opportunities - errors) - accuracy * opportunities
    error = np.sqrt(5 / 4 * (residuals**2).sum()) / 54
    assert result["value"] == pytest.approx(accuracy)
    assert result["low"] == pytest.approx(accuracy - stats.t.ppf(0.975, 4) * error)
    assert result["high"] == 1, "a share ends at 1"


@pytest.mark.parametrize(("errors", "score", "ends"), [(0, 40, (1, 100)), (12, 0, (0, 0))])
def test_units_that_all_lie_at_the_end_of_the_scale_are_no_certainty(world, errors, score, ends):
    """Twelve evaluations without a single error show no spread; the next may have one all the same."""
    world.add("evaluations", [{"nonfatal_errors": errors, "opportunities": 12, "score": score, "full_mark": 40}] * 12)
    low, high = proportion_confint(12 if score else 0, 12, 0.05, method="wilson")
    for metric, value, whole in zip(("nonfatal_accuracy", "mean_score"), ends, (1, 100), strict=True):
        result = world.one(metric)
        assert result["value"] == value
        assert (result["low"], result["high"]) == pytest.approx((low * whole, high * whole))
        assert result["verdict"] == ("uncertain" if score else "missed")


def test_a_rate_of_events_has_an_exact_interval(world):
    world.add("calls", [{}] * 2000).add("complaints", [{}] * 7)
    result = world.one("complaint_rate")
    assert result["value"] == pytest.approx(35)
    assert result["n"] == 2000, "the calls it stands on, as of every rate, not the complaints"
    assert result["low"] == pytest.approx(stats.chi2.ppf(0.025, 14) / 2 / 0.2)
    assert result["high"] == pytest.approx(stats.chi2.ppf(0.975, 16) / 2 / 0.2)


def test_the_confidence_is_configured(tmp_path):
    result = World(tmp_path, "[statistics]\nconfidence = 0.8").add("calls", calls(85, 15)).one("answer_rate")
    assert (result["low"], result["high"]) == pytest.approx(proportion_confint(85, 100, 0.2, method="wilson"))


# Verdicts --------------------------------------------------------------------------------------


def test_a_minimum_is_met_or_missed_when_the_interval_lies_on_one_side(world):
    """Fatal accuracy, at least 98 %: 1000/1000 is 99.6-100, 90/100 is 82.6-94.5, 98/100 is 93.0-99.4."""
    for evaluator, good, bad in (("met", 1000, 0), ("missed", 90, 10), ("uncertain", 98, 2), ("too_few", 9, 0)):
        world.add("evaluations", [{"evaluator_id": evaluator}] * good + [{"evaluator_id": evaluator, "fatal_errors": 1}] * bad)
    assert verdicts(world, "fatal_accuracy", ("evaluator",)) == {name: name for name in ("met", "missed", "uncertain", "too_few")}


def test_a_maximum_is_met_or_missed_when_the_interval_lies_on_one_side(world):
    """Abandonment, at most 5 %: 5/500 is 0.4-2.3, 50/500 is 7.7-12.9, 5/100 is 2.2-11.2."""
    world.add("calls", calls(495, 5, queue="met") + calls(450, 50, queue="missed") + calls(95, 5, queue="uncertain"))
    assert verdicts(world, "abandonment_rate", ("queue",)) == {name: name for name in ("met", "missed", "uncertain")}


def test_an_interval_that_ends_exactly_on_the_target_is_on_target(world):
    """Every talk lasts as long as the band begins or ends: intervals without width, on the bounds of 60 and 300."""
    world.add("calls", [{"queue": f"{talk}", "talk_s": talk} for talk in (59.999, 60, 300, 300.001) for _call in range(10)])
    assert verdicts(world, "mean_talk", ("queue",)) == {"59.999": "missed", "60": "met", "300": "met", "300.001": "missed"}


def test_a_band_is_uncertain_when_either_end_is_inside_the_interval(world):
    world.add("calls", [{"queue": "low", "talk_s": talk} for talk in (50, 75)] * 10)
    world.add("calls", [{"queue": "high", "talk_s": talk} for talk in (250, 345)] * 10)
    world.add("calls", [{"queue": "inside", "talk_s": talk} for talk in (100, 200)] * 10)
    assert verdicts(world, "mean_talk", ("queue",)) == {"low": "uncertain", "high": "uncertain", "inside": "met"}


def test_a_full_count_is_judged_by_its_value_alone(world):
    world.tables["agents"] = []
    world.add("agents", [{"agent_id": "A1", "team": "met"}, {"agent_id": "A2", "team": "missed"}])
    world.add("calls", [{"started_at": NOON.replace(month=9, day=1)}, {}])
    world.add("evaluations", [{"evaluated_at": NOON.replace(month=9, day=9)}] * 3)
    assert verdicts(world, "plan_completion", ("team",)) == {"met": "met", "missed": "missed"}


def test_nothing_counted_is_no_verdict_and_no_value(world):
    result = world.add("calls", [{"direction": "outbound"}]).one("answer_rate")
    assert (result["value"], result["low"], result["high"], result["n"], result["verdict"]) == (None, None, None, 0, "too_few")


def test_a_metric_without_target_has_no_verdict(world):
    assert world.add("surveys", rated(50, 0)).one("response_rate")["verdict"] == "no_target"


def test_the_least_n_is_configured(tmp_path):
    world = World(tmp_path, "[statistics]\nleast_n = 200").add("evaluations", [{}] * 199)
    assert world.one("fatal_accuracy")["verdict"] == "too_few"


# The gap to headquarters -------------------------------------------------------------------------


def test_a_branch_that_trails_headquarters_by_the_gap_misses(world):
    """91.0 % alone is uncertain against 90; headquarters' 100 % is more than 2 points above even the high end."""
    world.add("surveys", rated(182, 18) + rated(200, 0, center_id="SH"))
    rows = {row["center"]: row for row in world.by("satisfaction_rate", ("center",)).iter_rows(named=True)}
    low, high = confint_proportions_2indep(182, 200, 200, 200, method="newcomb", compare="diff")
    assert low < high < -0.02
    assert (rows["WH"]["verdict"], rows["WH"]["headquarters"]) == ("missed", 1.0)
    assert (rows["SH"]["verdict"], rows["SH"]["headquarters"]) == ("met", None)
    assert world.one("satisfaction_rate", Filters(centers=("WH",)))["verdict"] == "missed"
    assert world.one("satisfaction_rate")["headquarters"] is None


@pytest.mark.parametrize(("good", "verdict"), [(1900, "missed"), (1930, "uncertain"), (1990, "met")])
def test_the_gap_is_judged_by_newcombes_interval_of_the_difference(world, good, verdict):
    """All are surely above 90 %; what remains is the distance from headquarters' 98.5 %."""
    world.add("surveys", rated(good, 2000 - good) + rated(1970, 30, center_id="SH"))
    low, high = confint_proportions_2indep(good, 2000, 1970, 2000, method="newcomb", compare="diff")
    assert verdict == ("met" if low > -0.02 else "missed" if high <= -0.02 else "uncertain")
    assert world.one("satisfaction_rate", Filters(centers=("WH",)))["verdict"] == verdict


def test_headquarters_of_the_same_month_and_queue_is_what_counts(world):
    september = {"sent_at": NOON - days(30)}
    world.add("surveys", rated(190, 10, queue="账单") + rated(190, 10, queue="账单", **september))
    world.add("surveys", rated(200, 0, center_id="SH", queue="账单") + rated(190, 10, center_id="SH", queue="账单", **september))
    world.add("surveys", rated(0, 99, center_id="SH", queue="报修"))
    rows = world.by("satisfaction_rate", ("center", "month", "queue")).filter(center="WH")
    assert rows.select("month", "headquarters").rows() == [(date(2026, 9, 1), 0.95), (date(2026, 10, 1), 1.0)]


def test_a_team_is_held_against_headquarters_whole(world):
    world.add("surveys", rated(190, 10, agent_id="A1") + rated(200, 0, center_id="SH"))
    result = world.one("satisfaction_rate", Filters(centers=("WH",), teams=("一组",)))
    assert result["headquarters"] == 1.0


def test_a_target_may_be_a_gap_alone(world):
    world.add("targets", [{"metric": "satisfaction_rate", "gap_to_headquarters": 2}])
    world.add("surveys", rated(100, 100) + rated(200, 0, center_id="SH"))
    assert verdicts(world, "satisfaction_rate", ("center",)) == {"WH": "missed", "SH": "no_target"}


# Targets of a group ------------------------------------------------------------------------------


def test_each_group_has_the_target_of_its_center_queue_and_last_day(world):
    answer_rate = {"metric": "answer_rate"}
    world.add("targets", [
        answer_rate | {"minimum": 0.5},
        answer_rate | {"minimum": 0.6, "center_id": "WH"},
        answer_rate | {"minimum": 0.7, "center_id": "WH", "queue": "账单"},
        answer_rate | {"minimum": 0.8, "center_id": "WH", "queue": "账单", "valid_from": date(2026, 10, 3)},
    ])  # fmt: skip
    world.add("calls", [{"started_at": NOON - days(30)}, {}, {"queue": "报修"}, {"center_id": "SH"}])
    rows = world.by("answer_rate", ("center", "queue", "month"))
    assert rows.select("center", "queue", "month", "minimum").rows() == [
        ("SH", "账单", date(2026, 10, 1), 0.5),
        ("WH", "报修", date(2026, 10, 1), 0.6),
        ("WH", "账单", date(2026, 9, 1), 0.7),
        ("WH", "账单", date(2026, 10, 1), 0.8),
    ]
    assert world.by("answer_rate", ("agent",))["minimum"].to_list() == [0.6]
    assert answer(world.warehouse(), ["answer_rate"], (), Filters(), frozenset({"WH"}))["minimum"].to_list() == [0.6]


# Signals -----------------------------------------------------------------------------------------


def test_no_group_is_flagged_where_none_differs(world):
    rng = np.random.default_rng(5)
    for number in range(40):
        answered = int(rng.binomial(50, 0.8))
        world.add("calls", calls(answered, 50 - answered, queue=f"Q{number:02d}"))
    assert set(signals(world, "answer_rate", "queue").values()) == {"none"}


def test_a_group_is_flagged_when_holm_lets_it_pass(world):
    answered = {"A": 180, "B": 176, "C": 150, "D": 194, "E": 172}
    for queue, number in answered.items():
        world.add("calls", calls(number, 200 - number, queue=queue))
    p = [proportions_ztest([number, 872 - number], [200, 800])[1] for number in answered.values()]
    assert multipletests(p, 0.05, "holm")[0].tolist() == [False, False, True, True, False]
    assert signals(world, "answer_rate", "queue") == {"A": "none", "B": "none", "C": "worse", "D": "better", "E": "none"}


def test_less_is_better_for_what_should_be_low(world):
    world.add("calls", calls(190, 10, queue="A") + calls(120, 80, queue="B"))
    assert signals(world, "abandonment_rate", "queue") == {"A": "better", "B": "worse"}


def test_groups_are_held_against_others_of_the_same_period(world):
    for month, answered in ((8, 100), (9, 190)):
        for center in ("WH", "SH"):
            world.add("calls", calls(answered, 200 - answered, center_id=center, started_at=NOON.replace(month=month)))
    assert set(world.by("answer_rate", ("center", "month"))["signal"]) == {"none"}
    assert world.by("answer_rate", ("month",))["signal"].to_list() == ["worse", "better"]


def test_holm_counts_every_comparison_of_the_table(world):
    """p is 0.012 in one month: beyond 0.05 / 2, but not beyond 0.05 / 20 when ten such months are looked at."""
    alone = calls(90, 10, center_id="WH") + calls(77, 23, center_id="SH")
    assert 0.05 / 20 < proportions_ztest([90, 77], [100, 100])[1] < 0.05 / 2
    world.add("calls", alone)
    assert set(world.by("answer_rate", ("center", "month"))["signal"]) == {"better", "worse"}
    for month in range(1, 10):
        for center in ("WH", "SH"):
            world.add("calls", calls(80, 20, center_id=center, started_at=NOON.replace(month=month)))
    assert set(world.by("answer_rate", ("center", "month"))["signal"]) == {"none"}


def test_rates_of_events_are_compared_exactly(world):
    world.add("calls", [{"center_id": center} for center in ("WH", "SH") for _call in range(500)])
    world.add("complaints", [{"center_id": "WH"}] * 16 + [{"center_id": "SH"}] * 3)
    assert stats.binomtest(16, 19).pvalue < 0.05 / 2
    assert signals(world, "complaint_rate", "center") == {"SH": "better", "WH": "worse"}


@pytest.mark.parametrize(("waits", "expected"), [((10, 20, 30), ("none", "none")), ((40, 50, 60), ("better", "worse"))])
def test_means_are_compared_by_their_spread(world, waits, expected):
    """Forty waits of 0 to 30 s against forty of 10 to 30 s or 40 to 60 s: Welch says 0.36 and 5e-20."""
    others = (0, 10, 30, 30)
    p = stats.ttest_ind(others * 10, (waits * 14)[:40], equal_var=False).pvalue
    assert (p > 0.05) == (expected[0] == "none")
    world.add("calls", [{"queue": "A", "wait_s": wait} for wait in others * 10] + [{"queue": "B", "wait_s": wait} for wait in (waits * 14)[:40]])
    assert signals(world, "mean_wait", "queue") == dict(zip("AB", expected, strict=True))


@pytest.mark.parametrize(("other", "expected"), [(210, "none"), (700, "worse")])
def test_a_band_is_worse_outside_and_neither_inside(world, other, expected):
    world.add("calls", [{"queue": queue, "talk_s": talk + noise} for queue, talk in (("A", 120), ("B", other)) for noise in (-10, 10) * 100])
    assert signals(world, "mean_talk", "queue")["B"] == expected


def test_what_has_no_better_direction_is_never_better_or_worse(world):
    world.add("surveys", rated(100, 0, queue="A") + [{"queue": "B"}] * 100)
    assert signals(world, "response_rate", "queue") == {"A": "none", "B": "none"}


def test_too_few_to_compare(world):
    world.add("calls", calls(0, 9, queue="A") + calls(90, 10, queue="B") + calls(90, 10, queue="C"))
    assert signals(world, "answer_rate", "queue") == {"A": "too_few", "B": "none", "C": "none"}


def test_calls_that_no_agent_took_are_no_part_of_the_others(world):
    world.add("calls", calls(100, 2, agent_id="A1") + calls(100, 3, agent_id="A2") + calls(0, 60, agent_id=None))
    assert signals(world, "answer_rate", "agent") == {"A1": "none", "A2": "none", None: "none"}


def test_one_number_has_no_signal(world):
    assert world.add("calls", calls(90, 10)).one("answer_rate")["signal"] is None


def test_values_hold_through_time(world):
    """A month from the 21st is named by the day it begins on, and judged on its own."""
    start = NOON.replace(month=9, day=20)
    world.add("calls", calls(50, 0, started_at=start) + calls(0, 50, started_at=start + timedelta(days=1)))
    rows = world.by("answer_rate", ("month",), Filters(month_start=21))
    assert rows.select("month", "value", "verdict").rows() == [(date(2026, 8, 21), 1.0, "uncertain"), (date(2026, 9, 21), 0.0, "missed")]


def test_the_same_build_by_other_targets_is_judged_anew(world):
    world.add("calls", calls(90, 10))
    lenient, strict = (world.warehouse().with_targets(targets({"metric": "answer_rate", "minimum": bound})) for bound in (0.5, 0.99))
    for warehouse, verdict in ((lenient, "met"), (strict, "missed"), (lenient, "met")):
        assert answer(warehouse, ["answer_rate"], (), Filters(), None)["verdict"].to_list() == [verdict]
    assert answer(lenient, ["answer_rate"], (), Filters(), frozenset({"nowhere"}))["n"].to_list() == [0]
