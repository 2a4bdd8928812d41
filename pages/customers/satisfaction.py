"""Are customers satisfied, could those who did not answer change that, and what do they say?"""

import streamlit as st

from qa import session
from qa.customers.satisfaction import SPLITS
from qa.i18n import _
from qa.session import data
from qa.session.customers.comment_search import comment_downloads, comment_search
from qa.session.customers.comments import comment_items
from qa.session.customers.satisfaction import clicked, place_clicked, satisfaction_items, split_items, split_word
from qa.session.drill import drill
from qa.session.record_link import open_call, row_clicked

if not session.no_build():
    asked = session.asked()
    above = session.board(session.items(satisfaction_items, asked), key="satisfaction")
    if not data.warehouse().present("surveys"):
        st.stop()
    by = session.choose("satisfaction_by", _("Split"), {split: split_word(split) for split in SPLITS})
    below = session.board(session.items(split_items, asked.filters, by), key="satisfaction-split")
    st.subheader(_("In their own words"), anchor=False)
    search, page = comment_search(asked.filters)
    said = session.board(session.items(comment_items, asked.filters, search, page), key="comments")
    comment_downloads(asked.filters, search)
    if place := place_clicked(below, by):
        drill(**place)
    open_call(row_clicked(said, "comments"))
    session.prove(clicked(above or below, asked, by))
