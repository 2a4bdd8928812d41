"""How the dates of one column are to be read: decided from the whole column, never guessed row by row."""

import re
from dataclasses import dataclass
from datetime import datetime

from duckdb import DuckDBPyConnection

from qa.importing.date_forms import CLOCK, OFFSET, ZONE, Reading, candidates, day_or_month_first, in_words, swapped, without_zone
from qa.importing.errors import NeedsUser, Question, Refused, row_list
from qa.importing.sql import Bindings
from qa.text import Text

# What a mapping may say of a column instead of its forms; a zone alone (Asia/Shanghai) is the fourth.
DAY_ORDER, MONTH_ORDER, AS_WRITTEN = "day first", "month first", "as written"
ORDERS = {DAY_ORDER: Text("日/月/年", "day/month/year"), MONTH_ORDER: Text("月/日/年", "month/day/year")}
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
    where a mapping names no zone there is, and where offsets do not tell one clock.
    """
    wanted = [CLOCK + f.removesuffix("%z") if f.endswith("%z") and not ZONE.match(f) else f for f in wanted]
    said = wanted[0] if len(wanted) == 1 and in_words(wanted[0]) else ""
    zone = said if said not in ("", AS_WRITTEN, *ORDERS) else ""
    _known_zones(con, column, {zone} if zone else {match[1] for f in wanted if (match := ZONE.match(f))})
    formats = _best_wanted(con, column, wanted) if wanted and not said else _found(con, column)
    if zone:
        formats = [f"{zone} {f.removeprefix(CLOCK)}" for f in formats]
    if said != AS_WRITTEN and any(f.startswith(CLOCK) for f in formats):
        _one_clock(con, column)
    if wanted and not said and len(formats) == 1:
        _no_contradiction(con, column, formats[0])
        return Reading(tuple(formats))
    fixed = [f for f in formats if not day_or_month_first(f)]
    open_ones = [f for f in formats if day_or_month_first(f)]
    if not open_ones:
        return Reading(tuple(fixed))
    return Reading((*fixed, *_decide_order(con, column, open_ones, said)))


def _known_zones(con: DuckDBPyConnection, column: Column, zones: set[str]) -> None:
    """NeedsUser where one of the zones that a mapping names is none; those of one word but UTC are none, so that they are no other words either."""
    for zone in zones:
        if zone != "UTC" and "/" not in zone or not con.execute("select 1 from pg_timezone_names() where name = $zone", {"zone": zone}).fetchall():
            raise NeedsUser(
                f"“{column.label}”的 format 写的“{zone}”不是日期格式，也不是时区；时区的写法例如 Asia/Shanghai",
                f"the format of {column.label} names {zone}, which is no form of dates and no zone; a zone is written like Asia/Shanghai",
            )


def _one_clock(con: DuckDBPyConnection, column: Column) -> None:
    """NeedsUser where all times are universal, so that nobody says whose clock is meant, and where they are of several zones.

    A zone without an offset in winter has one in summer: side by side they are one clock.
    """
    bindings = Bindings(dict(column.bindings.values))
    pattern = bindings.add(OFFSET.pattern)
    offset = f"concat(regexp_extract(text, {pattern}, 2), regexp_extract(text, {pattern}, 4))"
    rows = column.ask(con, f"select distinct {offset} from dates where regexp_full_match(text, {pattern}) limit 50", bindings)
    offsets = {offset: _minutes(offset) for (offset,) in rows}
    seen = ", ".join(sorted(offsets)[:4])
    answers = {}
    if set(offsets.values()) == {0}:
        told = Text(
            f"“{column.label}”的时间（{seen}）是世界标准时，文件没有说明中心的时区",
            f"the times of {column.label} ({seen}) are universal time, and the file does not say in which zone the centers are",
        )
    elif offsets and max(offsets.values()) - min(offsets.values()) > SUMMER_MIN:
        told = Text(f"“{column.label}”的时间（{seen}）不是同一个时区的钟点", f"the times of {column.label} ({seen}) are not of one zone")
        answers[AS_WRITTEN] = Text("各按所写的钟点", "each clock as it is written")
    else:
        return
    remedy = Text(
        f"请在映射中写明 format：“Asia/Shanghai”换算为该时区的钟点，“UTC”为世界标准时，“{AS_WRITTEN}”按所写的钟点",
        f"Say it in the mapping: format = 'Asia/Shanghai' turns them into that zone's clock, 'UTC' into universal time, '{AS_WRITTEN}' leaves them",
    )
    raise _needs_user(column, told, remedy, answers, zones=True)


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
    rows = column.ask(con, f"select _row from dates where {here} is null and {there} is not null order by _row limit 11", bindings)
    if rows:
        raise _contradicted(column, chosen, other, [row for (row,) in rows])


def _contradicted(column: Column, chosen: str, other: str, rows: list[int]) -> Refused:
    numbers = row_list(rows)
    (zh, en), (other_zh, other_en) = (ORDERS.get(form, Text(form, form)) for form in (chosen, other))
    return Refused(
        f"“{column.label}”的日期应为 {zh}，但这些行只能读作 {other_zh}：第 {numbers} 行；其余行的日和月可能也已颠倒，整个文件未导入",
        f"{column.label}: dates should be {en}, but these rows can only be {other_en}: rows {numbers}; others may be swapped unseen, so nothing was loaded",
    )


def _decide_order(con: DuckDBPyConnection, column: Column, formats: list[str], said: str) -> list[str]:
    """The formats of one order: the one that is said, or that a row shows which has no other."""
    day_first = [f for f in formats if without_zone(f).startswith("%d")]
    month_first = [f for f in formats if without_zone(f).startswith("%m")]
    bindings = Bindings(dict(column.bindings.values))
    days, months = Reading(tuple(day_first)).sql("text", bindings), Reading(tuple(month_first)).sql("text", bindings)
    select = f"select _row, text, {days} as days, {months} as months from dates where text is not null"
    ((only_days, only_months, open_row),) = column.ask(
        con,
        f"""select list(_row order by _row) filter (months is null and days is not null), list(_row order by _row) filter (days is null and months is not null),
        arg_min((text, days, months), _row) filter (days <> months) from ({select})""",
        bindings,
    )
    if only_days and only_months:
        raise Refused(
            f"“{column.label}”的日期混用了两种顺序：第 {row_list(only_days)} 行为日/月/年，第 {row_list(only_months)} 行为月/日/年",
            f"{column.label} mixes two orders of dates: rows {row_list(only_days)} are day/month/year, rows {row_list(only_months)} month/day/year",
        )
    if said == DAY_ORDER and only_months or said == MONTH_ORDER and only_days:
        raise _contradicted(column, said, MONTH_ORDER if said == DAY_ORDER else DAY_ORDER, only_months or only_days)
    if said not in ORDERS and open_row and not only_days and not only_months:
        raise _order_unknown(column, *open_row, said and day_first[0])
    return month_first if only_months or said == MONTH_ORDER else day_first


def _order_unknown(column: Column, text: str, day_first: datetime, month_first: datetime, zoned: str) -> NeedsUser:
    """The question which of two days a text means; nothing to choose from where the mapping has to name a zone (``zoned``: such a format) too."""
    told = Text(f"“{column.label}”的日期每一行都可读作日/月/年或月/日/年", f"every date of {column.label} can be read as day/month/year or month/day/year")
    if zoned:
        return NeedsUser(f"{told.zh}。请在映射中写明 format，例如“{zoned}”", f"{told.en}. Say which in the mapping, e.g. format = '{zoned}'")
    remedy = Text(f"请在映射中写明 format：“{DAY_ORDER}”或“{MONTH_ORDER}”", f"Say which in the mapping: format = '{DAY_ORDER}' or '{MONTH_ORDER}'")
    answers = {
        DAY_ORDER: Text(f"日/月/年：{text} 是 {day_first:%Y-%m-%d}", f"day/month/year: {text} is {day_first:%Y-%m-%d}"),
        MONTH_ORDER: Text(f"月/日/年：{text} 是 {month_first:%Y-%m-%d}", f"month/day/year: {text} is {month_first:%Y-%m-%d}"),
    }
    return _needs_user(column, told, remedy, answers)
