"""How the dates of one column are to be read: decided from the whole column, never guessed row by row."""

import re
from dataclasses import dataclass
from functools import cache

from duckdb import DuckDBPyConnection

from qa.importing.errors import NeedsUser, Refused, row_list
from qa.importing.sql import Bindings

YEAR_FIRST = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y年%m月", "%Y%m%d", "%Y-%m", "%Y/%m", "%Y%m")
DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y")
NAMED_MONTH = ("%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b-%y", "%b-%Y", "%b %Y", "%B %Y")
TIMES = (
    "",
    " %H:%M",
    " %H:%M:%S",
    " %H:%M:%S.%f",
    "T%H:%M",
    "T%H:%M:%S",
    "T%H:%M:%S.%f",
    " %I:%M %p",
    " %I:%M:%S %p",
    " %H时%M分",
    " %H时%M分%S秒",
    "%H%M%S",
    " %H%M%S",
)
SERIAL = "excel serial"
# Marks a format that reads a text whose half of the day has been put behind the hour, as AM or PM.
HALVES = "halves "
MORNING, AFTERNOON = "上午|凌晨|早上|早晨", "下午|中午|晚上|傍晚"
HALF_DAY = re.compile(f"^(.*?)[ T]?({MORNING}|{AFTERNOON}) ?(\\d{{1,2}}:\\d{{2}}(?::\\d{{2}})?)$")
# Marks a format that reads a text without the offset from universal time behind its seconds: the clock it was written by.
CLOCK = "clock "
OFFSET = re.compile(r"^(.*:\d{2}:\d{2}(?:\.\d+)?) ?(Z|[+-](?:0\d|1[0-4])(?::?(?:00|15|30|45))?)$")
# A format of a mapping that turns moments into the clock of a zone, those without an offset being universal: "Asia/Shanghai %Y-%m-%dT%H:%M:%S".
ZONE = re.compile(r"^(UTC|[A-Za-z_]+/\S+) (%.*)$")
# Clocks of one place differ by this much, in winter and in summer.
SUMMER_MIN = 60
PATTERNS = {
    "%Y": r"(?:(?:19|20|21)\d{2}|0001(?=\D))",
    "%m": r"\d{1,2}",
    "%d": r"\d{1,2}",
    "%H": r"\d{1,2}",
    "%I": r"\d{1,2}",
    "%M": r"\d{2}",
    "%S": r"\d{2}",
    "%f": r"\d{1,6}",
    "%y": r"\d{2}",
    "%b": r"[A-Za-z]{3}",
    "%B": r"[A-Za-z]{4,9}",
    "%p": r"[AaPp][Mm]",
}
SAMPLE = 500
ROUNDS = 4


@dataclass(frozen=True)
class Reading:
    """The formats that read a column; no two of them give one text different meanings."""

    formats: tuple[str, ...]

    def sql(self, text: str, bindings: Bindings) -> str:
        """SQL: the text as a timestamp; null where no format reads it."""
        reads = [_read(text, f, bindings) for f in self.formats]
        return reads[0] if len(reads) == 1 else f"coalesce({', '.join(reads)})" if reads else "cast(null as timestamp)"


def plausible(column: str) -> str:
    """SQL: the day or time where its year can be a center's, or the contract's beginning of time; a year of two digits is neither."""
    return (
        f"case when {column} >= '1900-01-01' and {column} < '2200-01-01' or {column} = '0001-01-01' then {column} end"
    )


@dataclass(frozen=True)
class Column:
    """The column in question: a statement that yields ``_row`` and ``text``, its values, and what to call it in a message."""

    statement: str
    bindings: Bindings
    label: str

    def ask(self, con: DuckDBPyConnection, select: str, bindings: Bindings | None = None) -> list[tuple]:
        statement = f"with dates as ({self.statement}) {select}"
        return con.execute(statement, (bindings or self.bindings).used_in(statement)).fetchall()


