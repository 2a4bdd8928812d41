"""The forms in which people write dates and times, and SQL that reads them."""

import re
from dataclasses import dataclass
from functools import cache

from qa.importing.date_words import DAY_ORDER, MONTH_ORDER, YEAR_ORDER
from qa.importing.sql import Bindings

YEAR_FIRST = ("%y年%m月%d日", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y年%m月", "%Y%m%d", "%Y-%m", "%Y/%m", "%Y%m")
DAY_FIRST = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m.%d.%Y")
# Which of three numbers of two digits is the year, the text does not say.
SHORT = tuple(sign.join(order) for sign in "/-." for order in (("%d", "%m", "%y"), ("%m", "%d", "%y"), ("%y", "%m", "%d")))
NAMED_MONTH = ("%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%a, %d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b-%y", "%b-%Y", "%b %Y", "%B %Y")
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
# Seconds and milliseconds since 1970, universal time, of the years 2001 to 2033.
EPOCHS = {"epoch s": r"1\d{9}(\.\d+)?", "epoch ms": r"1\d{12}(\.\d+)?"}
# Marks a format that reads a text whose half of the day has been put behind the hour, as AM or PM.
HALVES = "halves "
MORNING, AFTERNOON = "上午|凌晨|早上|早晨", "下午|中午|晚上|傍晚"
HALF_DAY = re.compile(f"^(.*?)[ T]?({MORNING}|{AFTERNOON}) ?(\\d{{1,2}}:\\d{{2}}(?::\\d{{2}})?)$")
# Marks a format that reads a text without the day of the week in it: 2026-10-05 星期一, Mon 10/05/2026.
WEEKDAY = "weekday "
NAMED_DAY = re.compile(r"^(?:(?i:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? (.*)|(.*?\d日?) ?[（(]?(?:星期|周|礼拜)[一二三四五六日天][)）]?( ?\d.*)?)$")
# Marks a format that reads a text without the offset from universal time behind it: the clock it was written by.
CLOCK = "clock "
AHEAD, BEHIND = r"\+(?:0\d|1[0-4])(?::?(?:00|15|30|45))?", r"-(?:0\d|1[01])(?::?(?:00|30))?"
# 09:07:08-03:30 is a time with its offset; 09:00-10:00 and 09:00:00-12:00 are stretches of time, for no place is twelve hours behind.
OFFSET = re.compile(rf"^(?:(.*:\d{{2}}:\d{{2}}(?:\.\d+)?) ?(Z|{AHEAD}|{BEHIND})|(.*:\d{{2}}) ?(Z|{AHEAD}))$")
# A format that turns moments into the clock of a zone, those without an offset being universal: "Asia/Shanghai %Y-%m-%dT%H:%M:%S".
ZONE = re.compile(rf"^(UTC|[A-Za-z_]+/\S+) (%.*|{SERIAL}|{'|'.join(EPOCHS)}|{HALVES}.*)$")
ORDERED = {DAY_ORDER: "%d[/.-]%m", MONTH_ORDER: "%m[/.-]%d", YEAR_ORDER: "%y[/.-]%m"}
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
    "%a": r"[A-Za-z]{3}",
    "%b": r"[A-Za-z]{3}",
    "%B": r"[A-Za-z]{4,9}",
    "%p": r"[AaPp][Mm]",
}


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


def candidates(text: str) -> list[str]:
    """The formats whose shape the text has; both orders where the shape leaves it open."""
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return [SERIAL]
    if text.startswith("1") and (epochs := [form for form, pattern in EPOCHS.items() if re.fullmatch(pattern, text)]):
        return epochs
    if half := HALF_DAY.match(text):
        turned = f"{half[1]} {half[3]} AM".strip()
        return [HALVES + f for f in _shaped_like(turned) if f.startswith(("%Y", "%y年"))]
    if offset := OFFSET.match(text):
        return [CLOCK + f for f in _shaped_like(offset[1] or offset[3])]
    if named := NAMED_DAY.match(text):
        return [WEEKDAY + f for f in _shaped_like((named[1] or named[2]) + (named[3] or ""))]
    return _shaped_like(text)


def _shaped_like(text: str) -> list[str]:
    return [f for f in _formats_by_signs().get(_signs(text), ()) if pattern_of(f).fullmatch(text)]


@cache
def _formats_by_signs() -> dict[str, list[str]]:
    """The formats by what stands between their numbers: of some three hundred a few are left to be compared with a text."""
    by_signs: dict[str, list[str]] = {}
    for form in all_formats():
        numbers = re.sub("%[YmdHIMSfy]", "0", form)
        by_signs.setdefault(_signs(re.sub("%[abBp]", "a", numbers)), []).append(form)
    return by_signs


def _signs(text: str) -> str:
    return re.sub("[A-Za-z]+", "a", re.sub(r"\d+", "0", text))


@cache
def all_formats() -> tuple[str, ...]:
    """Every format of a day, alone and with each form of a time of day behind it."""
    return tuple(
        date + time
        for date in (*YEAR_FIRST, *DAY_FIRST, *MONTH_FIRST, *SHORT, *NAMED_MONTH)
        for time in TIMES
        if time != "%H%M%S" or date == "%Y%m%d"
    )


