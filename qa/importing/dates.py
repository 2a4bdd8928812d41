"""How the dates of one column are to be read: decided from the whole column, never guessed row by row."""

import re
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from qa.importing.date_forms import CLOCK, OFFSET, ZONE, Reading, candidates, day_or_month_first, in_words, swapped
from qa.importing.errors import NeedsUser, Question, Refused, row_list
from qa.importing.sql import Bindings
from qa.text import Text

# What a mapping may say of a column instead of its forms; a zone alone (Asia/Shanghai) is the fourth.
DAY_ORDER, MONTH_ORDER, AS_WRITTEN = "day first", "month first", "as written"
ORDERS = {DAY_ORDER: Text("日/月/年", "day/month/year"), MONTH_ORDER: Text("月/日/年", "month/day/year")}
WORDS = ORDERS | {AS_WRITTEN: Text("各按所写的钟点", "each clock as it is written")}
# Clocks of one place differ by this much, in winter and in summer.
SUMMER_MIN = 60
SAMPLE = 500
ROUNDS = 4


@dataclass(frozen=True)
class Column:
    """The column in question: a statement that yields ``_row`` and ``text``, its values, and what to call it in a message.

    ``sources``: the columns of the file behind it, where they are all it is made of.
    """

    statement: str
    bindings: Bindings
    label: str
    sources: tuple[str, ...] = ()

    def ask(self, con: DuckDBPyConnection, select: str, bindings: Bindings | None = None) -> list[tuple]:
        statement = f"with dates as ({self.statement}) {select}"
        return con.execute(statement, (bindings or self.bindings).used_in(statement)).fetchall()


def choose(con: DuckDBPyConnection, column: Column, wanted: list[str]) -> Reading:
    """How to read the column: by the wanted formats, or what is said instead of them, else as its values show.

    Refused where rows contradict each other (day first and month first), naming rows of both kinds. NeedsUser where every row allows both readings,
    where rows contradict what is said, where a mapping names no zone there is, and where offsets do not tell one clock.
    """
    wanted = [CLOCK + f.removesuffix("%z") if f.endswith("%z") and not ZONE.match(f) else f for f in wanted]
    said = wanted[0] if len(wanted) == 1 and in_words(wanted[0]) else ""
    zone = said if said not in ("", AS_WRITTEN, *ORDERS) else ""
    _known_zones(con, column, {zone} if zone else {match[1] for f in wanted if (match := ZONE.match(f))})
    formats = _best_wanted(con, column, wanted) if wanted and not said else _found(con, column)
    clocks = [f for f in formats if f.startswith(CLOCK)]
    if zone and clocks:
        return _in_zone(con, column, zone, clocks, [f for f in formats if f not in clocks])
    if clocks:
        _one_clock(con, column, said)
    if wanted and not said:
        _no_contradiction(con, column, formats[0])
        return Reading(tuple(formats))
    fixed = [f for f in formats if not day_or_month_first(f)]
    open_ones = [f for f in formats if day_or_month_first(f)]
    if not open_ones:
        return Reading(tuple(fixed))
    return Reading((*fixed, *_decide_order(con, column, open_ones, said)))


def _known_zones(con: DuckDBPyConnection, column: Column, zones: set[str]) -> None:
    """NeedsUser where one of the zones that a mapping names is none; those of one word but UTC are none, so that they are no other words either."""
    words = "、".join(("Asia/Shanghai", AS_WRITTEN, *ORDERS))
    for zone in zones:
        if zone != "UTC" and "/" not in zone or not con.execute("select 1 from pg_timezone_names() where name = $zone", {"zone": zone}).fetchall():
            raise NeedsUser(
                f"“{column.label}”的 format 写的“{zone}”不是日期格式，也不是时区；可写的例如 {words}",
                f"the format of {column.label} names {zone}, which is no form of dates and no zone; it can say, for example, {words.replace('、', ', ')}",
            )


