"""What the figures mean and what they were made of."""

import shlex
from collections.abc import Sequence

from qa import format
from qa.command import arguments
from qa.headlines import AGENT_METRICS
from qa.i18n import _, language, say
from qa.metrics import METRICS
from qa.proof import Shown
from qa.report.content import cells
from qa.report.content.follow_up import COACHING_FIGURES, COMPLAINT_FIGURES
from qa.report.content.work import FIGURES
from qa.report.model import Block, Column, Paragraph, Section, Table
from qa.report.month import FIVE, Month
from qa.warehouse import Warehouse

USED = tuple(dict.fromkeys((*FIVE, *AGENT_METRICS, "error_count", "evaluation_count", *FIGURES, *COMPLAINT_FIGURES, *COACHING_FIGURES)))


def definitions(month: Month) -> Section:
    """Every metric of the report with its definition in force, and the command that prints the same figures."""
    blocks: list[Block] = [definition_table(month, USED), Paragraph(_("The same figures on the command line:")), Paragraph(command(month), is_code=True)]
    return Section(_("Definitions and data"), blocks, is_appendix=True)


def definition_table(month: Month, keys: Sequence[str]) -> Table:
    """A row a metric with its definition in force."""
    columns = [Column(_("Metric"), width=1), Column(_("Definition"), width=4)]
    config = month.warehouse.config
    return Table("", columns, [[cells.text(say(METRICS[key].name)), cells.text(METRICS[key].definition_in_force(config, language()))] for key in keys])


def command(month: Month) -> str:
    """The command that prints the five indicators of the report."""
    found = arguments(Shown(FIVE, (), month.filters), FIVE[0], month.scope) or [FIVE[0]]
    return shlex.join(["python", "-m", "qa", "metric", *FIVE, *found[1:]])


def version(month: Month) -> str:
    """What tells the definitions of a report from others, and the build its figures come from."""
    return version_of(month.warehouse)


def version_of(warehouse: Warehouse) -> str:
    """The version of the definitions in force in a build, as explanations bear it, and the build."""
    return _("{definitions} (build {build})").format(definitions=warehouse.definition_version, build=warehouse.build_id)


def data_time(month: Month) -> str:
    """Until when the data reach, and when they were summed."""
    span, manifest = month.warehouse.span, month.warehouse.manifest
    return _("up to {day}; rollups of {moment}").format(day=format.day(span.last_day), moment=format.moment(manifest.built_at))
