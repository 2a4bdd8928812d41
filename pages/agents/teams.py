"""Which teams are off target, and which differ by more than noise?"""

from qa import session
from qa.session.agents.choices import metric_first, metrics_chosen
from qa.session.agents.groups import act, group_items, ranking_items

if not session.no_build():
    asked = session.asked()
    first = metric_first()
    act(session.board(session.items(group_items, asked, "team", first), key="teams"), asked, "team", first)
    metric, against = metrics_chosen(asked, "team")
    if metric:
        ranked = session.board(session.items(ranking_items, asked, "team", metric, against), key="teams ranked")
        act(ranked, asked, "team", metric, against)
