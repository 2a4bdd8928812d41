"""The SQL behind a number as a script anyone can run in a DuckDB shell over the extracts."""

import re

from qa.query import Query, Question, proof_query
from qa.relations import literal
from qa.views import created_by, needed
from qa.warehouse import Warehouse


def script(warehouse: Warehouse, question: Question) -> str:
    """Definitions, views over the extract files, and the question itself, its parameters filled in.

    The last statement returns the groups, numerator, denominator, n and value of one metric.
    """
    final = with_values(proof_query(question, warehouse.measures))
    statements = {created_by(statement): statement for statement in warehouse.relations()}
    wanted = set(needed(final, statements))
    used = [statement.replace("create or replace", "create or replace temp", 1) for name, statement in statements.items() if name in wanted]
    return "\n\n".join(f"{statement};" for statement in [*used, final]) + "\n"


def with_values(query: Query) -> str:
    """The query with its parameters filled in as literals."""

    def filled(match: re.Match[str]) -> str:
        value = query.parameters[match[1]]
        return "[" + ", ".join(map(literal, value)) + "]::varchar[]" if isinstance(value, list) else literal(value)

    return re.sub(r"\$(\w+)", filled, query.sql)
