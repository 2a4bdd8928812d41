"""Whether a mapping suits a file whose columns are called as it wants: whether it reads their values."""

from dataclasses import replace
from pathlib import Path

from duckdb import DuckDBPyConnection

from qa.importing.errors import Refused
from qa.importing.mapping import Mapping, is_own
from qa.importing.shape import shape
from qa.importing.source import Source
from qa.importing.sql import Bindings
from qa.importing.take import Desk
from qa.text import Text

FIRST_ROWS = 1000
# Above the numbers of the parts that are imported.
LOOKED_AT = 1_000_000


def suited(con: DuckDBPyConnection, source: Source, into: Path, fit: list[Mapping]) -> Mapping | None:
    """Of the mappings that fit by the names of the columns, the first that also reads the values; a user's own is taken at its word where no other does."""
    if (own := undisputed(into, fit)) is not None:
        return own
    reading = (mapping for mapping in fit if _reads(con, source, mapping))
    return next(reading, next((mapping for mapping in fit if is_own(mapping, into)), None))


def undisputed(into: Path, fit: list[Mapping]) -> Mapping | None:
    """The user's own mapping that no shipped one fits as well as: it is taken without a look at the values."""
    is_alone = bool(fit) and is_own(fit[0], into) and all(is_own(mapping, into) or len(mapping.fits) < len(fit[0].fits) for mapping in fit)
    return fit[0] if is_alone else None


def unread_by(mapping: Mapping) -> Text:
    """That a mapping fits by the names of its columns alone."""
    return Text(
        f"映射 {mapping.name} 的列名相符，但按它写的格式读不出这个文件的值，所以另拟了一份",
        f"the columns are called as in the mapping {mapping.name}, but the formats it names read none of the values, so another is proposed",
    )


def _reads(con: DuckDBPyConnection, source: Source, mapping: Mapping) -> bool:
    """Whether it reads any of the file's first rows, for each table that it fills from them, and leaves nothing to ask."""
    head = replace(source, view=f"(select * from {source.view} limit {FIRST_ROWS})")
    for number, fill in enumerate(fill for fill in mapping.table if not fill.rows):
        try:
            part = shape(con, Desk(head, mapping, "", Bindings()), fill, LOOKED_AT + number)
        except Refused:
            return False
        (rows, unread) = con.execute(f"select count(*), count(*) filter (_unread) from {part.name}").fetchone()
        con.execute(f"drop table {part.name}")
        if rows and rows == unread:
            return False
    return True
