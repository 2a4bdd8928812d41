"""What the page before/after is asked: a metric, a day or a training, the windows on either side, and whom to compare with."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, NamedTuple

from qa.filters import Filters
from qa.improvement.trainings import Training
from qa.metrics import METRICS, Metric
from qa.periods import Period

Level = Literal["agent", "team", "center", "queue"]
LEVELS: dict[Level, str] = {"agent": "agents", "team": "teams", "center": "centers", "queue": "queues"}
NOBODY, OTHERS, OTHER_CENTERS = "none", "others", "centers"
USUAL_DAYS = 28


@dataclass(frozen=True)
class Course:
    """One question. The group is what the filters choose, or those who took part in the training.

    ``on``: the first day of the new way; a training's own day belongs to neither side. ``washout``: days after it that are
    left out. ``against``: "none", "others" (what the group was chosen from: the other agents, teams, queues or centers),
    "centers" (all other centers), or a center.
    """

    metric: str
    on: date
    training: Training | None = None
    days_before: int = USUAL_DAYS
    days_after: int = USUAL_DAYS
    washout: int = 0
    against: str = OTHERS

    @property
    def declared(self) -> Metric:
        return METRICS[self.metric]

    @property
    def starts(self) -> date:
        """The first day that can show the new way: the one after a training."""
        return self.on + timedelta(days=self.training is not None)

    @property
    def windows(self) -> "Windows":
        """The days before and after, half-open."""
        start = self.starts + timedelta(days=self.washout)
        return Windows(Period(self.on - timedelta(days=self.days_before), self.on), Period(start, start + timedelta(days=self.days_after)))

    def group(self, filters: Filters) -> Filters:
        """The group's rows. A call counts on its own day, also where it was evaluated later: what was learned shows in calls."""
        own = replace(filters, date_basis="call")
        return own if self.training is None else replace(own, centers=(self.training.center,), teams=None, agents=self.training.agents)


class Windows(NamedTuple):
    """The days that are compared."""

    before: Period
    after: Period


def level_of(group: Filters) -> Level | None:
    """What the group was chosen from: agents, teams, centers or queues, the smallest first; None for the whole."""
    return next((level for level, attribute in LEVELS.items() if getattr(group, attribute) is not None), None)


def all_of_level(group: Filters, level: Level) -> Filters:
    """The rows of everybody the group was chosen from: its center's for agents and teams, all for centers and queues."""
    freed = group.choosing(**{LEVELS[level]: None})
    return replace(freed, teams=None) if level == "agent" else freed
