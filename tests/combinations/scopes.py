"""What a viewer must not see: names, ids and words of centers outside the scope."""

import re
from collections.abc import Iterator
from zlib import decompress

from qa.session.board import prepare
from tests.combinations.pages import Board
from tests.combinations.views import Seen


def faults_of_scope(seen: Seen, board: Board) -> Iterator[str]:
    """Every word on the board that belongs only to centers the viewer may not see."""
    message = decompress(prepare(board.items)).decode()
    if seen.scope is not None:
        said = set(re.findall(r"[\w.'-]+", message))
        for word in _hidden_words(seen) & said:
            yield f"{word} is outside the scope {sorted(seen.scope)}"


def _hidden_words(seen: Seen) -> set[str]:
    """Ids and names of hidden centers, and of people and teams who have worked nowhere else."""
    scope = seen.scope or frozenset()
    centers, agents = seen.build.centers, seen.build.agents
    evaluators = seen.build.known("evaluator", "evaluations_by_agent_day", None)
    parts = [(centers["center_id"], centers[name]) for name in ("center_id", "name", "name_en")]
    parts += [(agents["center_id"], agents[name]) for name in ("agent_id", "team")]
    parts += [(evaluators["center_id"], evaluators["evaluator"])]
    pairs = [(center, word) for owners, words in parts for center, word in zip(owners, words, strict=True) if word]
    offered = {*seen.choices.agents, *seen.choices.teams_of(())}
    return {word for center, word in pairs if center not in scope} - {word for center, word in pairs if center in scope} - offered
