"""Headcount, leavers, and the monitoring plan."""

from calendar import monthrange
from collections import Counter
from datetime import date

import polars as pl

from qa.config import Config
from qa.periods import bucket_end, bucket_start
from tests.oracle.parts import DAY, count, events, on_day
from tests.oracle.tables import Frames


def headcount_events(tables: Frames, days: list[date]) -> pl.DataFrame:
    """Each day of each agent as its share of the month, and each leaving."""
    found = []
    for rows in _rosters(tables).values():
        for day in days:
            row = _valid(rows, day)
            if row is None:
                continue
            employed = (row["hired_on"] is None or row["hired_on"] <= day) and (row["left_on"] is None or day < row["left_on"])
            length = monthrange(day.year, day.month)[1]
            found.append((day, row["center_id"], row["team"], float(row["left_on"] == day), 1 / length if employed else 0.0))
    schema = {"at": pl.Date, "center_id": pl.String, "team": pl.String, "left": pl.Float64, "present": pl.Float64}
    frame = on_day(pl.DataFrame(found, schema=schema, orient="row"), "at")
    return events(frame, {"center": "center_id", "team": "team"}, {"attrition_rate": (pl.col("left"), pl.col("present"))})


def plan_events(tables: Frames, days: list[date], config: Config) -> pl.DataFrame:
    """Each agent and completed plan period that the agent was on the center's roster throughout."""
    released = tables["evaluations"].filter((pl.col("status") == "released") & pl.col("calibration_id").is_null())
    made = Counter(released.select("center_id", "agent_id", pl.col("evaluated_at").cast(pl.Date)).iter_rows())
    found = []
    for center, month_start in tables["centers"].select("center_id", "period_start_day").iter_rows():
        plan = config.plan_of(center)
        for begin, end in _whole_periods(days, plan.period, month_start):
            during = [date.fromordinal(day) for day in range(begin.toordinal(), end.toordinal())]
            for agent, roster in _rosters(tables).items():
                rows = [_valid(roster, day) for day in during]
                if all(_employed(row, center, day) for row, day in zip(rows, during, strict=True)):
                    times = sum(made[center, agent, day] for day in during)
                    found.append((begin, end, center, rows[0]["team"], agent, times >= plan.evaluations))
    schema = {"day": pl.Date, "day_until": pl.Date, "center_id": pl.String, "team": pl.String, "agent_id": pl.String, "met": pl.Boolean}
    frame = pl.DataFrame(found, schema=schema, orient="row")
    dimensions = {"center": "center_id", "team": "team", "agent": "agent_id"}
    return events(frame, dimensions, {"plan_completion": (count(pl.col("met")), count(pl.lit(True)))})


def _employed(row: dict | None, center: str, day: date) -> bool:
    if row is None or row["center_id"] != center:
        return False
    return (row["hired_on"] is None or row["hired_on"] <= day) and (row["left_on"] is None or day < row["left_on"])


def _whole_periods(days: list[date], period: str, month_start: int) -> list[tuple[date, date]]:
    """The plan periods that begin and end within the days."""
    starts = sorted({bucket_start(day, period, month_start) for day in days})
    periods = [(start, bucket_end(start, period, month_start)) for start in starts]
    return [(begin, end) for begin, end in periods if begin >= days[0] and end <= days[-1] + DAY]


def _rosters(tables: Frames) -> dict[str, list[dict]]:
    """Each agent's roster rows in order of time."""
    return {agent: rows.to_dicts() for (agent,), rows in tables["agents"].sort("valid_from").group_by("agent_id", maintain_order=True)}


def _valid(rows: list[dict], day: date) -> dict | None:
    """The last roster row not after the day."""
    return next((row for row in reversed(rows) if row["valid_from"] <= day), None)
