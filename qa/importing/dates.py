"""How the dates of one column are to be read: decided from the whole column, never guessed row by row."""

import re

from duckdb import DuckDBPyConnection

from qa.importing.date_column import Column, contradiction, needs_user
from qa.importing.date_forms import CLOCK, EPOCHS, OFFSET, ZONE, Reading, candidates, has_short_year, in_words, order_of, plausible, swapped
from qa.importing.date_orders import decide
from qa.importing.date_words import AS_WRITTEN, DAY_ORDER, MONTH_ORDER, ORDERS, WORDS, Said, said, with_answer
from qa.importing.errors import NeedsUser, Refused, row_list
from qa.importing.sql import Bindings
from qa.text import Text

# Clocks of one place differ by this much, in winter and in summer.
SUMMER_MIN = 60
SAMPLE = 500
# Days up to so many may be months too; and so many of both kinds are no chance.
MONTHS, FEW_EXCHANGED = 12, 3
ROUNDS = 4


def choose(con: DuckDBPyConnection, column: Column, wanted: list[str]) -> Reading:
    """How to read the column: by the wanted formats, or what is said instead of them, else as its values show.

    Refused where rows contradict each other (day first and month first), naming rows of both kinds. NeedsUser where every row allows both readings,
    where rows contradict what is said, where a mapping names no zone there is, and where offsets do not tell one clock.
    """
    wanted = [CLOCK + f.removesuffix("%z") if f.endswith("%z") and not ZONE.match(f) else f for f in wanted]
    in_short = len(wanted) == 1 and in_words(wanted[0])
    words = said(wanted[0]) if in_short else Said()
    _known_zones(con, column, {words.zone} - {""} if in_short else {match[1] for f in wanted if (match := ZONE.match(f))})
    formats = _best_wanted(con, column, wanted) if wanted and not in_short else _found(con, column)
    moments = any(f.startswith(CLOCK) or f in EPOCHS for f in formats)
    if moments and not words.zone:
        _no_epochs(con, column, formats)
        _one_clock(con, column, words)
    if wanted and not in_short:
        _no_contradiction(con, column, formats[0])
        return Reading(tuple(formats))
    formats = _in_one_order(con, column, formats, words)
    return _in_zone(con, column, words.zone, formats) if words.zone and moments else Reading(tuple(formats))


def _in_one_order(con: DuckDBPyConnection, column: Column, formats: list[str], words: Said) -> list[str]:
    """The formats without those of other orders than the column's; years of two digits before years of four."""
    open_ones = [f for f in formats if order_of(f)]
    fixed = [f for f in formats if not order_of(f)]
    decided = decide(con, column, sorted(open_ones, key=_short_first), words) if open_ones else []
    if days := [f for f in fixed if f.startswith("%Y-%m-%d")]:
        _none_exchanged(con, column, days, [f for f in decided if order_of(f) in (DAY_ORDER, MONTH_ORDER)])
    return sorted([*fixed, *decided], key=_short_first)


def _none_exchanged(con: DuckDBPyConnection, column: Column, days: list[str], others: list[str]) -> None:
    """Refused where a spreadsheet took some texts for dates, day and month exchanged, and left those that are no dates so: 13/10/2026 beside 2026-05-10."""
    if not others:
        return
    bindings = Bindings(dict(column.bindings.values))
    date, text, turned = (Reading(tuple(forms)).sql("text", bindings) for forms in (days, others, [swapped(f) for f in others]))
    facts = f"count({date}), max(day({date})), count({text}), count({turned}), arg_min(text, _row) filter ({text} is not null)"
    facts += f", min(_row, 10) filter ({date} is not null), arg_min(text, _row) filter ({date} is not null)"
    ((dates, latest, texts, either, other, rows, first),) = column.ask(con, f"select {facts} from dates", bindings)
    if min(dates, texts) < FEW_EXCHANGED or latest > MONTHS or either:
        return
    raise Refused(
        f"“{column.label}”的日期可能被表格软件颠倒了日和月：{other} 这样的保留为文字，第 {row_list(rows)} 行（{first}）等却成了日期，日都不超过 12；"
        "请从来源重新导出，日期写成 2026-10-05 的形式",
        f"{column.label}: a spreadsheet seems to have exchanged day and month: dates like {other} were left as text, while rows {row_list(rows)} ({first})"
        " became dates, none later than the 12th; export them again from the source, as 2026-10-05",
    )


def _short_first(form: str) -> bool:
    return not has_short_year(form)


def _known_zones(con: DuckDBPyConnection, column: Column, zones: set[str]) -> None:
    """NeedsUser where one of the zones that a mapping names is none; those of one word but UTC are none, so that they are no other words either."""
    words = "、".join(("Asia/Shanghai", AS_WRITTEN, *ORDERS, f"Asia/Shanghai {DAY_ORDER}"))
    for zone in zones:
        if zone != "UTC" and "/" not in zone or not con.execute("select 1 from pg_timezone_names() where name = $zone", {"zone": zone}).fetchall():
            raise NeedsUser(
                f"“{column.label}”的 format 写的“{zone}”不是日期格式，也不是时区；可写的例如 {words}",
                f"the format of {column.label} names {zone}, which is no form of dates and no zone; it can say, for example, {words.replace('、', ', ')}",
            )


