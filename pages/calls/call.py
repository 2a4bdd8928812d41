"""What happened in this call, and what came of it?"""

from qa import session
from qa.session.calls.call import act, call_items
from qa.session.calls.call_tables import shown_items
from qa.session.record_link import CALL, asked_for, open_call, row_clicked

if not session.no_build():
    key = asked_for(CALL)
    if key:
        act(session.board(session.items(call_items, key), key="call"), key)
    else:
        open_call(row_clicked(session.board(session.items(shown_items, session.asked()), key="calls"), "shown"))
