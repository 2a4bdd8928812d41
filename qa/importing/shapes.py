"""What the values of a source column look like."""

import re
from dataclasses import dataclass, replace
from statistics import median

from duckdb import DuckDBPyConnection

from qa.contract import Column, Type
from qa.importing.date_forms import AFTERNOON, EPOCHS, MORNING, OFFSET, candidates
from qa.importing.ratings import Scale, scale_of
from qa.importing.source import Source
from qa.importing.sql import folded
from qa.importing.take import DAY_PART, trimmed
from qa.importing.values import AFTER_MIDNIGHT, CLOCK, LOST_DIGITS, SHORT_CLOCK, SPOKEN
from qa.importing.words import NOT_YET, NOTHING, OF_CALLS, ONLY_OF_CALLS, PRESENT, said_of, synonyms

SAMPLE = 400
TOGETHER = 20
MOSTLY = 0.9
NUMBER = re.compile(r"^[+-]?(\d+|[1-9]\d{0,2}(,\d{3})+)(\.\d+)?\s*[%％分星]?$")
# Numbers that only a decimal comma explains, and those that only a point does; 1,234 is neither.
COMMA = re.compile(r"^[+-]?(\d+,(\d{1,2}|\d{4,})|(0|\d{4,}),\d+|\d{1,3}(\.\d{3})+,\d+)\s*[%％分星]?$")
POINT = re.compile(r"^[+-]?(\d+\.(\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(,\d{3})+\.\d+)\s*[%％分星]?$")
# Numbers as they are written with a decimal comma, among them 1,234 and 1.234.
WITH_COMMA = re.compile(r"^[+-]?(\d+|[1-9]\d{0,2}(\.\d{3})+)(,\d+)?\s*[%％分星]?$")
POINTED = re.compile(r"^[1-9]\d{0,2}(\.\d{3})+$")
NUMERIC = re.compile(r"^[+-]?\d[\d.,]*\s*[%％分星]?$")
CODE = re.compile(r"^[\x21-\x7e]+$")
SHARE = re.compile(r"(0(\.\d+)?|\.\d+|1(\.0+)?)$")
FIRST_DAY = re.compile(r"^\d{4}[-/.年](0?[1-9]|1[0-2])[-/.月]0?1日?( 0?0:00(:00)?)?$")
FINE_PART = re.compile(r"^0?\.\d{4,}$")
A_THIRD_OF_AN_HOUR = 1 / 72
PLAIN, HOURS_AND_MINUTES = re.compile(r"^\d+(\.\d+)?$"), re.compile(r"^\d{1,2}:[0-5]\d$")
TELEPHONE = re.compile(r"^([2-9]\d{9}|0\d{9,10})$")
LOST = re.compile(LOST_DIGITS)
# A time of day, also as a spreadsheet writes one with fractions of a second, without its hour: 01:42.3.
CLOCK_ALONE = re.compile(r"^\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( ?[AaPp][Mm])?$")
CODED = re.compile(r"[\d@]")
CAPITALS = re.compile(r"^[A-Z_.\-]+$")
DURATION = re.compile(f"({CLOCK})|({SHORT_CLOCK})|({SPOKEN})|({AFTER_MIDNIGHT})")
SHORT_MONTH = re.compile(r"^[A-Za-z]{3}-(0[1-9]|[12]\d|3[01])$")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEARLESS = re.compile(r"^(\d{1,2}月\d{1,2}[日号].*|\d{1,2}[-/]\d{1,2} \d{1,2}:\d{2}.*|\d{1,2}[- ][A-Za-z]{3,9}( \d{1,2}:\d{2}.*)?)$")
INWARDS, OUTWARDS = re.compile("(?i)呼入|来电|进线|inbound|incoming"), re.compile("(?i)呼出|外呼|去电|outbound|outgoing")
# Words that are said of the direction of calls and of nothing else.
DIRECTIONS = ("inbound", "outbound", "incoming", "outgoing", "呼入", "呼出", "外呼")
COMPACT_TIME = r"([01]?\d|2[0-3])[0-5]\d[0-5]\d"
TIME_OF_DAY = re.compile(rf"^(((?:{MORNING}|{AFTERNOON}) ?)?\d{{1,2}}:\d{{2}}(:\d{{2}})?(\s*[AaPp][Mm])?|\d{{1,2}}时\d{{2}}分(\d{{2}}秒)?|{COMPACT_TIME})$")


