"""One agent: who it is, the figures beside those of team and center, the items, and the latest records."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from qa.agents.figures import METRICS_SHOWN, ROWS, everybody, judged, teams_of
from qa.changes import Change, changes
from qa.filters import Asked, Filters, Scope
from qa.judging import MOMENTS
from qa.measured import measured, monthly_course, over_months
from qa.metrics import METRICS, Metric
from qa.quality.evaluation import of_queues, with_verdicts
from qa.quality.items import RATE
from qa.quality.scorecards import ItemKey
from qa.relations import query_text
from qa.results import fetch_ahead
from qa.warehouse import Warehouse

ITEMS_BY = ("scorecard", "item")
TILES = ("mean_score", "pass_rate", *METRICS_SHOWN[1:])
# Months beside those of team and center.
COURSES = METRICS_SHOWN[:-1]
LATEST = 50


@dataclass(frozen=True)
class Agent:
    """An agent and the place he is held against: the center and team of the roster at the period's end."""

    agent: str
    center: str | None
    team: str | None

    def of(self, filters: Filters) -> Filters:
        """The agent's rows."""
        return replace(filters, agents=(self.agent,))

    def surroundings(self, filters: Filters) -> dict[str, Filters]:
        """The rows of the agent, of the team and of the center, by their codes."""
        found = {self.agent: self.of(filters)}
        wide = replace(everybody(filters), centers=(self.center,)) if self.center else everybody(filters)
        if self.team:
            found.setdefault(self.team, replace(wide, teams=(self.team,)))
        if self.center:
            found.setdefault(self.center, wide)
        return found


@dataclass(frozen=True)
class ItemStanding:
    """An item of the agent: ``row`` as ``qa.measured.measured`` has it, and the other agents' value before the agent's own."""

    item: ItemKey
    row: dict
    change: Change


def ahead(warehouse: Warehouse, scope: Scope, asked: Asked, who: Agent) -> None:
    """Everything the page asks of the rollups, fetched together."""
    wanted: list[tuple[Sequence[str], Sequence[str], Filters]] = []
    for code, rows in who.surroundings(asked.filters).items():
        wanted += [(TILES, (), rows), (TILES, ("month",), over_months(rows))]
        if code == who.agent and asked.before:
            wanted.append((TILES, (), who.of(asked.before)))
    fetch_ahead(warehouse, scope, [*wanted, (METRICS_SHOWN, ROWS["agent"], everybody(asked.filters))])


def agent_of(warehouse: Warehouse, scope: Scope, filters: Filters, agent: str) -> Agent:
    """Who is meant. The center is the one chosen, or the agent's own where it is within the scope."""
    own = warehouse.center_of_agent.get(agent)
    chosen = filters.within(scope).centers
    center = own if chosen is None or own in chosen else chosen[0] if len(chosen) == 1 else None
    return Agent(agent, center, teams_of(warehouse, filters).get((center or "", agent)))


def standing(warehouse: Warehouse, scope: Scope, filters: Filters, who: Agent) -> tuple[list[dict], int]:
    """The agent's rows as the table of all agents has them, and how many agents it holds."""
    frame = judged(warehouse, scope, everybody(filters), "agent")
    if frame.is_empty():
        return [], 0
    return frame.filter(pl.col("agent") == who.agent).to_dicts(), frame["agent"].n_unique()


def beside(warehouse: Warehouse, scope: Scope, filters: Filters, who: Agent) -> dict[str, dict[str, float | None]]:
    """Metric -> code of team or center -> its value."""
    found: dict[str, dict[str, float | None]] = {key: {} for key in TILES}
    for code, wide in list(who.surroundings(filters).items())[1:]:
        for key, frame in measured(warehouse, TILES, (), wide, scope).items():
            found[key][code] = frame["value"][0]
    return found


def courses(warehouse: Warehouse, scope: Scope, filters: Filters, who: Agent) -> dict[str, pl.DataFrame]:
    """The months of each metric for the agent, team and center: ``qa.measured.monthly_course`` with a column ``who``."""
    parts: dict[str, list[pl.DataFrame]] = {}
    for code, wide in who.surroundings(filters).items():
        for key, course in monthly_course(warehouse, COURSES, (), wide, scope).items():
            parts.setdefault(key, []).append(course.with_columns(pl.lit(code).alias("who")))
    return {key: pl.concat(frames, how="diagonal") for key, frames in parts.items() if frames[0].height}


def items(warehouse: Warehouse, scope: Scope, filters: Filters, who: Agent) -> tuple[Metric, list[ItemStanding]]:
    """Every item of the agent against the other agents of the center, all items allowed for; the worst difference first.

    The metric is the error rate, or the mean score where errors are not recorded.
    """
    for metric in (METRICS[RATE], METRICS["mean_score"]):
        own = _by_item(warehouse, scope, who.of(filters), metric)
        everyone = _by_item(warehouse, scope, list(who.surroundings(filters).values())[-1], metric)
        keys = [key for key in own if key in everyone]
        if keys:
            others = [_without(everyone[key], own[key]) for key in keys]
            found = changes([metric] * len(keys), [own[key] for key in keys], others, warehouse.config)
            standings = [ItemStanding(key, own[key], change) for key, change in zip(keys, found, strict=True) if change.difference is not None]
            sign = -1 if metric.better == "lower" else 1
            return metric, sorted(standings, key=lambda one: (sign * one.change.difference, one.item))
    return METRICS[RATE], []


def _by_item(warehouse: Warehouse, scope: Scope, filters: Filters, metric: Metric) -> dict[ItemKey, dict]:
    frame = measured(warehouse, [metric.key], ITEMS_BY, filters, scope).get(metric.key, pl.DataFrame())
    return {(row["scorecard"] or "", row["item"] or ""): row for row in frame.iter_rows(named=True) if row["value"] is not None}


def _without(whole: dict, part: dict) -> dict | None:
    """The rest of a row's sums; None where nothing is left."""
    rest = {name: whole[name] - part[name] for name in MOMENTS if name in whole}
    return rest | {"value": rest["numerator"] / rest["denominator"]} if rest["denominator"] > 0 else None


def latest(warehouse: Warehouse, scope: Scope, filters: Filters, who: Agent, what: str, limit: int = LATEST) -> pl.DataFrame:
    """Rows of ``queries/agents/<what>.sql``: evaluations (with the verdicts that count), calls or follow_up. Raises TimeoutError when they take too long."""
    centers = filters.within(scope).centers
    parameters = {"agent": who.agent, "centers": None if centers is None else list(centers), "date_to": filters.date_to, "row_limit": limit}
    parameters |= {} if what == "follow_up" else {"date_from": filters.date_from}
    if what == "evaluations":
        own = replace(filters, teams=None, agents=(who.agent,))
        parameters |= {"date_basis": filters.date_basis, "evaluations": of_queues(warehouse, scope, own, limit, is_released=True)}
    elif what == "calls":
        parameters |= {"queues": None if filters.queues is None else list(filters.queues)}
    found = warehouse.extract_rows(query_text(f"agents/{what}"), parameters)
    return with_verdicts(warehouse, found) if what == "evaluations" else found


def worst_and_best(found: Sequence[ItemStanding], each: int = 4) -> list[ItemStanding]:
    """The items furthest from the others on either side, the worst first, without those with too few checks; where all have, the most checked."""
    told = [one for one in found if one.change.direction != "too_few"]
    if not told:
        return sorted(found, key=lambda one: (-one.row["n"], one.item))[: 2 * each]
    return told if len(told) <= 2 * each else [*told[:each], *told[-each:]]
