"""What a before/after study says, in plain sentences: the answer first, then what weakens it."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from qa import format
from qa.filters import Filters
from qa.i18n import _, capital, say, sentences
from qa.improvement.course import NOBODY, OTHER_CENTERS, OTHERS
from qa.improvement.regression import LEAST_GROUPS
from qa.improvement.study import Cell, Shift, Study
from qa.improvement.trainings import Training
from qa.measured import provisional_from
from qa.names import Names
from qa.periods import Period
from qa.warehouse import Warehouse
from qa.words import direction_word

State = Literal["improvement", "concern", "uncertain", "none", "too_few"]
STATES: dict[str, State] = {"better": "improvement", "worse": "concern", "changed": "uncertain", "none": "none", "too_few": "too_few"}
TRAININGS_NAMED = 3
# From this share of an improvement on, regression to the mean is a warning.
WARNED_SHARE = 0.2


@dataclass(frozen=True)
class Line:
    """One sentence; ``mark``: the word beside its sign, empty for none."""

    key: str
    text: str
    state: State = "none"
    mark: str = ""


class StudyWords:
    """Tells a study in the language in force."""

    def __init__(self, study: Study, warehouse: Warehouse, names: Names, item: str = ""):
        """``item``: the name of the scorecard item the figures are of, empty for whole evaluations."""
        self._study, self._warehouse, self._names, self._item = study, warehouse, names, item
        self._unit = study.course.declared.unit

    def lines(self, meanwhile: list[Training]) -> list[Line]:
        """All sentences. ``meanwhile``: other trainings of the group's centers in the same days."""
        found = [self.answer(), self.against(), self.regression(), *self.incomplete(), self.provisional(), self.meanwhile(meanwhile)]
        return [line for line in found if line is not None]

    def metric(self) -> str:
        """The metric, and the item it is of."""
        name = say(self._study.course.declared.name)
        return _("{metric} ({item})").format(metric=name, item=self._item) if self._item else name

    def group(self) -> str:
        """What the group is called."""
        study = self._study
        if study.course.training is not None:
            return _("the {count} agents trained").format(count=len(study.course.training.agents))
        return self._rows(study.group) or _("all centers")

    def others(self) -> str:
        """What those compared with are called; empty for nobody."""
        cell = self._study.cell("against", "before")
        against = self._study.course.against
        if cell is None or against == NOBODY:
            return ""
        if against == OTHERS:
            words = {
                "agent": _("the {count} other agents of the center"), "team": _("the {count} other teams of the center"),
                "center": _("the {count} other centers"), "queue": _("the {count} other queues"),
            }  # fmt: skip
            chosen = {"agent": cell.filters.agents, "team": cell.filters.teams, "center": cell.filters.centers, "queue": cell.filters.queues}
            return words[self._study.level].format(count=len(chosen[self._study.level]))
        return _("all other centers") if against == OTHER_CENTERS else self._names.of("center", against)

    def answer(self) -> Line:
        """How far the group moved."""
        study = self._study
        if study.change is None:
            text = _("{metric}: nothing is counted of {group} in the days before or in the days after; choose another day or longer windows.")
            return Line("answer", text.format(metric=self.metric(), group=self.group()))
        before, after = study.cell("group", "before"), study.cell("group", "after")
        text = _("{metric} of {group}: {before} in the {days_before} days before {day}, {after} in the {days_after} days after: {change}.").format(
            metric=self.metric(), group=self.group(), before=self._value(before), after=self._value(after), day=format.day(study.course.on),
            days_before=study.course.days_before, days_after=study.course.days_after, change=self.shift(study.change),
        )  # fmt: skip
        return Line("answer", text, STATES[study.change.direction], shift_word(study.change))

    def against(self) -> Line | None:
        """How much further than those compared with."""
        study = self._study
        if study.course.against == NOBODY or study.change is None:
            return None
        others = self.others()
        if not others or study.difference is None:
            return Line("against", _("There is nobody to compare with in these days: what happened to everybody is part of this change."))
        before, after = study.cell("against", "before"), study.cell("against", "after")
        text = _("{others}: {before} before, {after} after ({change}). Difference between the two changes: {difference}.").format(
            others=capital(others), before=self._value(before), after=self._value(after), change=format.change(study.other_change.value, self._unit),
            difference=self.shift(study.difference),
        )  # fmt: skip
        if study.difference.direction == "too_few":
            text = sentences(text, _("Too few of them to say whether the change is the group's own."))
        return Line("against", text, STATES[study.difference.direction], shift_word(study.difference))

    def regression(self) -> Line | None:
        """What of an improvement the choice of the group would explain; None where the group was not below the others."""
        study, pull = self._study, self._study.regression
        better = study.course.declared.better
        if pull is None or better not in ("higher", "lower"):
            return None
        if pull.expected is None:
            text = _("If the group was chosen because it was bad, part of an improvement comes by itself (regression to the mean); how much cannot be told from {count} groups, it takes {least}.")
            return Line("regression", text.format(count=pull.groups, least=LEAST_GROUPS))
        improving = 1 if better == "higher" else -1
        if (pull.mean - pull.value) * improving <= 0:
            return None
        text = _("Before, the group was worse than the mean of all {count} it was chosen from ({value} against {mean}). If it was chosen for that, {expected} comes by itself (regression to the mean)").format(
            count=pull.groups, value=format.value(pull.value, self._unit), mean=format.value(pull.mean, self._unit),
            expected=format.change(pull.expected, self._unit),
        )  # fmt: skip
        moved = study.change.value * improving
        if moved <= 0:
            return Line("regression", text + _("; yet it did not improve."))
        share = min(pull.expected * improving / moved, 1.0)
        text += _(", which would explain {share} of the improvement.").format(share=format.value(share, "share"))
        warned = share >= WARNED_SHARE
        return Line("regression", text, "uncertain" if warned else "none", _("Regression to the mean") if warned else "")

    def incomplete(self) -> list[Line]:
        """A window that reaches beyond the data."""
        span, windows = self._warehouse.span, self._study.course.windows
        found = []
        if windows.before.date_from < span.first_day:
            text = _("The data begin on {day}: the days before are not all there.").format(day=format.day(span.first_day))
            found.append(Line("begin", text, "too_few", _("Incomplete")))
        if windows.after.date_to > span.until:
            missing = (windows.after.date_to - max(span.until, windows.after.date_from)).days
            text = _("The data end on {day}: {missing} of the {days} days after are not there yet.")
            found.append(Line("end", text.format(day=format.day(span.last_day), missing=missing, days=windows.after.days), "too_few", _("Incomplete")))
        return found

    def provisional(self) -> Line | None:
        """Days whose figures may still change."""
        since = provisional_from(self._warehouse, self._study.course.declared)
        after = self._study.course.windows.after
        if since >= min(after.date_to, self._warehouse.span.until):
            return None
        text = _("From {day} on the figures are provisional: whether customers call again is not known yet, and such contacts are left out.")
        return Line("provisional", text.format(day=format.day(max(since, after.date_from))), "too_few", _("Provisional"))

    def meanwhile(self, found: list[Training]) -> Line | None:
        """Other trainings in the same days, which may be the cause as well."""
        if not found:
            return None
        listed = _(", ").join(f"{one.topic} ({format.short_day(one.held_on)})" for one in found[:TRAININGS_NAMED])
        text = _("In the same days the group's centers held {count} other trainings: {list}. The figures cannot tell their effects apart.")
        return Line("meanwhile", text.format(count=len(found), list=listed))

    def shift(self, shift: Shift) -> str:
        """A difference with its interval and whether it is more than noise."""
        confidence = f"{self._warehouse.config.statistics.confidence * 100:g}%"
        if shift.direction == "too_few":
            return _("{change} ({verdict})").format(change=format.change(shift.value, self._unit), verdict=shift_word(shift))
        return _("{change} ({confidence} interval {low} to {high}), {verdict}").format(
            change=format.change(shift.value, self._unit), confidence=confidence, low=format.change(shift.low, self._unit),
            high=format.change(shift.high, self._unit), verdict=shift_word(shift),
        )  # fmt: skip

    def _rows(self, filters: Filters) -> str:
        """The choice of rows in words; empty for all."""
        parts = [self._listed("center", filters.centers), self._listed("team", filters.teams), self._listed("queue", filters.queues)]
        agents = filters.agents
        if agents is not None:
            parts.append(self._names.of("agent", agents[0]) if len(agents) == 1 else _("{count} agents").format(count=len(agents)))
        return " · ".join(part for part in parts if part)

    def _listed(self, dimension: str, chosen: tuple[str, ...] | None) -> str:
        return "" if chosen is None else _(", ").join(self._names.of(dimension, value) for value in chosen)

    def _value(self, cell: Cell) -> str:
        return format.value(cell.row["value"], self._unit)


def shift_word(shift: Shift) -> str:
    """Whether a difference is more than noise, and to which side."""
    if shift.direction != shift.alone:
        return _("within noise, both statements allowed for")
    return _("changed, more than noise") if shift.direction == "changed" else direction_word(shift.direction)


def window_word(window: str) -> str:
    """The name of a window."""
    return _("Before") if window == "before" else _("After")


def days_in_words(days: Period) -> str:
    """First and last day."""
    return _("{first} – {last}").format(first=format.day(days.date_from), last=format.day(days.last_day))


def usual_day(warehouse: Warehouse, shown_from: date) -> date:
    """The day offered at first: where the period chosen begins, or so that the usual days after it are there."""
    latest = warehouse.span.until - timedelta(days=28)
    return max(min(shown_from, latest), warehouse.span.first_day)
