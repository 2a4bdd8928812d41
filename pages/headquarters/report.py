"""What does a center's month say, as the report to sign?"""

import streamlit as st

from qa import session
from qa.session.report.choices import center_chosen, month_chosen
from qa.session.report.items import downloads, mark, report_items

if not session.no_build():
    with st.container(key="report-choices", horizontal=True, vertical_alignment="center", gap="small"):
        center = center_chosen()
        month = month_chosen(center)
        downloads(center, month)
    session.board(session.items(report_items, center, month, mark(center, month)), key="report")
