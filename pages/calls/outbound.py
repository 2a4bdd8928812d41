"""How much is called out, how much of it is taken and sold, and does anybody differ beyond noise?"""

from qa import session
from qa.drill import level_below
from qa.session import data
from qa.session.calls.outbound import clicked, narrowing, outbound_items

if not session.no_build():
    asked = session.asked()
    level = level_below(asked.filters, len(data.choices().centers))
    event = session.board(session.items(outbound_items, asked, level), key="outbound")
    if not session.drill(**narrowing(event, level)):
        session.prove(clicked(event, asked.filters, level))
