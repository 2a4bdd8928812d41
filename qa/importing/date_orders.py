"""In which order the day, the month and the year of a column stand: as its rows show, as is said, or as a person has to say."""

from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from duckdb import DuckDBPyConnection

from qa.importing.date_column import Column, contradiction, needs_user
from qa.importing.date_forms import Reading, has_short_year, order_of, plausible
from qa.importing.date_words import ORDERS, Said, with_answer
from qa.importing.errors import NeedsUser, Refused, row_list
from qa.importing.sql import Bindings
from qa.text import Text

SHOWN_ROWS = 11
# An order that gives a date in so many years is wrong where another one fills at least half the days of its span, and so many of them:
# it takes days of a month for years.
MANY_YEARS, MANY_DAYS = 25, 20


@dataclass(frozen=True)
class Kind:
    """Rows that the same orders read: the first of them, one's text, and which two orders give different days somewhere."""

    orders: frozenset[str]
    rows: list[int]
    text: str
    apart: frozenset[tuple[str, str]]


def decide(con: DuckDBPyConnection, column: Column, formats: list[str], said: Said) -> list[str]:
    """The formats of one order: the one that is said, or the only one that reads every row.

    Refused where no order does. NeedsUser where several do and give different days, and where rows contradict what is said.
    """
    orders = {order: own for order in ORDERS if (own := [f for f in formats if order_of(f) == order])}
    kinds = _kinds(con, column, orders)
    possible = [order for order in orders if all(order in kind.orders for kind in kinds)]
    if not possible:
        raise _mixed(column, kinds)
    if said.order and said.order not in possible and kinds:
        raise _contradicted(column, said.order, possible, kinds)
    if said.order:
        return orders.get(said.order, [])
    if not any(pair <= set(possible) for kind in kinds for pair in map(set, kind.apart)):
        return orders[possible[0]]
    if len(left := _not_scattered(con, column, {order: orders[order] for order in possible})) == 1:
        return orders[left[0]]
    raise _unknown(con, column, {order: orders[order] for order in left}, said)


def _readings(column: Column, orders: dict[str, list[str]]) -> tuple[str, Bindings]:
    """The statement that yields ``_row``, ``text`` and, as ``d0``, ``d1`` ..., what each order makes of it."""
    bindings = Bindings(dict(column.bindings.values))
    reads = [Reading(tuple(own)).sql("text", bindings) for own in orders.values()]
    if any(has_short_year(f) for own in orders.values() for f in own):
        reads = [plausible(f"({read})") for read in reads]
    named = ", ".join(f"{read} as d{i}" for i, read in enumerate(reads))
    return f"(select _row, text, {named} from dates where text is not null)", bindings


def _kinds(con: DuckDBPyConnection, column: Column, orders: dict[str, list[str]]) -> list[Kind]:
    names, pairs = list(orders), list(combinations(range(len(orders)), 2))
    readings, bindings = _readings(column, orders)
    mask = " + ".join(f"(d{i} is not null)::integer * {1 << i}" for i in range(len(names)))
    apart = ", ".join(f"coalesce(bool_or(d{i} <> d{j}), false)" for i, j in pairs) or "false"
    first = f"min(_row, {SHOWN_ROWS}), arg_min(text, _row)"
    rows = column.ask(con, f"select {mask} as read, {first}, [{apart}] from {readings} group by read order by read", bindings)
    return [
        Kind(
            frozenset(name for i, name in enumerate(names) if read >> i & 1), rows_read, text,
            frozenset((names[i], names[j]) for (i, j), differ in zip(pairs, differs, strict=False) if differ),
        )
        for read, rows_read, text, differs in rows
        if read
    ]  # fmt: skip


def _not_scattered(con: DuckDBPyConnection, column: Column, orders: dict[str, list[str]]) -> list[str]:
    """The orders without those that spread over decades what another one gathers in days that follow each other."""
    if not any(has_short_year(f) for own in orders.values() for f in own):
        return list(orders)
    readings, bindings = _readings(column, orders)
    facts = ", ".join(
        f"count(distinct year(d{i})), count(distinct d{i}::date), date_diff('day', min(d{i}), max(d{i})) + 1" for i in range(len(orders))
    )
    (found,) = column.ask(con, f"select {facts} from {readings}", bindings)
    years, days, spans = found[::3], found[1::3], found[2::3]
    dense = [day >= MANY_DAYS and 2 * day >= span for day, span in zip(days, spans, strict=True)]
    return [order for order, many, is_dense in zip(orders, years, dense, strict=True) if is_dense or many < MANY_YEARS or not any(dense)]


def _either(orders: frozenset[str]) -> Text:
    texts = [ORDERS[order] for order in ORDERS if order in orders]
    return Text("或".join(text.zh for text in texts), " or ".join(text.en for text in texts))


def _mixed(column: Column, kinds: list[Kind]) -> Refused:
    telling = sorted((kind for kind in kinds if not any(other.orders < kind.orders for other in kinds)), key=lambda kind: kind.rows)
    zh = "，".join(f"第 {row_list(kind.rows)} 行（{kind.text}）为{_either(kind.orders).zh}" for kind in telling)
    en = ", ".join(f"rows {row_list(kind.rows)} ({kind.text}) {'are ' if kind is telling[0] else ''}{_either(kind.orders).en}" for kind in telling)
    return Refused(
        f"“{column.label}”的日期混用了几种顺序：{zh}；请统一后重新导入",
        f"{column.label} mixes orders of dates: {en}; write them one way and import again",
    )


def _contradicted(column: Column, said: str, possible: list[str], kinds: list[Kind]) -> NeedsUser:
    kind = next(kind for kind in kinds if said not in kind.orders)
    told, remedy = contradiction(column, ORDERS[said], _either(kind.orders), kind.rows, kind.text)
    return needs_user(column, told, remedy, {order: ORDERS[order] for order in possible})


def _unknown(con: DuckDBPyConnection, column: Column, orders: dict[str, list[str]], said: Said) -> NeedsUser:
    """The question which of several days a text means, by the row on which the orders differ most."""
    readings, bindings = _readings(column, orders)
    read = ", ".join(f"d{i}" for i in range(len(orders)))
    ((text, *meant),) = column.ask(con, f"select text, {read} from {readings} order by list_unique([{read}]) desc, _row limit 1", bindings)
    words = [str(with_answer(said, order)) for order in orders]
    either = _either(frozenset(orders))
    told = Text(f"“{column.label}”的日期每一行都可读作{either.zh}", f"every date of {column.label} can be read as {either.en}")
    remedy = Text(
        f"请在映射中写明 format：{'或'.join(f'“{word}”' for word in words)}",
        f"Say which in the mapping: format = {' or '.join(f'{word!r}' for word in words)}",
    )
    return needs_user(column, told, remedy, {order: _answer(order, text, day) for order, day in zip(orders, meant, strict=True)})


def _answer(order: str, text: str, day: datetime) -> Text:
    return Text(f"{ORDERS[order].zh}：{text} 是 {day:%Y-%m-%d}", f"{ORDERS[order].en}: {text} is {day:%Y-%m-%d}")
