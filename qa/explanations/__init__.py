"""Explanations 说明: which are owed for a month, what they say, and by whose hands they go."""

from qa.explanations.model import Attachment, Cause, Content, Explanation, Figure, Measure, Reported
from qa.explanations.reading import changes_of, explanation, explanations_of, reported_of

__all__ = ["Attachment", "Cause", "Content", "Explanation", "Figure", "Measure", "Reported", "changes_of", "explanation", "explanations_of", "reported_of"]
