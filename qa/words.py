"""Words for what the data say: verdicts, changes, signals."""

from collections.abc import Iterable
from typing import Literal

from qa.i18n import _

Verdict = Literal["met", "missed", "uncertain", "too_few", "no_target"]
Direction = Literal["better", "worse", "none", "too_few"]

_GRAVEST_FIRST: tuple[Verdict, ...] = ("missed", "uncertain", "too_few", "met")
METRIC_GROUPS = ("quality", "customers", "calls", "management")


def verdict_word(verdict: str) -> str:
    """A verdict on a target, in a word or two."""
    words = {
        "met": _("On target"),
        "missed": _("Off target"),
        "uncertain": _("Not yet certain"),
        "too_few": _("Too few"),
        "no_target": _("No target"),
    }
    return words[verdict]


def direction_word(direction: str) -> str:
    """Whether a change is more than noise, and to which side."""
    words = {
        "better": _("better, more than noise"),
        "worse": _("worse, more than noise"),
        "none": _("within noise"),
        "too_few": _("too few to tell"),
    }
    return words[direction]


def code_words() -> dict[str, dict[str, str]]:
    """Codes of the extracts in words, by column: how an evaluation was made, why its call was chosen, which way a call went."""
    return {
        "kind": {
            "recording": _("Recording"), "live": _("Live"), "side_by_side": _("Side by side"), "mystery": _("Mystery call"), "document": _("Document"),
        },
        "sample": {
            "random": _("Random"), "quota": _("Quota"), "new_hire": _("New hire"), "targeted": _("Targeted"),
            "training_before": _("Before training"), "training_after": _("After training"), "recheck": _("Recheck"), "complaint": _("After a complaint"),
        },
        "direction": {"inbound": _("Inbound"), "outbound": _("Outbound call")},
    }  # fmt: skip


def gravest(verdicts: Iterable[str]) -> Verdict:
    """The verdict that one mark for several figures must show."""
    found = set(verdicts)
    return next((verdict for verdict in _GRAVEST_FIRST if verdict in found), "no_target")


def signal_word(signal: str) -> str:
    """Whether a group differs from the others beyond noise."""
    words = {
        "better": _("better than the others"),
        "worse": _("worse than the others"),
        "none": _("no difference beyond noise"),
        "too_few": _("Too few"),
    }
    return words[signal]


def group_word(group: str) -> str:
    """The heading of a group of metrics."""
    words = {
        "quality": _("Quality"),
        "customers": _("Customers"),
        "calls": _("Calls"),
        "management": _("Management"),
    }
    return words[group]


def nothing_here() -> str:
    """What stands where the period and the filters leave nothing, and what to do about it."""
    return _("There is nothing to show for this choice. A longer period or fewer filters may have records.")


def too_slow() -> str:
    """What to say where the extracts do not answer in time."""
    return _("The rows take too long to read. Choose a shorter period or fewer centers.")
