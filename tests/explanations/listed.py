"""Explanations as a list makes them, without the extracts."""

from dataclasses import replace
from datetime import date, datetime

from qa.explanations.listing import Source, report
from qa.explanations.model import Figure
from qa.explanations.reading import explanations_of
from qa.explanations.rules import DEFAULT_RULES, Rules
from qa.store import Store

FIGURE = Figure(
    "WH", "2026-10", "pass_rate", date(2026, 10, 1), date(2026, 11, 1), 86, 91, 86 / 91, 91, 0.878, 0.976, 0.95, None, None, None, "uncertain", ("target",)
)  # fmt: skip
SOURCE = Source("build", date(2026, 10, 31), "version", {})


def listed(store: Store, center: str) -> int:
    """The number of an explanation this center owes for October, due on the tenth of November."""
    with store.writing() as session:
        report(session, Rules(DEFAULT_RULES), SOURCE, [replace(FIGURE, center=center)], datetime(2026, 11, 1, 8))
    (owed,) = explanations_of(store, center, "2026-10")
    return owed.id
