"""What a table of the contract is made of."""

from dataclasses import dataclass, field
from enum import Enum

from qa.contract.header_words import TOTALS
from qa.text import Text


class Type(Enum):
    """A contract type; the value is the DuckDB type that stores it.

    Seconds and scores are decimals, so that sums are exact whatever order they are taken in.
    """

    TEXT = "VARCHAR"
    INTEGER = "BIGINT"
    NUMBER = "DECIMAL(14,4)"
    SECONDS = "DECIMAL(12,3)"
    BOOLEAN = "BOOLEAN"
    TIMESTAMP = "TIMESTAMP"
    DATE = "DATE"


@dataclass(frozen=True)
class Column:
    """One column: its type, its words, and what a value may be.

    ``required``: a file without the column cannot fill the table.
    ``nullable``: a required column may still be empty in a row.
    ``allowed``: the only values, when not empty.
    ``references``: ``"table.column"`` where a value must be found.
    ``default``: the SQL literal that stands for an empty value.
    ``unknown``: what a required text holds where nothing is known; the views make it null.
    ``minimum``: the least possible value.
    ``aliases``: header names (lower case) that mean this column in people's own files.
    """

    name: str
    type: Type
    label: Text
    required: bool = False
    nullable: bool = False
    allowed: tuple[str, ...] = ()
    references: str = ""
    default: str = ""
    unknown: str = ""
    minimum: float | None = None
    note: Text = Text("", "")
    aliases: tuple[str, ...] = ()

    @property
    def may_be_null(self) -> bool:
        return self.nullable or not self.required


@dataclass(frozen=True)
class Rule:
    """A check over the columns of one row: ``sql`` is true for a row that is impossible.

    ``column`` is the one to look at first; ``reason`` says what is wrong with it.
    """

    column: str
    sql: str
    reason: Text


@dataclass(frozen=True)
class Table:
    """One table of extracts: a folder of Parquet files.

    ``time``: the column that partitions a large table by month (``month=YYYY-MM``), or empty.
    ``large``: whether the table is partitioned.
    """

    name: str
    label: Text
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    required: bool = False
    time: str = ""
    large: bool = False
    rules: tuple[Rule, ...] = ()
    note: Text = Text("", "")
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})


def no_total(*columns: str) -> tuple[Rule, ...]:
    """That none of the columns names the sum of others: such a row would count all of them once more."""
    words = ", ".join(f"'{word}'" for word in TOTALS)
    reason = Text("像是其他行的合计，计入会重复", "seems to be the total of other rows, which would count twice")
    return tuple(Rule(column, f"lower({column}) in ({words})", reason) for column in columns)
