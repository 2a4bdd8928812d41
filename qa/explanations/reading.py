"""What the store holds of a month, within the viewer's scope."""

from collections.abc import Iterable
from dataclasses import fields

from sqlalchemy import Select, select

from qa.explanations.model import Change, Content, Explanation, Figure, Reported
from qa.filters import Scope
from qa.store import Store, models

FIGURE_FIELDS = tuple(field.name for field in fields(Figure) if field.name != "reasons")


def explanations_of(store: Store, center: str | None, month: str, scope: Scope = None) -> list[Explanation]:
    """The explanations owed for a month ("2026-10"), by center and in the order they were listed; of one center, or of all in the scope."""
    wanted = select(models.Explanation).join(models.Explanation.figure).order_by(models.ReportedFigure.center, models.Explanation.id)
    with store.reading() as session:
        return [as_explanation(row) for row in session.scalars(_narrowed(wanted, center, month, scope))]


def reported_of(store: Store, center: str | None, month: str, scope: Scope = None) -> list[Reported]:
    """Every figure judged for a month, owed or not, as it was reported."""
    wanted = select(models.ReportedFigure).order_by(models.ReportedFigure.center, models.ReportedFigure.id)
    with store.reading() as session:
        return [as_reported(row) for row in session.scalars(_narrowed(wanted, center, month, scope))]


def explanation(store: Store, number: int, scope: Scope = None) -> Explanation | None:
    """One explanation; None where there is none, or none the viewer may see."""
    with store.reading() as session:
        row = session.get(models.Explanation, number)
        return as_explanation(row) if row is not None and (scope is None or row.figure.center in scope) else None


def changes_of(store: Store, number: int) -> list[Change]:
    """The history of an explanation, the first change first."""
    wanted = select(models.ExplanationChange).where(models.ExplanationChange.explanation_id == number).order_by(models.ExplanationChange.id)
    with store.reading() as session:
        return [_as_change(row) for row in session.scalars(wanted)]


def months_reported(store: Store, scope: Scope = None) -> list[str]:
    """The names of the months with a list, the latest first."""
    wanted = select(models.ReportedFigure.month).distinct().order_by(models.ReportedFigure.month.desc())
    if scope is not None:
        wanted = wanted.where(models.ReportedFigure.center.in_(sorted(scope)))
    with store.reading() as session:
        return list(session.scalars(wanted))


def as_explanation(row: models.Explanation) -> Explanation:
    content = Content.from_json({name: getattr(row, name) for name in ("text", "causes", "measures", "attachments")})
    kept = {name: getattr(row, name) for name in ("id", "state", "due_on", "writes", "reviews", "version", "changed_at", "changed_by")}
    return Explanation(reported=as_reported(row.figure), receives=tuple(row.receives), content=content, **kept)


def as_reported(row: models.ReportedFigure) -> Reported:
    figure = Figure(**{name: getattr(row, name) for name in FIGURE_FIELDS}, reasons=tuple(row.reasons))
    return Reported(figure, row.build_id, row.data_until, row.definition_version, row.definitions, row.reported_at)


def _as_change(row: models.ExplanationChange) -> Change:
    names: Iterable[str] = ("at", "who", "role", "action", "state_before", "state_after", "reason", "version", "is_late")
    return Change(content=Content.from_json(row.content), **{name: getattr(row, name) for name in names})


def _narrowed(wanted: Select, center: str | None, month: str, scope: Scope) -> Select:
    wanted = wanted.where(models.ReportedFigure.month == month)
    if center is not None:
        wanted = wanted.where(models.ReportedFigure.center == center)
    return wanted if scope is None else wanted.where(models.ReportedFigure.center.in_(sorted(scope)))
