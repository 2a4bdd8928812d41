"""Which agents are off target, which differ by more than noise, and for whom is it too early to say?"""

from qa import session
from qa.session.agents.choices import metric_first, metrics_chosen
from qa.session.agents.groups import act, group_items, ranking_items

if not session.no_build():
    asked = session.asked()
    first = metric_first()
    act(session.board(session.items(group_items, asked, "agent", first), key="agents"), asked, "agent", first)
    metric, against = metrics_chosen(asked, "agent")
    if metric:
        ranked = session.board(session.items(ranking_items, asked, "agent", metric, against), key="agents ranked")
        act(ranked, asked, "agent", metric, against)
