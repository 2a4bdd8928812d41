"""Sheets of evaluations with a column for each item of the scorecard, its full mark in the header: 开场白(5分)."""

import re

from duckdb import DuckDBPyConnection

from qa.importing.mapping import Condition, Fill, Take
from qa.importing.shapes import Shape
from qa.importing.source import Source
from qa.importing.sql import Bindings, one_of, trimmed
from qa.importing.values import number, with_point
from qa.importing.words import INAPPLICABLE, NOTHING
from qa.text import Text

MARKED = re.compile(r"^\s*(.*\S)\s*[(（]\s*(?:满分)?\s*(\d+(?:\.\d+)?)\s*(?:分|points?|pts?)?\s*[)）]\s*$")
FEWEST = 2


def items_of(con: DuckDBPyConnection, source: Source, shapes: list[Shape], evaluations: Fill) -> tuple[Fill, list[Fill], dict[str, Text]]:
    """The evaluations with the full mark that the items add up to, a fill for each item, and what to tell the user, by what it is about.

    None where the columns are not certainly the points that were given: where they do not add up to the score in every row.
    """
    taken = {name for take in evaluations.columns.values() for name in take.sources}
    marks = {name: found for name in source.columns if name not in taken and source.columns.count(name) == 1 and (found := MARKED.match(name))}
    score = evaluations.columns["score"]
    decimal = {name: shape.decimal for name, shape in zip(source.columns, shapes, strict=True)}
    if len(marks) < FEWEST or not isinstance(score.source, str) or not _add_up(con, source, [*marks], score.source, decimal):
        return evaluations, [], {}
    items = [found[1] for found in marks.values()]
    fills = [_fill(name, found[1] if items.count(found[1]) == 1 else name, float(found[2]), decimal[name], evaluations) for name, found in marks.items()]
    whole = sum(float(found[2]) for found in marks.values())
    if not evaluations.columns["full_mark"].sources:
        evaluations = evaluations.model_copy(update={"columns": evaluations.columns | {"full_mark": _full_mark(marks)}})
    note = Text(
        f"评分项得分：{len(fills)} 列按列名所写的满分（共 {_number(whole)} 分）逐项记录，各行合计等于总分；写明不适用的项不计入该行满分；"
        "文件没有说明哪些是致命项，均按非致命记",
        f"evaluation_items: {len(fills)} columns are items with the full marks their headers say, {_number(whole)} in all, and add up to the score in"
        " every row; those that a row says do not apply lower its full mark; the file does not say which are fatal: none is",
    )
    return evaluations, fills, {"full_mark": note}


def _fill(name: str, item: str, mark: float, decimal: str, evaluations: Fill) -> Fill:
    columns = {
        "evaluation_id": evaluations.columns["evaluation_id"],
        "item_id": Take(constant=item),
        "points": Take(source=name, decimal=decimal),
        "full_mark": Take(constant=_number(mark)),
        "fatal": Take(constant=False),
    }
    return Fill(fills="evaluation_items", where=[Condition(column=name, filled=True, not_among=[*INAPPLICABLE])], columns=columns)


def _full_mark(marks: dict[str, re.Match]) -> Take:
    return Take(marks={name: _number(float(found[2])) for name, found in marks.items()})


def _number(mark: float) -> int | float:
    return int(mark) if mark == int(mark) else mark


def _add_up(con: DuckDBPyConnection, source: Source, names: list[str], score: str, decimal: dict[str, str]) -> bool:
    """Whether the items add up to the score wherever one is written, and in some row."""
    cells = {name: trimmed(f"c{source.columns.index(name)}", source.tidy) for name in (*names, score)}
    bindings = Bindings()
    numbers = {name: number(with_point(cell, bindings) if decimal[name] == "," else cell, bindings) for name, cell in cells.items()}
    added = " + ".join(f"coalesce({numbers[name]}, 0)" for name in names)
    written = f"{cells[score]} is not null and not {one_of(f'lower({cells[score]})', NOTHING, bindings)}"
    statement = f"select count(*) filter ({written}), count(*) filter ({added} = {numbers[score]}) from {source.view}"
    (rows, equal) = con.execute(statement, bindings.used_in(statement)).fetchone()
    return 0 < rows == equal
