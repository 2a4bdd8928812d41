"""Why rows are bad: looked into for the bad rows only, after one pass over all rows has found them."""

from duckdb import DuckDBPyConnection

from qa.importing.checks import CONFLICT, GROUP, REPEATED, unread
from qa.importing.shape import Part, unread_cell
from qa.importing.sql import Bindings
from qa.importing.verdicts import Verdict


def collect(con: DuckDBPyConnection, verdict: Verdict, part: Part) -> None:
    """Add the problems of a part's bad rows to the table ``problems``, each under the source row it comes from."""
    name = verdict.table.name
    con.execute(
        f"create or replace table bad_now as select _row as _lead, _repeated from bad_{name} where _part = $part",
        {"part": part.number},
    )
    members = f"create or replace table members_now as select m.* from ({part.members or part.name}) as m semi join bad_now as b on m._lead = b._lead"
    con.execute(members, part.bindings.used_in(members))
    if part.texts:
        _unread(con, part)
    if part.grouped:
        _conflicts(con, part)
    _impossible(con, verdict, part)
    _repeats(con, verdict, part)
    if part.grouped:
        con.execute(
            "insert into problems select _row, '', '', $zh, $en from members_now where _row not in (select _row from problems) order by _row",
            {"zh": GROUP.zh, "en": GROUP.en},
        )


def _unread(con: DuckDBPyConnection, part: Part) -> None:
    statement = f"create or replace table texts_now as select t.* from ({part.texts}) as t semi join members_now as m on t._row = m._row"
    con.execute(statement, part.bindings.used_in(statement))
    for c in part.columns:
        reason, bindings = unread(c, part.fill.columns[c.name].unit), Bindings()
        wrong = unread_cell(c, part.fill.columns[c.name], bindings, f't."r_{c.name}"', f'm."{c.name}"')
        con.execute(
            f"""insert into problems select t._row, $column, t."r_{c.name}", $zh, $en from texts_now as t join members_now as m on t._row = m._row
            where {wrong} order by t._row""",
            {"column": c.name, "zh": reason.zh, "en": reason.en} | bindings.values,
        )


def _conflicts(con: DuckDBPyConnection, part: Part) -> None:
    for c in (c for c in part.columns if part.fill.columns[c.name].agg == "only"):
        con.execute(
            f"""insert into problems select _row, $column, cast("{c.name}" as varchar), $zh, $en from members_now
            where _lead in (select _lead from members_now group by _lead having min("{c.name}") is distinct from max("{c.name}")) order by _row""",
            {"column": c.name, "zh": CONFLICT.zh, "en": CONFLICT.en},
        )


def _impossible(con: DuckDBPyConnection, verdict: Verdict, part: Part) -> None:
    """Each check over the bad rows; a cell that could not be read is not reported as empty as well."""
    con.execute(
        f"create or replace table rejected_now as select r.* from rows_{verdict.table.name} as r"
        " semi join bad_now as b on r._row = b._lead where r._part = $part",
        {"part": part.number},
    )
    for check in verdict.checks:
        fresh = f"""(r."{check.column}" is not null or (m._row, $column) not in (select (_row, col) from problems))"""
        con.execute(
            f"""insert into problems select m._row, $column, cast(r."{check.column}" as varchar), $zh, $en
            from (select * from rejected_now as rows_now where {check.sql}) as r join members_now as m on m._lead = r._row where {fresh} order by m._row""",
            {"column": check.column, "zh": check.reason.zh, "en": check.reason.en},
        )


def _repeats(con: DuckDBPyConnection, verdict: Verdict, part: Part) -> None:
    key = verdict.table.key
    said = ", ".join(f'r."{name}"' for name in key)
    con.execute(
        f"""insert into problems select m._row, $column, concat_ws(', ', {said}), $zh, $en
        from rejected_now as r join bad_now as b on r._row = b._lead and b._repeated join members_now as m on m._lead = r._row order by m._row""",
        {"column": ", ".join(key), "zh": REPEATED.zh, "en": REPEATED.en},
    )
