"""The views of the board this session has looked at: what an explanation can be given as an attachment."""

from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from qa import format
from qa.explanations.model import Attachment
from qa.explanations.rules import DEFAULT_RULES
from qa.filters import Filters, Scope
from qa.i18n import _, say
from qa.measured import provisional_from
from qa.metrics import METRICS
from qa.results import answer
from qa.session import data
from qa.view import Choices, View, to_parameters
from qa.warehouse import Warehouse

_VISITED = "_visited"
REMEMBERED = 12
# Pages without figures of the board.
LEFT_OUT = ("explanations", "extracts", "import", "dictionary", "definitions", "targets")


@dataclass(frozen=True)
class Visited:
    """A page as it was looked at; its days are written out, so that the link shows the same next month."""

    path: str
    title: str
    view: View

    @property
    def link(self) -> str:
        return f"/{self.path}?{urlencode(to_parameters(self.view), doseq=True)}"


def note(path: str, title: str, view: View, choices: Choices) -> None:
    """Remember that this page was looked at; the latest last, each once."""
    if path in LEFT_OUT or not choices.centers:
        return
    first, after = view.shown(choices)
    fixed = replace(view, language="zh", period="custom", date_from=first, date_to=after - timedelta(days=1))
    place = Visited(path, title, fixed)
    seen = [known for known in st.session_state.get(_VISITED, ()) if (known.path, known.view) != (path, fixed)]
    st.session_state[_VISITED] = [*seen, place][-REMEMBERED:]


def visited(choices: Choices) -> dict[str, str]:
    """Link -> what it shows in words, the latest first."""
    return {place.link: _words(place, choices) for place in reversed(st.session_state.get(_VISITED, ()))}


def attachment(link: str, choices: Choices) -> Attachment:
    """A visited view, with the figures it stands for as they are now."""
    place = next(place for place in st.session_state[_VISITED] if place.link == link)
    figures = data.computed(_frozen, place.view.filters(choices))
    return Attachment(_words(place, choices), link, figures)


def _frozen(warehouse: Warehouse, scope: Scope, filters: Filters) -> tuple[tuple[str, str], ...]:
    """The five indicators of the view, as name and text; those that may still change say so."""
    frame = answer(warehouse, [rule.metric for rule in DEFAULT_RULES], (), filters, scope)
    found = []
    for row in frame.filter(pl.col("value").is_not_null()).iter_rows(named=True):
        metric = METRICS[row["metric"]]
        notes = [format.interval(row["low"], row["high"], metric.unit), f"n = {format.count(row['n'])}"]
        if filters.date_to is None or filters.date_to > provisional_from(warehouse, metric):
            notes.append(_("provisional"))
        found.append((say(metric.name), f"{format.value(row['value'], metric.unit)} ({'; '.join(notes)})"))
    return tuple(found)


def _words(place: Visited, choices: Choices) -> str:
    view = place.view
    names = {center.center_id: center.name for center in choices.centers}
    chosen = [*(names.get(center, center) for center in view.centers), *view.teams, *view.queues, *view.agents]
    return " · ".join([place.title, format.period(view.shown(choices), view.month_start), *chosen])
