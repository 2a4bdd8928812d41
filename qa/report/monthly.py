"""The monthly report of one center."""

from qa import format
from qa.filters import Scope
from qa.i18n import _, language
from qa.report.content.agents import agents, all_agents
from qa.report.content.appendix import data_time, definitions, version
from qa.report.content.errors import errors, training_needs
from qa.report.content.explanations import explanations
from qa.report.content.follow_up import coaching, complaints
from qa.report.content.indicators import indicators
from qa.report.content.measures import measures
from qa.report.content.work import monitoring
from qa.report.kept import NOTHING_KEPT, Kept
from qa.report.links import report_link
from qa.report.model import Document
from qa.report.month import Month
from qa.warehouse import Warehouse


def monthly_report(warehouse: Warehouse, scope: Scope, center: str, name: str, written: Kept = NOTHING_KEPT) -> Document:
    """The report of a center's own month ``name`` ("2026-10"), in the language in force; Problem where there is none.

    ``written``: what people have written about the month (``qa.report.kept``).
    """
    month = Month(warehouse, scope, center, name)
    days = format.month_and_days(month.period, month.month_start)
    sections = [
        indicators(month), errors(month), agents(month), monitoring(month), complaints(month), training_needs(month), coaching(month),
        explanations(written), measures(month, written), definitions(month), all_agents(month),
    ]  # fmt: skip
    link = report_link(center, name, language())
    facts = [
        (_("Center"), f"{month.center_name} ({center})"),
        (_("Period"), format.period(month.period, month.month_start)),
        (_("Rows counted"), _("all of the center; evaluations by the day they were made")),
        (_("Data"), data_time(month)),
        (_("Version of definitions"), version(month)),
        (_("On the board"), link),
    ]
    return Document(
        _("{center}: monthly quality report").format(center=month.center_name), days, language(), warehouse.manifest.built_at, facts,
        [section for section in sections if section is not None], link,
    )  # fmt: skip
