"""Did this evaluation pass, by which rule, where were points lost, and what came of it?"""

from qa import session
from qa.session.quality.evaluation import act, evaluation_items, neighbour_buttons
from qa.session.quality.evaluation_tables import shown_items
from qa.session.record_link import EVALUATION, asked_for, open_evaluation, row_clicked

if not session.no_build():
    key = asked_for(EVALUATION)
    if key:
        neighbour_buttons(key)
        act(session.board(session.items(evaluation_items, key), key="evaluation"))
    else:
        open_evaluation(row_clicked(session.board(session.items(shown_items, session.asked()), key="evaluations"), "shown"))
