"""What the quality pages are asked beside the view: the scorecard, and how to look at it."""

import streamlit as st

from qa import session
from qa.filters import Asked, Filters, Scope
from qa.i18n import _
from qa.keys import joined
from qa.quality.error_cells import ROWS, Rows
from qa.quality.errors import MEASURES, SPLITS, Course, cards_used, ranked
from qa.quality.scorecards import cards_of
from qa.query import dimension_label
from qa.session import data
from qa.session.pick import pick
from qa.warehouse import Warehouse

ALL_CARDS = "all"


def card_chosen(filters: Filters) -> str:
    """The scorecard chosen; empty for all of them, each named."""
    words = data.computed(_card_words, filters)
    chosen = pick("card", _("Scorecard"), words, width=300)
    return "" if chosen == ALL_CARDS else chosen


def _card_words(build: Warehouse, scope: Scope, filters: Filters) -> dict[str, str]:
    cards = cards_of(build)
    return {ALL_CARDS: _("All scorecards, named")} | {card: cards.card(card) for card in cards_used(build, scope, filters)}


def course_chosen(filters: Filters) -> tuple[Course, Rows]:
    """The scorecard, what is ranked by what, and whether agents or teams stand beside the items."""
    splits = {split: _split_word(split) for split in SPLITS}
    measures = {"errors": _("Errors"), "points": _("Points lost")}
    places: dict[Rows, str] = {"agent": _("Agents × items"), "team": _("Teams × items")}
    with st.container(key="error-choices", horizontal=True, vertical_alignment="center", gap="small"):
        card = card_chosen(filters)
        measure = session.choose("measure", _("Measure"), {name: measures[name] for name in MEASURES})
        split = pick("by", _("Ranked by"), splits, width=190)
        rows = session.choose("rows", _("Rows of the heatmap"), places)
    return Course(card, split, measure), rows if rows in ROWS else "agent"


def _split_word(split: str) -> str:
    own = {"scorecard": _("scorecard and version")}
    return _("By {dimension}").format(dimension=own.get(split) or dimension_label(split))


def item_words(build: Warehouse, scope: Scope, asked: Asked) -> dict[str, str]:
    """Every item there is, code -> name with its card; those with the most errors first, so that the first says most."""
    cards = cards_of(build)
    wrong = [group.item for group in ranked(build, scope, Asked(asked.filters, None), Course())]
    keys = [*wrong, *sorted(set(cards.items) - set(wrong))]
    return {joined(key): cards.item(key, with_card=True) for key in keys}


