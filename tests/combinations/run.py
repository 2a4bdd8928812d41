"""One combination: a view, a page, choices of the page; everything that is wrong with what it shows."""

from collections.abc import Iterator
from random import Random

from qa.i18n import set_language
from qa.proof import Shown
from qa.session.board.items import Event
from qa.warehouse import Warehouse
from tests.combinations.derived import faults_of_derived
from tests.combinations.held import faults_of
from tests.combinations.pages import PAGES, Board
from tests.combinations.proofs import askable, faults_of_metric
from tests.combinations.scopes import faults_of_scope
from tests.combinations.views import random_seen

# Of so many proofs of a board rows, files and the command line are read; each costs a look into the extracts.
PROVEN = 2


def faults_of_combination(build: Warehouse, proof: Warehouse, number: int) -> Iterator[str]:
    """The faults of the combination of this number; pages take turns, so that any ten in a row show every page."""
    rng = Random(number)
    seen = random_seen(build, proof, rng)
    set_language(seen.view.language)
    for board in PAGES[number % len(PAGES)](seen, rng):
        found = [*faults_of(seen, board, rng), *faults_of_derived(seen, board), *faults_of_scope(seen, board)]
        for shown in rng.sample(proofs_of(board), min(PROVEN, len(proofs_of(board)))):
            if keys := askable(seen, shown):
                found += faults_of_metric(seen, shown, rng.choice(keys))
        yield from (f"{number} {board.page} ({board.chosen}) {fault}" for fault in found)


def proofs_of(board: Board) -> list[Shown]:
    """The proofs that its items have."""
    leads = [board.lead(Event("proof", item.key)) for item in board.items if "proof" in getattr(item, "actions", ())]
    return [lead for lead in leads if isinstance(lead, Shown)]
