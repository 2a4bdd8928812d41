"""Board items as the message the browser reads: compressed, and each item with a digest of its content.

The browser skips every item whose digest it has drawn already, so a message that changes one tile redraws one tile.
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Any
from zlib import compress, decompress

import orjson

from qa.session.board.items import Cell, Chart, Heading, Item, Mark, Sentences, Sparkline, Table, Tile

# A board of 600 agents is a fifth of its size, and takes longer to send than to compress.
LEVEL = 4
_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


def encode(items: Iterable[Item], words: dict[str, str]) -> bytes:
    """The message for these items, JSON in zlib's format; ``words`` are the texts of the board's own controls.

    ValueError when two items share a key: the browser could not tell them apart.
    """
    bodies, seen = [], set()
    for item in items:
        if item.key in seen:
            raise ValueError(f"two items of the board are named {item.key!r}")
        seen.add(item.key)
        bodies.append(_with_digest(item))
    return compress(orjson.dumps({"words": words, "items": bodies}, option=_OPTIONS), LEVEL)


def decode(message: bytes) -> list[dict[str, Any]]:
    """The items of a message, as the browser reads them."""
    return orjson.loads(decompress(message))["items"]


def _with_digest(item: Item) -> dict[str, Any]:
    body = orjson.dumps(_BODIES[type(item)](item), option=_OPTIONS)
    digest = blake2b(body, digest_size=9).hexdigest()
    return {"key": item.key, "type": type(item).__name__.lower(), "digest": digest, "body": orjson.Fragment(body)}


def _tile(item: Tile) -> dict[str, Any]:
    texts = ("label", "value", "unit", "target", "interval", "n", "change", "note", "width", "actions")
    return {name: getattr(item, name) for name in texts} | {
        "mark": _mark(item.mark),
        "change_mark": _mark(item.change_mark),
        "sparkline": _sparkline(item.sparkline),
    }


def _sparkline(line: Sparkline | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {
        "values": list(line.values),
        "labels": list(line.labels),
        "minimum": line.target_minimum,
        "maximum": line.target_maximum,
        "provisional": list(line.provisional),
    }


def _chart(item: Chart) -> dict[str, Any]:
    texts = ("title", "caption", "height", "width", "empty", "actions")
    return {name: getattr(item, name) for name in texts} | {"figure": item.figure}


def _table(item: Table) -> dict[str, Any]:
    """Cells travel by column, which is quick to write and small. Marks repeat in hundreds of them: they are sent once and named by number."""
    texts = ("title", "caption", "height", "width", "opens", "cells", "sorted_by", "empty", "tools", "actions")
    marks: dict[Mark | None, int] = {None: 0}
    by_column = [_column(cells, marks) for cells in zip(*(row.cells for row in item.rows), strict=True)]
    return {name: getattr(item, name) for name in texts} | {
        "columns": [[column.key, column.label, column.align, column.kind, column.hint] for column in item.columns],
        "keys": [row.key for row in item.rows],
        "by_column": by_column,
        "marks": [_mark(mark) for mark in marks if mark is not None],
    }


def _column(cells: Sequence[Cell], marks: dict[Mark | None, int]) -> list[Sequence[Any] | None]:
    """Texts, sort values, details and numbers of marks; null in place of a list that says nothing."""
    texts, sorts, own, details = zip(*cells, strict=True)
    for mark in dict.fromkeys(own):
        marks.setdefault(mark, len(marks))
    numbers = [marks[mark] for mark in own]
    said = any(sort is not None for sort in sorts), any(details), any(numbers)
    return [texts, *(values if is_said else None for values, is_said in zip((sorts, details, numbers), said, strict=True))]


def _sentences(item: Sentences) -> dict[str, Any]:
    texts = ("title", "caption", "width", "empty", "actions", "subject")
    return {name: getattr(item, name) for name in texts} | {
        "items": [[line.key, line.text, _mark(line.mark), line.opens] for line in item.items]
    }


def _heading(item: Heading) -> dict[str, Any]:
    return {"text": item.text, "note": item.note}


def _mark(mark: Mark | None) -> list[str] | None:
    return None if mark is None else list(mark)


_BODIES: dict[type, Callable[[Any], dict[str, Any]]] = {
    Tile: _tile,
    Chart: _chart,
    Table: _table,
    Sentences: _sentences,
    Heading: _heading,
}
