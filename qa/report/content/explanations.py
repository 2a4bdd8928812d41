"""The explanations owed for the month with their state, as they were reported."""

from qa import format
from qa.explanations.model import Explanation
from qa.explanations.words import metric_name, restated_words, state_word, target_words, value_words, why
from qa.i18n import _
from qa.metrics import METRICS
from qa.report.content import cells
from qa.report.kept import Kept
from qa.report.model import Block, Cell, Column, Paragraph, Points, Section, Table
from qa.words import verdict_word


def explanations(kept: Kept) -> Section:
    """The list, the texts handed in, and what was corrected since."""
    title = _("Explanations")
    if not kept.is_listed:
        return Section(title, [Paragraph(_("The list of explanations owed for this month has not been made yet."))])
    if not kept.explanations:
        return Section(title, [Paragraph(_("No explanation is owed for this month.")), *_restated(kept)])
    written = [one for one in kept.explanations if one.content.text]
    texts = [_("{metric}: {text}").format(metric=metric_name(one.figure), text=one.content.text) for one in written]
    return Section(title, [_list(kept.explanations), *([Points(texts)] if texts else []), *_restated(kept)])


def measures_named(kept: Kept) -> list[list[Cell]]:
    """The measures that explanations name: what, because of which indicator, who, until when."""
    return [
        [cells.text(measure.what), cells.text(metric_name(one.figure)), cells.text(measure.owner), cells.text(format.day(measure.due))]
        for one in kept.explanations
        for measure in one.content.measures
    ]


def _list(found: tuple[Explanation, ...]) -> Table:
    columns = [
        Column(_("Indicator"), width=1.4), Column(_("Reported"), "right", 1.1), Column(_("Target"), "right"), Column(_("Why it is owed"), width=2.6),
        Column(_("By the data"), width=1.3), Column(_("State"), "center", 1.2), Column(_("Due by"), width=2),
    ]  # fmt: skip
    rows = []
    for one in found:
        figure = one.figure
        rows.append([
            cells.text(metric_name(figure)), Cell(value_words(figure), figure.value, METRICS[figure.metric].unit), cells.text(target_words(figure)),
            cells.text(why(figure)), cells.text(verdict_word(figure.verdict)), cells.text(state_word(one.state)), cells.text(format.day(one.due_on)),
        ])  # fmt: skip
    return Table("", columns, rows, _("Figures as they were reported when the list was made."))


def _restated(kept: Kept) -> list[Block]:
    lines = [_("{metric}: {text}").format(metric=metric_name(one.reported.figure), text=restated_words(one)) for one in (kept.restated or {}).values()]
    return [Points(lines)] if lines else []
