"""What the pages of agents and teams are asked beside the view."""

import streamlit as st

from qa import session
from qa.agents.figures import RANKED_BY, Level
from qa.filters import Filters
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.session import data
from qa.session.agents.charts import EFFICIENCY
from qa.session.pick import pick


def metrics_chosen(level: Level) -> tuple[str, str]:
    """The metric that is ranked, and what stands for efficiency."""
    with st.container(key=f"{level}-choices", horizontal=True, vertical_alignment="center", gap="small"):
        metric = pick("metric", _("Ranked by"), {key: say(METRICS[key].name) for key in RANKED_BY}, width=240)
        against = session.choose("against", _("Efficiency"), {key: say(METRICS[key].name) for key in EFFICIENCY})
    return metric, against


def agent_chosen(filters: Filters) -> str:
    """The agent of the view where it has one; else the one picked among those of its centers and teams; empty where there is none."""
    choices = data.choices()
    if filters.agents is not None and len(filters.agents) == 1:
        return filters.agents[0]
    offered = filters.agents or choices.agents_of(filters.centers or (), filters.teams or ())
    if not offered:
        return ""
    return pick("who", _("Agent"), {agent: choices.agents[agent].name for agent in offered}, width=260)
