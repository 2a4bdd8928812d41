"""All parts of a table together: which rows are good, which are bad and why."""

from dataclasses import dataclass

from duckdb import DuckDBPyConnection

from qa.contract import Table
from qa.importing import checks
from qa.importing.old import Old
from qa.importing.shape import Part


@dataclass(frozen=True)
class Verdict:
    """The tables a check leaves behind: ``rows_<t>`` all rows, ``bad_<t>`` and ``idle_<t>`` (``_part``, ``_row``) what is not loaded,

    ``good_<t>`` the rest. ``repeated``: rows that say again what another one says; ``known``: rows the extracts already know.
    """

    table: Table
    parts: list[Part]
    checks: list[checks.Check]
    read: int
    bad: int
    repeated: int
    known: int


def judge(con: DuckDBPyConnection, table: Table, parts: list[Part], old: Old, counts: dict[str, int]) -> Verdict:
    """The verdict on all rows offered to one table."""
    name = table.name
    con.execute(
        f"create view rows_{name} as {' union all '.join(_with_contract_columns(table, part) for part in parts)}"
    )
    if name == "evaluations":
        _card_bonus(con)
    found = checks.row_checks(table, checks.resolvable(table, counts))
    impossible = " or ".join(["_unread", "_conflict", *(f"coalesce({check.sql}, false)" for check in found)])
    con.execute(
        f"create table bad_{name} as select _part, _row, false as _repeated from rows_{name} as rows_now where {impossible}"
    )
    con.execute(f"create table idle_{name} (_part integer, _row bigint)")
    known = _leave_known(con, table, parts, old)
    con.execute(f"create table twice_{name} as {_repeated_keys(table)}")
    repeated = _settle_repeats(con, table) if con.execute(f"select count(*) from twice_{name}").fetchone()[0] else 0
    con.execute(f"create view good_{name} as select * from {_remaining(con, name)}")
    (bad,) = con.execute(f"select count(*) from bad_{name}").fetchone()
    broken = sum(len(part.broken) for part in parts)
    return Verdict(table, parts, found, sum(part.rows for part in parts) + broken, bad + broken, repeated, known)


def remember(con: DuckDBPyConnection, table: Table, old: Old, judged: bool) -> int:
    """How many rows of a table others may refer to; ``known_<t>`` (id, month) lists them."""
    key = table.key[0]
    month = f"strftime({table.time}, '%Y-%m')" if table.time else "cast(null as varchar)"
    sources = ([f"select {key}, {month} from ({old.select})"] if old.select else []) + (
        [f"select {key}, {month} from good_{table.name}"] if judged else []
    )
    con.execute(f"create table known_{table.name} (id varchar, month varchar)")
    for source in sources:
        con.execute(f"insert into known_{table.name} {source}", {"files": old.files} if "$files" in source else None)
    return con.execute(f"select count(*) from known_{table.name}").fetchone()[0]


def card_items(con: DuckDBPyConnection, old: Old, judged: bool) -> None:
    """``card_bonus``: the bonus items' full marks of each scorecard the extracts or this run know."""
    con.execute("create table card_items (scorecard_id varchar, item_id varchar, item_full_mark decimal(14,4))")
    wanted = "select scorecard_id, item_id, item_full_mark from {} where item_kind = 'bonus'"
    if judged:
        con.execute(f"insert into card_items {wanted.format('good_scorecards')}")
    if old.select:
        newer = (
            " and (scorecard_id, item_id) not in (select (scorecard_id, item_id) from good_scorecards)"
            if judged
            else ""
        )
        con.execute(f"insert into card_items {wanted.format(f'({old.select})')}{newer}", {"files": old.files})


def _card_bonus(con: DuckDBPyConnection) -> None:
    con.execute(
        "create view card_bonus as select scorecard_id, sum(item_full_mark) as bonus from card_items group by scorecard_id"
    )


def _with_contract_columns(table: Table, part: Part) -> str:
    """The part with every column of the contract, defaults filled in."""
    there = {column.name for column in part.columns}
    columns = []
    for c in table.columns:
        value = f'"{c.name}"' if c.name in there else f"cast(null as {c.type.value})"
        columns.append(
            f"coalesce({value}, cast('{c.default}' as {c.type.value})) as \"{c.name}\""
            if c.default
            else f'{value} as "{c.name}"'
        )
    return f"select {part.number} as _part, _row, _unread, _conflict, {', '.join(columns)} from {part.name}"


def _leave_known(con: DuckDBPyConnection, table: Table, parts: list[Part], old: Old) -> int:
    """Set aside the rows of ``unless_known`` parts whose value is in the extracts, or in a part that says more. How many."""
    for part in (p for p in parts if p.fill.unless_known):
        column = part.fill.unless_known
        fuller = ", ".join(str(p.number) for p in parts if not p.fill.unless_known) or "-1"
        known = f'select "{column}" from rows_{table.name} where _part in ({fuller})'
        if old.select:
            known += f' union select "{column}" from ({old.select})'
        con.execute(
            f'insert into idle_{table.name} select _part, _row from rows_{table.name} where _part = {part.number} and "{column}" in ({known})',
            {"files": old.files} if old.select else None,
        )
    (left,) = con.execute(f"select count(*) from idle_{table.name}").fetchone()
    return left


def _repeated_keys(table: Table) -> str:
    """Keys that more than one remaining row has."""
    keys = ", ".join(f'"{name}"' for name in table.key)
    return f"select {keys} from {_source_of_good(table.name)} group by {keys} having count(*) > 1"


def _settle_repeats(con: DuckDBPyConnection, table: Table) -> int:
    """Of rows with one key: contradicting rows of one file are bad; otherwise the last file's first row stays. How many others said the same."""
    name = table.name
    same = " and ".join(f't."{key}" is not distinct from r."{key}"' for key in table.key)
    keys = ", ".join(f'"{key}"' for key in table.key)
    every = ", ".join(f'r."{column.name}"' for column in table.columns)
    con.execute(f"""create table repeats_{name} as
        select r._part, r._row, {", ".join(f'r."{key}"' for key in table.key)}, sha256(cast(({every}) as varchar)) as content
        from {_source_of_good(name)} as r join twice_{name} as t on {same}""")
    con.execute(f"""insert into bad_{name}
        select _part, _row, true from repeats_{name}
        qualify min(content) over (partition by _part, {keys}) <> max(content) over (partition by _part, {keys})""")
    con.execute(f"""insert into idle_{name}
        select _part, _row from repeats_{name} where (_part, _row) not in (select (_part, _row) from bad_{name})
        qualify row_number() over (partition by {keys} order by _part desc, _row) > 1""")
    return con.execute(
        f"select count(*) from repeats_{name} where (_part, _row) in (select (_part, _row) from idle_{name})"
    ).fetchone()[0]


def _source_of_good(name: str) -> str:
    aside = " and ".join(f"(_part, _row) not in (select (_part, _row) from {kind}_{name})" for kind in ("bad", "idle"))
    return f"(select * from rows_{name} where {aside})"


def _remaining(con: DuckDBPyConnection, name: str) -> str:
    """Where the good rows are; all rows when nothing is set aside, which is the common case and the cheap one."""
    (aside,) = con.execute(f"select (select count(*) from bad_{name}) + (select count(*) from idle_{name})").fetchone()
    return _source_of_good(name) if aside else f"rows_{name}"
