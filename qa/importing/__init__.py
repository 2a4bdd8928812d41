"""People's own files -> extracts: reading, mapping, proposing, checking, quarantine, atomic merge."""

from qa.importing.dry_run import Preview, preview, propose, suggest
from qa.importing.errors import NeedsUser, Refused
from qa.importing.mapping import Mapping
from qa.importing.pipeline import run
from qa.importing.summary import Summary

__all__ = ["Mapping", "NeedsUser", "Preview", "Refused", "Summary", "preview", "propose", "run", "suggest"]
