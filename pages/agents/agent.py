"""How does one agent stand: figures, items, appraisal, evaluations, calls, coaching?"""

from qa import session
from qa.session import data
from qa.session.agents.choices import agent_chosen
from qa.session.agents.one import absent_items, act, agent_items, nobody
from qa.session.agents.records import act as act_on_records
from qa.session.agents.records import record_items
from qa.session.viewer import viewer

if not session.no_build():
    asked = session.asked()
    agent, absent = agent_chosen(asked.filters)
    if agent:
        event = session.board(session.items(agent_items, asked, agent), key="agent")
        records = session.board(session.items(record_items, asked, agent), key="agent-records")
        act_on_records(records)
        act(event, asked, viewer().scope, data.warehouse(), agent)
    elif absent:
        session.board(session.items(absent_items, asked, absent), key="agent")
    else:
        session.board(session.items(nobody, asked), key="agent")
