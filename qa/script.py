"""The SQL behind a number as a script anyone can run in a DuckDB shell over the extracts."""

import re

from qa.query import Query, Question, proof_query
from qa.relations import literal, query_statements
from qa.views import CREATED, read_by
from qa.warehouse import Warehouse


def script(warehouse: Warehouse, question: Question) -> str:
    """Definitions, views over the extract files, and the question itself, its parameters filled in.

    The last statement returns the groups, numerator, denominator, n and value of one metric.
    """
    final = with_values(proof_query(question, warehouse.measures))
    statements = [*warehouse.relations(), *query_statements("periods"), *query_statements("metrics")]
    needed = _needed(final, statements)
    return "\n\n".join(f"{statement.replace('create or replace', 'create or replace temp', 1)};" for statement in needed) + f"\n\n{final};\n"


def with_values(query: Query) -> str:
    """The query with its parameters filled in as literals."""

    def filled(match: re.Match[str]) -> str:
        value = query.parameters[match[1]]
        return "[" + ", ".join(map(literal, value)) + "]::varchar[]" if isinstance(value, list) else literal(value)

    return re.sub(r"\$(\w+)", filled, query.sql)


def _needed(final: str, statements: list[str]) -> list[str]:
    """The statements the final one builds on, directly or not, in their order."""
    by_name = {CREATED.search(statement)[1]: statement for statement in statements}  # type: ignore[index]
    wanted: set[str] = set()
    frontier = [final]
    while frontier:
        for name in (read_by(frontier.pop()) & by_name.keys()) - wanted:
            wanted.add(name)
            frontier.append(by_name[name])
    return [statement for name, statement in by_name.items() if name in wanted]
