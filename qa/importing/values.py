"""Text -> values of the contract's types, as SQL. What cannot be read for sure reads as null, and is reported by who asked."""

from collections.abc import Mapping as Words

from qa.contract import Column, Type
from qa.importing.date_forms import Reading
from qa.importing.sql import Bindings, one_of
from qa.importing.words import NOBODY, NOT_YET, NOTHING, UNNAMED, said_of, synonyms

FACTORS = {"ms": "0.001", "s": "1", "min": "60", "h": "3600", "day": "86400", "clock": "1"}
HUNDREDTHS = {"percent": "0.01", "points": "1"}
FREE_TEXT = ("comment",)
LONGEST_NOTHING = 1 + max(len(word.encode()) for word in (*NOTHING, *NOBODY, *UNNAMED))
EXACT = "decimal(18,3)"
THOUSANDS = r"^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$"
# Points between thousands; any other point stands before decimals, also in a column with decimal commas: 12.5 is never 125.
THOUSAND_POINTS = r"^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?\D*$"
# 36:00:00, and 0 days 00:04:12 as programs write spans of time.
CLOCK = r"^(\d+ days? )?\d+:[0-5]?\d:[0-5]?\d(\.\d+)?$"
SHORT_CLOCK = r"^\d+:[0-5]\d(\.\d+)?$"
# A duration as a spreadsheet shows it that takes it for a time of day: 12:02:23 AM is two minutes. Later hours may be clocks.
AFTER_MIDNIGHT = r"^12:[0-5]\d:[0-5]\d ?[Aa][Mm]$"
# 3分42秒, 1 小时 2 分, 1h2m, 3'42": hours, minutes and seconds in groups 1 to 3.
SPOKEN = (
    r"^(?i:(?:(\d+) *(?:个?小时|时|hours?|hrs?|h) *)?(?:(\d+) *(?:分钟?|minutes?|mins?|m|['’′]) *)?"
    r"(?:(\d+(?:\.\d+)?) *(?:秒钟?|seconds?|secs?|s|''|[\"”″]))?)$"
)
PLAIN_MOBILE = r"^1[3-9]\d{9}$"
MOBILE = r"^(\+?86)?1[3-9]\d{9}$"
LANDLINE = r"^0\d{2,3}-?[2-9]\d{6,7}$"
FOREIGN = r"^\+\d{8,15}$"
LINK = r"^(?i:tel|sips?):.*$"
# What no code of a customer is written with: blanks, letters of other scripts, and the sign of an address.
NO_CODE = r"[^\x21-\x7e]|@"
# (555) 123-4567, 555-123-4567 and 555.123.4567, with signs that no other code has so.
AMERICAN = r"^(\+?1[ .-]?)?(\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}$"
# A code as a spreadsheet or a program shows a long number, with most of its digits left out.
LOST_DIGITS = r"^\d([.,]\d+)?[Ee]\+\d{1,3}$"
IDENTITY_CARD = r"^\d{17}[\dXx]$"
# In prose other numbers than Chinese mobiles are told from orders and accounts by their signs: +33612345678, (512) 555-0111, 512-555-0111.
PHONE_IN_TEXT = r"(^|[^\d])(1[3-9]\d{9}|\+\d{8,15}|\(\d{3}\) ?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4})([^\d]|$)"


def value(
    column: Column, text: str, bindings: Bindings, unit: str | None = None, reading: Reading | None = None
) -> str:
    """SQL for the column's value from trimmed text."""
    match column.type:
        case Type.TEXT:
            return _allowed(column, text, bindings) if column.allowed else whole_code(column, text, bindings)
        case Type.BOOLEAN:
            yes, no = said_of(column)
            return words(text, {"true": yes, "false": no}, "boolean", bindings)
        case Type.INTEGER:
            return _whole(number(text, bindings))
        case Type.NUMBER:
            return f"try_cast({_percent(text, unit, bindings) if unit in HUNDREDTHS else number(text, bindings)} as {column.type.value})"
        case Type.SECONDS:
            return f"try_cast({seconds(text, unit or 's', bindings)} as {column.type.value})"
        case _:
            read = (reading or Reading(())).sql(text, bindings)
            return f"cast({read} as {column.type.value})"


