"""PNG: one picture, a single page as long as it needs to be."""

from qa.report.formats.pdf import typeset
from qa.report.model import Document

PIXELS_AN_INCH = 144


def png(document: Document) -> bytes:
    """The document as PNG."""
    return typeset(document, paged=False, format="png", ppi=PIXELS_AN_INCH)
