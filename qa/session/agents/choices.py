"""What the pages of agents and teams are asked beside the view."""

import streamlit as st

from qa import session
from qa.agents.figures import RANKED_BY, Level, ranked_by
from qa.filters import Asked, Filters, Scope
from qa.i18n import _, say
from qa.metrics import METRICS
from qa.session import data, state
from qa.session.agents.charts import EFFICIENCY
from qa.session.pick import pick
from qa.warehouse import Warehouse


def metrics_chosen(asked: Asked, level: Level) -> tuple[str, str]:
    """The metric that is ranked, and what stands for efficiency; empty where nobody has a figure to be ranked by."""
    metrics = data.computed(ranked_words, asked, level)
    if not metrics:
        return "", ""
    with st.container(key=f"{level}-choices", horizontal=True, vertical_alignment="center", gap="small"):
        metric = pick("metric", _("Ranked by"), metrics, width=240)
        against = session.choose("against", _("Efficiency"), {key: say(METRICS[key].name) for key in EFFICIENCY})
    return metric, against


def metric_first() -> str:
    """The metric chosen below, for the table above; empty where that has it first anyhow."""
    chosen = state.held("metric")
    return chosen if chosen in RANKED_BY[1:] else ""


def ranked_words(warehouse: Warehouse, scope: Scope, asked: Asked, level: Level) -> dict[str, str]:
    """What can be ranked here, in words."""
    return {key: say(METRICS[key].name) for key in ranked_by(warehouse, scope, asked.filters, level)}


# So many agents fit beside each other.
MOST_BESIDE = 5


def agent_chosen(filters: Filters) -> tuple[str, tuple[str, ...]]:
    """The agent of the view where it has one, else the one picked among those of its centers and teams; empty where there is none.

    With it the agents whom the link names and the view does not hold: nobody is shown in their place.
    """
    choices = data.choices()
    if filters.agents is not None and len(filters.agents) == 1:
        return filters.agents[0], ()
    offered = filters.agents or choices.agents_of(filters.centers or (), filters.teams or ())
    options = {agent: choices.agents[agent].name for agent in offered}
    absent = tuple(name for name in (state.missing("who", options), *(() if filters.agents else state.agents_left_out())) if name)
    if not options:
        return "", ()
    if absent:
        options = {"": _("Choose an agent")} | options
    elif filters.agents is not None and len(options) <= MOST_BESIDE:
        return session.choose("who", _("Agent"), options), ()
    return pick("who", _("Agent"), options, width=260), absent
