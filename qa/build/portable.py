"""The part of DuckDB's SQL that other engines are trusted with: the SQL of facts and rollups is written in it.

SQLGlot translates far more than comes out right: days between two times, the day of the week, rounding, percentiles or `not in` with
nulls come out as SQL that runs and means something else. So this is a list of what may be used, each held by a test that compares results;
anything else is refused before an engine sees it.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlglot import exp, parse_one

from qa.relations import literal

# Allowed as they are: names, structure, comparison, and functions that mean the same everywhere.
PLAIN: tuple[type[exp.Expr], ...] = (
    exp.Abs, exp.Add, exp.Alias, exp.And, exp.Boolean, exp.Case, exp.Coalesce, exp.Column, exp.Count, exp.CTE, exp.DataType, exp.DataTypeParam,
    exp.DPipe, exp.EQ, exp.Filter, exp.Floor, exp.From, exp.Greatest, exp.GT, exp.GTE, exp.Having, exp.Identifier,
    exp.If, exp.Is, exp.LastDay, exp.Least, exp.Literal, exp.LT, exp.LTE, exp.Max, exp.Min, exp.Mul, exp.Neg, exp.NEQ, exp.Null, exp.Nullif, exp.Or,
    exp.Order, exp.Ordered, exp.Paren, exp.Star, exp.Sub, exp.Subquery, exp.Sum, exp.Table, exp.TableAlias, exp.Tuple, exp.Values, exp.Var,
    exp.Where, exp.With, exp.Between, exp.DayOfWeekIso,
)  # fmt: skip

# DuckDB rounds what other engines cut off: only what is whole already may be cast to a whole number.
WHOLE = (exp.Count, exp.Column, exp.Extract, exp.Floor, exp.Literal, exp.Max, exp.Min, exp.Null, exp.Sum)
CAST_TARGETS = {"BIGINT", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "INT", "TIMESTAMPNTZ", "VARCHAR", "TEXT"}
INTERVALS = {"MICROSECOND", "SECOND", "MINUTE", "HOUR", "DAY", "MONTH"}
CLOCK_SIGNS = ("%H", "%M", "%Y", "%m", "%d")
EXTRACTED = {"YEAR", "MONTH", "DAY", "HOUR", "MINUTE"}
RANKED = (exp.Lag, exp.Lead)


class NotPortable(ValueError):
    """SQL that another engine may read differently; the message names the construct and what to write instead."""


def expanded(sql: str, macros: Mapping[str, exp.Create], parameters: Mapping[str, object]) -> exp.Expr:
    """The tree of one query, checked, with every macro written out and every parameter bound."""
    tree = with_macros(parse_one(sql, read="duckdb"), macros)
    return check(bound(tree, parameters))


def with_macros(tree: exp.Expr, macros: Mapping[str, exp.Create]) -> exp.Expr:
    """The tree with each call of a macro replaced by its body, arguments in place of its parameters."""

    def written_out(node: exp.Expr) -> exp.Expr:
        macro = macros.get(node.name.lower()) if isinstance(node, exp.Anonymous) else None
        if macro is None:
            return node
        names = [parameter.name for parameter in macro.this.expressions]
        if len(names) != len(node.expressions):
            raise NotPortable(f"{node.name}() takes {len(names)} arguments: {node.sql('duckdb')}")
        given = dict(zip(names, map(_in_brackets, node.expressions), strict=True))
        body = macro.expression.copy().transform(lambda part: given[part.name].copy() if isinstance(part, exp.Column) and part.name in given else part)
        return exp.paren(with_macros(body, macros))

    return tree.transform(written_out)


def _in_brackets(argument: exp.Expr) -> exp.Expr:
    return argument if isinstance(argument, (exp.Column, exp.Literal, exp.Paren, exp.Func)) else exp.paren(argument)


def bound(tree: exp.Expr, parameters: Mapping[str, object]) -> exp.Expr:
    """The tree with literals in place of its named parameters; a missing or surplus one is refused, as DuckDB does."""
    found = {node.name for node in tree.find_all(exp.Placeholder)}
    if found != set(parameters):
        raise NotPortable(f"Parameters of the query: {sorted(found)}, given: {sorted(parameters)}")
    return tree.transform(lambda node: _literal(parameters[node.name]) if isinstance(node, exp.Placeholder) else node)


def _literal(value: object) -> exp.Expr:
    if not isinstance(value, (date, int, str)):
        raise NotPortable(f"A parameter of type {type(value).__name__}")
    return parse_one(literal(value), read="duckdb")


def check(tree: exp.Expr) -> exp.Expr:
    """The same tree; NotPortable for the first construct outside the list."""
    for node in tree.walk():
        rule = RULES.get(type(node))
        if rule is None and not isinstance(node, PLAIN):
            raise NotPortable(f"{_name(node)} is not among the constructs that engines agree on: {_shown(node)}")
        problem = rule(node) if rule else ""
        if problem:
            raise NotPortable(f"{problem}: {_shown(node)}")
    return tree


def _name(node: exp.Expr) -> str:
    return f"{node.name}()" if isinstance(node, exp.Anonymous) else type(node).__name__


def _shown(node: exp.Expr) -> str:
    return node.sql("duckdb")[:200]


def _cast(node: exp.Cast) -> str:
    target = node.to.this.value
    if target not in CAST_TARGETS:
        return f"a cast to {target}"
    inner = node.this.this if isinstance(node.this, exp.Coalesce) else node.this
    if target in ("BIGINT", "INT") and not isinstance(inner, WHOLE):
        return "a cast to a whole number rounds here and cuts off there; take floor() of it first"
    return "a decimal without precision and scale" if target == "DECIMAL" and len(node.to.expressions) != 2 else ""


def _join(node: exp.Join) -> str:
    sides = {node.side, node.kind, node.method} - {"", "LEFT", "INNER", "OUTER"}
    return f"a {' '.join(sorted(sides))} join" if sides or not node.args.get("on") else ""


def _window(node: exp.Expr) -> str:
    if node.args.get("spec"):
        return "a window frame"
    if isinstance(node.this, RANKED):
        return "" if node.args.get("order") else "lag() and lead() without an order"
    if not isinstance(node.this, (exp.Sum, exp.Count, exp.Max, exp.Min)):
        return "a window function other than lag, lead, sum, count, max, min"
    return "a running sum" if node.args.get("order") else ""


def _select(node: exp.Expr) -> str:
    refused = {"qualify": "qualify; write the sub-query", "limit": "limit", "sample": "sample", "laterals": "lateral", "pivots": "pivot"}
    if isinstance(node.args.get("distinct"), exp.Distinct) and node.args["distinct"].args.get("on"):
        return "distinct on"
    return next((text for name, text in refused.items() if node.args.get(name)), "")


def _in(node: exp.Expr) -> str:
    listed = bool(node.expressions) and all(isinstance(value, exp.Literal) for value in node.expressions)
    return "" if listed and not isinstance(node.parent, exp.Not) else "in() other than a plain list of values; not in means something else with nulls"


def _not(node: exp.Expr) -> str:
    return "not in; nulls make it mean something else" if isinstance(node.this, exp.In) else ""


def _unit(allowed: set[str], what: str) -> Callable[[exp.Expr], str]:
    def rule(node: exp.Expr) -> str:
        unit = node.args.get("unit")
        return "" if unit is not None and unit.name.upper().rstrip("S") in allowed else f"{what} other than {', '.join(sorted(allowed)).lower()}"

    return rule


def _half_hour(node: exp.Expr) -> str:
    unit = node.this.args.get("unit") if isinstance(node.this, exp.Interval) else None
    whole = unit is not None and unit.name.upper().rstrip("S") == "MINUTE" and 60 % int(node.this.name) == 0 and not node.args.get("zone")
    return "" if whole else "time_bucket() of anything but minutes that divide an hour"


def _division(node: exp.Expr) -> str:
    divisor = node.expression
    safe = isinstance(divisor, exp.Nullif) or (isinstance(divisor, exp.Literal) and divisor.is_number and float(divisor.name) != 0)
    return "" if safe else "a division by what may be zero, infinity here and an error there; put nullif() under it"


def _whole_division(node: exp.Expr) -> str:
    whole = isinstance(node.this, exp.DateDiff) and isinstance(node.expression, exp.Literal) and node.expression.is_int
    return "" if whole else "// of anything but a time difference by a whole number"


def _time_text(node: exp.Expr) -> str:
    left = node.text("format")
    for sign in CLOCK_SIGNS:
        left = left.replace(sign, "")
    return "" if left.strip(":- ") == "" else f"strftime() with {node.text('format')}"


RULES: dict[type[exp.Expr], Callable[[Any], str]] = {
    exp.Cast: _cast,
    exp.DateBin: _half_hour,
    exp.DateDiff: _unit({"MICROSECOND"}, "date_diff() in units"),
    exp.Distinct: lambda node: "" if isinstance(node.parent, exp.Select) else "an aggregate of distinct values",
    exp.Div: _division,
    exp.Extract: lambda node: "" if node.name.upper() in EXTRACTED else f"extract({node.name.lower()})",
    exp.Group: lambda node: "group by all; name the columns" if node.args.get("all") else "",
    exp.In: _in,
    exp.IntDiv: _whole_division,
    exp.Interval: _unit(INTERVALS, "an interval in units"),
    exp.Join: _join,
    exp.Lag: lambda node: "" if isinstance(node.parent, exp.Window) else "lag() outside a window",
    exp.Lead: lambda node: "" if isinstance(node.parent, exp.Window) else "lead() outside a window",
    exp.Not: _not,
    exp.Select: _select,
    exp.Star: lambda node: "" if not any(node.args.values()) else "a star with exceptions",
    exp.TimestampTrunc: _unit({"DAY", "MONTH"}, "date_trunc() to units"),
    exp.TimeToStr: _time_text,
    exp.Union: lambda node: "" if not node.args.get("distinct") and not node.args.get("by_name") else "a union that is not union all",
    exp.Window: _window,
}