def _in_zone(con: DuckDBPyConnection, column: Column, zone: str, clocks: list[str], others: list[str]) -> Reading:
    """Times with an offset as the clock of the zone. NeedsUser, naming rows, where others beside them have none: nobody says whose clock those are."""
    reading = Reading(tuple(f"{zone} {f.removeprefix(CLOCK)}" for f in clocks))
    bindings = Bindings(dict(column.bindings.values))
    pattern, other = bindings.add(OFFSET.pattern), Reading(tuple(others)).sql("text", bindings)
    bare = f"not regexp_full_match(text, {pattern}) and {other} is not null"
    rows = column.ask(con, f"select _row, text from dates where {bare} order by _row limit 11", bindings)
    if rows:
        numbers, form = row_list([row for row, _text in rows]), clocks[0].removeprefix(CLOCK)
        raise NeedsUser(
            f"“{column.label}”中第 {numbers} 行的时间（{rows[0][1]}）没有时区，其余行有。"
            f"请在来源中补上；若这些也是世界标准时，请在映射中写明 format：“{zone} {form}”",
            f"{column.label}: the times of rows {numbers} ({rows[0][1]}) have no offset, the others have one. Add it at the source; or, where these are"
            f" universal time too, write format = '{zone} {form}' in the mapping",
        )
    return reading


def _one_clock(con: DuckDBPyConnection, column: Column, said: str) -> None:
    """NeedsUser where all times are universal, so that nobody says whose clock is meant, and where they are of several zones.

    A zone without an offset in winter has one in summer: side by side they are one clock.
    """
    bindings = Bindings(dict(column.bindings.values))
    pattern = bindings.add(OFFSET.pattern)
    offset = f"concat(regexp_extract(text, {pattern}, 2), regexp_extract(text, {pattern}, 4))"
    rows = column.ask(con, f"select distinct {offset} from dates where regexp_full_match(text, {pattern}) limit 50", bindings)
    offsets = {offset: _minutes(offset) for (offset,) in rows}
    seen = ", ".join(sorted(offsets)[:4])
    remedy = Text(
        "请在映射中写明 format：“Asia/Shanghai”换算为该时区的钟点，“UTC”为世界标准时",
        "Say it in the mapping: format = 'Asia/Shanghai' turns them into that zone's clock, 'UTC' into universal time",
    )
    if set(offsets.values()) == {0}:
        told = Text(
            f"“{column.label}”的时间（{seen}）是世界标准时，文件没有说明中心的时区",
            f"the times of {column.label} ({seen}) are universal time, and the file does not say in which zone the centers are",
        )
        raise _needs_user(column, told, remedy, {}, zones=True)
    if offsets and max(offsets.values()) - min(offsets.values()) > SUMMER_MIN and said != AS_WRITTEN:
        told = Text(f"“{column.label}”的时间（{seen}）不是同一个时区的钟点", f"the times of {column.label} ({seen}) are not of one zone")
        remedy = Text(f"{remedy.zh}，“{AS_WRITTEN}”各按所写的钟点", f"{remedy.en}, '{AS_WRITTEN}' leaves each clock as it is")
        raise _needs_user(column, told, remedy, {AS_WRITTEN: WORDS[AS_WRITTEN]}, zones=True)


def _needs_user(column: Column, told: Text, remedy: Text, answers: dict[str, Text], zones: bool = False) -> NeedsUser:
    question = Question(column.sources, told, answers, zones) if column.sources else None
    return NeedsUser(f"{told.zh}。{remedy.zh}", f"{told.en}. {remedy.en}", question=question)


def _minutes(offset: str) -> int:
    """How far the clock of an offset is ahead of universal time, in minutes."""
    digits = re.sub(r"\D", "", offset).ljust(4, "0")
    return (int(digits[:2]) * 60 + int(digits[2:])) * (-1 if offset.startswith("-") else 1)


def _found(con: DuckDBPyConnection, column: Column) -> list[str]:
    """Formats seen in the column: from its first values, then from what those formats do not read."""
    formats: list[str] = []
    for _round in range(ROUNDS):
        bindings = Bindings(dict(column.bindings.values))
        unread = f"{Reading(tuple(formats)).sql('text', bindings)} is null" if formats else "true"
        rows = column.ask(
            con,
            f"select distinct text from (select text from dates where text is not null and {unread} limit {SAMPLE})",
            bindings,
        )
        more = dict.fromkeys(f for (text,) in rows for f in candidates(text) if f not in formats)
        if not more:
            break
        formats.extend(more)
    return formats


def _best_wanted(con: DuckDBPyConnection, column: Column, wanted: list[str]) -> list[str]:
    """The wanted format that reads most rows; one file is written in one format."""
    if len(wanted) == 1:
        return wanted
    bindings = Bindings(dict(column.bindings.values))
    counts = ", ".join(f"count({Reading((f,)).sql('text', bindings)})" for f in wanted)
    (read,) = column.ask(con, f"select {counts} from dates", bindings)
    return [wanted[max(range(len(wanted)), key=lambda i: (read[i], -i))]]