def choose(con: DuckDBPyConnection, column: Column, wanted: list[str]) -> Reading:
    """How to read the column: by the wanted formats, else as its values show.

    Refused where rows contradict each other (day first and month first), naming rows of both kinds. NeedsUser where every row allows both readings,
    where a mapping names no zone there is, and where offsets do not tell one clock.
    """
    wanted = [CLOCK + f.removesuffix("%z") if f.endswith("%z") and not ZONE.match(f) else f for f in wanted]
    _known_zones(con, column, wanted)
    formats = _best_wanted(con, column, wanted) if wanted else _found(con, column)
    if clocks := [f.removeprefix(CLOCK) for f in formats if f.startswith(CLOCK)]:
        _one_clock(con, column, clocks[0])
    if wanted and len(formats) == 1:
        _no_contradiction(con, column, formats[0])
        return Reading(tuple(formats))
    fixed = [f for f in formats if not _day_or_month_first(f)]
    open_ones = [f for f in formats if _day_or_month_first(f)]
    if not open_ones:
        return Reading(tuple(fixed))
    return Reading((*fixed, *_decide_order(con, column, open_ones)))


def candidates(text: str) -> list[str]:
    """The formats whose shape the text has; both orders where the shape leaves it open."""
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return [SERIAL]
    if half := HALF_DAY.match(text):
        turned = f"{half[1]} {half[3]} AM".strip()
        return [HALVES + f for f in _all_formats() if f.startswith("%Y") and _pattern(f).fullmatch(turned)]
    if offset := OFFSET.match(text):
        return [CLOCK + f for f in _all_formats() if f.startswith("%Y") and _pattern(f).fullmatch(offset[1])]
    return [f for f in _all_formats() if _pattern(f).fullmatch(text)]


def _known_zones(con: DuckDBPyConnection, column: Column, wanted: list[str]) -> None:
    """NeedsUser where a format names no zone there is."""
    for zone in {match[1] for f in wanted if (match := ZONE.match(f))}:
        if not con.execute("select 1 from pg_timezone_names() where name = $zone", {"zone": zone}).fetchall():
            raise NeedsUser(
                f"“{column.label}”的 format 写的时区“{zone}”不存在；例如 Asia/Shanghai",
                f"there is no zone {zone}, which the format of {column.label} names; one there is: Asia/Shanghai",
            )


def _one_clock(con: DuckDBPyConnection, column: Column, form: str) -> None:
    """NeedsUser where all times are universal, so that nobody says whose clock is meant, and where they are of several zones.

    A zone without an offset in winter has one in summer: side by side they are one clock.
    """
    bindings = Bindings(dict(column.bindings.values))
    pattern = bindings.add(OFFSET.pattern)
    rows = column.ask(con, f"select distinct regexp_extract(text, {pattern}, 2) from dates where regexp_full_match(text, {pattern}) limit 50", bindings)
    offsets = {offset: _minutes(offset) for (offset,) in rows}
    if set(offsets.values()) == {0}:
        told = ("是世界标准时，文件没有说明中心的时区", "are universal time, and the file does not say in which zone the centers are")
    elif offsets and max(offsets.values()) - min(offsets.values()) > SUMMER_MIN:
        told = ("不是同一个时区的钟点", "are not of one zone")
    else:
        return
    seen = ", ".join(sorted(offsets)[:4])
    raise NeedsUser(
        f"“{column.label}”的时间（{seen}）{told[0]}。请在映射中写明 format：“Asia/Shanghai {form}”换算为该时区的钟点，“UTC {form}”换算为世界标准时",
        f"the times of {column.label} ({seen}) {told[1]}. Say it in the mapping: format = 'Asia/Shanghai {form}' turns them into that zone's clock,"
        f" 'UTC {form}' into universal time",
    )


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
    if not _day_or_month_first(chosen):
        return
    bindings = Bindings(dict(column.bindings.values))
    here, swapped = Reading((chosen,)).sql("text", bindings), Reading((_swapped(chosen),)).sql("text", bindings)
    rows = column.ask(
        con, f"select _row from dates where {here} is null and {swapped} is not null order by _row limit 11", bindings
    )
    if rows:
        numbers = row_list([row for (row,) in rows])
        raise Refused(
            f"“{column.label}”的日期应为 {chosen}，但这些行只能读作 {_swapped(chosen)}：第 {numbers} 行；其余行的日和月可能也已颠倒，整个文件未导入",
            f"{column.label}: dates should be {chosen}, but these rows can only be {_swapped(chosen)}: rows {numbers}; "
            "others may be swapped unseen, so nothing was loaded",
        )