def _in_zone(con: DuckDBPyConnection, column: Column, zone: str, formats: list[str]) -> Reading:
    """Times with an offset as the clock of the zone. NeedsUser, naming rows, where others beside them have none: nobody says whose clock those are."""
    clocks = [f for f in formats if f.startswith(CLOCK) or f in EPOCHS]
    others = [f for f in formats if f not in clocks]
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


def _no_epochs(con: DuckDBPyConnection, column: Column, formats: list[str]) -> None:
    """NeedsUser where times are counted since 1970: that is universal time, and nobody says whose clock is meant."""
    if not (form := next((f for f in formats if f in EPOCHS), None)):
        return
    bindings = Bindings(dict(column.bindings.values))
    ((text, time),) = column.ask(con, f"select text, {Reading((form,)).sql('text', bindings)} as t from dates where t is not null limit 1", bindings)
    zh, en = ("毫秒", "milliseconds") if form == "epoch ms" else ("秒", "seconds")
    told = Text(
        f"“{column.label}”是 1970 年以来的{zh}数（{text} 为世界标准时 {time:%Y-%m-%d %H:%M:%S}），文件没有说明中心的时区",
        f"{column.label} counts {en} since 1970 ({text} is {time:%Y-%m-%d %H:%M:%S} in universal time), and the file does not say in which zone the"
        " centers are",
    )
    raise needs_user(column, told, _zone_remedy("Asia/Shanghai", "UTC"), {}, zones=True)


def _zone_remedy(shanghai: Said | str, universal: Said | str) -> Text:
    return Text(
        f"请在映射中写明 format：“{shanghai}”换算为该时区的钟点，“{universal}”为世界标准时",
        f"Say it in the mapping: format = '{shanghai}' turns them into that zone's clock, '{universal}' into universal time",
    )


def _one_clock(con: DuckDBPyConnection, column: Column, words: Said) -> None:
    """NeedsUser where all times are universal, so that nobody says whose clock is meant, and where they are of several zones.

    A zone without an offset in winter has one in summer: side by side they are one clock.
    """
    bindings = Bindings(dict(column.bindings.values))
    pattern = bindings.add(OFFSET.pattern)
    offset = f"concat(regexp_extract(text, {pattern}, 2), regexp_extract(text, {pattern}, 4))"
    rows = column.ask(con, f"select distinct {offset} from dates where regexp_full_match(text, {pattern}) limit 50", bindings)
    offsets = {offset: _minutes(offset) for (offset,) in rows}
    seen = ", ".join(sorted(offsets)[:4])
    shanghai, universal, each = (with_answer(words, clock) for clock in ("Asia/Shanghai", "UTC", AS_WRITTEN))
    remedy = _zone_remedy(shanghai, universal)
    if set(offsets.values()) == {0}:
        told = Text(
            f"“{column.label}”的时间（{seen}）是世界标准时，文件没有说明中心的时区",
            f"the times of {column.label} ({seen}) are universal time, and the file does not say in which zone the centers are",
        )
        raise needs_user(column, told, remedy, {}, zones=True)
    if offsets and max(offsets.values()) - min(offsets.values()) > SUMMER_MIN and words.clock != AS_WRITTEN:
        told = Text(f"“{column.label}”的时间（{seen}）不是同一个时区的钟点", f"the times of {column.label} ({seen}) are not of one zone")
        remedy = Text(f"{remedy.zh}，“{each}”各按所写的钟点", f"{remedy.en}, '{each}' leaves each clock as it is")
        raise needs_user(column, told, remedy, {AS_WRITTEN: WORDS[AS_WRITTEN]}, zones=True)


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
    reads = (Reading((f,)).sql("text", bindings) for f in wanted)
    counts = ", ".join(f"count({plausible(f'({read})')})" for read in reads)
    (read,) = column.ask(con, f"select {counts} from dates", bindings)
    return [wanted[max(range(len(wanted)), key=lambda i: (read[i], -i))]]


def _no_contradiction(con: DuckDBPyConnection, column: Column, chosen: str) -> None:
    """Refused where a row that the chosen format cannot read makes sense with day and month exchanged."""
    if order_of(chosen) not in (DAY_ORDER, MONTH_ORDER):
        return
    bindings = Bindings(dict(column.bindings.values))
    other = swapped(chosen)
    here, there = Reading((chosen,)).sql("text", bindings), Reading((other,)).sql("text", bindings)
    rows = column.ask(con, f"select _row, text from dates where {here} is null and {there} is not null order by _row limit 11", bindings)
    if rows:
        told, remedy = contradiction(column, Text(chosen, chosen), Text(other, other), [row for row, _text in rows], rows[0][1])
        raise Refused(f"{told.zh}。{remedy.zh}", f"{told.en}. {remedy.en}")
