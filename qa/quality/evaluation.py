"""One evaluation: its scorecard, whether it passed and by which rule, its appeal, calibration, coaching and neighbours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, Literal, cast

import polars as pl

from qa.filters import Filters, Scope
from qa.quality.errors import row_parameters
from qa.relations import query_text
from qa.views import ExtractViews
from qa.warehouse import Warehouse

Rule = Literal["recorded", "total", "every_section", "no_fatal", "none"]
# The evaluations of the agent, and of the calibration, are looked for so far to both sides.
REACH = timedelta(days=92)
MOST_SHOWN = 300
REPRESENTATIVE = ("random", "quota", "new_hire")


@dataclass(frozen=True)
class Section:
    """One section of the scorecard: its points of its full mark, items that do not apply left out."""

    name: str
    points: Decimal
    full_mark: Decimal

    @property
    def mark(self) -> float | None:
        """Points of 100; null where nothing applied."""
        return float(100 * self.points / self.full_mark) if self.full_mark else None


@dataclass(frozen=True)
class Verdict:
    """Whether it passed (null: nothing says so), and what decided that.

    ``pass_mark``: of the scorecard, null where it has none. ``by_card``: what the scorecard's rule alone would say, where
    the source recorded a verdict of its own.
    """

    passed: bool | None
    rule: Rule
    pass_mark: float | None = None
    by_card: bool | None = None


@dataclass(frozen=True)
class Evaluation:
    """``row``: columns of ``queries/quality/evaluation.sql``. ``items``: those of ``evaluation_items.sql`` with section,
    item_name and severity of the card. ``calibrated``: all evaluations of its calibration; ``of_agent``: of its agent, in order.
    """

    row: dict[str, Any]
    items: pl.DataFrame
    sections: tuple[Section, ...]
    verdict: Verdict
    calibrated: pl.DataFrame
    coaching: pl.DataFrame
    of_agent: pl.DataFrame

    @property
    def neighbours(self) -> tuple[dict | None, dict | None]:
        """The agent's evaluation before and after this one."""
        rows = self.of_agent.to_dicts()
        at = next(place for place, row in enumerate(rows) if row["evaluation_id"] == self.row["evaluation_id"])
        return rows[at - 1] if at else None, rows[at + 1] if at + 1 < len(rows) else None

    @property
    def left_out(self) -> str:
        """Why the figures of agents and centers leave it out: a status, "calibration" or "targeted"; empty where they count it."""
        status = self.row["status"] or "released"
        if status != "released":
            return status
        if self.row["calibration_id"] is not None:
            return "calibration"
        return "" if self.row["sample_reason"] in REPRESENTATIVE else "targeted"


def evaluation_of(warehouse: Warehouse, scope: Scope, evaluation_id: str, at: datetime) -> Evaluation | None:
    """The evaluation made at this moment; None where the viewer's centers have none. Raises TimeoutError."""
    centers = None if scope is None else sorted(scope)
    first, last = at - REACH, at + REACH
    extracts = warehouse.around(first.date(), last.date())
    moment = {"date_from": at, "date_to": at + timedelta(seconds=1), "centers": centers}
    found = extracts.fetch(query_text("quality/evaluation"), moment | {"evaluation_id": evaluation_id})
    if found.is_empty():
        return None
    row = found.row(0, named=True)
    span = {"date_from": first, "date_to": last, "centers": centers}
    items = _with_card(warehouse, row["scorecard_id"], extracts.fetch(query_text("quality/evaluation_items"), {"evaluation_id": evaluation_id}))
    sections = _sections(items)
    calibrated = pl.DataFrame()
    if row["calibration_id"] is not None:
        calibrated = extracts.fetch(query_text("quality/calibration"), span | {"calibration_id": row["calibration_id"]})
    coaching = extracts.fetch(query_text("quality/coaching"), {"evaluation_id": evaluation_id, "centers": centers})
    of_agent = extracts.fetch(query_text("quality/evaluations_of"), span | {"agent_id": row["agent_id"], "call_id": None})
    calibrated, of_agent = (with_verdicts(warehouse, rows, extracts) for rows in (calibrated, of_agent))
    return Evaluation(row, items, sections, verdict_of(row, sections, _rule_of(warehouse, row["scorecard_id"])), calibrated, coaching, of_agent)


def evaluations_shown(warehouse: Warehouse, scope: Scope, filters: Filters) -> pl.DataFrame:
    """The latest evaluations of a choice, of any kind and state. Raises TimeoutError."""
    parameters = row_parameters(filters, scope) | {"row_limit": MOST_SHOWN, "evaluations": of_queues(warehouse, scope, filters, MOST_SHOWN)}
    wanted = ("date_from", "date_to", "date_basis", "centers", "teams", "agents", "evaluations", "row_limit")
    found = warehouse.extract_rows(query_text("quality/evaluations_shown"), {name: parameters[name] for name in wanted})
    return with_verdicts(warehouse, found)


