"""What other engines would read differently is refused; macros and parameters are written out."""

from datetime import date

import pytest
from sqlglot import parse_one

from qa.build.portable import NotPortable, expanded
from qa.build.spark.dialect import spark_sql
from qa.config import Config
from qa.relations import QUERIES, Span, definition_macros, fact_views, query_text

REFUSED = [
    "select date_diff('day', a, b) from t",
    "select datediff('hour', a, b) from t",
    "select date_diff('second', a, b) from t",
    "select dayofweek(a) from t",
    "select extract(dow from a) from t",
    "select extract(epoch from a) from t",
    "select round(a) from t",
    "select round(a, 2) from t",
    "select cast(a / nullif(b, 0) as integer) from t",
    "select cast(a * 0.5 as bigint) from t",
    "select a / b from t",
    "select a // b from t",
    "select a % b from t",
    "select median(a) from t",
    "select percentile_cont(0.5) within group (order by a) from t",
    "select quantile_cont(a, 0.5) from t",
    "select avg(a) from t",
    "select bool_or(a) from t",
    "select count(distinct a) from t",
    "select any_value(a) from t",
    "select first(a) from t",
    "select string_agg(a, ',') from t",
    "select list(a) from t",
    "select [a, b] from t",
    "select len(a) from t",
    "select epoch_ms(a) from t",
    "select strftime(a, '%A') from t",
    "select strftime(a, '%-d') from t",
    "select date_trunc('week', a) from t",
    "select time_bucket(interval 7 minutes, a) from t",
    "select time_bucket(interval 1 week, a) from t",
    "select a from t where a not in (1, 2)",
    "select a from t where a not in (select b from s)",
    "select a from t where a in (select b from s)",
    "select a from t where a in (1, null)",
    "select a, lag(a) over () from t",
    "select sum(a) over (order by b) from t",
    "select sum(a) over (partition by b rows between 1 preceding and current row) from t",
    "select row_number() over (order by a) from t",
    "select first_value(a) over (order by b) from t",
    "select a from t qualify row_number() over (order by a) = 1",
    "select a, count(*) from t group by all",
    "select distinct on (a) a, b from t",
    "select * exclude (a) from t",
    "select a from t limit 5",
    "select a from t union select a from s",
    "select a from t union all by name select a from s",
    "select a from t asof join s on t.a >= s.a",
    "select a from t full join s on t.a = s.a",
    "select a from t cross join s",
    "select a from t, s",
    "select a from t join s using (a)",
    "select a from t natural join s",
    "select a from t where a ilike 'x%'",
    "select a from t where regexp_matches(a, 'x')",
    "select lower(a) from t",
    "select substring(a, 1, 3) from t",
    "select cast(a as timestamptz) from t",
    "select cast(a as float) from t",
    "select cast(a as time) from t",
    "select try_cast(a as date) from t",
    "select a::hugeint from t",
    "select unknown_macro(a) from t",
    "pivot t on a using sum(b)",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_refused(sql):
    with pytest.raises(NotPortable):
        expanded(sql, {}, {})


def test_the_refusal_names_construct_and_place():
    with pytest.raises(NotPortable, match=r"Round is not among .*ROUND\(wait_s\)"):
        expanded("select sum(round(wait_s)) from calls", {}, {})


MACROS = {
    text.split()[4].split("(")[0]: parse_one(text, read="duckdb")
    for text in [
        "create or replace macro limit_s() as 20",
        "create or replace macro twice(x) as x + x",
        "create or replace macro doubled(x) as x * 2",
    ]
}


def test_macros_are_written_out_with_their_arguments():
    tree = expanded("select twice(doubled(a - limit_s())) / 2 as b from t", MACROS, {})
    assert tree.sql("duckdb") == "SELECT (((a - (20)) * 2) + ((a - (20)) * 2)) / 2 AS b FROM t"


def test_a_macro_called_otherwise_than_declared_is_refused():
    with pytest.raises(NotPortable, match="takes 1 arguments"):
        expanded("select twice(a, b) from t", MACROS, {})


def test_parameters_are_bound_as_literals():
    tree = expanded("select a from t where a >= $day and b = $name", {}, {"day": date(2026, 9, 1), "name": "O'Neil; drop table t"})
    assert tree.sql("duckdb") == "SELECT a FROM t WHERE a >= CAST('2026-09-01' AS DATE) AND b = 'O''Neil; drop table t'"


@pytest.mark.parametrize("given", [{}, {"day": date(2026, 9, 1), "surplus": 1}])
def test_missing_and_surplus_parameters_are_refused(given):
    with pytest.raises(NotPortable, match="Parameters"):
        expanded("select a from t where a >= $day", {}, given)


@pytest.fixture(scope="module")
def macros():
    span = Span(date(2026, 9, 1), date(2026, 9, 30))
    created = [parse_one(statement, read="duckdb") for statement in definition_macros(Config(), span)]
    return {macro.this.this.name: macro for macro in created}


@pytest.mark.parametrize("view", fact_views(), ids=lambda view: view.split()[4])
def test_every_fact_can_be_translated(view, macros):
    assert spark_sql(expanded(parse_one(view, read="duckdb").expression.sql("duckdb"), macros, {}))


@pytest.mark.parametrize("name", sorted(path.stem for path in (QUERIES / "rollup").glob("*.sql")))
def test_every_rollup_can_be_translated(name, macros):
    sql = query_text(f"rollup/{name}")
    bounds = {"month_from": date(2026, 9, 1), "month_until": date(2026, 10, 1)} if "$month_from" in sql else {}
    assert spark_sql(expanded(sql, macros, bounds))
