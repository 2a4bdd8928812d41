"""Did a measure change a metric, more than chance, more than elsewhere, and more than it would have changed by itself?"""

from qa import session
from qa.session import data
from qa.session.improvement.before_after import before_after_items, clicked, no_items
from qa.session.improvement.choices import question_chosen
from qa.session.viewer import viewer

if not session.no_build():
    asked = question_chosen(session.asked().filters)
    if asked is None:
        session.board(session.items(no_items), key="before after")
    else:
        event = session.board(session.items(before_after_items, asked), key="before after")
        session.prove(clicked(event, data.warehouse(), viewer().scope, asked))
