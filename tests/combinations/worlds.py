"""Extracts with holes, and with names nobody should trust."""

from pathlib import Path

from tests.oracle.extracts import random_tables
from tests.oracle.tables import Rows
from tests.support.world import World

ORGANISATION = ("centers", "agents")
NAMED = ("center_id", "agent_id", "evaluator_id", "scorecard_id", "item_id", "team", "queue", "reason", "category", "section", "name", "name_en", "item_name")
# Quotes, HTML, Markdown, formulas, emoji, right-to-left writing, and what codes of our own are joined by.
HOSTILE = (
    "<b>{name}</b><script>alert(1)</script>", "'{name}' \"x\"; drop table calls --", "*{name}* [x](y) `z` $a$ :red[b]", "🙂{name}👩‍👩‍👧",
    "\u202e{name} مرحبا", "={name}+1", "-{name}", "{name} | b", "{name}\tb", "{name}%s {{x}} \\n", "{name}, c; d & e", " {name} ", "--{name}=x",
)  # fmt: skip


def _only(*tables: str) -> Rows:
    rows = random_tables(0)
    return {name: rows[name] for name in (*ORGANISATION, *tables)}


def _one_row() -> Rows:
    rows = random_tables(0)
    return {name: rows[name] for name in ORGANISATION} | {"evaluations": rows["evaluations"][:1]}


def _hostile() -> Rows:
    """Every name and id of the random extracts, twisted in one of the ways, the same one wherever it stands."""
    return {name: [{column: _twisted(column, value) for column, value in row.items()} for row in rows] for name, rows in random_tables(0).items()}


def _twisted(column: str, value: object) -> object:
    if column not in NAMED or not isinstance(value, str):
        return value
    return HOSTILE[sum(value.encode()) % len(HOSTILE)].format(name=value)


def _empty_center() -> Rows:
    rows = random_tables(2)
    rows["centers"].append({"center_id": "EMPTY", "name": "空中心", "is_headquarters": False})
    return rows


HOLES = {
    "only calls": lambda: _only("calls"),
    "only surveys": lambda: _only("surveys"),
    "only counts": lambda: _only("call_counts"),
    "only evaluations": lambda: _only("evaluations"),
    "one row": _one_row,
    "hostile names": _hostile,
    "an empty center": _empty_center,
    "without optional tables": lambda: random_tables(1),
}


def built(name: str, folder: Path) -> Path:
    """The folder with such extracts, built."""
    world = World(folder)
    world.tables = HOLES[name]()
    world.warehouse()
    return folder