@dataclass(frozen=True)
class Shape:
    """A column's filled values, as many as are needed to tell what they are; ``decimal``: the sign before its decimals in the file.

    ``day_parts``: all values of the column, not only these, are parts of a day with so many decimals that they can be nothing else.
    """

    values: tuple[str, ...]
    decimal: str = "."
    day_parts: bool = False

    def share(self, test) -> float:
        return sum(bool(test(value)) for value in self.values) / len(self.values) if self.values else 1.0

    def mostly(self, test) -> bool:
        return self.share(test) >= MOSTLY

    @property
    def percent(self) -> bool:
        return bool(self.values) and self.mostly(lambda v: v[-1] in "%％")

    @property
    def mixed_percent(self) -> bool:
        """Percent beside numbers up to one, of which nobody knows whether they are percent too or shares: 95% and 0.9."""
        return any(v[-1] in "%％" for v in self.values) and any(PLAIN.match(v) and 0 < float(v) <= 1 for v in self.values)

    @property
    def parts(self) -> bool:
        """Nothing but numbers from 0 to 1, and some between them."""
        return bool(self.values) and self.share(SHARE.match) == 1 and any(v.strip("0.1") for v in self.values)

    @property
    def numbers(self) -> list[float]:
        """The values where they are plain numbers; none where some are not."""
        return [float(v) for v in self.values] if self.share(PLAIN.match) == 1 else []

    @property
    def open_signs(self) -> str:
        """The signs in numbers that may be thousands as well as decimals: 1,234 and 1.234; '' where it is certain what they are, or where there are none."""
        if self.decimal == "," or not self.values or self.share(WITH_COMMA.match) < 1:
            return ""
        return "".join(sign for sign in ",." if any(sign in v for v in self.values))

    @property
    def pointed_thousands(self) -> bool:
        """Counts whose points can only stand between thousands: 1.234 or, beside 900, 1.000; a program that writes decimals writes 900.000 too."""
        pointed = [v for v in self.values if "." in v]
        if not pointed or self.share(lambda v: POINTED.match(v) or v.isdigit() and int(v) < 1000) < 1:
            return False
        return len(pointed) < len(self.values) or any(v.count(".") > 1 or not v.endswith(".000") for v in pointed)

    @property
    def whole(self) -> bool:
        """Nothing but whole numbers."""
        return bool(self.values) and all(v.isdigit() for v in self.values)

    @property
    def middle(self) -> float:
        """The median of whole numbers above nothing; 0 where there are none."""
        return median([int(v) for v in self.values if int(v)] or [0])

    @property
    def longest(self) -> float | None:
        """The largest of nothing but numbers, or of clocks of two parts, the second one counted as minutes; None of anything else."""
        if not self.values or self.share(lambda v: PLAIN.match(v) or HOURS_AND_MINUTES.match(v)) < 1:
            return None
        return max(int(v.split(":")[0]) + int(v.split(":")[1]) / 60 if ":" in v else float(v) for v in self.values)

    @property
    def scale(self) -> Scale | None:
        """The scale whose words of satisfaction the values are."""
        return scale_of(self.values)

    @property
    def coded(self) -> bool:
        """Codes: without blanks and without signs that only words have."""
        return self.mostly(CODE.match)

    @property
    def short_parts(self) -> bool:
        """Parts of a day that are durations of calls: half of them take less than a third of an hour. Hours and seconds would be longer or none."""
        return self.day_parts and median(map(float, self.values)) < A_THIRD_OF_AN_HOUR

    @property
    def people(self) -> bool:
        """Names rather than codes or addresses: no digit in them, and not all in capitals."""
        return bool(self.values) and self.mostly(lambda v: not CODED.search(v) and not CAPITALS.match(v))

    @property
    def telephones(self) -> bool:
        """Nothing but numbers that are as long as telephone numbers without a country's code are, and begin so; codes may be among them."""
        return bool(self.values) and self.share(TELEPHONE.match) == 1

    @property
    def lost(self) -> bool:
        """Codes most of which a spreadsheet has cut down to their first digits: 9.71527E+11."""
        return bool(self.values) and self.share(LOST.match) > 0.5

    @property
    def epochs(self) -> bool:
        """Seconds or milliseconds since 1970."""
        return bool(self.values) and self.mostly(lambda v: set(candidates(v)) & EPOCHS.keys())

    @property
    def dayless(self) -> bool:
        """Times of day, or of an hour, and nobody says of which day."""
        return bool(self.values) and self.mostly(CLOCK_ALONE.match)

    @property
    def time_of_day(self) -> bool:
        return bool(self.values) and (self.mostly(TIME_OF_DAY.match) or self.day_parts)

    @property
    def yearless(self) -> bool:
        """Days of a month, and nobody says of which year; Oct-01 too where the months of the year 2001 and so on would lie far apart."""
        return bool(self.values) and (self.mostly(YEARLESS.match) or self.short_months and _far_apart(self.values))

    @property
    def short_months(self) -> bool:
        """Months as a spreadsheet shows them, Oct-26, or days: Oct-26 is the 26th of October as well."""
        return bool(self.values) and self.share(SHORT_MONTH.match) == 1

    @property
    def clocks_alone(self) -> bool:
        """Times of which none says its offset from universal time."""
        return bool(self.values) and not any(map(OFFSET.match, self.values)) and any(":" in v for v in self.values)

    @property
    def moments(self) -> bool:
        """Days with a time of day."""
        return bool(self.values) and self.mostly(lambda v: any("%d" in f and ("%H" in f or "%I" in f) for f in candidates(v)))

    @property
    def whole_days(self) -> bool:
        """Dates without a time of day."""
        return self.mostly(lambda v: any("%" in f and "%H" not in f and "%I" not in f for f in candidates(v)))

    @property
    def first_days(self) -> bool:
        """Nothing but first days of months."""
        return bool(self.values) and self.share(FIRST_DAY.match) == 1

    @property
    def months(self) -> bool:
        """Nothing but months: ``2024-03``, ``Apr-15``, or the first days of several."""
        return self.first_days and len(self.values) > 1 or self.mostly(lambda v: all("%" in f and "%d" not in f for f in candidates(v)))

    @property
    def outcomes(self) -> bool:
        """What became of calls, and nothing that says less than whether somebody answered."""
        said = {v.lower() for v in self.values}
        return bool(said & ONLY_OF_CALLS) and said <= OF_CALLS

    @property
    def directions(self) -> dict[str, str]:
        """The values in whose own words a direction of calls is said: 普通来电, Inbound_Queue; not those that say both."""
        found = {v: (bool(INWARDS.search(v)), bool(OUTWARDS.search(v))) for v in self.values}
        return {v: "inbound" if inwards else "outbound" for v, (inwards, outwards) in found.items() if inwards != outwards}

    @property
    def yes_or_no(self) -> bool:
        """Nothing but words that say whether there is something."""
        return bool(self.values) and all(v.lower() in PRESENT for v in self.values)

    @property
    def says_directions(self) -> bool:
        """Nothing but directions of calls, whatever the header."""
        return bool(self.values) and self.share(lambda v: v.lower() in DIRECTIONS) == 1

    def fit(self, column: Column) -> float:
        """The share of the values that can be read as the column's type."""
        match column.type:
            case Type.TEXT:
                words = {word for said in synonyms(column.allowed).values() for word in said}
                spoken = self.directions if column.name == "direction" else {}
                return self.share(lambda v: v.lower() in words or v in spoken) if column.allowed else 1.0
            case Type.BOOLEAN:
                yes, no = said_of(column)
                return self.share(lambda v: v.lower() in yes or v.lower() in no)
            case Type.INTEGER | Type.NUMBER if self.mixed_percent:
                return 0.0
            case Type.INTEGER | Type.NUMBER:
                return self.share(NUMBER.match)
            case Type.SECONDS:
                return self.share(lambda v: NUMBER.match(v) or DURATION.match(v))
            case _ if self.yearless:
                return 0.0
            case _:
                return Shape(tuple(v for v in self.values if v.lower() not in NOT_YET)).share(candidates)


