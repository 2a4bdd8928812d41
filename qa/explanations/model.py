"""What is kept of a month: figures as they were reported, and the explanations owed for them."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

from qa.people import Role
from qa.words import Verdict

State = Literal["owed", "draft", "reviewed", "submitted", "accepted", "returned"]
STATES: tuple[State, ...] = get_args(State)
Reason = Literal["target", "gap"]
# What the writer has handed on; everything else waits for the branch.
DONE: tuple[State, ...] = ("submitted", "accepted")


@dataclass(frozen=True)
class Figure:
    """One metric of a center and month, judged. Half-open days; ``gap`` as a share; nulls where nothing is known.

    ``verdict``: what the data carry: missed (beyond noise), uncertain, too_few, met. ``reasons``: what the rule holds
    against the value itself; an explanation is owed for any.
    """

    center: str
    month: str
    metric: str
    date_from: date
    date_to: date
    numerator: float | None
    denominator: float | None
    value: float | None
    n: int
    low: float | None
    high: float | None
    minimum: float | None
    maximum: float | None
    gap: float | None
    headquarters: float | None
    verdict: Verdict
    reasons: tuple[Reason, ...]

    @property
    def is_owed(self) -> bool:
        return bool(self.reasons)

    @property
    def key(self) -> tuple[str, str]:
        return self.center, self.metric


@dataclass(frozen=True)
class Reported:
    """A figure as it was when the list was made, and what it was made from. ``reported_at``: UTC."""

    figure: Figure
    build_id: str
    data_until: date
    definition_version: str
    definitions: dict[str, Any]
    reported_at: datetime


@dataclass(frozen=True)
class Cause:
    """One cause. ``code``: the finding of the board it was chosen from, empty for one in free words."""

    code: str
    text: str


@dataclass(frozen=True)
class Measure:
    """What is done about it, by whom and until when; parts not yet known are empty."""

    what: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True)
class Attachment:
    """A view of the board: its link, and the figures it showed, as (name, text)."""

    title: str
    link: str
    figures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Content:
    """The words of an explanation."""

    text: str = ""
    causes: tuple[Cause, ...] = ()
    measures: tuple[Measure, ...] = ()
    attachments: tuple[Attachment, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as the store keeps it."""
        kept = asdict(self)
        kept["measures"] = [asdict(measure) | {"due": measure.due.isoformat() if measure.due else None} for measure in self.measures]
        return kept

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Content":
        """What ``as_json`` kept."""
        measures = (Measure(row["what"], row["owner"], date.fromisoformat(row["due"]) if row["due"] else None) for row in kept["measures"])
        attachments = (Attachment(row["title"], row["link"], tuple((name, text) for name, text in row["figures"])) for row in kept["attachments"])
        return cls(kept["text"], tuple(Cause(**row) for row in kept["causes"]), tuple(measures), tuple(attachments))


@dataclass(frozen=True)
class Explanation:
    """An explanation with the figure it is owed for. ``version`` rises with every change."""

    id: int
    reported: Reported
    state: State
    due_on: date
    writes: Role
    reviews: Role
    receives: tuple[Role, ...]
    content: Content
    version: int
    changed_at: datetime
    changed_by: str

    @property
    def figure(self) -> Figure:
        return self.reported.figure

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been submitted by now and was not."""
        return self.state not in DONE and today > self.due_on


@dataclass(frozen=True)
class Change:
    """One entry of an explanation's history. ``at``: UTC; ``content``: its words after the change."""

    at: datetime
    who: str
    role: str
    action: str
    state_before: str
    state_after: str
    reason: str
    content: Content = field(repr=False)
    version: int = 0
    is_late: bool = False
