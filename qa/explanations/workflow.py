"""By whose hands an explanation goes: who may do what with it, and what that changes.

owed -> draft -> reviewed -> submitted -> accepted, or returned with a reason, from where it is written again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy.orm.exc import StaleDataError

from qa.explanations.listing import local, utc_now
from qa.explanations.model import Content, Explanation, State
from qa.explanations.reading import as_explanation
from qa.explanations.validation import lacking, unusable
from qa.i18n import _, sentences
from qa.people import Person
from qa.problems import Problem
from qa.store import Store, models

Action = Literal["save", "review", "submit", "accept", "return"]
ACTIONS: tuple[Action, ...] = get_args(Action)

TRANSITIONS: dict[tuple[Action, State], State] = {
    ("save", "owed"): "draft",
    ("save", "draft"): "draft",
    ("save", "returned"): "draft",
    ("review", "draft"): "reviewed",
    ("return", "draft"): "returned",
    ("return", "reviewed"): "returned",
    ("submit", "reviewed"): "submitted",
    ("accept", "submitted"): "accepted",
    ("return", "submitted"): "returned",
}


class Refused(Problem):
    """Somebody may not do this, or not now, or something is missing; nothing was changed."""


class Overtaken(Refused):
    """Somebody else has changed the explanation meanwhile; nothing was changed. ``current``: as it is now."""

    def __init__(self, current: Explanation):
        self.current = current
        message = _("{who} has changed this explanation meanwhile. Nothing of theirs was overwritten, and your text is still here.")
        super().__init__(message.format(who=current.changed_by))


def may(person: Person, explanation: Explanation) -> tuple[Action, ...]:
    """What the person may do with the explanation in its present state."""
    if not person.name or not person.may_see(explanation.figure.center):
        return ()
    state = explanation.state
    return tuple(action for action in ACTIONS if (action, state) in TRANSITIONS and person.role in _roles(action, explanation))


def save(store: Store, person: Person, number: int, version: int, content: Content, now: datetime | None = None) -> Explanation:
    """The explanation with this content. Raises Overtaken where ``version`` is not the latest, else Refused."""
    if problem := unusable(content):
        raise Refused(problem)
    return _change(store, person, number, version, "save", "", lambda _row: content, now)


def act(store: Store, person: Person, number: int, version: int, action: Action, reason: str = "", now: datetime | None = None) -> Explanation:
    """The explanation after it was reviewed, submitted, accepted or returned. Raises as ``save`` does."""
    reason = reason.strip()
    if action == "save":
        raise ValueError("content is saved by save()")
    if action == "return" and not reason:
        raise Refused(_("Please say why it is returned."))
    return _change(store, person, number, version, action, reason, _content_of, now)


def _change(
    store: Store, person: Person, number: int, version: int, action: Action, reason: str,
    words: Callable[[Explanation], Content], now: datetime | None,
) -> Explanation:  # fmt: skip
    try:
        with store.writing() as session:
            row = session.get(models.Explanation, number)
            if row is None or not person.may_see(row.figure.center):
                raise Refused(_("There is no such explanation."))
            before = as_explanation(row)
            if row.version != version:
                raise Overtaken(before)
            _require(person, before, action)
            at = now or utc_now()
            _write(row, words(before), TRANSITIONS[action, before.state], person, at)
            session.flush()
            session.add(_entry(row, person, action, before, reason, at))
            session.flush()
            return as_explanation(row)
    except StaleDataError as error:
        # The other committed between our reading and our writing.
        with store.reading() as session:
            raise Overtaken(as_explanation(session.get_one(models.Explanation, number))) from error


def _require(person: Person, explanation: Explanation, action: Action) -> None:
    """Refused unless the person may do this now, and what it needs is there."""
    if action not in may(person, explanation):
        if (action, explanation.state) not in TRANSITIONS:
            raise Refused(_("This is not possible in the state the explanation is in."))
        raise Refused(_("Your role may not do this."))
    missing = lacking(explanation.content) if action in ("review", "submit") else []
    if missing:
        raise Refused(_("It cannot go on yet: {missing}").format(missing=sentences(*missing)))


def _write(row: models.Explanation, content: Content, state: State, person: Person, at: datetime) -> None:
    for name, value in content.as_json().items():
        setattr(row, name, value)
    row.state, row.changed_at, row.changed_by = state, at, person.name


def _entry(row: models.Explanation, person: Person, action: Action, before: Explanation, reason: str, at: datetime) -> models.ExplanationChange:
    return models.ExplanationChange(
        explanation_id=row.id, version=row.version, at=at, who=person.name, role=person.role, action=action, state_before=before.state,
        state_after=row.state, reason=reason, content=_content_of(as_explanation(row)).as_json(), is_late=action == "submit" and local(at).date() > row.due_on,
    )  # fmt: skip


def _roles(action: Action, explanation: Explanation) -> tuple[str, ...]:
    """The roles that may do this with an explanation in its present state."""
    if action == "save":
        return (explanation.writes,)
    if action == "review":
        return (explanation.reviews,)
    if action == "submit":
        return explanation.writes, explanation.reviews
    if action == "accept" or explanation.state == "submitted":
        return explanation.receives
    return (explanation.reviews,)


def _content_of(explanation: Explanation) -> Content:
    return explanation.content

