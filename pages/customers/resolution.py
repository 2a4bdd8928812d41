"""Was it settled at once, by the calls and by the customers, and what do the definitions make of it?"""

from qa import session
from qa.i18n import _
from qa.session.customers.repeats import case_items, queue_clicked, repeat_items
from qa.session.customers.resolution import clicked, resolution_items
from qa.session.drill import drill
from qa.session.record_link import open_call, row_clicked

if not session.no_build():
    asked = session.asked()
    above = session.board(session.items(resolution_items, asked), key="resolution")
    parts = {"repeats": _("Repeat calls by queue and reason"), "cases": _("Cases")}
    part = session.choose("resolution_part", _("Part"), parts)
    below = session.board(session.items(repeat_items if part == "repeats" else case_items, asked.filters), key="resolution-part")
    if queue := queue_clicked(below):
        drill(queue=queue)
    open_call(row_clicked(below, "chains"))
    session.prove(clicked(above or below, asked))
