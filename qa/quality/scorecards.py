"""Scorecards and their items by name: what a figure about an item is called, and to which class its errors belong."""

from dataclasses import dataclass, field
from typing import Literal

from qa.i18n import _
from qa.warehouse import Warehouse

ItemKey = tuple[str, str]
"""A scorecard and one of its items: item ids are unique within a card only."""

ErrorClass = Literal["whole_call", "section", "nonfatal"]


@dataclass(frozen=True)
class CardItem:
    """One item as its card declares it; an item no card declares has its id for a name."""

    name: str
    section: str = ""
    category: str = ""
    is_fatal: bool = False


@dataclass(frozen=True)
class Cards:
    """Every scorecard and item of the extracts. ``names``: card -> its name, with its version where it has one."""

    names: dict[str, str] = field(default_factory=dict)
    items: dict[ItemKey, CardItem] = field(default_factory=dict)

    def card(self, scorecard: str) -> str:
        """The card's name; its id where it has none."""
        return self.names.get(scorecard) or scorecard

    def item(self, key: ItemKey, *, with_card: bool) -> str:
        """The item's name, with its card where several cards are looked at."""
        name = self.known(key).name
        return f"{name} · {self.card(key[0])}" if with_card else name

    def known(self, key: ItemKey) -> CardItem:
        return self.items.get(key) or CardItem(key[1])

    def error_class(self, key: ItemKey, fatal_errors: float) -> ErrorClass:
        """Whether an item's errors fail the whole call, its section, or neither.

        The card declares what fails the whole call; on any other item a mark as fatal holds within its section.
        """
        if self.known(key).is_fatal:
            return "whole_call"
        return "section" if fatal_errors else "nonfatal"


def cards_of(warehouse: Warehouse) -> Cards:
    """The scorecards of a build."""
    names, items = {}, {}
    for row in warehouse.items.iter_rows(named=True):
        card = row["scorecard_id"]
        names[card] = " ".join(part for part in (row["scorecard_name"] or card, row["version"]) if part)
        items[card, row["item_id"]] = CardItem(
            row["item_name"] or row["item_id"], row["section"] or "", row["category"] or "", row["severity"] == "fatal"
        )
    return Cards(names, items)


def class_word(error_class: ErrorClass) -> str:
    """The class in words."""
    words = {
        "whole_call": _("Fatal: fails the whole call"),
        "section": _("Marked fatal within its section"),
        "nonfatal": _("Non-fatal"),
    }
    return words[error_class]


def category_word(category: str) -> str:
    """A category of the contract in words; any other as it is written."""
    words = {
        "affinity": _("Affinity"),
        "selling": _("Selling"),
        "business": _("Business knowledge"),
        "wording": _("Wording"),
        "attitude": _("Attitude"),
    }
    return words.get(category, category)