@cache
def pattern_of(form: str) -> re.Pattern:
    """What texts of the format look like; where no sign stands between year, month and day, each has all its digits: 202603 is a month and no day."""
    patterns = PATTERNS | ({"%m": r"\d{2}", "%d": r"\d{2}"} if "%Y%m" in form else {})
    return re.compile("".join(patterns.get(part, re.escape(part)) for part in re.split(r"(%[A-Za-z])", form)))


def in_words(form: str) -> bool:
    """Whether it is no format, but says in words how dates are to be read: "day first", or a zone alone."""
    return "%" not in form and without_zone(form) not in (SERIAL, *EPOCHS)


def order_of(form: str) -> str:
    """The order of a format whose numbers may mean something else in another one; '' where they cannot."""
    day = without_zone(form)
    return next((order for order, start in ORDERED.items() if re.match(start, day)), "")


def swapped(form: str) -> str:
    """A format that begins with day and month, with these exchanged."""
    day = without_zone(form)
    return form.removesuffix(day) + day[3:5] + day[2] + day[:2] + day[5:]


def has_short_year(form: str) -> bool:
    """Whether the format reads years of two digits; one for four digits takes such a year for one of antiquity."""
    return "%y" in form


def without_zone(form: str) -> str:
    """The format without the zone, or the mark, before it."""
    zoned = ZONE.match(form)
    return zoned[2] if zoned else form.removeprefix(CLOCK).removeprefix(WEEKDAY)


def _read(text: str, form: str, bindings: Bindings) -> str:
    if form == SERIAL:
        return _serial(text)
    if form in EPOCHS:
        return _epoch(text, form, bindings)
    if form.startswith(CLOCK):
        offset = bindings.add(OFFSET.pattern)
        clock = _to_the_second(f"regexp_replace({text}, {offset}, '\\1\\3')", form.removeprefix(CLOCK), bindings)
        return f"case when regexp_full_match({text}, {offset}) then {clock} end"
    if zoned := ZONE.match(form):
        return f"timezone({bindings.add(zoned[1])}, {_moment(text, zoned[2].removesuffix('%z'), bindings)})"
    if form.startswith(WEEKDAY):
        named = bindings.add(NAMED_DAY.pattern)
        rest = f"regexp_replace({text}, {named}, '\\1\\2\\3')"
        return f"case when regexp_full_match({text}, {named}) then {_strict(rest, form.removeprefix(WEEKDAY), bindings)} end"
    if not form.startswith(HALVES):
        return _strict(text, form, bindings)
    pattern, whole = bindings.add(HALF_DAY.pattern), bindings.add(f".*({AFTERNOON}).*")
    half = f"case when regexp_full_match({text}, {whole}) then 'PM' else 'AM' end"
    turned = f"concat(regexp_replace({text}, {pattern}, '\\1 \\3 '), {half})"
    return f"case when regexp_full_match({text}, {pattern}) then {_strict(turned, form.removeprefix(HALVES), bindings)} end"


def _strict(text: str, form: str, bindings: Bindings) -> str:
    """The text by a format; a year of two digits has two, which the engine does not mind."""
    read = f"try_strptime({text}, {bindings.add(form)})"
    if not has_short_year(form) or form not in all_formats():
        return read
    return f"case when regexp_full_match({text}, {bindings.add(pattern_of(form).pattern)}) then {read} end"


def _moment(text: str, form: str, bindings: Bindings) -> str:
    """The moment: by its offset where it has one, universal where not."""
    if not form.startswith("%"):
        return f"timezone('UTC', {_read(text, form, bindings)})"
    offset = f"regexp_replace(regexp_replace({text}, ' ?Z$', '+00:00'), ' ([+-][0-9:]+)$', '\\1')"
    known, universal = _to_the_second(offset, form, bindings, "%z"), f"timezone('UTC', {_to_the_second(text, form, bindings)})"
    return f"case when regexp_full_match({text}, {bindings.add(OFFSET.pattern)}) then {known} else {universal} end"


def _to_the_second(text: str, form: str, bindings: Bindings, behind: str = "") -> str:
    """The time, of a second or a fraction of one: programs leave the fraction out where it is nothing."""
    forms = [form, f"{form}.%f"] if form.endswith("%S") else [form]
    reads = [f"try_strptime({text}, {bindings.add(one + behind)})" if behind else _strict(text, one, bindings) for one in forms]
    return f"coalesce({', '.join(reads)})" if len(reads) > 1 else reads[0]


def _serial(text: str) -> str:
    """An Excel serial: days since 1899-12-30, to the second."""
    days = f"try_cast({text} as double)"
    return f"case when {days} between 10000 and 99999 then timestamp '1899-12-30' + to_seconds(round({days} * 86400)::bigint) end"


def _epoch(text: str, form: str, bindings: Bindings) -> str:
    """The universal time of so many seconds, or milliseconds, since 1970."""
    moment = f"make_timestamp(round(try_cast({text} as double) * {1_000_000 if form == 'epoch s' else 1000})::bigint)"
    return f"case when regexp_full_match({text}, {bindings.add(EPOCHS[form])}) then {moment} end"
