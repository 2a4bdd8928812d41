"""What a viewer sees when something fails: a sentence with a reference, never a stack trace."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import streamlit as st

from qa.i18n import _
from qa.problems import Problem

log = logging.getLogger("tingjian")


@contextmanager
def guarded() -> Iterator[None]:
    """Run a part of the page; what fails in it is logged whole and told in one sentence."""
    try:
        yield
    except Problem as error:
        st.error(str(error), icon=":material/error:")
    except Exception:
        reference = uuid4().hex[:8]
        log.exception("page failed, reference %s", reference)
        text = _("This page could not be shown. The log of the server has the reason under {reference}.")
        st.error(text.format(reference=reference), icon=":material/error:")
