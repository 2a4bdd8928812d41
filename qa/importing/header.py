"""Which row is the header, and what its columns are called."""

import re
from functools import cache

from qa.contract import TABLES, Type
from qa.importing.errors import Refused
from qa.importing.names import take_apart

Cells = list[str | None]
SEARCHED_ROWS = 20
VALUE = re.compile(r"^[\s\d.,:/%+\-年月日时分秒]+$")


def header_row(name: str, rows: list[Cells]) -> int:
    """The position of the header among the first rows: the fullest row of names, known ones above all; the earliest wins a tie.

    Refused where every row looks like data.
    """
    candidates = rows[:SEARCHED_ROWS]
    width = max((_filled(row) for row in candidates), default=0)
    if not width:
        raise Refused(f"{name}：文件是空的", f"{name}: the file is empty")
    best = max(range(len(candidates)), key=lambda i: (_score(candidates[i], width), -i))
    if _wordy(candidates[best]) < 0.5:
        raise Refused(
            f"{name}：找不到表头行，请在第一行写上列名",
            f"{name}: no header row found; name the columns in the first row",
        )
    return best + 1 if best + 1 < len(candidates) and _goes_on(candidates[best], candidates[best + 1]) else best


def _goes_on(upper: Cells, lower: Cells) -> bool:
    """Whether a header stands in two rows: merged headings above the names of their columns, which stand in every gap, and names merged over both rows."""
    above, below = ([bool(cell and cell.strip()) for cell in row] for row in (upper, lower))
    if len(above) != len(below) or all(above) or all(below) or _wordy(lower) < 1:
        return False
    gaps_filled = all(own or under for own, under in zip(above, below, strict=True))
    heads = [i for i, (own, under) in enumerate(zip(above, below, strict=True)) if own and under]
    return gaps_filled and bool(heads) and all(i + 1 < len(above) and not above[i + 1] for i in heads)


def column_names(rows: list[Cells], header: int, width: int) -> list[str]:
    """One name a column. A cell left empty by a merge takes the name above it; a column without any is ``column 3``."""
    above = rows[header - 1] if header and _filled(rows[header - 1]) > 1 else []
    names = []
    for i in range(width):
        own = _cell(rows[header], i)
        names.append(own or _cell(above, i) or f"column {i + 1}")
    return names


def known_names() -> frozenset[str]:
    """Every column name the contract knows, squeezed."""
    return frozenset().union(*_names_by_type().values())


def is_amount(header: str) -> bool:
    """Whether the contract knows the name for a number or a duration, and for nothing else."""
    core = take_apart(header).core
    types = {kind for kind, names in _names_by_type().items() if core in names}
    return bool(types) and types <= {Type.INTEGER, Type.NUMBER, Type.SECONDS}


def is_code(header: str) -> bool:
    """Whether the contract knows the name for a code of something."""
    return take_apart(header).core in _names_of_codes()


@cache
def _names_of_codes() -> frozenset[str]:
    codes = (c for table in TABLES.values() for c in table.columns if c.name.endswith("_id"))
    return frozenset(take_apart(name).core for c in codes for name in (c.name, c.label.zh, c.label.en, *c.aliases))


@cache
def _names_by_type() -> dict[Type, frozenset[str]]:
    columns = [column for table in TABLES.values() for column in table.columns]
    return {
        kind: frozenset(
            take_apart(name).core for c in columns if c.type is kind for name in (c.name, c.label.zh, c.label.en, *c.aliases)
        )
        for kind in Type
    }


def _score(row: Cells, width: int) -> float:
    filled = _filled(row)
    if not filled:
        return 0.0
    names = [cell for cell in row if cell]
    every = known_names()
    known = sum(take_apart(cell).core in every for cell in names) / filled
    repeated = 1 - len(set(names)) / filled
    return filled / width + _wordy(row) + 2 * known - repeated


def _wordy(row: Cells) -> float:
    """The share of the filled cells that are words rather than numbers, dates or times."""
    names = [cell for cell in row if cell]
    return sum(not VALUE.match(cell) for cell in names) / len(names) if names else 0.0


def _filled(row: Cells) -> int:
    return sum(bool(cell and cell.strip()) for cell in row)


def _cell(row: Cells, i: int) -> str:
    return (row[i] or "").strip() if i < len(row) else ""
