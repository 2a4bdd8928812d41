"""How the agents stand: how many are on target in what, who differs from the others, and all of them in an appendix."""

from collections import Counter

from qa import format
from qa.agents.appraisal import GRADES, appraisals
from qa.agents.figures import teams_of
from qa.agents.words import appraised, grade_word
from qa.headlines import AGENT_METRICS, agents_judged
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.report.content import cells
from qa.report.model import Block, Column, Paragraph, Part, Points, Section, Table
from qa.report.month import Month


def agents(month: Month) -> Section:
    """Agents by verdict a metric, and those who differ from the others beyond noise."""
    rows = _judged(month)
    if not rows:
        return Section(_("Agents"), [Paragraph(_("No figures by agent in this month."))])
    parts = [Part(_("Grades of the appraisal"), _grades(month)), Part(_("Figures against targets"), [_verdicts(rows)])]
    return Section(_("Agents"), [], [*parts, Part(_("Who differs from the others"), [_differing(month, rows)])])


def all_agents(month: Month) -> Section | None:
    """Every agent against the targets; None without figures."""
    rows = _judged(month)
    if not rows:
        return None
    by_agent: dict[tuple, dict[str, dict]] = {}
    for row in rows:
        by_agent.setdefault((row["team"] or "", row["agent"]), {})[row["metric"]] = row
    used = [key for key in AGENT_METRICS if any(key in found for found in by_agent.values())]
    columns = [Column(_("Agent"), width=1.5), Column(_("Team"), width=1.1), *(Column(say(METRICS[key].name), "right") for key in used)]
    listed = [
        [cells.text(month.names.of("agent", agent)), cells.text(team), *(cells.judged(found.get(key)) for key in used)]
        for (team, agent), found in sorted(by_agent.items())
    ]
    note = _("A figure of fewer than {least} records says little of a person; figures are marked only where the interval lies on one side of the target.")
    return Section(
        _("All agents"), [Table(_("Agents against targets"), columns, listed, note.format(least=month.warehouse.config.statistics.least_n))], is_appendix=True
    )


def _judged(month: Month) -> list[dict]:
    return agents_judged(month.warehouse, month.scope, month.asked).to_dicts()


def _grades(month: Month) -> list[Block]:
    """How many agents have which grade, by team; a grade that is not certain is counted as such."""
    frame = appraisals(month.warehouse, month.scope, month.filters)
    if frame.is_empty() or frame["grade"].null_count() == frame.height:
        return [Paragraph(appraised(frame))]
    teams = teams_of(month.warehouse, month.filters)
    counted: dict[str, Counter] = {}
    for row in frame.iter_rows(named=True):
        of_team = counted.setdefault(teams.get((row["center"], row["agent"])) or format.NOTHING, Counter())
        of_team[row["grade"] or "missing"] += 1
        of_team["certain"] += row["state"] == "certain"
    names = (*reversed(GRADES), "missing")
    labels = [*(grade_word(grade) for grade in reversed(GRADES)), _("No score"), _("Grade certain")]
    columns = [Column(_("Team"), width=1.6), *(Column(label, "right") for label in labels), Column(_("Agents in all"), "right")]
    listed = [
        [cells.text(team), *(cells.count(found[name]) for name in (*names, "certain")), cells.count(sum(found[name] for name in names))]
        for team, found in sorted(counted.items())
    ]
    note = _("Certain: the interval of the score does not reach across a bound, and no part rests on too few records.")
    return [Paragraph(appraised(frame)), Table("", columns, listed, note)]


def _verdicts(rows: list[dict]) -> Table:
    counted = Counter((row["metric"], row["verdict"]) for row in rows)
    verdicts = ("met", "uncertain", "missed", "too_few")
    keys = [key for key in AGENT_METRICS if any(counted[key, verdict] for verdict in verdicts)]
    labels = (_("On target"), _("Not yet certain"), _("Off target"), _("Too few"))
    columns = [Column(_("Metric"), width=2), *(Column(label, "right") for label in labels), Column(_("Agents in all"), "right")]
    listed = [
        [
            cells.text(say(METRICS[key].name)),
            *(cells.count(counted[key, verdict]) for verdict in verdicts),
            cells.count(sum(counted[key, verdict] for verdict in verdicts)),
        ]
        for key in keys
    ]
    return Table("", columns, listed)


def _differing(month: Month, rows: list[dict]) -> Paragraph | Points:
    lines = []
    for key in AGENT_METRICS:
        for signal, text in (
            ("worse", _("{metric}, worse than the others beyond noise: {names}.")),
            ("better", _("{metric}, better than the others beyond noise: {names}.")),
        ):
            who = [row for row in rows if row["metric"] == key and row["signal"] == signal]
            if who:
                named = _(", ").join(
                    _("{agent} ({value})").format(agent=month.names.of("agent", row["agent"]), value=format.value(row["value"], METRICS[key].unit))
                    for row in who
                )
                lines.append(text.format(metric=say(METRICS[key].name), names=named))
    return Points(lines) if lines else Paragraph(_("No agent differs from the others beyond noise in any of these metrics."))
