"""Source rows -> rows of contract tables, typed; rows that cannot be read are marked, not dropped."""

from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from qa.contract import TABLES, Column, Table, Type
from qa.importing import dates
from qa.importing.date_forms import Reading, plausible
from qa.importing.delimited import Broken
from qa.importing.errors import NeedsUser, Refused
from qa.importing.mapping import Fill, Take
from qa.importing.source import Source
from qa.importing.sql import Bindings, folded_sql
from qa.importing.take import Desk, is_folded, text_of, trimmed, value_of
from qa.importing.values import nothing

AGGREGATES = {
    "sum": "sum({0})",
    "min": "min({0})",
    "max": "max({0})",
    "first": "first({0} order by _order, _row) filter ({0} is not null)",
    "last": "last({0} order by _order, _last) filter ({0} is not null)",
    "count": "count({0})",
    "only": "min({0})",
}
COUNTING = ("sum", "count")


@dataclass(frozen=True)
class Part:
    """What one file gives one table. The table ``name`` holds ``_row``, ``_unread``, ``_conflict`` and the ``columns``;

    ``texts`` is the statement that yields ``_row`` and, for each column, the text it was read from (``r_talk_s``). ``members``
    yields, of a grouped part, which source rows (``_row``) with which values make up which row (``_lead``). ``broken``: rows of the
    file that nobody can read, in the one part that answers for them.
    """

    table: Table
    fill: Fill
    source: Source
    number: int
    name: str
    columns: list[Column]
    texts: str = ""
    members: str = ""
    bindings: Bindings = field(default_factory=Bindings)
    rows: int = 0
    broken: list[Broken] = field(default_factory=list)

    @property
    def grouped(self) -> bool:
        return bool(self.fill.group_by)


def shape(con: DuckDBPyConnection, desk: Desk, fill: Fill, number: int) -> Part:
    """The part a fill makes of a source, as a table in the working database."""
    table, name = TABLES[fill.fills], f"part_{number}"
    if fill.rows:
        return _own_rows(con, desk, fill, number)
    columns = [table.by_name[column] for column in fill.columns]
    texts = _texts(desk, fill, columns)
    readings = {
        c.name: _reading(con, desk, fill, c, fill.columns[c.name])
        for c in columns
        if is_date(c, fill.columns[c.name])
    }
    order = _order(con, desk, fill)
    statement = _typed(desk, fill, columns, texts, readings, order)
    if fill.group_by:
        few = _alike_once(texts) if not any(fill.columns[c.name].agg in COUNTING for c in columns) else texts
        statement = _grouped(fill, columns, _typed(desk, fill, columns, few, readings, order))
    con.execute(f"create table {name} as {statement}", desk.bindings.used_in(statement))
    (rows,) = con.execute(f"select count(*) from {name}").fetchone()
    members = _typed(desk, fill, columns, texts, readings, order) if fill.group_by else ""
    return Part(table, fill, desk.source, number, name, columns, texts, members, desk.bindings, rows)


def _texts(desk: Desk, fill: Fill, columns: list[Column]) -> str:
    """The statement behind the part: one text a column, and the columns it is grouped by."""
    texts = [f'{text_of(desk, c, fill.columns[c.name])} as "r_{c.name}"' for c in columns]
    coded = {take.source for c in columns if is_folded(desk.source, c, take := fill.columns[c.name]) and isinstance(take.source, str)}
    keys = [f"coalesce({_key_text(desk, name, name in coded)}, '') as _g{i}" for i, name in enumerate(fill.group_by)]
    tests = " and ".join(desk.test(condition) for condition in fill.where) or "true"
    order = (
        f"{trimmed(desk.column(fill.order_by.sources[0]), desk.source)} as r__order"
        if fill.order_by
        else "null as r__order"
    )
    return f"select _row, _row as _last, {', '.join([*texts, *keys])}, {order} from {_base(desk)} as base where {tests}"


def _key_text(desk: Desk, name: str, coded: bool) -> str:
    """What rows are grouped by; a code that is written in two ways is one code."""
    text = trimmed(desk.column(name), desk.source)
    return folded_sql(text, desk.bindings) if coded else text


def _base(desk: Desk) -> str:
    """The source; in columns to be filled down an empty cell repeats the one above it, as merged cells leave them."""
    if not desk.mapping.fill_down:
        return desk.source.view
    filled = {desk.column(name) for name in desk.mapping.fill_down}
    cells = [
        f"last_value({trimmed(f'c{i}', desk.source)} ignore nulls) over (order by _row) as c{i}"
        if f"c{i}" in filled
        else f"c{i}"
        for i in range(len(desk.source.columns))
    ]
    return f"(select _row, {', '.join(cells)} from {desk.source.view})"


def is_date(column: Column, take: Take) -> bool:
    """Whether a column is read from dates, so that something has to be known of how they are written."""
    return column.type in (Type.DATE, Type.TIMESTAMP) and take.agg != "count"


def _reading(con: DuckDBPyConnection, desk: Desk, fill: Fill, column: Column, take: Take) -> Reading:
    """How to read a column's dates, decided from all cells of the rows, also from those that the column leaves out."""
    whole = take.model_copy(update={"when": None, "unless": None})
    texts = _texts(desk, fill.model_copy(update={"columns": {column.name: whole}}), [column])
    label = " + ".join(take.sources) or column.name
    asked = dates.Column(f'select _row, "r_{column.name}" as text from ({texts})', desk.bindings, label, tuple(take.sources))
    name = desk.source.path.name
    try:
        return dates.choose(con, asked, take.formats)
    except NeedsUser as problem:
        raise NeedsUser(f"{name}：{problem.text.zh}", f"{name}: {problem.text.en}", question=problem.question) from problem
    except Refused as problem:
        raise Refused(f"{name}：{problem.text.zh}", f"{name}: {problem.text.en}") from problem