def says_day(value: str) -> bool:
    """Whether the value can be a day, alone or with a time of day, as people write it: with signs between its numbers."""
    return not value.isdigit() and any("%d" in form for form in candidates(value))


def _far_apart(months: tuple[str, ...]) -> bool:
    """Whether of the months from the first to the last one, each month-year as it is written, fewer than half are there."""
    places = sorted({int(month[-2:]) * 12 + MONTHS.index(month[:3].lower()) for month in months if month[:3].lower() in MONTHS})
    return len(places) > 1 and places[-1] - places[0] >= 2 * len(places)


def column_shapes(con: DuckDBPyConnection, source: Source) -> list[Shape]:
    """The shape of each column of a source, from its first filled values."""
    shapes = []
    for start in range(0, len(source.columns), TOGETHER):
        part = range(start, min(start + TOGETHER, len(source.columns)))
        texts = [f"select {trimmed(f'c{i}', source)} as v from {source.view} where v is not null limit {SAMPLE * 5}" for i in part]
        tests = [f"select list(distinct v) from ({text})" for text in texts]
        (found,) = con.execute(f"select {', '.join(f'({test})' for test in tests)}").fetchall()
        shapes += [Shape(tuple(folded(v) for v in sorted(values or ())[:SAMPLE] if folded(v).lower() not in NOTHING)) for values in found]
    shapes = [replace(shape, day_parts=_in_day_parts(con, source, place, shape)) for place, shape in enumerate(shapes)]
    return [_with_points(shape) for shape in shapes] if _decimal_comma(shapes) else shapes


def _in_day_parts(con: DuckDBPyConnection, source: Source, place: int, shape: Shape) -> bool:
    """Looked up in the whole column: among the first values in order of their signs, those below one hide the others."""
    if not any(map(FINE_PART.match, shape.values)) or shape.share(re.compile(f"^({DAY_PART})$").match) < 1:
        return False
    text = trimmed(f"c{place}", source)
    others = f"select count(*) from {source.view} where {text} is not null and not regexp_full_match({text}, $part)"
    return con.execute(others, {"part": DAY_PART}).fetchone() == (0,)


def _decimal_comma(shapes: list[Shape]) -> bool:
    """Whether the file writes decimals behind a comma: some numbers cannot mean anything else, and none has a point before its decimals."""
    marks = [mark for shape in shapes if shape.share(NUMERIC.match) == 1 for mark in (COMMA, POINT) for v in shape.values if mark.match(v)]
    return COMMA in marks and POINT not in marks


def _with_points(shape: Shape) -> Shape:
    """The column as with points, where its own numbers show that commas stand for them: elsewhere 1,234 may be a thousand."""
    if shape.share(NUMERIC.match) < 1 or not any(map(COMMA.match, shape.values)):
        return shape
    return Shape(tuple(v.replace(".", "").replace(",", ".") for v in shape.values), ",")
