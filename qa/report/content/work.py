"""The quality group's own work: the monitoring plan, evaluations by kind and reason, and the load of each evaluator."""

from qa import format
from qa.i18n import _, ngettext, say
from qa.metrics import METRICS
from qa.report.content import cells
from qa.report.model import Column, Paragraph, Part, Section, Table
from qa.report.month import Month
from qa.words import code_words

FIGURES = ("plan_completion", "evaluator_agreement", "appeal_rate", "appeal_upheld_rate")


def monitoring(month: Month) -> Section:
    """What was listened to, and whether the plan was met."""
    total = month.rows(["evaluation_count"])
    if not total or not total[0]["value"]:
        return Section(_("Monitoring done"), [Paragraph(_("No released evaluation in this month."))])
    text = ngettext("{count} evaluation was released.", "{count} evaluations were released.", total[0]["value"]).format(count=format.count(total[0]["value"]))
    parts = [
        Part(_("Plan and consistency"), [figures(month, FIGURES)]),
        Part(_("Evaluations by kind and sample reason"), [_kinds(month)]),
        Part(_("Load of the evaluators"), [_load(month)]),
    ]
    return Section(_("Monitoring done"), [Paragraph(text)], parts)


def figures(month: Month, keys: tuple[str, ...]) -> Table:
    """Metrics with value, interval, n, target and verdict."""
    columns = [
        Column(_("Metric"), width=1.8), Column(_("This month"), "right"), Column(_("95% interval"), "right", 1.4), Column("n", "right", 0.8),
        Column(_("Target"), "right"), Column(_("Verdict"), "center", 1.3),
    ]  # fmt: skip
    listed = [
        [cells.text(say(METRICS[row["metric"]].name)), cells.value(row), cells.interval(row), cells.n(row), cells.target(row), cells.verdict(row)]
        for row in month.rows(keys)
    ]
    return Table("", columns, listed)


def _kinds(month: Month) -> Table:
    words = code_words()
    rows = month.rows(["evaluation_count"], ("kind", "sample"))
    found = {(row["kind"], row["sample"]): row["value"] for row in rows}
    kinds = [kind for kind in words["kind"] if any(key[0] == kind for key in found)]
    samples = [sample for sample in words["sample"] if any(key[1] == sample for key in found)]
    columns = [Column(_("Sample reason"), width=1.6), *(Column(words["kind"][kind], "right") for kind in kinds), Column(_("In all"), "right")]
    listed = []
    for sample in samples:
        counts = [found.get((kind, sample), 0.0) for kind in kinds]
        listed.append([cells.text(words["sample"][sample]), *(cells.count(one) for one in counts), cells.count(sum(counts))])
    totals = [sum(found.get((kind, sample), 0.0) for sample in samples) for kind in kinds]
    listed.append([cells.text(_("In all")), *(cells.count(one) for one in totals), cells.count(sum(totals))])
    return Table("", columns, listed, _("Only random, quota and new-hire samples stand for all calls; the others are looked at apart."))


def _load(month: Month) -> Table:
    counts = sorted(month.rows(["evaluation_count"], ("evaluator",)), key=lambda row: (-row["value"], row["evaluator"] or ""))
    total = sum(row["value"] for row in counts)
    columns = [Column(_("Evaluator"), width=1.6), Column(_("Evaluations"), "right"), Column(_("Share of all"), "right")]
    listed = [[cells.text(row["evaluator"]), cells.count(row["value"]), cells.number(row["value"] / total, "share")] for row in counts]
    return Table("", columns, listed)
