"""Surveys, complaints and coaching."""

from datetime import date, time

import polars as pl

from qa.config import Definitions
from tests.oracle.parts import DAY, count, events, mean_of, on_day, share, with_team
from tests.oracle.tables import Frames

ASKED_WITHIN_DAYS = 31
AGENTS = {"center": "center_id", "team": "team", "agent": "agent_id"}


def survey_events(tables: Frames, definitions: Definitions, by_call: bool = False) -> pl.DataFrame:
    """Surveys sent. A question nobody answered counts nowhere; ``by_call``: with their hour and the reason of their call."""
    surveys = with_team(on_day(tables["surveys"], "sent_at"), tables["agents"])
    answered = pl.col("answered_at").is_not_null()
    in_top_boxes = pl.col("score") > pl.col("scale_max") - definitions.satisfied_boxes
    satisfied = pl.coalesce(pl.col("satisfied"), in_top_boxes)
    resolved = pl.col("resolved_first_time")
    measures = {
        "satisfaction_rate": (count(answered & satisfied), count(answered & satisfied.is_not_null())),
        "mean_satisfaction": mean_of(100 * share(pl.col("score"), pl.col("scale_max")), answered),
        "response_rate": (count(answered), count(pl.lit(True))),
        "one_time_resolution": (count(answered & resolved), count(answered & resolved.is_not_null())),
    }
    dimensions = {**AGENTS, "queue": "queue", "reason": "reason"}
    if by_call:
        surveys, dimensions = _with_call(surveys, tables["calls"]), dimensions | {"call_reason": "call_reason", "hour": "hour"}
    return events(surveys, dimensions, measures)


def _with_call(surveys: pl.DataFrame, calls: pl.DataFrame) -> pl.DataFrame:
    """The surveys with their hour, and the reason of their call where that was at most 31 days before."""
    joined = surveys.join(calls.select("call_id", "started_at", pl.col("reason").alias("call_reason")), on="call_id", how="left")
    age = pl.col("sent_at") - pl.col("started_at")
    found = (age >= pl.duration(days=0)) & (age <= pl.duration(days=ASKED_WITHIN_DAYS))
    return joined.with_columns(pl.when(found).then(pl.col("call_reason")).alias("call_reason"), pl.col("sent_at").dt.strftime("%H").alias("hour"))


def complaint_events(tables: Frames, last_day: date) -> pl.DataFrame:
    """Complaints received."""
    complaints = with_team(on_day(tables["complaints"], "received_at"), tables["agents"])
    due = _due(last_day)
    measures = {
        "complaint_count": (count(pl.lit(True)), pl.lit(0.0)),
        "complaint_rate": (count(pl.lit(True)), pl.lit(0.0)),
        "upheld_complaint_rate": (count(pl.col("upheld")), count(pl.col("upheld").is_not_null())),
        "complaint_on_time": (count(due & _in_time()), count(due)),
    }
    return events(complaints, {**AGENTS, "category": "category"}, measures)


def coaching_events(tables: Frames, last_day: date) -> pl.DataFrame:
    """Coaching opened."""
    coaching = with_team(on_day(tables["coaching"], "opened_at"), tables["agents"])
    due = _due(last_day)
    recheck = pl.col("kind") == "recheck"
    measures = {
        "rectification_rate": (count(due & _in_time()), count(due)),
        "recheck_pass_rate": (count(recheck & pl.col("passed")), count(recheck & pl.col("passed").is_not_null())),
    }
    return events(coaching, AGENTS, measures)


IS_WHOLE_DAY = pl.col("due_at").dt.time() == time()


def _due(last_day: date) -> pl.Expr:
    """Whether the time limit was over when the data end; one at midnight is the whole day it begins."""
    until = pl.lit(last_day + DAY).cast(pl.Datetime("us"))
    return pl.when(IS_WHOLE_DAY).then(pl.col("due_at").dt.date() <= last_day).otherwise(pl.col("due_at") <= until)


def _in_time() -> pl.Expr:
    closed, due = pl.col("closed_at"), pl.col("due_at")
    return pl.when(IS_WHOLE_DAY).then(closed.dt.date() <= due.dt.date()).otherwise(closed <= due)
