"""A column of dates in question, and how to ask a person about it."""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from qa.importing.errors import NeedsUser, Question, row_list
from qa.importing.sql import Bindings
from qa.text import Text


@dataclass(frozen=True)
class Column:
    """The column in question: a statement that yields ``_row`` and ``text``, its values, and what to call it in a message.

    ``sources``: the columns of the file behind it, where they are all it is made of.
    """

    statement: str
    bindings: Bindings
    label: str
    sources: tuple[str, ...] = ()

    def ask(self, con: DuckDBPyConnection, select: str, bindings: Bindings | None = None) -> list[tuple]:
        statement = f"with dates as ({self.statement}) {select}"
        return con.execute(statement, (bindings or self.bindings).used_in(statement)).fetchall()


def needs_user(column: Column, told: Text, remedy: Text, answers: dict[str, Text], zones: bool = False) -> NeedsUser:
    """The exception that asks: what is open, what to write into a mapping, and the answers there are."""
    question = Question(column.sources, told, answers, zones) if column.sources else None
    return NeedsUser(f"{told.zh}。{remedy.zh}", f"{told.en}. {remedy.en}", question=question)


def contradiction(column: Column, chosen: Text, other: Text, rows: list[int], text: str) -> tuple[Text, Text]:
    """What rows do not fit what a mapping says, and what can be done."""
    numbers = row_list(rows)
    told = Text(
        f"“{column.label}”的日期应为 {chosen.zh}，但这些行只能读作 {other.zh}：第 {numbers} 行（{text}）；其余行的日和月可能也已颠倒，整个文件未导入",
        f"{column.label}: dates should be {chosen.en}, but these rows can only be {other.en}: rows {numbers} ({text}); others may be swapped unseen,"
        " so nothing was loaded",
    )
    return told, Text("请更正文件；若文件无误，请修改映射中的 format", "Correct the file or, where the file is right, the format in the mapping")
