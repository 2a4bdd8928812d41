"""What control charts say, in plain sentences: the answer first, then each finding, then how it was worked out."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from qa import format
from qa.i18n import _, ngettext, say
from qa.metrics import Metric
from qa.names import Names
from qa.stats.control_charts import LEAST_POINTS
from qa.trend.courses import FOUND, SPLITS, WHOLE, Panel, Trend
from qa.trend.holidays import special_day
from qa.trend.levels import LevelChange

Kind = Literal["improvement", "concern", "neither", "consistent_pass", "consistent_fail", "inconsistent", "none"]
POINTS_NAMED = 3
FINDINGS = 8
# Of a hundred ordinary points, at most so many are marked by chance: docs/false_alarms.md.
BY_CHANCE = 5


@dataclass(frozen=True)
class Statement:
    """One sentence; ``kind``: for better, for worse, changed without a better side, whether a target will be met, or a note."""

    key: str
    text: str
    kind: Kind


class TrendWords:
    """Tells the trend in the language in force."""

    def __init__(self, trend: Trend, names: Names, items: dict[tuple[str, ...], str], month_start: int = 1):
        """``items``: the name of each scorecard item, by scorecard and item."""
        self._trend, self._names, self._items, self._month_start = trend, names, items, month_start

    def answer(self) -> Statement:
        """The page's question in one sentence: is there a change to explain, or only ordinary variation?"""
        trend = self._trend
        judged = [panel for panel in trend.panels if panel.limits_now is not None or panel.changes]
        metric = say(trend.metric.name)
        if not judged:
            most = max((panel.method.points for panel in trend.panels), default=0)
            if any(panel.method.is_thin for panel in trend.panels):
                return Statement("answer", _("{metric}: too few records a point to tell; choose a longer grain.").format(metric=metric), "none")
            text = _("{metric}: only {points} complete periods, and limits need {least}. Choose a shorter grain or a longer period.")
            return Statement("answer", text.format(metric=metric, points=most, least=LEAST_POINTS), "none")
        if len(trend.panels) == 1:
            return self._answer_of_one(trend.panels[0], metric)
        changed, marked = sum(bool(panel.changes) for panel in judged), sum(not panel.changes and panel.marked > 0 for panel in judged)
        if not changed and not marked:
            text = _("{metric}: ordinary variation in all {count}, no cause to look for.")
            return Statement("answer", text.format(metric=metric, count=len(judged)), "none")
        text = _("{metric}: no change of level in any of {count}; {marked} have single signals, the others vary as usual.")
        if changed:
            text = _("{metric}: the level changed in {changed} of {count}; {marked} more have single signals, the others vary as usual.")
        text = text.format(metric=metric, changed=changed, count=len(judged), marked=marked)
        return Statement("answer", text, _gravest([change for panel in judged for change in panel.changes], trend.metric))

    def findings(self) -> list[Statement]:
        """A sentence for each change of level, then for the latest signals of each panel, then whether targets will be met."""
        shown = self._trend.shown
        several = len(self._trend.panels) > 1
        found = [self._change(panel, change) for panel in shown for change in panel.changes]
        told = self.answer()
        found = [statement for statement in found if statement.text != told.text]
        found += [statement for panel in shown if panel.limits_now and (statement := self._latest(panel)) is not None]
        found = found[:FINDINGS]
        if not several and shown:
            found += [statement for statement in (self.assurance(shown[0]), self._proposal(shown[0])) if statement is not None]
        return found

    def name(self, panel: Panel) -> str:
        """What a panel is called on screen; the metric's name for the whole."""
        by = SPLITS[self._trend.course.split]
        if not by:
            return say(self._trend.metric.name)
        if by == ("scorecard", "item"):
            return self._items.get(panel.group, " ".join(panel.group))
        return " · ".join(self._names.of(dimension, value) for dimension, value in zip(by, panel.group, strict=True))

    def assurance(self, panel: Panel) -> Statement | None:
        """Whether the target will be met by chance; None without target or limits."""
        if panel.assurance is None or panel.limits_now is None:
            return None
        words = {
            "consistent_pass": _("Within its limits ({limits}) the figure is always on target ({target}): it will be met unless something changes."),
            "consistent_fail": _("Within its limits ({limits}) the figure never reaches the target ({target}): it will be missed until the process changes."),
            "inconsistent": _("The target ({target}) lies within the limits ({limits}): met or missed from one time to the next by chance."),
        }  # fmt: skip
        low, _center, high = panel.limits_now
        unit = self._trend.metric.unit
        target = format.bounds(panel.target.minimum, panel.target.maximum, unit)
        text = words[panel.assurance].format(limits=format.interval(low, high, unit), target=target)
        if panel.changes and self._trend.course.rebase == WHOLE:
            text = _("{sentence} The level has changed since; compute the limits anew before relying on this.").format(sentence=text)
        return Statement("assurance", text, panel.assurance)

    def method(self, panel: Panel) -> str:
        """How a panel's limits were computed."""
        method = panel.method
        if method.is_thin:
            return _("Too few records a point for limits; choose a longer grain.")
        if method.kind is None:
            return _("Too few points for limits: {points} of {least}.").format(points=method.points, least=LEAST_POINTS)
        parts = [chart_name(method.kind)]
        if method.since is not None:
            parts.append(_("limits from {day}").format(day=format.short_day(method.since)))
        if method.by_weekday:
            parts.append(_("limits by weekday"))
        if not method.runs_apply:
            parts.append(_("few cases a point: only points beyond a limit are marked"))
        return _("; ").join(parts)

    def what(self, row: dict) -> str:
        """What is to be said of one point; empty for an ordinary one."""
        side = row["direction"] > 0
        words = {
            "outside": _("above the upper limit") if side else _("below the lower limit"),
            "shift": _("part of a run above the center") if side else _("part of a run below the center"),
            "near": _("two of three near the upper limit") if side else _("two of three near the lower limit"),
            "trend": _("part of a rising trend") if side else _("part of a falling trend"),
        }
        notes = [words[row["rule"]]] if row["rule"] else []
        notes += [_("provisional, not judged")] if row["provisional"] else []
        notes += [_("too few records, not judged")] if row["thin"] else []
        if self._trend.course.grain == "day" and (holiday := holiday_name(row["period"])):
            notes.append(holiday)
        return _(", ").join(notes)

    def period(self, start: date) -> str:
        """A period's name."""
        return format.bucket(start, self._trend.course.grain, self._month_start)

    def tick(self, start: date) -> str:
        """A period's short name for an axis."""
        return self.period(start) if self._trend.course.grain == "month" else format.short_day(start)

    def change(self, change: LevelChange) -> str:
        """A change of level without its subject."""
        text = _("from {day} the level rose from {before} to {after}") if change.is_rise else _("from {day} the level fell from {before} to {after}")
        before, after = self._levels(change)
        return text.format(day=format.day(change.day), before=before, after=after)

    def _levels(self, change: LevelChange) -> tuple[str, str]:
        """Both levels, with as many digits as it takes to tell them apart."""
        unit = self._trend.metric.unit
        return format.value(change.before, unit, beside=change.after), format.value(change.after, unit, beside=change.before)

    def _answer_of_one(self, panel: Panel, metric: str) -> Statement:
        if panel.changes:
            return self._change(panel, max(panel.changes, key=lambda change: (change.origin is not None, change.day)))
        if not panel.marked:
            return Statement("answer", _("{metric}: ordinary variation, no cause to look for.").format(metric=metric), "none")
        text = _("{metric}: no change of level; {marked} of {points} points stand out, of which up to {chance} may be chance.")
        points = panel.frame.height
        text = text.format(metric=metric, marked=panel.marked, points=points, chance=max(1, round(points * BY_CHANCE / 100)))
        return Statement("answer", text, "none")

    def _change(self, panel: Panel, change: LevelChange) -> Statement:
        """A change of level: told where it comes from, if one part carries it, and what it did to the whole."""
        metric, own = self._trend.metric, change
        name, whole = self.name(panel), ""
        if change.origin is not None:
            own = change.origin.change
            where = " · ".join(self._names.of(dimension, value) for dimension, value in change.origin.where)
            before, after = self._levels(change)
            whole = _(" {name} as a whole went from {before} to {after} with it.").format(name=name, before=before, after=after)
            name = _("{name}, {where}").format(name=name, where=where)
        text = _("{name}: {change}, more than ordinary variation.").format(name=name, change=self.change(own))
        if own.earliest != own.latest:
            text += _(" The day lies between {first} and {last} (95% confidence).").format(
                first=format.short_day(own.earliest), last=format.short_day(own.latest)
            )
        return Statement(f"change {panel.key} {change.day.isoformat()}", text + whole, _kind(change, metric))

    def _latest(self, panel: Panel) -> Statement | None:
        """The latest points beyond a limit, or the latest run; None where nothing stands out since the last change."""
        since = panel.changes[-1].day if panel.changes else date.min
        rows = panel.frame.filter(panel.frame["rule"] != "").to_dicts()
        beyond = [row for row in rows if row["rule"] == "outside" and (row["period"] >= since or self._trend.course.rebase == FOUND)]
        unit, name = self._trend.metric.unit, self.name(panel)
        if beyond:
            listed = _(", ").join(
                _("{period} {value} ({what})").format(period=self.period(row["period"]), value=format.value(row["value"], unit), what=self.what(row))
                for row in beyond[: -POINTS_NAMED - 1 : -1]
            )
            text = ngettext("{name}: {count} point beyond the limits: {list}.", "{name}: {count} points beyond the limits, the latest {list}.", len(beyond))
            return Statement(f"beyond {panel.key}", text.format(name=name, count=len(beyond), list=listed), _of_row(beyond[-1]))
        if not rows or panel.changes:
            return None
        last = [rows[-1]]
        for row in rows[-2::-1]:
            if (row["rule"], row["direction"]) != (last[0]["rule"], last[0]["direction"]):
                break
            last.insert(0, row)
        return Statement(f"run {panel.key}", self._run(name, last), _of_row(rows[-1]))

    def _run(self, name: str, run: list[dict]) -> str:
        """A run in words; ``run``: its points in order of time."""
        words = {
            ("shift", 1): _("{name}: {count} in a row above the center, {first} to {last}."),
            ("shift", -1): _("{name}: {count} in a row below the center, {first} to {last}."),
            ("trend", 1): _("{name}: {count} in a row rising, {first} to {last}."),
            ("trend", -1): _("{name}: {count} in a row falling, {first} to {last}."),
            ("near", 1): _("{name}: two of three near the upper limit, {first} to {last}."),
            ("near", -1): _("{name}: two of three near the lower limit, {first} to {last}."),
        }
        text = words[run[0]["rule"], run[0]["direction"]]
        return text.format(name=name, count=len(run), first=self.period(run[0]["period"]), last=self.period(run[-1]["period"]))

    def _proposal(self, panel: Panel) -> Statement | None:
        """The proposal to compute limits anew; None where there is nothing to propose or it was followed."""
        if not panel.changes or self._trend.course.rebase != WHOLE:
            return None
        days = _(", ").join(format.day(change.day) for change in panel.changes)
        text = _("Proposal: compute the limits anew from {days}, once the cause is known and the new level is meant to last.")
        return Statement("proposal", text.format(days=days), "none")


