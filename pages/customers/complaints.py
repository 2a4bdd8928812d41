"""Who complains, about what, and is every complaint settled in time?"""

import streamlit as st

from qa import session
from qa.i18n import _
from qa.session import data
from qa.session.customers.complaints import clicked, complaint_items, place_clicked, place_items
from qa.session.drill import drill
from qa.session.record_link import open_call, row_clicked

if not session.no_build():
    asked = session.asked()
    above = session.board(session.items(complaint_items, asked), key="complaints")
    if not data.warehouse().present("complaints"):
        st.stop()
    by = session.choose("complaints_by", _("Split"), {"center": _("Center"), "team": _("Team")})
    below = session.board(session.items(place_items, asked.filters, by), key="complaints-places")
    if place := place_clicked(below):
        drill(**place)
    open_call(row_clicked(above, "open"))
    session.prove(clicked(above or below, asked, by))