def of_queues(warehouse: Warehouse, scope: Scope, filters: Filters, limit: int, is_released: bool = False) -> list[str] | None:
    """The latest evaluations whose calls were in the queues of the filters; null where they name none: looking up calls takes its time."""
    if filters.queues is None:
        return None
    parameters = row_parameters(filters, scope) | {"is_released": is_released, "row_limit": limit}
    parameters.pop("scorecards")
    return warehouse.evaluations_around(filters).fetch(query_text("quality/evaluations_of_queues"), parameters)["evaluation_id"].to_list()


def with_verdicts(warehouse: Warehouse, rows: pl.DataFrame, extracts: ExtractViews | None = None) -> pl.DataFrame:
    """Rows of evaluations with ``judged``: the verdict that the pass rate counts, and ``by_card``: whether the scorecard's rule gave it.

    ``rows``: evaluation_id, evaluated_at, scorecard_id, score, passed, fatal_errors. ``extracts``: where their items are, by
    default the months around them. ``judged`` is null where nothing says what passes. Raises TimeoutError.
    """
    if rows.is_empty():
        return rows
    rules = {card: _rule_of(warehouse, card) for card in rows["scorecard_id"].unique()}
    by_section = rows.filter(pl.col("passed").is_null() & pl.col("scorecard_id").is_in([card for card, rule in rules.items() if rule[0] == "every_section"]))
    lowest: dict[str, float | None] = {}
    if by_section.height:
        if extracts is None:
            first, last = cast(datetime, by_section["evaluated_at"].min()), cast(datetime, by_section["evaluated_at"].max())
            extracts = warehouse.around((first - REACH).date(), (last + REACH).date())
        asked = {"evaluations": by_section["evaluation_id"].to_list(), "scorecards": by_section["scorecard_id"].to_list()}
        lowest = dict(extracts.fetch(query_text("quality/lowest_sections"), asked).iter_rows())
    judged = [
        row["passed"] if row["passed"] is not None else _by_card(row, lowest.get(row["evaluation_id"]), *rules[row["scorecard_id"]])
        for row in rows.iter_rows(named=True)
    ]
    verdicts = pl.Series("judged", judged, dtype=pl.Boolean)
    return rows.with_columns(verdicts, (pl.col("passed").is_null() & verdicts.is_not_null()).alias("by_card"))


def verdict_of(row: dict[str, Any], sections: tuple[Section, ...], rule: tuple[Rule | None, float | None]) -> Verdict:
    """The verdict as ``queries/facts/evaluations.sql`` gives it. ``rule``: pass rule and pass mark of the card."""
    name, pass_mark = rule
    marks = [section.mark for section in sections if section.name and section.mark is not None]
    by_card = _by_card(row, min(marks, default=None), name, pass_mark)
    if row["passed"] is not None:
        return Verdict(row["passed"], "recorded", pass_mark, by_card)
    return Verdict(by_card, name if name is not None else "none", pass_mark)


def _by_card(row: dict[str, Any], lowest: float | None, rule: str | None, pass_mark: float | None) -> bool | None:
    """What the scorecard's rule says. ``lowest``: the mark of the lowest section."""
    score = float(row["score"])
    if rule == "total":
        return None if pass_mark is None else score >= pass_mark
    if rule == "every_section":
        return None if pass_mark is None or lowest is None else lowest >= pass_mark
    if rule == "no_fatal":
        if row["fatal_errors"] is None:
            return False if pass_mark is not None and score < pass_mark else None
        return row["fatal_errors"] == 0 and (pass_mark is None or score >= pass_mark)
    return None


def _rule_of(warehouse: Warehouse, scorecard: str) -> tuple[Rule | None, float | None]:
    card = warehouse.items.filter(pl.col("scorecard_id") == scorecard)
    if card.is_empty():
        return None, None
    mark = cast(Decimal | None, card["pass_mark"].max())
    return cast(Rule | None, card["pass_rule"].max()), None if mark is None else float(mark)


def _with_card(warehouse: Warehouse, scorecard: str, items: pl.DataFrame) -> pl.DataFrame:
    """The items with section, item_name and severity of the card, in the card's order; items the card lacks come last."""
    card = warehouse.items.filter(pl.col("scorecard_id") == scorecard).select("item_id", "section", "item_name", "severity").with_row_index("place")
    return items.join(card, on="item_id", how="left").sort("place", "item_id", nulls_last=True).drop("place")


def _sections(items: pl.DataFrame) -> tuple[Section, ...]:
    applied = items.filter(~pl.col("not_applicable").fill_null(False))
    found: dict[str, list[Decimal]] = {}
    for section, points, full_mark in applied.select("section", "points", "full_mark").iter_rows():
        sums = found.setdefault(section or "", [Decimal(0), Decimal(0)])
        sums[0] += points or 0
        sums[1] += full_mark or 0
    return tuple(Section(name, *sums) for name, sums in found.items())