def _order(con: DuckDBPyConnection, desk: Desk, fill: Fill) -> str:
    """SQL: what first and last go by."""
    if not fill.order_by:
        return "null"
    period = Column("order_by", Type.TIMESTAMP, TABLES["calls"].label)
    return _reading(con, desk, fill, period, fill.order_by).sql("r__order", desk.bindings)


def _alike_once(texts: str) -> str:
    """The texts with rows that say the same but once: ``_row`` the first and ``_last`` the last of them."""
    return f"select min(_row) as _row, max(_row) as _last, * exclude (_row, _last) from ({texts}) group by all"


def _typed(
    desk: Desk, fill: Fill, columns: list[Column], texts: str, readings: dict[str, Reading], order: str
) -> str:
    """The statement for typed rows from texts; ``_unread`` where a text gave no value."""
    values = [
        f'{value_of(desk, c, fill.columns[c.name], _text(c), readings.get(c.name))} as "{c.name}"' for c in columns
    ]
    hollow = " or ".join(_hollow_cell(c, fill.columns[c.name], desk.bindings) for c in columns)
    unread = " or ".join(unread_cell(c, fill.columns[c.name], desk.bindings) for c in columns)
    lead = f"min(_row) over (partition by {', '.join(_group_keys(fill, columns))})" if fill.group_by else "_row"
    kept = ", ".join([*(f'"r_{c.name}"' for c in columns), *(f"_g{i}" for i in range(len(fill.group_by)))])
    guards = ", ".join(f"""{plausible(f'"{name}"')} as "{name}\"""" for name in readings)
    read = f"select _row, _last, {order} as _order, {kept}, {', '.join(values)} from ({texts})"
    guarded = f"select * replace ({guards}) from ({read})" if guards else read
    final = ", ".join(_with_default(c, fill.columns[c.name], desk.bindings) for c in columns)
    return f"select _row, _last, {lead} as _lead, _order, {final}, {unread} as _unread, {hollow} as _hollow, false as _conflict from ({guarded})"


def _group_keys(fill: Fill, columns: list[Column]) -> list[str]:
    """SQL for what rows are grouped by: the texts, but of a column of days the day, on which a time of day may stand."""
    days = {fill.columns[c.name].source: f'cast("{c.name}" as varchar)' for c in columns if c.type is Type.DATE}
    return [f"coalesce({days[name]}, _g{i})" if name in days else f"_g{i}" for i, name in enumerate(fill.group_by)]


def unread_cell(column: Column, take: Take, bindings: Bindings, text: str = "", value: str = "") -> str:
    """SQL: the cell says something, and that gave no value."""
    text, value = text or _text(column), value or f'"{column.name}"'
    empty = nothing(column, text, bindings) if take.may_be_hollow else "false"
    return f"case when {value} is not null or {text} is null then false else not {empty} end"


def _hollow_cell(column: Column, take: Take, bindings: Bindings) -> str:
    """SQL: the cell only says that there is nothing to say."""
    if not take.may_be_hollow:
        return "false"
    return f"""case when "{column.name}" is not null or {_text(column)} is null then false else {nothing(column, _text(column), bindings)} end"""


def _text(column: Column) -> str:
    return f'"r_{column.name}"'


def _with_default(column: Column, take: Take, bindings: Bindings) -> str:
    """The value, or what the mapping says stands for an empty one."""
    if take.default is None:
        return f'"{column.name}"'
    said = str(take.default).lower() if isinstance(take.default, bool) else str(take.default)
    return f'coalesce("{column.name}", case when "r_{column.name}" is null then cast({bindings.add(said)} as {column.type.value}) end) as "{column.name}"'


def _grouped(fill: Fill, columns: list[Column], typed: str) -> str:
    """Rows of a group -> one row. ``_conflict`` where a column that should be the same throughout is not."""
    values = [
        f"""cast({AGGREGATES[fill.columns[c.name].agg].format(f'"{c.name}"')} as {c.type.value}) as "{c.name}\""""
        for c in columns
    ]
    conflicts = [
        f'min("{c.name}") is distinct from max("{c.name}")' for c in columns if fill.columns[c.name].agg == "only"
    ]
    return f"""select _lead as _row, _lead, bool_or(_unread) as _unread, {" or ".join(conflicts) or "false"} as _conflict, {", ".join(values)}
        from ({typed}) group by _lead order by _lead"""


def _own_rows(con: DuckDBPyConnection, desk: Desk, fill: Fill, number: int) -> Part:
    """The rows a mapping gives itself; their ``_row`` is below 0, for they are in no file."""
    table, name = TABLES[fill.fills], f"part_{number}"
    columns = [c for c in table.columns if any(c.name in row for row in fill.rows)]
    con.execute(
        f"""create table {name} (_row bigint, _lead bigint, _unread boolean, _conflict boolean, {", ".join(f'"{c.name}" {c.type.value}' for c in columns)})"""
    )
    for i, row in enumerate(fill.rows, start=1):
        values = [None if row.get(c.name) is None else str(row[c.name]) for c in columns]
        con.execute(
            f"insert into {name} values (?, ?, false, false, {', '.join('?' for _ in columns)})", [-i, -i, *values]
        )
    return Part(table, fill, desk.source, number, name, columns, rows=len(fill.rows))
