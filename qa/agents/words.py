"""What the pages of agents and teams say, in the language in force."""

from collections.abc import Sequence

import polars as pl

from qa import format
from qa.agents.appraisal import GRADES, VOLUMES
from qa.agents.figures import Level
from qa.agents.ranking import CALLED, HIGH_IS_GOOD, Ranking
from qa.agents.severity import Severity
from qa.config import Appraisal, Part, Statistics
from qa.i18n import _, ngettext, say, sentences
from qa.metrics import METRICS, Metric
from qa.names import Names
from qa.words import code_words

MOST_NAMED = 6


def title(level: Level) -> str:
    """The question of the page."""
    if level == "team":
        return _("Which teams are off target, and which differ by more than noise?")
    return _("Which agents are off target, which differ by more than noise, and for whom is it too early to say?")


def ranking_title(level: Level) -> str:
    """The question of the ranking."""
    return _("Which teams are truly at the top or the bottom?") if level == "team" else _("Who is truly at the top or the bottom?")


def standing(frame: pl.DataFrame, level: Level, statistics: Statistics) -> str:
    """How many there are, how many are off a target, differ, and cannot be judged; where nobody has another to be compared with, that."""
    sampled = frame.filter(~pl.col("metric").is_in([key for key, metric in METRICS.items() if metric.interval == "none"]))
    enough = sampled.filter(pl.col("n") >= statistics.least_n)
    compared = max(enough.group_by("metric").len()["len"], default=0)

    def people_of(rows: pl.DataFrame) -> int:
        return rows.select(pl.struct("center", level).n_unique()).item()

    everybody, missed = people_of(frame), people_of(sampled.filter(verdict="missed"))
    differ, few = people_of(sampled.filter(pl.col("signal").is_in(["better", "worse"]))), people_of(frame) - people_of(enough)
    parts = [
        _counted(ngettext("{count} is off a target beyond doubt in at least one figure", "{count} are off a target beyond doubt in at least one figure", missed), missed),
        _counted(ngettext("{count} differs from the others beyond noise in at least one", "{count} differ from the others beyond noise in at least one", differ), differ)
        if compared > 1 else "",
        _counted(ngettext("{count} has too few records for any verdict", "{count} have too few records for any verdict", few), few) if few else "",
    ]  # fmt: skip
    if not missed:
        parts[0] = _("none is off a target beyond doubt")
    if not differ and compared > 1:
        parts[1] = _("none differs from the others beyond noise")
    heads = ngettext("{count} agent", "{count} agents", everybody) if level == "agent" else ngettext("{count} team", "{count} teams", everybody)
    found = _("{people}: {parts}.").format(people=_counted(heads, everybody), parts=_("; ").join(part for part in parts if part))
    one_by_one = _("Verdicts on targets hold at {confidence} each.").format(confidence=percent(statistics.confidence))
    chance = _("In each column all comparisons are allowed for: the chance that even one is marked by noise is at most {chance}.").format(
        chance=percent(1 - statistics.confidence)
    )
    alone = _("No other agent here has enough records to be compared with.") if level == "agent" else _("No other team here has enough records to be compared with.")
    return sentences(found, one_by_one, chance if compared > 1 else alone if compared == 1 else "")


def _counted(text: str, count: int) -> str:
    return text.format(count=format.count(count))


def ranked(found: Ranking, names: Names, level: Level) -> str:
    """Who is called top or bottom by the chosen metric, or that nobody is."""
    metric = say(found.metric.name)
    if found.frame.height < 2:
        return _("{metric}: fewer than two have enough records to be ranked. Choose a longer period.").format(metric=metric)
    if found.is_of_few:
        return _("{metric}: only {count} have enough records. Of fewer than five it cannot be told how far apart they truly are, so none is ranked.").format(
            metric=metric, count=format.count(found.frame.height)
        )
    if found.spread == 0:
        return _("{metric}: the {count} with enough records differ by no more than chance explains, so none ranks above another.").format(
            metric=metric, count=format.count(found.frame.height)
        )
    sides = [(side, found.called(side)) for side in ("bottom", "top")]
    said = [_side(side, frame, found.metric, names, level) for side, frame in sides if frame.height]
    if not said:
        return _("{metric}: none is in the top or bottom tenth with a chance of {chance} or more; an order among them would be chance.").format(
            metric=metric, chance=percent(CALLED)
        )
    return _("{metric}: {said} (each with a chance of {chance} or more).").format(metric=metric, said=_("; ").join(said), chance=percent(CALLED))


def _side(side: str, frame: pl.DataFrame, metric: Metric, names: Names, level: Level) -> str:
    if metric.better in HIGH_IS_GOOD:
        text = _("{count} truly in the top tenth: {names}") if side == "top" else _("{count} truly in the bottom tenth: {names}")
    else:
        text = _("{count} truly in the highest tenth: {names}") if side == "top" else _("{count} truly in the lowest tenth: {names}")
    keys = frame.select("center", level).rows()
    if side == "bottom":
        keys.reverse()
    named = [names.of("agent", key) if level == "agent" else _team(center, key, names) for center, key in keys[:MOST_NAMED]]
    more = _(" and {count} more").format(count=len(keys) - MOST_NAMED) if len(keys) > MOST_NAMED else ""
    return text.format(count=format.count(len(keys)), names=_(", ").join(named) + more)


def _team(center: str, team: str, names: Names) -> str:
    return f"{names.of('center', center)} {team}"


