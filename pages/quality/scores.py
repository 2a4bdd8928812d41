"""How are scores spread, whom do they stand for, and what did appeals change?"""

import streamlit as st

from qa import session
from qa.i18n import _
from qa.session import appeal_items, scores_items
from qa.session.quality_choices import card_chosen

if not session.no_build():
    asked = session.asked()
    with st.container(key="score-choices", horizontal=True, vertical_alignment="center", gap="small"):
        card = card_chosen(asked.filters)
        part = session.choose("part", _("Part"), {"spread": _("Distribution"), "sections": _("Sections"), "appeals": _("Appeals")})
    makes = {"spread": scores_items.scores_items, "sections": scores_items.section_items, "appeals": appeal_items.appeal_items}
    event = session.board(session.items(makes[part], asked, card), key=f"scores {part}")
    (appeal_items if part == "appeals" else scores_items).act(event, asked, card)