def _decide_order(con: DuckDBPyConnection, column: Column, formats: list[str]) -> list[str]:
    day_first = [f for f in formats if f.startswith("%d")]
    month_first = [f for f in formats if f.startswith("%m")]
    bindings = Bindings(dict(column.bindings.values))
    days, months = Reading(tuple(day_first)).sql("text", bindings), Reading(tuple(month_first)).sql("text", bindings)
    select = f"select _row, {days} as days, {months} as months from dates where text is not null"
    ((only_days, only_months, open_rows),) = column.ask(
        con,
        f"""select list(_row order by _row) filter (months is null and days is not null), list(_row order by _row) filter (days is null and months is not null),
        count(*) filter (days <> months) from ({select})""",
        bindings,
    )
    if only_days and only_months:
        raise Refused(
            f"“{column.label}”的日期混用了两种顺序：第 {row_list(only_days)} 行为日/月/年，第 {row_list(only_months)} 行为月/日/年",
            f"{column.label} mixes two orders of dates: rows {row_list(only_days)} are day/month/year, rows {row_list(only_months)} month/day/year",
        )
    if not only_days and not only_months and open_rows:
        raise NeedsUser(
            f"“{column.label}”的日期每一行都可读作日/月/年或月/日/年，请在映射中写明 format（例如 {formats[0]}）",
            f"every date of {column.label} can be read as day/month/year or month/day/year: say which in the mapping, e.g. format = {formats[0]!r}",
        )
    return month_first if only_months else day_first


@cache
def _all_formats() -> tuple[str, ...]:
    return tuple(
        date + time
        for date in (*YEAR_FIRST, *DAY_FIRST, *MONTH_FIRST, *NAMED_MONTH)
        for time in TIMES
        if time != "%H%M%S" or date == "%Y%m%d"
    )


@cache
def _pattern(form: str) -> re.Pattern:
    return re.compile("".join(PATTERNS.get(part, re.escape(part)) for part in re.split(r"(%[A-Za-z])", form)))


def _day_or_month_first(form: str) -> bool:
    return _without_zone(form).startswith(("%d/%m", "%d-%m", "%d.%m", "%m/%d", "%m-%d", "%m.%d"))


def _swapped(form: str) -> str:
    day = _without_zone(form)
    return form.removesuffix(day) + day[3:5] + day[2] + day[:2] + day[5:]


def _without_zone(form: str) -> str:
    """The format without the zone, or the mark, before it."""
    zoned = ZONE.match(form)
    return zoned[2] if zoned else form.removeprefix(CLOCK)


def _read(text: str, form: str, bindings: Bindings) -> str:
    if form == SERIAL:
        return _serial(text)
    if form.startswith(CLOCK):
        offset = bindings.add(OFFSET.pattern)
        clock = _to_the_second(f"regexp_replace({text}, {offset}, '\\1')", form.removeprefix(CLOCK), bindings)
        return f"case when regexp_full_match({text}, {offset}) then {clock} end"
    if zoned := ZONE.match(form):
        zone, written = bindings.add(zoned[1]), zoned[2].removesuffix("%z")
        moment = _to_the_second(f"regexp_replace(regexp_replace({text}, ' ?Z$', '+00:00'), ' ([+-][0-9:]+)$', '\\1')", written, bindings, "%z")
        return f"timezone({zone}, coalesce({moment}, timezone('UTC', {_to_the_second(text, written, bindings)})))"
    if not form.startswith(HALVES):
        return f"try_strptime({text}, {bindings.add(form)})"
    pattern, whole = bindings.add(HALF_DAY.pattern), bindings.add(f".*({AFTERNOON}).*")
    half = f"case when regexp_full_match({text}, {whole}) then 'PM' else 'AM' end"
    turned = f"concat(regexp_replace({text}, {pattern}, '\\1 \\3 '), {half})"
    return f"case when regexp_full_match({text}, {pattern}) then try_strptime({turned}, {bindings.add(form.removeprefix(HALVES))}) end"


def _to_the_second(text: str, form: str, bindings: Bindings, behind: str = "") -> str:
    """The time, of a second or a fraction of one: programs leave the fraction out where it is nothing."""
    forms = [form, f"{form}.%f"] if form.endswith("%S") else [form]
    reads = [f"try_strptime({text}, {bindings.add(one + behind)})" for one in forms]
    return f"coalesce({', '.join(reads)})" if len(reads) > 1 else reads[0]


def _serial(text: str) -> str:
    """An Excel serial: days since 1899-12-30, to the second."""
    days = f"try_cast({text} as double)"
    return f"case when {days} between 10000 and 99999 then timestamp '1899-12-30' + to_seconds(round({days} * 86400)::bigint) end"
