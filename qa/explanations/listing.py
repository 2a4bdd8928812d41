"""The list of explanations owed for a month: made when its data are whole, and frozen then."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from qa.explanations.judging import complete_from, judged
from qa.explanations.model import Content, Figure
from qa.explanations.rules import Rules, due_on, judged_centers
from qa.filters import Scope
from qa.metrics import METRICS
from qa.periods import Period, month_name
from qa.store import Store, models
from qa.warehouse import Warehouse

# Who the history names where nobody acted.
BOARD = "-"


@dataclass(frozen=True)
class Pending:
    """A figure that is not judged yet: the data must first reach this day."""

    center: str
    metric: str
    until: date


@dataclass(frozen=True)
class Due:
    """A month's figures by the data of now: those that are whole, and those that wait with what they are so far."""

    ready: tuple[Figure, ...]
    pending: tuple[Pending, ...]
    so_far: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Source:
    """What figures were made from."""

    build_id: str
    data_until: date
    definition_version: str
    definitions: dict[str, Any]

    @classmethod
    def of(cls, warehouse: Warehouse) -> "Source":
        config = warehouse.config
        return cls(warehouse.build_id, warehouse.span.last_day, warehouse.definition_version, json.loads(config.model_dump_json()))


def due(warehouse: Warehouse, scope: Scope, rules: Rules, month: str) -> Due:
    """The month's figures, those whose data are whole apart from the others."""
    ready, pending, so_far = [], [], []
    for figure in judged(warehouse, scope, rules, month):
        until = complete_from(warehouse, METRICS[figure.metric], figure.center, Period(figure.date_from, figure.date_to))
        if until is None:
            ready.append(figure)
        else:
            pending.append(Pending(figure.center, figure.metric, until))
            so_far.append(figure)
    return Due(tuple(ready), tuple(pending), tuple(so_far))


def make_list(store: Store, warehouse: Warehouse, rules: Rules, month: str, centers: Sequence[str] | None = None, now: datetime | None = None) -> int:
    """Report every figure of the month that is whole and was not reported yet; how many were added.

    ``centers``: only theirs. What was reported before stays as it is. Two who make the same list make it once.
    """
    ready = [figure for figure in due(warehouse, None, rules, month).ready if centers is None or figure.center in centers]
    for attempt in (1, 2):
        try:
            with store.writing() as session:
                return report(session, rules, Source.of(warehouse), ready, now or utc_now())
        except IntegrityError:
            # Somebody else has just added them: what he left is added now.
            if attempt == 2:
                raise
    raise AssertionError("unreachable")


def make_latest(store: Store, warehouse: Warehouse, rules: Rules) -> int:
    """Bring the latest two complete months of each center up to date; how many figures were added.

    Two, because first-call resolution of a month is whole a week into the next. Earlier months are made on request
    only: a board that starts today does not ask for explanations of last year.
    """
    latest: dict[str, list[str]] = {}
    for center, start in judged_centers(warehouse).items():
        current = month_name(warehouse.span.until, start)
        for month in (previous(current), previous(previous(current))):
            latest.setdefault(month, []).append(center)
    return sum(make_list(store, warehouse, rules, month, centers) for month, centers in sorted(latest.items()))


def previous(month: str) -> str:
    """The name of the month before."""
    year, number = (int(part) for part in month.split("-"))
    return f"{year - (number == 1)}-{(number - 2) % 12 + 1:02d}"


def utc_now() -> datetime:
    """Now, as the store keeps times: UTC without a zone, whole seconds."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def local(at: datetime) -> datetime:
    """A time of the store as the clock of this computer shows it."""
    return at.replace(tzinfo=UTC).astimezone()


def report(session: Session, rules: Rules, source: Source, figures: Sequence[Figure], now: datetime) -> int:
    """Keep the figures that were not reported yet, with the explanations owed for them; how many those were."""
    row, added = models.ReportedFigure, 0
    for figure in figures:
        known = select(row.id).where(row.center == figure.center, row.month == figure.month, row.metric == figure.metric)
        if session.scalar(known) is not None:
            continue
        reported = row(**asdict(figure) | {"reasons": list(figure.reasons)} | asdict(source), reported_at=now)
        session.add(reported)
        session.flush()
        added += 1
        if figure.is_owed:
            _owe(session, rules, figure, reported, now)
    return added


def _owe(session: Session, rules: Rules, figure: Figure, reported: models.ReportedFigure, now: datetime) -> None:
    rule, nothing = rules.of_center(figure.center)[figure.metric], Content().as_json()
    owed = models.Explanation(
        figure_id=reported.id, state="owed", due_on=due_on(rule, figure.month), writes=rule.writes, reviews=rule.reviews,
        receives=list(rule.receives), changed_at=now, changed_by=BOARD, **nothing,
    )  # fmt: skip
    session.add(owed)
    session.flush()
    session.add(
        models.ExplanationChange(
            explanation_id=owed.id, version=owed.version, at=now, who=BOARD, role="", action="list", state_before="", state_after="owed",
            reason="", content=nothing, is_late=False,
        )
    )  # fmt: skip

