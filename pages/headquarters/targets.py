"""Which targets hold, who meets them, and what would another one mean?"""

from qa import session
from qa.session.targets.form import changes, editor
from qa.session.targets.items import clicked, target_items

if not session.no_build():
    filters = session.asked().filters
    editor(filters.month_start)
    event = session.board(session.items(target_items, filters), key="targets")
    changes()
    session.prove(clicked(event, filters))
