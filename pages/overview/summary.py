"""Are we on target, what changed, and who or what stands behind it?"""

import streamlit as st

from qa import session
from qa.i18n import _
from qa.session import data
from qa.session.centers.link import open_comparison
from qa.session.overview.items import agent_items, clicked, groups_shown, missed_by_centers, month_items, narrowing, summary_items
from qa.words import group_word

if not session.no_build():
    asked = session.asked()
    summary = session.items_when_called(summary_items, asked)
    top = st.container()

    def draw_summary():
        with top:
            return session.board(summary(), key="summary")

    # Where the page stands already the charts come first: the browser takes longest over them, the server over the rest.
    is_standing = session.is_standing()
    above = None if is_standing else draw_summary()
    groups = data.computed(groups_shown, asked)
    if groups:
        st.subheader(_("Months by center"), anchor=False)
    group = session.choose("group", _("Months by center"), {group: group_word(group) for group in groups}) if len(groups) > 1 else "".join(groups)
    months = session.board(session.items(month_items, asked, group), key="months")
    if is_standing:
        above = draw_summary()
    below = session.board(session.items(agent_items, asked), key="agents")
    event = above or months or below
    if not session.drill(**narrowing(event, asked)):
        open_comparison(missed_by_centers(event), asked)
        session.prove(clicked(event, asked))
