"""Pages that have nothing to show say why, and what to do about it."""

import streamlit as st

from qa.i18n import _
from qa.session import data


def no_build() -> bool:
    """Whether there is no build to show yet; if so, the page says how to make one."""
    if data.warehouse() is not None:
        return False
    st.subheader(_("There are no figures yet"))
    st.write(_("The board reads extracts from this folder. It shows them as soon as a build is there; no restart is needed."))
    st.code(str(data.folder()), language=None)
    st.write(_("Import your own files, CSV, XLSX or Parquet, here or on the command line:"))
    st.page_link("pages/data/importing.py", label=_("Import"), icon=":material/upload_file:")
    st.code("python -m qa import FILE ...", language=None)
    st.write(_("Or look around with the sample:"))
    st.code("python -m qa sample && python -m qa build", language=None)
    return True
