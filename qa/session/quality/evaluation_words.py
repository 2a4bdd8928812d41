"""What there is to say of one evaluation, a sentence each."""

from qa import format
from qa.i18n import _, ngettext, sentences
from qa.quality.evaluation import Evaluation
from qa.session.board.items import Mark, Sentence


def verdict_line(found: Evaluation) -> Sentence:
    """The total, whether it passed, and by which rule."""
    row, verdict = found.row, found.verdict
    score, full = float(row["score"]), float(row["full_mark"])
    text = _("{score} of {full} points ({share} of 100). {rule}").format(
        score=format.plain(score), full=format.plain(full), share=format.value(100 * score / full if full else None, "points"), rule=_rule(found)
    )
    marks = {True: Mark("met", _("Passed")), False: Mark("missed", _("Failed")), None: Mark("no_target", _("Not judged"))}
    return Sentence("verdict", text, marks[verdict.passed])


def _rule(found: Evaluation) -> str:
    verdict = found.verdict
    mark = format.plain(verdict.pass_mark)
    if verdict.rule == "recorded":
        recorded = _("The verdict was recorded with the evaluation.")
        if verdict.by_card is None or verdict.by_card == verdict.passed:
            return recorded
        contrary = _("The scorecard's rule alone would have passed it.") if verdict.by_card else _("The scorecard's rule alone would have failed it.")
        return f"{recorded} {contrary}"
    if verdict.rule == "total":
        return _("The scorecard passes a total of at least {mark}.").format(mark=mark)
    if verdict.rule == "every_section":
        below = [section for section in found.sections if section.mark is not None and verdict.pass_mark is not None and section.mark < verdict.pass_mark]
        named = _(", ").join(f"{section.name} {format.value(section.mark, 'points')}" for section in below)
        rule = _("The scorecard passes when every section reaches {mark} of 100.").format(mark=mark)
        return sentences(rule, _("Below it: {sections}.").format(sections=named) if named else "")
    if verdict.rule == "no_fatal":
        if verdict.pass_mark is not None:
            return _("The scorecard passes without fatal errors and with at least {mark}.").format(mark=mark)
        return _("The scorecard passes without fatal errors.")
    return _("Neither the evaluation nor its scorecard says what passes.")


def counted_line(found: Evaluation) -> Sentence:
    """Whether the figures of agent and center count it, and why not."""
    texts = {
        "": _("Counts for the agent and the center: released, and its call was drawn at random, by quota or from new hires."),
        "draft": _("Counts nowhere: it is a draft."),
        "retracted": _("Counts nowhere: it was retracted."),
        "calibration": _("Counts neither for the agent nor for the center: several evaluators judged the call to compare themselves."),
        "targeted": _("Left out of pass rates and accuracies: its call was picked because a fault was looked for. It has a mean of its own."),
    }
    return Sentence("counted", texts[found.left_out])


def appeal_lines(found: Evaluation) -> list[Sentence]:
    """The appeal, if there was one, and the edits."""
    row = found.row
    lines = []
    if row["appealed_at"] is not None:
        made = _("Appealed on {day}").format(day=format.moment(row["appealed_at"]))
        closed = _("not closed yet") if row["appeal_closed_at"] is None else _("closed on {day}").format(day=format.moment(row["appeal_closed_at"]))
        if row["appeal_upheld"] is None:
            outcome, mark = _("not decided"), Mark("uncertain", _("Appeal"))
        elif row["appeal_upheld"]:
            outcome, mark = _("upheld"), Mark("improvement", _("Appeal"))
        else:
            outcome, mark = _("rejected"), Mark("none", _("Appeal"))
        lines.append(Sentence("appeal", _("{made}, {closed}: {outcome}.").format(made=made, closed=closed, outcome=outcome) + _changed(found), mark))
    elif row["version"]:
        edits = ngettext("Edited {count} time.", "Edited {count} times.", row["version"]).format(count=format.count(row["version"]))
        lines.append(Sentence("edits", edits + _changed(found)))
    return lines


def _changed(found: Evaluation) -> str:
    before = found.row["original_score"]
    if before is None:
        return ""
    return " " + _("Score before {before}, after {after}.").format(before=format.plain(float(before)), after=format.plain(float(found.row["score"])))
