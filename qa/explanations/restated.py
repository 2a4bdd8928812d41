"""Data corrected after a figure was reported: what stands beside it, and what it hides no longer."""

from collections.abc import Iterable
from dataclasses import dataclass

from qa.explanations.model import Figure, Reported

# What the data say, and what they are held against.
MEASURED = ("numerator", "denominator", "n", "headquarters")
HELD_AGAINST = ("minimum", "maximum", "gap")


@dataclass(frozen=True)
class Restated:
    """A reported figure that is another one by now. ``now``: by the data and targets of now, None where nothing is left of it."""

    reported: Reported
    now: Figure | None

    @property
    def is_corrected(self) -> bool:
        """Whether the data changed; else only what they are held against."""
        return self.now is None or _differ(self.reported.figure, self.now, MEASURED)

    @property
    def turns(self) -> bool:
        """Whether an explanation would be owed now and was not, or the other way round."""
        return self.reported.figure.is_owed != (self.now is not None and self.now.is_owed)


def restated(reported: Iterable[Reported], now: Iterable[Figure]) -> dict[tuple[str, str], Restated]:
    """The reported figures that differ from those of now, by center and metric."""
    current = {figure.key: figure for figure in now}
    found = {one.figure.key: Restated(one, current.get(one.figure.key)) for one in reported}
    return {key: one for key, one in found.items() if one.now is None or _differ(one.reported.figure, one.now, MEASURED + HELD_AGAINST)}


def _differ(before: Figure, now: Figure, names: Iterable[str]) -> bool:
    return any(getattr(before, name) != getattr(now, name) for name in names)
