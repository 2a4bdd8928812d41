"""The figures of all agents or teams: one question a source, whoever is shown."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import polars as pl

from qa.filters import Filters, Scope
from qa.results import answer
from qa.warehouse import Warehouse

Level = Literal["agent", "team"]

# Whom a row of each page is about. An agent who changed teams is one person in a center.
ROWS: dict[Level, tuple[str, str]] = {"agent": ("center", "agent"), "team": ("center", "team")}
METRICS_SHOWN = (
    "mean_score", "fatal_accuracy", "nonfatal_accuracy", "satisfaction_rate", "first_call_resolution", "mean_handling", "calls_handled",
)  # fmt: skip
# What groups can be ranked by: figures with an interval; beside those of the table what a question from another page may be about.
RANKED_BY = (*METRICS_SHOWN[:-1], "pass_rate", "composite_error_rate", "mean_satisfaction", "one_time_resolution", "repeat_call_rate")


def metrics_shown(chosen: str = "") -> tuple[str, ...]:
    """The metrics of the table, the one that is ranked before the others."""
    return (chosen, *(key for key in METRICS_SHOWN if key != chosen)) if chosen in RANKED_BY else METRICS_SHOWN


def judged(warehouse: Warehouse, scope: Scope, filters: Filters, level: Level, metrics: Sequence[str] = METRICS_SHOWN) -> pl.DataFrame:
    """Rows of ``qa.results.answer`` of everybody with a figure; work of no agent or in no team is left out."""
    frame = answer(warehouse, metrics, ROWS[level], filters, scope)
    return frame if frame.is_empty() else frame.filter(pl.col(level).is_not_null() & pl.col("value").is_not_null())


def ranked_by(warehouse: Warehouse, scope: Scope, filters: Filters, level: Level) -> list[str]:
    """Those metrics of ``RANKED_BY`` that anybody has a figure of."""
    frame = judged(warehouse, scope, filters, level, RANKED_BY)
    known = set() if frame.is_empty() else set(frame["metric"])
    return [key for key in RANKED_BY if key in known]


def everybody(filters: Filters) -> Filters:
    """The same work of all agents and teams of the centers chosen."""
    return replace(filters, teams=None, agents=None)


def teams_of(warehouse: Warehouse, filters: Filters) -> dict[tuple[str, str], str]:
    """(center, agent) -> the team on the roster on the last day of the period, or the first one after it."""
    roster = warehouse.agents.filter(pl.col("team").is_not_null()).sort("valid_from")
    found: dict[tuple[str, str], str] = {}
    for center, agent, team, since in roster.select("center_id", "agent_id", "team", "valid_from").iter_rows():
        if (center, agent) not in found or filters.date_to is None or since is None or since < filters.date_to:
            found[center, agent] = team
    return found
