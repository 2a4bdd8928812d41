"""The sentences about a gap: how large, which part is mix and which performance, and where most of it sits."""

from dataclasses import dataclass

from qa import format
from qa.centers.gaps import Part
from qa.centers.naming import here_name, segment_name, split_word, there_name
from qa.centers.why import Explained, Segment
from qa.filters import Asked
from qa.i18n import _, ngettext, say
from qa.metrics import Metric
from qa.names import Names
from qa.quality.scorecards import Cards
from qa.words import verdict_word

# So many segments are named in a sentence; the table has them all.
NAMED = 3


@dataclass(frozen=True)
class Line:
    """One sentence; ``state``: better, worse, real (more than noise without a better side), none, too_few, or missed for a
    target; empty for a note.
    """

    key: str
    text: str
    state: str = ""


class WhyWords:
    """Says what one explanation says."""

    def __init__(self, explained: Explained, asked: Asked, names: Names, cards: Cards):
        self.explained, self._names, self._cards = explained, names, cards
        self.here = here_name(explained.course, asked, names)
        self.there = there_name(explained.course, asked, names)
        self._metric, self._unit = explained.metric, explained.metric.unit

    def lines(self) -> list[Line]:
        """The answer first, then its reasons."""
        return [self.answer(), *self._segments(), *self._mix(), *self._note()]

    def answer(self) -> Line:
        """Both values, the gap with its interval, and its parts."""
        found = self.explained
        text = gap_sentence(found.metric, found.here, found.there, found.gap, self.here, self.there)
        if found.gap.direction == "too_few":
            return Line("gap", text, "too_few")
        if not found.is_within:
            parts = _("Of this, mix makes {mix} and performance {performance}.")
            text = _("{first} {second}").format(first=text, second=parts.format(mix=self._part(found.mix), performance=self._part(found.performance)))
        return Line("gap", text, state_of(found.gap))

    def name(self, segment: Segment) -> str:
        return segment_name(self.explained.by, segment.key, self._names, self._cards)

    def notes(self, segment: Segment) -> list[str]:
        """What a segment is made of, for hover."""
        values = format.value(segment.here["value"], self._unit), format.value(self.held_against(segment), self._unit)
        shares = format.value(segment.share_here, "share"), format.value(segment.share_there, "share")
        return [
            _("value {here} against {there}").format(here=values[0], there=values[1]),
            _("share {here} against {there}").format(here=shares[0], there=shares[1]),
        ]

    def held_against(self, segment: Segment) -> float | None:
        """The value a segment is held against: its own there, or the whole one where only one side has such segments."""
        return self.explained.there["value"] if self.explained.is_within else segment.there["value"]

    def _segments(self) -> list[Line]:
        """Which segments perform differently, those beyond noise; or that none does by itself."""
        found, by = self.explained, split_word(self.explained.by)
        ordered = sorted(found.segments, key=lambda one: -abs(one.performance.value))
        told = [segment for segment in ordered if segment.change.is_real]
        if not told:
            text = _("By {dimension}, no single difference in performance is more than noise.")
            return [] if found.gap.direction == "too_few" else [Line("segments", text.format(dimension=by), "none")]
        listed = _("; ").join(self._told(segment) for segment in told[:NAMED])
        text = ngettext(
            "By {dimension}, {count} of {all} differs in performance beyond noise: {segments}.",
            "By {dimension}, {count} of {all} differ in performance beyond noise, the largest first: {segments}.",
            len(told),
        )
        return [Line("segments", text.format(dimension=by, count=len(told), all=len(found.segments), segments=listed), _shared_state(told))]

    def _told(self, segment: Segment) -> str:
        return _("{name} {change} ({here} against {there})").format(
            name=self.name(segment), change=format.change(segment.performance.value, self._unit),
            here=format.value(segment.here["value"], self._unit), there=format.value(self.held_against(segment), self._unit),
        )  # fmt: skip

    def _mix(self) -> list[Line]:
        """What the mix consists of, where it is more than noise."""
        found = self.explained
        if not found.mix.is_real:
            return []
        towards = [segment for segment in found.segments if segment.mix.value * found.mix.value > 0]
        largest = sorted(towards, key=lambda one: -abs(one.mix.value))[:NAMED]
        listed = _("; ").join(
            _("{name} {change} ({here} of the work against {there})").format(
                name=self.name(segment), change=format.change(segment.mix.value, self._unit),
                here=format.value(segment.share_here, "share"), there=format.value(segment.share_there, "share"),
            )
            for segment in largest
        )  # fmt: skip
        return [Line("mix", _("The mix: {segments}.").format(segments=listed), state_of(found.mix))]

    def _note(self) -> list[Line]:
        found = self.explained
        if found.is_within:
            text = _("Only one side has such groups ({dimension}), so nothing is mix: each adds its share of the work times its distance from {there}.")
            return [Line("within", text.format(dimension=split_word(found.by), there=self.there))]
        lonely = [segment for segment in found.segments if segment.is_one_sided]
        if not lonely:
            return []
        text = ngettext(
            "{count} of {all} segments is on one side only; without a value to compare with it counts as mix.",
            "{count} of {all} segments are on one side only; without a value to compare with they count as mix.",
            len(lonely),
        )
        return [Line("one-sided", text.format(count=len(lonely), all=len(found.segments)))]

    def _part(self, part: Part) -> str:
        """A part with its interval, and that it may be noise where it may."""
        text = format.change(part.value, self._unit)
        if part.low is not None:
            text += " " + format.change_interval(part.low, part.high, self._unit)
        return text if part.is_real or part.low is None else text + _(" (within noise)")


