"""A mapping corrected by choosing, for each column of the contract, a column of the file."""

from collections.abc import Mapping as Choices
from dataclasses import dataclass

from qa.contract import TABLES, Column, Table, Type
from qa.importing import Mapping
from qa.importing.filling import is_telephone, unit_of
from qa.importing.mapping import Condition, Fill, Take
from qa.importing.names import find, take_apart

NOT_IN_FILE, KEPT, EVERY_ROW = "", "\0kept", "\0every row "
Choice = tuple[str, str]


@dataclass(frozen=True)
class Block:
    """One table to be filled: what the mapping says of it so far, None for a table that was added.

    ``key`` stays the same whichever other tables are filled.
    """

    key: str
    table: Table
    fill: Fill | None

    def take(self, column: str) -> Take | None:
        """Where the column comes from so far; None when it is not filled."""
        return self.fill.columns.get(column) if self.fill else None


def blocks(mapping: Mapping, tables: list[str]) -> list[Block]:
    """What the mapping fills of these tables, then the tables it does not fill yet."""
    fills = [Block(f"{fill.fills}.{place}", TABLES[fill.fills], fill) for place, fill in enumerate(mapping.table) if fill.fills in tables]
    return fills + [Block(name, TABLES[name], None) for name in tables if name not in mapping.tables()]


def options(take: Take | None, columns: list[str]) -> list[str]:
    """What can be chosen: nothing, what the mapping says where no single column says it, each column of the file."""
    names = usable(columns)
    return [NOT_IN_FILE, *([KEPT] if choice_of(take, names) == KEPT else []), *names]


def constants(column: Column) -> dict[str, Take]:
    """What every row can be said to be where no column of the file says it, by option: yes or no, or one of the allowed values."""
    values: tuple[bool | str, ...] = (True, False) if column.type is Type.BOOLEAN else column.allowed
    return {f"{EVERY_ROW}{value}": Take(constant=value) for value in values}


def usable(columns: list[str]) -> list[str]:
    """The columns of the file that a mapping can name: those with a name of their own."""
    return [name for name in columns if name and columns.count(name) == 1]


def choice_of(take: Take | None, columns: list[str]) -> str:
    """The option that stands for what the mapping says now."""
    if take is None:
        return NOT_IN_FILE
    found = None if len(take.sources) != 1 else find(take.sources[0], columns)
    return KEPT if found is None else columns[found]


def corrected(mapping: Mapping, tables: list[str], choices: Choices[Choice, str], columns: list[str], fill_down: list[str]) -> Mapping:
    """The mapping with the choices made, by block and column; a table of which nothing is filled is left out.

    ``fill_down``: the columns of the file whose empty cells repeat the one above.
    """
    fills = []
    for block in blocks(mapping, tables):
        if block.fill and block.fill.rows:
            fills.append(block.fill)
            continue
        wanted = {c.name: _taken(c, block.take(c.name), choices.get((block.key, c.name)), columns) for c in block.table.columns}
        takes = _with_answers(block.table, {name: take for name, take in wanted.items() if take is not None})
        if takes:
            fills.append(block.fill.model_copy(update={"columns": takes}) if block.fill else Fill(fills=block.table.name, columns=takes))
    changed = mapping.model_copy(update={"table": fills, "fill_down": fill_down})
    if changed == mapping:
        return mapping
    used = changed.mentions()
    return changed.model_copy(update={"fits": [name for name in columns if name in used and columns.count(name) == 1]})


def assumed_center(mapping: Mapping) -> str | None:
    """The one center that all rows are put into because the file names none; None where it names them."""
    said = {fill.columns["center_id"].constant for fill in mapping.table if "center_id" in fill.columns}
    return str(said.pop()) if len(said) == 1 and None not in said else None


def in_center(mapping: Mapping, center_id: str) -> Mapping:
    """The mapping with all rows in a center that the extracts know; it no longer makes up one of its own."""
    fills = []
    for fill in mapping.table:
        if "center_id" in fill.columns:
            fills.append(fill.model_copy(update={"columns": fill.columns | {"center_id": Take(constant=center_id)}}))
        elif not (fill.fills == "centers" and fill.rows):
            fills.append(fill)
    return mapping.model_copy(update={"table": fills})


def lacking(mapping: Mapping) -> list[tuple[Table, Column]]:
    """The columns without which no row of a table can be loaded, and which the mapping does not fill."""
    return [(TABLES[fill.fills], column) for fill in mapping.table for column in fill.lacking]


def _with_answers(table: Table, takes: dict[str, Take]) -> dict[str, Take]:
    """Surveys with a rating and no time of their answers: those rated were answered when they were sent, as a proposal would assume."""
    rated = next((takes[name].sources[0] for name in ("score", "satisfied") if name in takes and takes[name].sources), None)
    if table.name != "surveys" or "answered_at" in takes or "sent_at" not in takes or rated is None:
        return takes
    return takes | {"answered_at": takes["sent_at"].model_copy(update={"when": Condition(column=rated, filled=True)})}


def _taken(column: Column, take: Take | None, choice: str | None, columns: list[str]) -> Take | None:
    if choice is None or choice == KEPT or choice == choice_of(take, columns):
        return take
    if choice == NOT_IN_FILE:
        return None
    if choice.startswith(EVERY_ROW):
        return constants(column)[choice]
    name = take_apart(choice)
    return Take(source=choice, unit=unit_of(column, name), hashed=is_telephone(column, name))
