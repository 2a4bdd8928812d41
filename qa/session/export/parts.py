"""The parts of a page that a viewer can choose between for a file: its tiles together, its charts, tables and lists."""

from collections.abc import Collection, Iterator, Sequence

from qa.i18n import _
from qa.session.board.items import Heading, Item, Sentences, Tile

TILES = "tiles"
Boards = Sequence[Sequence[Item]]


def parts(boards: Boards) -> dict[str, str]:
    """What there is to choose, key -> title, in the order of the page; ``boards``: the items of each board."""
    return {key: _("Key figures") if isinstance(item, Tile) else item.title for key, item in _keyed(boards) if not isinstance(item, Heading)}


def chosen(boards: Boards, keys: Collection[str]) -> list[Item]:
    """The items of these parts with the headings over them; without any keys all items."""
    return [item for key, item in _keyed(boards) if not keys or isinstance(item, Heading) or key in keys]


def subject(boards: Boards) -> str:
    """What the page says it is about, where it says so itself; else empty: then it is of the view."""
    return next((item.subject for items in boards for item in items if isinstance(item, Sentences) and item.subject), "")


def _keyed(boards: Boards) -> Iterator[tuple[str, Item]]:
    """Each item with the key of its part: boards of a page may use the same keys."""
    for place, items in enumerate(boards):
        for item in items:
            yield TILES if isinstance(item, Tile) else f"{place} {item.key}", item
