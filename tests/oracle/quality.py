"""Evaluations, their items and calibrations."""

import polars as pl

from qa.config import Definitions
from tests.oracle.parts import count, events, mean_of, on_day, share, total, with_team
from tests.oracle.tables import Frames

REPRESENTATIVE = ["random", "quota", "new_hire"]
QUEUE_IS_LOOKED_UP_FOR_DAYS = 62
DAYS = ("day", "day_until", "call_day")
NOTHING = pl.lit(0.0)
DIMENSIONS = {
    "center": "center_id", "team": "team", "agent": "agent_id", "evaluator": "evaluator_id",
    "queue": "queue", "scorecard": "scorecard_id", "kind": "kind", "sample": "sample_reason", "mark": "mark",
}  # fmt: skip


def evaluation_events(tables: Frames) -> pl.DataFrame:
    """Released evaluations that are no calibration; figures for all calls take the representative samples only."""
    evaluations = _placed(tables)
    sampled = pl.col("is_representative")
    verdict = pl.col("verdict")
    checked = sampled & (pl.col("opportunities") > 0) & pl.col("nonfatal_errors").is_not_null()
    errors = pl.col("fatal_errors") + pl.col("nonfatal_errors")
    appealed = pl.col("appealed_at").is_not_null()
    measures = {
        "pass_rate": (count(sampled & verdict), count(sampled & verdict.is_not_null())),
        "mean_score": mean_of(100 * share(pl.col("score"), pl.col("full_mark")), sampled),
        "fatal_accuracy": (count(sampled & (pl.col("fatal_errors") == 0)), count(sampled & pl.col("fatal_errors").is_not_null())),
        "nonfatal_accuracy": (total(pl.col("opportunities") - pl.col("nonfatal_errors"), checked), total(pl.col("opportunities"), checked)),
        "composite_error_rate": (count(sampled & (errors > 0)), count(sampled & errors.is_not_null())),
        "error_count": (total(errors.fill_null(0), sampled), NOTHING),
        "evaluation_count": (pl.lit(1.0), NOTHING),
        "targeted_mean_score": mean_of(100 * share(pl.col("score"), pl.col("full_mark")), ~sampled),
        "restored_points": mean_of(100 * share(pl.col("score") - pl.col("original_score"), pl.col("full_mark")), appealed & pl.col("appeal_upheld")),
        "appeal_rate": (count(appealed), count(pl.lit(True))),
        "appeal_upheld_rate": (count(appealed & pl.col("appeal_upheld")), count(appealed & pl.col("appeal_upheld").is_not_null())),
    }
    return events(evaluations, DIMENSIONS, measures, DAYS)


def item_events(tables: Frames) -> pl.DataFrame:
    """Applicable items of representative evaluations."""
    items = tables["evaluation_items"].rename({"full_mark": "item_mark"}).filter(~pl.col("not_applicable"))
    items = items.join(_placed(tables).filter("is_representative"), on="evaluation_id")
    cards = tables["scorecards"].select("scorecard_id", "item_id", "item_kind", "is_opportunity")
    items = items.join(cards, on=["scorecard_id", "item_id"], how="left")
    lost = pl.when(pl.col("item_kind").fill_null("") != "bonus").then(pl.col("item_mark") - pl.col("points")).otherwise(0.0)
    checked = pl.col("is_opportunity").fill_null(True) & pl.col("errors").is_not_null()
    erred, every, known = pl.col("errors") > 0, pl.lit(True), pl.col("errors").is_not_null()
    nonfatal_errors = pl.when(pl.col("fatal")).then(0).otherwise(pl.col("errors"))
    measures = {
        "mean_score": mean_of(100 * share(pl.col("points"), pl.col("item_mark")), every),
        "fatal_accuracy": (count(known & ~(erred & pl.col("fatal"))), count(known)),
        "nonfatal_accuracy": (total(1 - nonfatal_errors, checked), count(checked)),
        "composite_error_rate": (count(erred), count(known)),
        "error_count": (pl.col("errors").fill_null(0), NOTHING),
        "points_lost": (lost, NOTHING),
        "points_lost_of_100": (total(100 * share(lost, pl.col("full_mark")), every), NOTHING),
    }
    dimensions = {asked: column for asked, column in DIMENSIONS.items() if asked not in ("sample", "mark")}
    return events(items, {**dimensions, "item": "item_id"}, measures, DAYS)


def group_events(tables: Frames, group: str) -> pl.DataFrame:
    """Sections or categories of representative evaluations with an applicable item of them: each evaluation once in each."""
    items = tables["evaluation_items"].rename({"full_mark": "item_mark"}).filter(~pl.col("not_applicable"))
    items = items.join(_placed(tables).filter("is_representative"), on="evaluation_id")
    items = items.join(tables["scorecards"].select("scorecard_id", "item_id", "item_kind", "is_opportunity", group), on=["scorecard_id", "item_id"], how="left")
    plain = pl.col("item_kind").fill_null("") != "bonus"
    checked = pl.col("is_opportunity").fill_null(True) & pl.col("errors").is_not_null()
    known, erred = pl.col("errors").is_not_null(), pl.col("errors") > 0
    marked = plain & pl.col("points").is_not_null()
    lost = pl.when(plain).then(pl.col("item_mark") - pl.col("points")).otherwise(0.0)
    groups = items.group_by(*DAYS, *set(DIMENSIONS.values()), "evaluation_id", group, maintain_order=True).agg(
        points=pl.col("points").filter(marked).sum(), mark_of_all=pl.col("item_mark").filter(marked).sum(),
        opportunities=checked.sum(), nonfatal=pl.col("errors").filter(checked & ~pl.col("fatal")).sum(),
        is_known=known.any(), is_wrong=erred.any(), is_fatal=(erred & pl.col("fatal")).any(), errors=pl.col("errors").sum(),
        lost=lost.sum(), lost_of_100=total(100 * share(lost, pl.col("full_mark")), pl.lit(True)).sum(),
    )  # fmt: skip
    measures = {
        "mean_score": mean_of(100 * share(pl.col("points"), pl.col("mark_of_all")), pl.lit(True)),
        "fatal_accuracy": (count(pl.col("is_known") & ~pl.col("is_fatal")), count(pl.col("is_known"))),
        "nonfatal_accuracy": (pl.col("opportunities") - pl.col("nonfatal"), pl.col("opportunities")),
        "composite_error_rate": (count(pl.col("is_wrong")), count(pl.col("is_known"))),
        "error_count": (pl.col("errors"), NOTHING),
        "points_lost": (pl.col("lost"), NOTHING),
        "points_lost_of_100": (pl.col("lost_of_100"), NOTHING),
    }
    dimensions = {asked: column for asked, column in DIMENSIONS.items() if asked not in ("sample", "mark")}
    return events(groups, {**dimensions, group: group}, measures, DAYS)


