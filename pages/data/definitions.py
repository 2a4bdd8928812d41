"""How is every metric defined, and which targets hold?"""

import streamlit as st

from qa.config import load_config
from qa.dictionary import configuration, definitions, targets_set
from qa.i18n import _
from qa.session import data
from qa.session.names import center_names
from qa.session.viewer import viewer
from qa.words import METRIC_GROUPS, group_word

build = data.warehouse()
config = build.config if build else load_config(data.folder())
for group in METRIC_GROUPS:
    st.subheader(group_word(group), anchor=False)
    st.table(definitions(build, config, group), border="horizontal")
if build:
    st.subheader(_("Targets set by the extracts"), anchor=False)
    st.table(targets_set(build, viewer().scope, center_names(build)), border="horizontal")
st.subheader(_("Configuration in force"), anchor=False)
st.caption(_("Change them in qa.toml beside the extracts, then run: python -m qa build"))
st.table(configuration(config), border="horizontal")
