"""The tables of the contract: organisation here, facts in their own modules."""

from qa.contract.facts_calls import AGENT_DAYS, CALL_COUNTS, CALLS
from qa.contract.facts_follow_up import COACHING, COMPLAINTS, TRAININGS
from qa.contract.facts_quality import EVALUATION_ITEMS, EVALUATIONS, SCORECARDS
from qa.contract.facts_surveys import SURVEYS
from qa.contract.model import Table
from qa.contract.organisation import AGENTS, CENTERS, TARGETS

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        CENTERS,
        AGENTS,
        EVALUATIONS,
        EVALUATION_ITEMS,
        SCORECARDS,
        SURVEYS,
        CALLS,
        CALL_COUNTS,
        AGENT_DAYS,
        COMPLAINTS,
        COACHING,
        TRAININGS,
        TARGETS,
    )
}


def table(name: str) -> Table:
    """The table called ``name``; KeyError for a name the contract does not know."""
    return TABLES[name]