def mapped(
    column: Column, text: str, values: Words[str, object], otherwise: str, bindings: Bindings, plain: str
) -> str:
    """SQL for a column with a value map: exact text first, then without regard to case; other text as ``plain`` or null."""
    kind = column.type.value
    exact = " ".join(
        f"when {text} = {bindings.add(said)} then {_literal(meant, kind, bindings)}" for said, meant in values.items()
    )
    loose = " ".join(
        f"when lower({text}) = {bindings.add(said.lower())} then {_literal(meant, kind, bindings)}"
        for said, meant in values.items()
    )
    return f"case {exact} {loose} else {plain if otherwise == 'keep' else f'cast(null as {kind})'} end"


def words(text: str, meanings: Words[str, tuple[str, ...]], kind: str, bindings: Bindings) -> str:
    """SQL: the meaning one of whose words the text is, else null."""
    cases = " ".join(
        f"when {one_of(f'lower({text})', said, bindings)} then {_literal(meaning, kind, bindings)}"
        for meaning, said in meanings.items()
    )
    return f"case {cases} end"


def number(text: str, bindings: Bindings) -> str:
    """SQL: the text as an exact decimal; commas between thousands are allowed."""
    commas = f"case when regexp_full_match({text}, {bindings.add(THOUSANDS)}) then try_cast(replace({text}, ',', '') as decimal(24,8)) end"
    points = f"case when regexp_full_match({text}, {bindings.add('^.*[0-9][分星]$')}) then try_cast(rtrim({text}, '分星') as decimal(24,8)) end"
    return f"coalesce(try_cast({text} as decimal(24,8)), {commas}, {points})"


def with_point(text: str, bindings: Bindings) -> str:
    """SQL: the text of a number with a decimal comma, written with a point."""
    pointed = f"contains({text}, '.') and not regexp_full_match({text}, {bindings.add(THOUSAND_POINTS)})"
    return f"case when {pointed} then {text} else replace(replace({text}, '.', ''), ',', '.') end"


def seconds(text: str, unit: str, bindings: Bindings) -> str:
    """SQL: a duration in seconds: ``222``, ``3.7`` minutes, ``0:03:42``, ``03:42`` (minutes and seconds), ``12:03:42 AM``, ``3分42秒``, ``1h2m``, ``3'42"``.

    The unit ``clock`` takes no bare numbers; where the unit is ``h``, 8:30 is hours and minutes.
    """
    long, short, night = (f"regexp_full_match({text}, {bindings.add(pattern)})" for pattern in (CLOCK, SHORT_CLOCK, AFTER_MIDNIGHT))
    since_midnight = f"epoch(try_cast(rtrim({text}, ' AaMm') as interval)) % 43200"
    parts = f"({_minutes(text)}) * 60" if unit == "h" else _minutes(text)
    clock = f"case when {long} then epoch(try_cast({text} as interval)) when {short} then {parts} when {night} then {since_midnight} end"
    spoken, exact = _spoken(text, bindings), f"try_cast({text} as {EXACT})"
    if unit == "clock":
        plain = spoken
    elif unit == "s":
        plain = f"coalesce({exact}, {spoken}, try_cast({number(text, bindings)} as {EXACT}))"
    else:
        fine, commas = (
            f"{read} * {FACTORS[unit]}" for read in (f"try_cast({text} as decimal(18,9))", number(text, bindings))
        )
        plain = f"try_cast(coalesce({fine}, {spoken}, {commas}) as {EXACT})"
    return f"case when contains({text}, ':') then try_cast({clock} as {EXACT}) else {plain} end"


