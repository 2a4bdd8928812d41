"""SQL of the portable subset (``qa/build/portable.py``) -> Spark SQL with the same results."""

from collections.abc import Mapping
from datetime import date

from sqlglot import ErrorLevel, exp, parse_one


def spark_sql(tree: exp.Expr) -> str:
    """The text of a checked tree for Spark."""
    root = exp.paren(tree.copy())
    # Children before their parents: a translated node is looked at as a whole no more.
    for node in reversed(list(root.this.walk())):
        translated = _translated(node)
        if translated is not node:
            node.replace(translated)
    return root.this.sql("spark", unsupported_level=ErrorLevel.RAISE, comments=False)


def with_views(tree: exp.Expr, views: Mapping[str, exp.Expr]) -> exp.Expr:
    """The query with every view it stands on written in front of it, so that it needs nothing of a session; ``views``: name -> query."""
    query = exp.select("*").from_(exp.Subquery(this=tree.copy(), alias=exp.TableAlias(this=exp.to_identifier("query_asked"))))
    for name in _needed(tree, views, []):
        query = query.with_(name, as_=views[name].copy(), copy=False)
    return query


def _needed(tree: exp.Expr, views: Mapping[str, exp.Expr], found: list[str]) -> list[str]:
    """The names of the views, each behind those it stands on itself."""
    for name in dict.fromkeys(table.name for table in tree.find_all(exp.Table)):
        if name in views and name not in found:
            _needed(views[name], views, found)
            found.append(name)
    return found


def days_between(first: date, until: date) -> exp.Expr:
    """A query of the days from one to before another, in a column ``range`` as DuckDB's function of that name has it.

    Spark's ``sequence``, which SQLGlot takes for it, includes its end.
    """
    days = [f"date '{date.fromordinal(number)}'" for number in range(first.toordinal(), until.toordinal())]
    return parse_one(f"select range from (values ({'), ('.join(days)})) as days_covered (range)", read="duckdb")


def _translated(node: exp.Expr) -> exp.Expr:
    """What SQLGlot would translate to something else than DuckDB means."""
    if isinstance(node, exp.Div):
        # In DuckDB a quotient is a double; Spark keeps decimals, to fewer digits than asked for.
        return exp.Div(this=_double(node.this), expression=_double(node.expression), typed=node.args.get("typed"), safe=node.args.get("safe"))
    if isinstance(node, exp.DayOfWeekIso):
        # Spark counts from Sunday, 1; SQLGlot makes Tuesday of it.
        from_monday = exp.paren(exp.Add(this=exp.Anonymous(this="dayofweek", expressions=[node.this]), expression=exp.Literal.number(5)))
        return exp.paren(exp.Add(this=exp.Mod(this=from_monday, expression=exp.Literal.number(7)), expression=exp.Literal.number(1)))
    if isinstance(node, exp.DateDiff):
        return exp.paren(exp.Sub(this=_microseconds(node.this), expression=_microseconds(node.expression)))
    if isinstance(node, exp.DateBin):
        return _minutes_cut(node.expression, int(node.this.name))
    if isinstance(node, exp.TimestampTrunc) and not isinstance(node.parent, exp.Cast):
        # Spark's has a time zone.
        return exp.cast(node.copy(), "timestamp", dialect="duckdb")
    return node


def _minutes_cut(time: exp.Expr, minutes: int) -> exp.Expr:
    """The time, cut to a whole number of so many minutes of its hour."""
    beyond = exp.Mod(this=exp.Extract(this=exp.var("MINUTE"), expression=time.copy()), expression=exp.Literal.number(minutes))
    minute = exp.TimestampTrunc(this=time.copy(), unit=exp.var("MINUTE"))
    return exp.Anonymous(this="timestampadd", expressions=[exp.var("MINUTE"), exp.Neg(this=exp.paren(beyond)), exp.cast(minute, "timestamp", dialect="duckdb")])


def _microseconds(time: exp.Expr) -> exp.Expr:
    """The time in microseconds since 1970; sessions are in UTC, so giving it a zone changes nothing."""
    return exp.Anonymous(this="unix_micros", expressions=[exp.cast(time.copy(), "timestamptz", dialect="duckdb")])


def _double(value: exp.Expr) -> exp.Expr:
    return exp.cast(value.copy(), "double")
