"""How does a file of our own get onto the board?"""

import streamlit as st

from qa.i18n import _
from qa.session.importing import page
from qa.session.viewer import viewer

if viewer().scope is not None:
    st.info(_("Only somebody who sees every center can import."), icon=":material/lock:")
elif (done := page.finished()) is not None:
    page.show(done)
elif (upload := page.chosen_file()) is not None:
    page.go_through(upload)
