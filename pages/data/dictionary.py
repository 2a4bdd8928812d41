"""Which tables and columns does the board read?"""

import streamlit as st

from qa.contract import TABLES
from qa.dictionary import about, columns_of
from qa.i18n import say

for table in TABLES.values():
    st.subheader(f"{say(table.label)} {table.name}", anchor=table.name)
    st.caption(about(table))
    st.table(columns_of(table), border="horizontal")
