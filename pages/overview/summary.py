"""Are we on target, what changed, and who or what stands behind it?"""

import streamlit as st

from qa import session
from qa.headlines import GROUPS
from qa.i18n import _
from qa.session.overview.items import clicked, detail_items, narrowing, summary_items
from qa.words import group_word

if not session.no_build():
    asked = session.asked()
    above = session.board(session.items(summary_items, asked), key="summary")
    st.subheader(_("Months by center"), anchor=False)
    group = session.choose("group", _("Months by center"), {group: group_word(group) for group in GROUPS})
    below = session.board(session.items(detail_items, asked, group), key="detail")
    event = above or below
    if not session.drill(**narrowing(event, asked)):
        session.prove(clicked(event, asked))
