"""The mark that says what a difference means for those it is told of."""

from qa.session.board.items import Mark, MarkState
from qa.words import Direction, direction_word

_CHANGES: dict[Direction, MarkState] = {"better": "improvement", "worse": "concern", "none": "none", "too_few": "too_few"}


def change_mark(direction: Direction) -> Mark:
    """A change for the better is an improvement, one for the worse a concern."""
    return Mark(_CHANGES[direction], direction_word(direction))
