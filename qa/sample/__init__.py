"""A deterministic sample of every table of the contract, with known truths planted in it."""

from qa.sample.make import make_sample
from qa.sample.scales import SCALES
from qa.sample.writing import NotASampleFolder

__all__ = ["SCALES", "NotASampleFolder", "make_sample"]
