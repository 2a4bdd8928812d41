"""What people write, and what it was written about: the tables of the store.

Nothing here is computed again: a figure is kept as it was when the list was made.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

NAMING = {"ix": "ix_%(table_name)s_%(column_0_name)s", "uq": "uq_%(table_name)s_%(column_0_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s"}


class Base(DeclarativeBase):
    """All tables of the store."""

    type_annotation_map = {dict[str, Any]: JSON, list[Any]: JSON, datetime: DateTime(timezone=False)}


Base.metadata.naming_convention = {**NAMING, "pk": "pk_%(table_name)s"}


class ReportedFigure(Base):
    """One metric of a center and month as it was judged: what a report of that month says, whatever the data say later.

    ``month``: its name, "2026-10", in the center's own months; ``date_from``, ``date_to``: its half-open days.
    ``value`` and all that follows from it are null where nothing was recorded. ``gap``: as a share. ``reasons``: why an
    explanation is owed, "target" and "gap"; none where it is not. ``definitions``: those in force, ``definition_version``
    their digest. Times are UTC.
    """

    __tablename__ = "reported_figures"
    __table_args__ = (UniqueConstraint("center", "month", "metric"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    center: Mapped[str] = mapped_column(String(200))
    month: Mapped[str] = mapped_column(String(7), index=True)
    metric: Mapped[str] = mapped_column(String(100))
    date_from: Mapped[date] = mapped_column(Date)
    date_to: Mapped[date] = mapped_column(Date)
    numerator: Mapped[float | None] = mapped_column(Float(53))
    denominator: Mapped[float | None] = mapped_column(Float(53))
    value: Mapped[float | None] = mapped_column(Float(53))
    n: Mapped[int] = mapped_column(Integer)
    low: Mapped[float | None] = mapped_column(Float(53))
    high: Mapped[float | None] = mapped_column(Float(53))
    minimum: Mapped[float | None] = mapped_column(Float(53))
    maximum: Mapped[float | None] = mapped_column(Float(53))
    gap: Mapped[float | None] = mapped_column(Float(53))
    headquarters: Mapped[float | None] = mapped_column(Float(53))
    verdict: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[list[Any]] = mapped_column(JSON)
    build_id: Mapped[str] = mapped_column(String(64))
    data_until: Mapped[date] = mapped_column(Date)
    definition_version: Mapped[str] = mapped_column(String(16))
    definitions: Mapped[dict[str, Any]] = mapped_column(JSON)
    reported_at: Mapped[datetime]


class Explanation(Base):
    """The explanation owed for a figure: its state, its words, and by whose hands it goes.

    ``version`` rises with every change; a change made from an older one is refused. ``causes``: [{code, text}];
    ``measures``: [{what, owner, due}]; ``attachments``: [{title, link, figures}].
    """

    __tablename__ = "explanations"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    figure_id: Mapped[int] = mapped_column(ForeignKey("reported_figures.id"), unique=True)
    state: Mapped[str] = mapped_column(String(20))
    due_on: Mapped[date] = mapped_column(Date)
    writes: Mapped[str] = mapped_column(String(40))
    reviews: Mapped[str] = mapped_column(String(40))
    receives: Mapped[list[Any]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(Text)
    causes: Mapped[list[Any]] = mapped_column(JSON)
    measures: Mapped[list[Any]] = mapped_column(JSON)
    attachments: Mapped[list[Any]] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(Integer)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(200))

    figure: Mapped[ReportedFigure] = relationship(lazy="joined", innerjoin=True)

    __mapper_args__ = {"version_id_col": version}


class ExplanationChange(Base):
    """One change of an explanation: who did what when, from which state to which, and its words after it.

    Rows are added and never changed or removed; triggers of the migrations refuse both.
    """

    __tablename__ = "explanation_changes"
    __table_args__ = (Index("ix_explanation_changes_explanation_id", "explanation_id", "version"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    explanation_id: Mapped[int] = mapped_column(ForeignKey("explanations.id"))
    version: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(20))
    state_before: Mapped[str] = mapped_column(String(20))
    state_after: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_late: Mapped[bool] = mapped_column(Boolean)