def chart_name(kind: str) -> str:
    """The chart's name."""
    return {
        "xmr": _("XmR chart, mean ± 2.66 × mean moving range"),
        "p": _("p-chart, limits by each point's n"),
        "laney_p": _("Laney p′ chart: varies more than n explains"),
        "u": _("u-chart, limits by each point's exposure"),
        "laney_u": _("Laney u′ chart: varies more than counts explain"),
    }[kind]


def variation_word(variation: str) -> str:
    """The class of a point."""
    return {
        "common_cause": _("Ordinary variation"),
        "special_cause_improvement": _("Signal: improvement"),
        "special_cause_concern": _("Signal: concern"),
        "special_cause_neither": _("Signal"),
    }[variation]


def assurance_word(assurance: str | None) -> str:
    """Whether the target will be met, in a word or two."""
    words = {
        None: format.NOTHING,
        "consistent_pass": _("Always meets it"),
        "consistent_fail": _("Never meets it"),
        "inconsistent": _("By chance"),
    }
    return words[assurance]


def holiday_name(day: date) -> str:
    """The public holiday a day belongs to, or that it makes up for one; empty for other days."""
    found = special_day(day)
    if found is None:
        return ""
    return _("make-up day for {holiday}").format(holiday=say(found.name)) if found.is_make_up else say(found.name)


def _kind(change: LevelChange, metric: Metric) -> Kind:
    return cast(Kind, change.variation(metric).removeprefix("special_cause_"))


def _of_row(row: dict) -> Kind:
    return row["variation"].removeprefix("special_cause_")


def _gravest(changes: list[LevelChange], metric: Metric) -> Kind:
    kinds = {_kind(change, metric) for change in changes}
    return next((kind for kind in ("concern", "improvement", "neither") if kind in kinds), "none")