def _no_contradiction(con: DuckDBPyConnection, column: Column, chosen: str) -> None:
    """Refused where a row that the chosen format cannot read makes sense with day and month exchanged."""
    if not day_or_month_first(chosen):
        return
    bindings = Bindings(dict(column.bindings.values))
    other = swapped(chosen)
    here, there = Reading((chosen,)).sql("text", bindings), Reading((other,)).sql("text", bindings)
    rows = column.ask(con, f"select _row, text from dates where {here} is null and {there} is not null order by _row limit 11", bindings)
    if rows:
        told, remedy = _contradiction(column, Text(chosen, chosen), Text(other, other), [row for row, _text in rows], rows[0][1])
        raise Refused(f"{told.zh}。{remedy.zh}", f"{told.en}. {remedy.en}")


def _contradiction(column: Column, chosen: Text, other: Text, rows: list[int], text: str) -> tuple[Text, Text]:
    """What rows do not fit what a mapping says, and what can be done."""
    numbers = row_list(rows)
    told = Text(
        f"“{column.label}”的日期应为 {chosen.zh}，但这些行只能读作 {other.zh}：第 {numbers} 行（{text}）；其余行的日和月可能也已颠倒，整个文件未导入",
        f"{column.label}: dates should be {chosen.en}, but these rows can only be {other.en}: rows {numbers} ({text}); others may be swapped unseen,"
        " so nothing was loaded",
    )
    return told, Text("请更正文件；若文件无误，请修改映射中的 format", "Correct the file or, where the file is right, the format in the mapping")


def _decide_order(con: DuckDBPyConnection, column: Column, formats: list[str], said: str) -> list[str]:
    """The formats of one order: the one that is said, or that a row shows which has no other."""
    orders = {DAY_ORDER: [f for f in formats if f.startswith("%d")], MONTH_ORDER: [f for f in formats if f.startswith("%m")]}
    bindings = Bindings(dict(column.bindings.values))
    days, months = (Reading(tuple(own)).sql("text", bindings) for own in orders.values())
    select = f"select _row, text, {days} as days, {months} as months from dates where text is not null"
    ((only_days, day, only_months, month, open_row),) = column.ask(
        con,
        f"""select list(_row order by _row) filter (months is null and days is not null), arg_min(text, _row) filter (months is null and days is not null),
        list(_row order by _row) filter (days is null and months is not null), arg_min(text, _row) filter (days is null and months is not null),
        arg_min((text, days, months), _row) filter (days <> months) from ({select})""",
        bindings,
    )
    if only_days and only_months:
        raise Refused(
            f"“{column.label}”的日期混用了两种顺序：第 {row_list(only_days)} 行（{day}）为日/月/年，第 {row_list(only_months)} 行（{month}）为月/日/年；"
            "请统一后重新导入",
            f"{column.label} mixes two orders of dates: rows {row_list(only_days)} ({day}) are day/month/year, rows {row_list(only_months)} ({month})"
            " month/day/year; write them one way and import again",
        )
    shown = DAY_ORDER if only_days else MONTH_ORDER if only_months else ""
    if said in ORDERS and shown and said != shown:
        told, remedy = _contradiction(column, ORDERS[said], ORDERS[shown], only_days or only_months, day or month)
        raise _needs_user(column, told, remedy, {shown: ORDERS[shown]})
    if open_row and not shown and said not in ORDERS:
        raise _order_unknown(column, *open_row)
    return orders[shown or (said if said in ORDERS else DAY_ORDER)]


def _order_unknown(column: Column, text: str, day_first: datetime, month_first: datetime) -> NeedsUser:
    """The question which of two days a text means."""
    told = Text(f"“{column.label}”的日期每一行都可读作日/月/年或月/日/年", f"every date of {column.label} can be read as day/month/year or month/day/year")
    remedy = Text(f"请在映射中写明 format：“{DAY_ORDER}”或“{MONTH_ORDER}”", f"Say which in the mapping: format = '{DAY_ORDER}' or '{MONTH_ORDER}'")
    answers = {
        order: Text(f"{ORDERS[order].zh}：{text} 是 {meant:%Y-%m-%d}", f"{ORDERS[order].en}: {text} is {meant:%Y-%m-%d}")
        for order, meant in ((DAY_ORDER, day_first), (MONTH_ORDER, month_first))
    }
    return _needs_user(column, told, remedy, answers)