def _placed(tables: Frames) -> pl.DataFrame:
    """Released evaluations with verdict, day of the call, team of that day, and the queue of the call."""
    evaluations = tables["evaluations"].filter((pl.col("status") == "released") & pl.col("calibration_id").is_null())
    evaluations = on_day(evaluations, "evaluated_at").with_columns(
        pl.coalesce("call_at", "evaluated_at").cast(pl.Date).alias("call_day"),
        (100 * share(pl.col("score"), pl.col("full_mark"))).round(6).floor().cast(pl.Int32).alias("mark"),
        pl.col("sample_reason").is_in(REPRESENTATIVE).alias("is_representative"),
    )
    placed = with_team(evaluations, tables["agents"], "call_day")
    placed = placed.join(tables["calls"].select("call_id", "queue", "started_at"), on="call_id", how="left")
    age = pl.col("evaluated_at") - pl.col("started_at")
    found = (age >= pl.duration(days=0)) & (age <= pl.duration(days=QUEUE_IS_LOOKED_UP_FOR_DAYS))
    placed = placed.with_columns(pl.when(found).then(pl.col("queue")).alias("queue"))
    verdicts = pl.Series("verdict", _verdicts(placed, tables), dtype=pl.Boolean)
    return placed.with_columns(verdicts)


def _verdicts(evaluations: pl.DataFrame, tables: Frames) -> list[bool | None]:
    """Each evaluation's own verdict, or what its scorecard's rule makes of it."""
    rules = {card: (rule, mark) for card, rule, mark in tables["scorecards"].select("scorecard_id", "pass_rule", "pass_mark").iter_rows()}
    lowest = _lowest_sections(tables)
    verdicts = []
    for row in evaluations.iter_rows(named=True):
        rule, mark = rules.get(row["scorecard_id"], (None, None))
        if row["passed"] is not None or rule is None:
            verdicts.append(row["passed"])
        elif rule == "no_fatal":
            enough = mark is None or row["score"] >= mark
            verdicts.append(None if enough and row["fatal_errors"] is None else enough and row["fatal_errors"] == 0)
        else:
            reached = row["score"] if rule == "total" else lowest.get(row["evaluation_id"])
            verdicts.append(None if reached is None or mark is None else reached >= mark)
    return verdicts


def _lowest_sections(tables: Frames) -> dict[str, float]:
    """Evaluation -> the points, out of 100, of its weakest section; items that were not applicable left out."""
    items = tables["evaluation_items"].filter(~pl.col("not_applicable")).rename({"full_mark": "item_mark"})
    items = items.join(tables["evaluations"].select("evaluation_id", "scorecard_id"), on="evaluation_id")
    items = items.join(tables["scorecards"].select("scorecard_id", "item_id", "section"), on=["scorecard_id", "item_id"])
    sections = items.group_by("evaluation_id", "section").agg(pl.col("points").sum(), pl.col("item_mark").sum())
    marks = sections.filter(pl.col("item_mark") > 0).group_by("evaluation_id").agg((100 * pl.col("points") / pl.col("item_mark")).min().alias("lowest"))
    return dict(marks.iter_rows())


def calibration_events(tables: Frames, definitions: Definitions) -> pl.DataFrame:
    """Released calibration evaluations, each against the mean share of the others in its calibration."""
    rows = tables["evaluations"].filter((pl.col("status") == "released") & pl.col("calibration_id").is_not_null())
    rows = on_day(rows, "evaluated_at").with_columns(share(pl.col("score"), pl.col("full_mark")).alias("share"))
    shares: dict[str, list[tuple[str, float]]] = {}
    for calibration, evaluation, value in rows.select("calibration_id", "evaluation_id", "share").iter_rows():
        shares.setdefault(calibration, []).append((evaluation, value))
    differences = []
    for calibration, evaluation, value in rows.select("calibration_id", "evaluation_id", "share").iter_rows():
        others = [other for name, other in shares[calibration] if name != evaluation]
        differences.append(round(value - sum(others) / len(others), 10) if others else None)
    rows = rows.with_columns(pl.Series("difference", differences, dtype=pl.Float64)).filter(pl.col("difference").is_not_null())
    close = pl.col("difference").abs().round(9) <= definitions.calibration_tolerance
    measures = {
        "evaluator_agreement": (count(close), count(pl.lit(True))),
        "evaluator_leniency": (pl.col("difference"), count(pl.lit(True))),
    }
    return events(rows, {"center": "center_id", "evaluator": "evaluator_id", "scorecard": "scorecard_id"}, measures)
