"""Rows of counts and of agents' days that sum up the others: 合计, All or nothing where a center, a queue or an agent stands, which would count all of

them twice.
"""

from duckdb import DuckDBPyConnection

from qa.contract import TABLES
from qa.contract.header_words import TOTALS
from qa.importing.mapping import Condition, Fill
from qa.importing.source import Source
from qa.importing.sql import Bindings, one_of, trimmed
from qa.importing.values import number
from qa.importing.words import OF_ALL
from qa.text import Text

NAMED = ("center_id", "queue", "agent_id")
SAYS_SOMETHING = r"\S"
# What is added up to see whether a row is the sum of the others, by table.
SUMMED, DAYS = {"call_counts": "offered", "agent_days": "login_s"}, {"call_counts": "period", "agent_days": "day"}


def without_totals(con: DuckDBPyConnection, source: Source, fill: Fill) -> tuple[Fill, dict[str, Text]]:
    """The fill without rows that are totals of others, and what to tell the user; a word like All is one where its rows add up to all the others."""
    notes: dict[str, Text] = {}
    for name in NAMED:
        take = fill.columns.get(name)
        if take is None or not isinstance(take.source, str):
            continue
        if adds_up(con, source, fill, take.source, None):
            fill = fill.model_copy(update={"where": [*fill.where, Condition(column=take.source, matches=SAYS_SOMETHING)]})
            notes[f"blank totals {name}"] = Text(
                f"“{take.source}”空着的行是同一天其他行的合计，不导入，以免重复计算",
                f"rows whose {take.source} is empty are the totals of the others of their day and are left out, so that nothing counts twice",
            )
        if not (found := totals_in(con, source, fill, take.source)):
            continue
        if _nothing_else(con, source, take.source):
            fill = fill.model_copy(update={"columns": {other: kept for other, kept in fill.columns.items() if other != name}})
            notes[f"totals {name}"] = Text(
                f"“{take.source}”的每一行都是“{'、'.join(found)}”，按整体导入，不分{TABLES[fill.fills].by_name[name].label.zh}",
                f"every row's {take.source} says {', '.join(found)}: the rows count for all of them together, and {name} is left open",
            )
            continue
        fill = fill.model_copy(update={"where": [*fill.where, Condition(column=take.source, not_among=found)]})
        words = "、".join(found)
        notes[f"totals {name}"] = Text(
            f"“{take.source}”为“{words}”的行是其他行的合计，不导入，以免重复计算",
            f"rows whose {take.source} says {', '.join(found)} are totals of the others and are left out, so that nothing counts twice",
        )
    return fill, notes


def totals_in(con: DuckDBPyConnection, source: Source, fill: Fill, column: str) -> list[str]:
    """The words in the column that say that a row is the sum of others."""
    cell, bindings = _cell(source, column), Bindings()
    is_total, may_be = (one_of(f"lower({cell})", words, bindings) for words in (TOTALS, (*TOTALS, *OF_ALL)))
    statement = f"select distinct {cell}, {is_total} from {source.view} where {may_be}"
    said = con.execute(statement, bindings.used_in(statement)).fetchall()
    return sorted(word for word, certain in said if certain or adds_up(con, source, fill, column, word))


def _nothing_else(con: DuckDBPyConnection, source: Source, column: str) -> bool:
    """Whether no row names anything but totals: then they sum up rows of no file, and are all there is."""
    cell, bindings = _cell(source, column), Bindings()
    statement = f"select bool_and(coalesce({one_of(f'lower({cell})', TOTALS, bindings)}, false)) from {source.view}"
    return bool(con.execute(statement, bindings.used_in(statement)).fetchone()[0])


def adds_up(con: DuckDBPyConnection, source: Source, fill: Fill, column: str, word: str | None) -> bool:
    """Whether on every day the row of that word, or of nothing, is the sum of at least two others, which are no totals."""
    amount, day = (fill.columns[of[fill.fills]].source for of in (SUMMED, DAYS))
    if not isinstance(amount, str) or not isinstance(day, str):
        return False
    cell, bindings = _cell(source, column), Bindings()
    of_all = f"coalesce({cell} = {bindings.add(word)}, false)" if word is not None else f"{cell} is null"
    single = f"not {of_all} and not coalesce({one_of(f'lower({cell})', TOTALS, bindings)}, false)"
    value = number(_cell(source, amount), bindings)
    statement = f"""select count(*) filter (total is not null), count(*) filter (total = others and many > 1 and others > 0) from (
        select sum({value}) filter ({of_all}) as total, sum({value}) filter ({single}) as others, count(*) filter ({single}) as many
        from {source.view} group by {_cell(source, day)})"""
    (days, equal) = con.execute(statement, bindings.used_in(statement)).fetchone()
    return 0 < days == equal


def _cell(source: Source, column: str) -> str:
    return trimmed(f"c{source.columns.index(column)}", source.tidy)
