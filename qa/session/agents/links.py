"""Where a click on an agent or a team leads."""

from qa import session
from qa.agents.figures import METRICS_SHOWN, RANKED_BY, Level
from qa.drill import narrowed
from qa.filters import Filters
from qa.proof import Shown
from qa.session import data, state
from qa.view import Choices, View

AGENT_PAGE = "pages/agents/agent.py"
AGENTS_PAGE = "pages/agents/agents.py"


def lead_of(view: View, choices: Choices, level: Level, center: str, name: str, filters: Filters) -> View | Shown:
    """The view of an agent or team alone; the proof of the figures where the view cannot be narrowed to it."""
    wanted = narrowed(view, choices, center, agent=name) if level == "agent" else narrowed(view, choices, center, name)
    if wanted.centers == (center,) and (wanted.agents if level == "agent" else wanted.teams) == (name,):
        return wanted
    chosen = {"agents": (name,)} if level == "agent" else {"teams": (name,)}
    return Shown(METRICS_SHOWN, (), filters.choosing(centers=(center,), **chosen))


def open_row(level: Level, center: str, name: str, filters: Filters) -> None:
    """An agent's own page, or the agents of a team; else the proof. The run ends here when a page is shown."""
    choices = data.choices()
    lead = lead_of(state.current(choices), choices, level, center, name, filters)
    if isinstance(lead, Shown):
        session.prove(lead)
    elif level == "agent":
        session.drill(center=center, agent=name, page=AGENT_PAGE)
    else:
        metric = state.own("metric")
        session.drill(center=center, team=name, page=AGENTS_PAGE, own={"metric": metric} if metric in RANKED_BY else {})
