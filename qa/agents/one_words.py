"""What the page of one agent says, in the language in force."""

from collections.abc import Sequence

from qa import format
from qa.agents.one import Agent, ItemStanding
from qa.agents.words import grade_word
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.names import Names
from qa.quality.scorecards import Cards

# So many items are named in a sentence.
NAMED = 4


def title(who: Agent, names: Names) -> str:
    """The agent with team and center."""
    place = [names.of("center", who.center) if who.center else "", who.team or ""]
    return " · ".join(part for part in (names.of("agent", who.agent), *place) if part)


def nothing(who: Agent, names: Names) -> str:
    """That there is no record of the agent."""
    return _("No record of {agent} in this choice. Choose a longer period or another agent.").format(agent=names.of("agent", who.agent))


def on_target(rows: Sequence[dict]) -> str:
    """Which figures are off target, which are met, which are not certain."""
    judged = [row for row in rows if row["verdict"] != "no_target" and METRICS[row["metric"]].interval != "none"]
    parts = []
    for verdict, text in (
        ("missed", _("off target beyond doubt: {metrics}")),
        ("met", _("on target beyond doubt: {metrics}")),
        ("uncertain", _("not yet certain: {metrics}")),
        ("too_few", _("too few records: {metrics}")),
    ):
        own = [say(METRICS[row["metric"]].name) for row in judged if row["verdict"] == verdict]
        if own:
            parts.append(text.format(metrics=_(", ").join(own)))
    return _("Against targets: {parts}.").format(parts=_("; ").join(parts)) if parts else _("No figure with a target.")


def against_others(rows: Sequence[dict], agents: int) -> str:
    """In which figures the agent differs from the other agents beyond noise."""
    sides = {"worse": _("worse in {metrics}"), "better": _("better in {metrics}")}
    parts = []
    for side, text in sides.items():
        own = [say(METRICS[row["metric"]].name) for row in rows if row["signal"] == side]
        if own:
            parts.append(text.format(metrics=_(", ").join(own)))
    count = format.count(agents)
    if not parts:
        return _("Among the {count} agents of the centers chosen no figure differs from the others' beyond noise.").format(count=count)
    return _("Among the {count} agents of the centers chosen, beyond noise: {parts}.").format(count=count, parts=_("; ").join(parts))


def of_items(found: Sequence[ItemStanding], cards: Cards) -> str:
    """The strongest and weakest items, only those beyond noise."""
    if not found:
        return _("No item was checked.")
    sides = {"worse": _("weak: {items}"), "better": _("strong: {items}")}
    parts = []
    for side, text in sides.items():
        own = [cards.item(one.item, with_card=True) for one in found if one.change.direction == side]
        if own:
            more = _(" and {count} more").format(count=len(own) - NAMED) if len(own) > NAMED else ""
            parts.append(text.format(items=_(", ").join(own[:NAMED] if side == "worse" else own[-NAMED:]) + more))
    if not parts:
        return _("Of {count} items none differs from the center's other agents beyond noise.").format(count=format.count(len(found)))
    return _("Items, beyond noise against the center's other agents: {parts}.").format(parts=_("; ").join(parts))


def appraised(row: dict | None) -> str:
    """The appraisal score with its interval, and the grade with how sure it is."""
    if row is None or row["score"] is None:
        return _("No appraisal score: a part of it is not known.")
    text = _("Appraisal score {score} ({interval}): {grade}").format(
        score=format.value(row["score"], "points"), interval=format.interval(row["low"], row["high"], "points"), grade=grade_word(row["grade"])
    )
    if row["state"] == "too_few":
        return text + _(", from too few records for a sure grade.")
    if row["state"] == "uncertain":
        return text + _(", not certain: the interval allows {low} to {high}.").format(low=grade_word(row["grade_low"]), high=grade_word(row["grade_high"]))
    return text + _(", certain.")
