"""Board items as the message the browser reads: compressed, and each item with a digest of its content.

The browser skips every item whose digest it has drawn already, so a message that changes one tile redraws one tile.
"""

from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any
from zlib import compress, decompress

import orjson

from qa.session.board.items import Cell, Chart, Heading, Item, Mark, Sentences, Sparkline, Table, Tile

# A board of 600 agents is a fifth of its size, and takes longer to send than to compress.
LEVEL = 5
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
    """Marks repeat in hundreds of cells: they are sent once and named by number."""
    texts = ("title", "caption", "height", "width", "opens", "cells", "sorted_by", "empty", "tools", "actions")
    marks: dict[Mark | None, int] = {None: 0}
    rows = [[row.key, [_cell(cell, marks) for cell in row.cells]] for row in item.rows]
    return {name: getattr(item, name) for name in texts} | {
        "columns": [[column.key, column.label, column.align, column.kind, column.hint] for column in item.columns],
        "rows": rows,
        "marks": [_mark(mark) for mark in marks if mark is not None],
    }


def _cell(cell: Cell, marks: dict[Mark | None, int]) -> list[Any]:
    """Text, sort value, detail, number of the mark; cut after the last that says something."""
    if cell.mark is not None:
        return [cell.text, cell.sort, cell.detail, marks.setdefault(cell.mark, len(marks))]
    if cell.detail:
        return [cell.text, cell.sort, cell.detail]
    return [cell.text] if cell.sort is None else [cell.text, cell.sort]


def _sentences(item: Sentences) -> dict[str, Any]:
    texts = ("title", "caption", "width", "empty", "actions")
    return {name: getattr(item, name) for name in texts} | {
        "items": [[line.key, line.text, _mark(line.mark), line.opens] for line in item.items]
    }


def _heading(item: Heading) -> dict[str, Any]:
    return {"text": item.text, "note": item.note}


def _mark(mark: Mark | None) -> list[str] | None:
    return None if mark is None else [mark.state, mark.text]


_BODIES: dict[type, Callable[[Any], dict[str, Any]]] = {
    Tile: _tile,
    Chart: _chart,
    Table: _table,
    Sentences: _sentences,
    Heading: _heading,
}
