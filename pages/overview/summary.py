"""Are we on target, what changed, and who or what stands behind it?"""

import streamlit as st

from qa import session
from qa.i18n import _
from qa.session import data
from qa.session.centers.link import open_comparison
from qa.session.overview.items import clicked, detail_items, groups_shown, missed_by_centers, narrowing, summary_items
from qa.words import group_word

if not session.no_build():
    asked = session.asked()
    above = session.board(session.items(summary_items, asked), key="summary")
    groups = data.computed(groups_shown, asked)
    if groups:
        st.subheader(_("Months by center"), anchor=False)
    group = session.choose("group", _("Months by center"), {group: group_word(group) for group in groups}) if len(groups) > 1 else "".join(groups)
    below = session.board(session.items(detail_items, asked, group), key="detail")
    event = above or below
    if not session.drill(**narrowing(event, asked)):
        open_comparison(missed_by_centers(event), asked)
        session.prove(clicked(event, asked))
