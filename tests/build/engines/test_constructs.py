"""Every construct of the portable subset gives the same on Spark as on DuckDB, over values chosen to tell them apart."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlglot import parse_one

from qa.build.portable import check

SCHEMA = pa.schema({
    "n": pa.int64(), "m": pa.int64(), "s": pa.decimal128(12, 3), "p": pa.decimal128(14, 4), "q": pa.decimal128(14, 4), "t": pa.string(),
    "b": pa.bool_(), "d": pa.date32(), "since": pa.timestamp("us"), "until": pa.timestamp("us"),
})  # fmt: skip

EXPRESSIONS = [
    # A quotient of decimals is a double, not a decimal of fewer digits; half a digit rounds away from zero.
    "cast(p / nullif(q, 0) as decimal(14, 10))",
    "cast((p - q) / nullif(q, 0) as decimal(14, 10))",
    "cast(n / nullif(m, 0) as decimal(18, 10))",
    "100 * p / nullif(q, 0) >= 60",
    "cast(1.0 / nullif(n, 0) as decimal(18, 12))",
    "cast(p as double) * cast(p as double)",
    "cast(floor(p * 100) as integer)",
    "cast(floor(cast(p / nullif(q, 0) as decimal(14, 10)) * 100) as integer)",
    "abs(p - q) <= 0.05",
    "p + q + s",
    # Whole units between two times: DuckDB's other units count boundaries, Spark's whole ones.
    "date_diff('microsecond', since, until) // 86400000000",
    "date_diff('microsecond', until, since) // 3600000000",
    "since >= until - interval 31 day and since <= until",
    "cast(since as date)",
    "cast(cast(since as date) + interval 1 day as date)",
    "cast(d + interval 1 month as date)",
    "cast(date_trunc('month', d) as date)",
    "cast(greatest(date_trunc('month', d), date_trunc('month', d - interval 20 day) + interval 20 day) as date)",
    "cast(least(date_trunc('month', d) + interval 1 month, date_trunc('month', d - interval 21 day) + interval 1 month + interval 20 day) as date)",
    "date_trunc('day', since) = since",
    "case when since = date_trunc('day', since) then since + interval 1 day - interval 1 microsecond else since end",
    "last_day(d)",
    "extract(day from last_day(d))",
    "extract(minute from since)",
    "cast(isodow(d) as varchar)",
    "strftime(since, '%H')",
    "strftime(since, '%Y-%m-%d %H:%M')",
    "strftime(time_bucket(interval 30 minutes, since), '%H:%M')",
    "time_bucket(interval 15 minutes, since)",
    "since >= d",
    "cast(d as timestamp)",
    # Nulls: skipped by least and greatest, spread by everything else, neither equal nor unequal.
    "least(n, m)",
    "greatest(n, m, 3)",
    "n + m",
    "t || ' ' || cast(d as varchar)",
    "t || coalesce(cast(n as varchar), '-')",
    "coalesce(b, false) and n > 3",
    "not b or n > 3",
    "b is null",
    "n in (1, 2, 3)",
    "n <> m",
    "case t when 'a' then n when 'é' then m end",
    "nullif(n, m)",
    "coalesce(cast(n as double), 0)",
    "cast(null as varchar)",
    "t < 'b'",
    "-n",
    "d between date '2024-01-01' and date '2025-06-30'",
    "coalesce(d, date '0001-01-01')",
]

QUERIES = [
    "select t, cast(sum(s) as decimal(18, 3)) as s, cast(sum(n) as bigint) as n, count(*) as c, count(m) as m from v group by t",
    "select cast(sum(n) as bigint) as n from v where n > 1000",
    "select t, max(d) as d, min(since) as since, max(t) as u from v group by t",
    "select max(d) filter (where b) as d from v",
    "select t, lag(since) over (partition by t order by since, n) as x, lead(n) over (partition by t order by since, n) as y from v",
    "select t, d, lead(coalesce(d, date '0001-01-01'), 1, date '9999-12-31') over (partition by t order by coalesce(d, date '0001-01-01')) as x from v",
    "select n, sum(s) over (partition by t) - s as x, count(*) over (partition by t) as y from v",
    "select distinct t, b from v",
    "select t, n from v where n = 1 union all select t, m from v where b",
    "select n, cast(0 as decimal(18, 12)) as x from v union all select n, cast(1 / nullif(n, 0) as decimal(18, 12)) as x from v",
    "select v.n, w.m from v left join v as w on v.t = w.t and v.d >= w.d and w.n = 2",
    "select v.n, w.n as k from v inner join v as w on v.n = w.m",
    "select t, count(*) as c from v group by t having count(*) > 20",
    "with v_of as (select *, n + 1 as k from v where b) select v_of.k, v_of.t from v_of order by k",
    "select t, sum(case when b then s else 0 end) as s, sum(case when b then 1 else 0 end) as n from v group by t",
]


def rows(number: int = 300) -> list[dict]:
    """Values at which engines part: nulls, zeros, ends of months and days, halves, signs and letters beyond ASCII."""
    rng = Random(20261)
    whole = [None, 0, 1, 2, 3, 7, -1, -3, 60, 128]
    texts = [None, "", "a", "A", "b", "é", "中", "中文", "😀", "a "]
    points = [None, 0, 1, "0.0001", "89.5", "99.9999", "-3.25", "2048", "33.3333", 100, "1.0001"]
    marks = [None, 0, 1, "2048", "7.5", "33.3333", 100, 160, 3125, "-4"]
    days = [None, date(2024, 2, 29), date(2024, 12, 31), date(2025, 1, 1), date(2025, 3, 30), date(2025, 10, 26), date(2026, 1, 4), date(2026, 1, 31)]
    days += [date(2026, 3, 1), date(2026, 3, 20), date(2026, 3, 21), date(2026, 3, 22)]
    times = [timedelta(), timedelta(microseconds=1), timedelta(hours=23, minutes=59, seconds=59, microseconds=999999), timedelta(minutes=29, seconds=59.5)]
    times += [timedelta(minutes=30), timedelta(hours=2, minutes=30), timedelta(hours=12)]

    def moment() -> datetime | None:
        day = rng.choice(days)
        return day and datetime(day.year, day.month, day.day) + rng.choice(times)

    def decimal(among: list) -> Decimal | None:
        value = rng.choice(among)
        return None if value is None else Decimal(value)

    return [
        {
            "n": rng.choice(whole), "m": rng.choice(whole), "s": rng.choice([None, *(Decimal(rng.randrange(10**6)) / 1000 for _ in range(3))]),
            "p": decimal(points), "q": decimal(marks), "t": rng.choice(texts), "b": rng.choice([None, True, False]), "d": rng.choice(days),
            "since": moment(), "until": moment(),
        }
        for _ in range(number)
    ]  # fmt: skip


@pytest.fixture(scope="module")
def both(spark_url, tmp_path_factory):
    """Asks a query of the view ``v`` on DuckDB and on Spark, and returns both results as sorted lists."""
    from qa.build.spark.engine import SparkEngine
    from qa.build.spark.places import FolderPlace

    folder = tmp_path_factory.mktemp("constructs")
    pq.write_table(pa.Table.from_pylist(rows(), SCHEMA), folder / "v.parquet")
    here = duckdb.connect()
    view = f"create view v as select * from read_parquet(['{folder / 'v.parquet'}'])"
    here.execute(view)
    with SparkEngine(spark_url, FolderPlace(folder / "scratch")) as there:
        there.run(view)
        yield lambda sql: (_sorted(here.execute(sql).fetchall()), _sorted(there.rows(sql)))


def _sorted(found: list[tuple]) -> list[tuple]:
    return sorted(found, key=repr)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expression(both, expression):
    ours, theirs = both(f"select n, {expression} as x from v")
    assert ours == theirs
    assert expression.startswith("cast(null") or len({row[1] for row in ours}) > 1, "the values tell nothing apart"


@pytest.mark.parametrize("sql", QUERIES)
def test_query(both, sql):
    ours, theirs = both(sql)
    assert ours == theirs and ours


def test_a_range_of_days_ends_before_its_end(both, spark):
    sql = "create view days as select cast(range as date) as day from range(date '2026-02-27', date '2026-03-02', interval 1 day)"
    assert check(parse_one("select day from days", read="duckdb"))
    spark.run(sql)
    here = duckdb.connect()
    here.execute(sql)
    assert _sorted(spark.rows("select day from days")) == _sorted(here.execute("select day from days").fetchall())
