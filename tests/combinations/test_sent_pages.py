"""What random combinations prove is what a page sends the browser."""

import sys
from random import Random

import pytest

import qa.session
from qa.i18n import set_language
from qa.people import Person
from qa.session.board import prepare
from qa.session.data import choices_of
from qa.view import from_parameters
from qa.warehouse import Warehouse
from tests.combinations.pages import PAGES
from tests.combinations.views import Seen
from tests.support.app import frame

PAGE_FILES = {
    "overview_page": "overview/summary", "trend_page": "trend/trend", "errors_page": "quality/errors", "scores_page": "quality/scores",
    "item_page": "quality/item", "satisfaction_page": "customers/satisfaction", "resolution_page": "customers/resolution",
    "complaints_page": "customers/complaints", "service_page": "calls/service", "outbound_page": "calls/outbound",
    "comparison_page": "centers/comparison", "why_page": "centers/why",
    "agents_page": "agents/agents", "teams_page": "agents/teams", "agent_page": "agents/agent",
}  # fmt: skip


class First(Random):
    """Takes the first of everything there is to choose from: what a page shows when nothing was chosen."""

    def choice(self, seq):
        return seq[0]

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
@pytest.mark.parametrize(("language", "scope"), [("zh", None), ("en", frozenset({"WH", "CD"}))], ids=["zh", "en in two centers"])
def test_a_page_sends_the_browser_what_is_proven_here(sample, monkeypatch, page, language, scope):
    sent: list[bytes] = []
    viewer = lambda: Person("", "guest", scope)  # noqa: E731
    for place in ("qa.session.viewer", "qa.session.data.viewer", "qa.session.proof.viewer"):
        module, _dot, name = place.rpartition(".")
        monkeypatch.setattr(sys.modules[module], name, viewer)
    monkeypatch.setattr(qa.session, "board", lambda message, key="": sent.append(message))
    monkeypatch.setenv("QA_DATA", str(sample))
    parameters = {"lang": language, "period": "last_month"}
    board = frame()
    board.query_params.update(parameters)
    board.run()
    sent.clear()
    board.switch_page(f"pages/{PAGE_FILES[page.__name__]}.py").run()
    assert not board.exception and not board.error
    build = Warehouse.open(sample)
    choices = choices_of(build, scope)
    view, _problems = from_parameters({name: [value] for name, value in parameters.items()}, choices)
    set_language(language)
    # Where a page stands already its parts come in another order.
    assert sorted(sent) == sorted(prepare(part.items) for part in page(Seen(build, build, scope, choices, view), First(0)))