def gap_sentence(metric: Metric, here: dict, there: dict, gap: Part, here_named: str, there_named: str) -> str:
    """One value against another, how far apart, and whether that is more than noise."""
    size = format.change(abs(gap.value), metric.unit).lstrip("+±")
    words = {
        "above": _("{metric} of {here} is {gap} above {there} ({value} against {other}{interval})"),
        "below": _("{metric} of {here} is {gap} below {there} ({value} against {other}{interval})"),
        "level": _("{metric} of {here} equals that of {there} ({value} against {other}{interval})"),
    }
    side = "above" if gap.value > 0 else "below" if gap.value < 0 else "level"
    interval = "" if gap.low is None else _("; difference {interval}").format(interval=format.change_interval(gap.low, gap.high, metric.unit))
    text = words[side].format(
        metric=say(metric.name), here=here_named, there=there_named, gap=size, interval=interval,
        value=format.value(here["value"], metric.unit), other=format.value(there["value"], metric.unit),
    )  # fmt: skip
    if gap.direction == "too_few":
        return text + _(": too few to tell ({here} and {there}).").format(here=format.count(here["n"]), there=format.count(there["n"]))
    if gap.low is None:
        return text + _(".")
    if gap.is_real:
        return text + _(", more than noise.")
    if gap.low > 0 or gap.high < 0:
        return text + _(": by itself beyond noise, but not once gap, mix and performance are judged together.")
    return text + _(": this is within noise.")


def state_word(state: str) -> str:
    """A state in words."""
    words = {
        "better": _("better, beyond noise"), "worse": _("worse, beyond noise"), "real": _("more than noise"),
        "none": _("within noise"), "too_few": _("too few to tell"), "missed": verdict_word("missed"),
    }  # fmt: skip
    return words[state]


def state_of(part: Part) -> str:
    """How a part is marked: by its direction; real where it is more than noise without a better side."""
    return "real" if part.is_real and part.direction == "none" else part.direction


def _shared_state(segments: list[Segment]) -> str:
    """The direction the segments share; real where they go either way."""
    directions = {segment.change.direction for segment in segments}
    (only,) = directions if len(directions) == 1 else ("real",)
    return "real" if only == "none" else only
