"""Where a click on an agent or a team leads."""

from dataclasses import replace

from qa import session
from qa.agents.figures import METRICS_SHOWN, Level
from qa.drill import narrowed
from qa.filters import Filters
from qa.proof import Shown
from qa.session import data, state

AGENT_PAGE = "pages/agents/agent.py"
AGENTS_PAGE = "pages/agents/agents.py"


def open_row(level: Level, center: str, name: str, filters: Filters) -> None:
    """An agent's own page, or the agents of a team; the proof of the figures where the view cannot be narrowed to them."""
    choices = data.choices()
    view = state.current(choices)
    if level == "agent":
        if narrowed(view, choices, center, agent=name).agents == (name,):
            session.drill(center=center, agent=name, page=AGENT_PAGE)
    elif narrowed(view, choices, center, name).teams == (name,):
        session.drill(center=center, team=name, page=AGENTS_PAGE)
    chosen = {"agents": (name,)} if level == "agent" else {"teams": (name,)}
    session.prove(Shown(METRICS_SHOWN, (), replace(filters, centers=(center,), **chosen)))  # type: ignore[arg-type]
