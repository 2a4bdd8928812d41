"""How are scores spread, whom do they stand for, and what did appeals change?"""

import streamlit as st

from qa import session
from qa.i18n import _
from qa.session.quality import appeals, scores
from qa.session.quality.choices import card_chosen

if not session.no_build():
    asked = session.asked()
    with st.container(key="score-choices", horizontal=True, vertical_alignment="center", gap="small"):
        card = card_chosen(asked.filters)
        part = session.choose("part", _("Part"), {"spread": _("Distribution"), "sections": _("Sections"), "appeals": _("Appeals")})
    makes = {"spread": scores.scores_items, "sections": scores.section_items, "appeals": appeals.appeal_items}
    event = session.board(session.items(makes[part], asked, card), key=f"scores {part}")
    (appeals if part == "appeals" else scores).act(event, asked, card)