def nothing(column: Column, text: str, bindings: Bindings) -> str:
    """SQL: the text only says that there is nothing to say; never where something has to be said."""
    if not column.may_be_null:
        return "false"
    said = (*NOTHING, *(NOBODY if column.references else UNNAMED if column.name == "customer_id" else ()))
    if column.type in (Type.DATE, Type.TIMESTAMP):
        said += NOT_YET
    return one_of(f"lower({text})", said, bindings)


def something(column: Column, text: str, bindings: Bindings) -> str:
    """The text itself, unless it is one of the short words for nothing; prose is left alone."""
    whole = whole_code(column, text, bindings)
    if column.name in FREE_TEXT or not column.may_be_null:
        return whole
    return f"case when strlen({text}) < {LONGEST_NOTHING} and {nothing(column, text, bindings)} then null else {whole} end"


def whole_code(column: Column, text: str, bindings: Bindings) -> str:
    """SQL: the text; null for a code like 1.38E+10 or 1,38e+10, which stands for any of ten million."""
    if not column.name.endswith("_id"):
        return text
    return f"case when contains({text}, '+') and regexp_full_match({text}, {bindings.add(LOST_DIGITS)}) then null else {text} end"


def is_mobile(text: str, bindings: Bindings) -> str:
    """SQL: the whole text is a mobile number without any signs."""
    return f"regexp_full_match({text}, {bindings.add(PLAIN_MOBILE)})"


def is_no_code(text: str, bindings: Bindings) -> str:
    """SQL: the text is a name or an address rather than a code."""
    return f"regexp_matches({text}, {bindings.add(NO_CODE)})"


def looks_private(text: str, bindings: Bindings) -> str:
    """SQL: the whole text is a telephone number or an identity card's number."""
    bare = f"regexp_replace({text}, '[ ()-]', '', 'g')"
    patterns = (MOBILE, LANDLINE, FOREIGN, IDENTITY_CARD)
    tests = " or ".join(f"regexp_full_match({bare}, {bindings.add(pattern)})" for pattern in patterns)
    tests += f" or regexp_full_match({text}, {bindings.add(AMERICAN)})"
    link = f"contains({text}, ':') and regexp_full_match({text}, {bindings.add(LINK)})"
    return f"case when length({text}) between 9 and 24 and ascii({text}) < 58 then {tests} else {link} end"


def _allowed(column: Column, text: str, bindings: Bindings) -> str:
    same = one_of(text, column.allowed, bindings)
    return f"case when {same} then {text} else {words(text, synonyms(column.allowed), 'varchar', bindings)} end"


def _literal(meant: object, kind: str, bindings: Bindings) -> str:
    said = str(meant).lower() if isinstance(meant, bool) else str(meant)
    return f"cast({bindings.add(said)} as {kind})"


def _whole(exact: str) -> str:
    return f"case when {exact} = trunc({exact}) then try_cast({exact} as bigint) end"


def _percent(text: str, unit: str, bindings: Bindings) -> str:
    """Percent as a number; null for one without a sign in a column where no such number is above one: 0.95 may be a share as well."""
    read = number(f"rtrim({text}, ' %％')", bindings)
    bare = f"case when not regexp_matches({text}, {bindings.add('[%％]')}) then {read} end"
    return f"case when {bare} > 0 and max({bare}) over () <= 1 then null else {read} * {HUNDREDTHS[unit]} end"


def _minutes(text: str) -> str:
    return f"try_cast(split_part({text}, ':', 1) as bigint) * 60 + try_cast(split_part({text}, ':', 2) as double)"


def _spoken(text: str, bindings: Bindings) -> str:
    pattern = bindings.add(SPOKEN)
    parts = [
        f"coalesce(try_cast(regexp_extract({text}, {pattern}, {i}) as decimal(12,3)), 0) * {factor}"
        for i, factor in ((1, 3600), (2, 60), (3, 1))
    ]
    return f"case when regexp_full_match({text}, {pattern}) then cast({' + '.join(parts)} as {EXACT}) end"