def severity(found: Severity) -> list[str]:
    """The evaluators who give more or less than the others beyond noise, and who cannot be compared."""
    told = [one for one in found.evaluators if one.leniency == one.leniency]
    if not told:
        return [_("Evaluators' severity cannot be told: no two evaluators share an agent.")] if found.evaluators else []
    differing = sorted((one for one in told if one.differs), key=lambda one: -abs(one.leniency))
    lines = [
        (_("Evaluator {name} gives {points} points more than the others for the same agents and scorecards ({interval}): the adjusted score takes it away.")
         if one.leniency > 0 else
         _("Evaluator {name} gives {points} points less than the others for the same agents and scorecards ({interval}): the adjusted score takes it away.")
        ).format(name=one.evaluator, points=f"{abs(one.leniency):.1f}", interval=_between(one.low, one.high))
        for one in differing[:MOST_NAMED]
    ]  # fmt: skip
    if not lines:
        lines = [_("No evaluator is more lenient or severe than the others beyond noise; what the adjusted score takes away is within its interval.")]
    if found.groups > 1:
        lines.append(_("Evaluators fall into {count} groups without a common agent: they are compared within their group only.").format(count=found.groups))
    if not found.of_all:
        lines.append(_("Severity is estimated from the evaluations of the centers you may see; who sees more may get another adjusted score."))
    untold = len(found.evaluators) - len(told)
    if untold:
        text = ngettext(
            "The severity of {count} evaluator cannot be told from the agents or scorecards; the scores stay as they are.",
            "The severity of {count} evaluators cannot be told from their agents or scorecards; their scores stay as they are.",
            untold,
        )
        lines.append(_counted(text, untold))
    return lines


def _between(low: float, high: float) -> str:
    return f"{format.change(low, 'points')} – {format.change(high, 'points')}"


def appraised(frame: pl.DataFrame) -> str:
    """How many have which grade, and how sure that is."""
    graded = frame.filter(pl.col("grade").is_not_null())
    if graded.is_empty():
        return _("Nobody has an appraisal score: a part of it is not known for anybody.")
    counts = dict(graded["grade"].value_counts().iter_rows())
    parts = [f"{grade_word(grade)} {format.count(counts[grade])}" for grade in reversed(GRADES) if grade in counts]
    sure = graded.filter(pl.col("state") == "certain").height
    text = _("Appraisal: {grades}; the grade is certain for {sure} of {all}, for the others the interval reaches across a bound or records are too few.")
    said = text.format(grades=_(", ").join(parts), sure=format.count(sure), all=format.count(graded.height))
    missing = frame.height - graded.height
    without = ngettext("{count} has no score because a part is not known.", "{count} have no score because a part is not known.", missing)
    return said + (" " + _counted(without, missing) if missing else "")


def grade_word(grade: str | None) -> str:
    """A grade in the language in force; "-" without one."""
    words = {"excellent": _("Excellent"), "good": _("Good"), "qualified": _("Qualified"), "unqualified": _("Unqualified")}
    return words.get(grade or "", format.NOTHING)


def part_word(part: Part) -> str:
    """A part of the appraisal by its metric and the kinds that count."""
    kinds = code_words()["kind"]
    listed = _(", ").join(kinds[kind] for kind in part.kinds)
    return say(METRICS[part.metric].name) + (_(" ({kinds})").format(kinds=listed) if listed else "")


def norm_word(part: Part) -> str:
    """What a volume is held against; empty for other parts."""
    if part.metric not in VOLUMES:
        return ""
    if isinstance(part.norm, float):
        return format.plain(part.norm)
    return _("median of the team's agents") if part.norm == "team_median" else _("median of the center's agents")


def rules_in_words(rules: Appraisal) -> str:
    """The appraisal in force, in one sentence."""
    whole = sum(part.weight for part in rules.parts)
    parts = []
    for part in rules.parts:
        weight = percent(round(part.weight / whole, 4)) if part.weight else _("for reference")
        norm = _(", 100 points at {norm}").format(norm=norm_word(part)) if norm_word(part) else ""
        parts.append(f"{part_word(part)} {weight}{norm}")
    bounds = rules.grades
    grades = zip(("excellent", "good", "qualified"), (bounds.excellent, bounds.good, bounds.qualified), strict=True)
    said = [_("; ").join(parts), _(", ").join(f"{grade_word(grade)} ≥ {bound:g}" for grade, bound in grades)]
    if rules.every_part_at_least is not None:
        said.append(_("below {least} in any part is unqualified").format(least=f"{rules.every_part_at_least:g}"))
    if any(METRICS[part.metric].unit == "count" and part.metric in VOLUMES for part in rules.parts):
        said.append(_("counts for as much of the period as the agent was employed"))
    said.append(_("a part that is not known gives no score"))
    return _("Appraisal score: {rules}.").format(rules=_("; ").join(said))


def appraisal_parts(rules: Appraisal) -> dict[str, list[str]]:
    """The parts of the appraisal in force as a table to read, by heading."""
    whole = sum(part.weight for part in rules.parts)
    return {
        _("Part"): [f"{part_word(part)}\n{part.metric}" for part in rules.parts],
        _("Weight"): [percent(round(part.weight / whole, 4)) if part.weight else _("for reference") for part in rules.parts],
        _("100 points at"): [norm_word(part) or format.NOTHING for part in rules.parts],
    }


def percent(share: float) -> str:
    """A chance that was chosen, not measured: without digits it has not."""
    return f"{share * 100:g}%"


def direction_words(metric: Metric) -> Sequence[str]:
    """What the ends of a ranking are called: (top, bottom)."""
    if metric.better in HIGH_IS_GOOD:
        return _("Chance of truly being in the top tenth"), _("Chance of truly being in the bottom tenth")
    return _("Chance of truly being in the highest tenth"), _("Chance of truly being in the lowest tenth")
