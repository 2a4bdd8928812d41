"""Counts by stretches of a day, as switches report them: what adds them up to days."""

import re
from itertools import pairwise

from duckdb import DuckDBPyConnection

from qa.contract import TABLES, Type
from qa.contract.header_words import TOTALS
from qa.importing.mapping import Condition, Fill
from qa.importing.names import take_apart
from qa.importing.shapes import Shape
from qa.importing.source import Source
from qa.importing.sql import trimmed
from qa.importing.totals import adds_up
from qa.text import Text

HEADERS = (
    "time", "interval", "halfhour", "hour", "starttime", "intervalstart", "intervalstarttime",
    "时段", "时间段", "时间", "小时", "统计时段", "统计时间", "开始时间",
)  # fmt: skip
# The end of a time at which a stretch may begin, and of one at which a day does.
QUARTER, MIDNIGHT = re.compile(r":(00|15|30|45)(:00(\.0+)?)?( ?[AaPp][Mm])?$"), re.compile(r"[ T]0?0:00(:00(\.0+)?)?$|[ T]12:00(:00)? ?[Aa][Mm]$")
CLOCK = r"\d{1,2}(:\d{2}(:\d{2})?)?( ?[AaPp][Mm])?"
EACH_CLOCK = re.compile(r"(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?(?: ?([AaPp])[Mm])?")
DAY_S = 86_400
STRETCH = re.compile(rf"^{CLOCK}( ?[-~–—至到] ?{CLOCK})?$")
ADDED = (Type.INTEGER, Type.SECONDS)
# A threshold is the same for all stretches.
KEPT = ("target_s",)


def by_day(con: DuckDBPyConnection, source: Source, shapes: list[Shape], fill: Fill) -> tuple[Fill, dict[str, Text], set[int]]:
    """The fill of counts with its rows added up to days, that this is assumed, and the column that tells; the fill itself where its rows are days already.

    Only where a column names a stretch of the day in every row, none twice and none within another one, so that nothing is counted double; it may be
    the column of days, with the time at which the stretch begins.
    """
    keys = [name for column in ("period", "center_id", "queue", "direction") if (take := fill.columns.get(column)) for name in take.sources]
    day = source.columns.index(fill.columns["period"].sources[0]) if fill.columns["period"].sources else None
    if day is not None and _begins(shapes[day]):
        stretch: int | None = day
    else:
        stretch = next((i for i, name in enumerate(source.columns) if name not in keys and take_apart(name).core in HEADERS and _stretches(shapes[i])), None)
    if stretch is None or fill.columns["grain"].constant != "day":
        return fill, {}, set()
    sums = _sums(con, source, fill, stretch, shapes[stretch])
    if sums is None or not _each_once(con, source, [*map(source.columns.index, keys), stretch], sums):
        return fill, {}, set()
    columns = {
        name: take.model_copy(update={"agg": "sum"}) if take.sources and name not in KEPT and TABLES[fill.fills].by_name[name].type in ADDED else take
        for name, take in fill.columns.items()
    }
    note = Text(
        f"话务汇总：每行是一天中的一个时段（“{source.columns[stretch]}”），按天相加；同一天的各时段须在同一个文件里，后导入的文件会替换当天的数",
        f"call_counts: each row is a stretch of a day ({source.columns[stretch]}); they are added up to days, so a file has to hold"
        " whole days: a later one replaces the counts of its days",
    )
    notes = {"grain": note}
    if sums:
        fill = fill.model_copy(update={"where": [*fill.where, Condition(column=source.columns[stretch], filled=True if "" in sums else None, not_among=sums)]})
        notes["totals stretch"] = Text(
            f"“{source.columns[stretch]}”为“{'、'.join(word or '空' for word in sums)}”的行是当天各时段的合计，不导入，以免重复计算",
            f"rows whose {source.columns[stretch]} says {', '.join(word or 'nothing' for word in sums)} are totals of the stretches and are left out, so"
            " that nothing counts twice",
        )
    return fill.model_copy(update={"columns": columns, "group_by": keys}), notes, {stretch}


def _sums(con: DuckDBPyConnection, source: Source, fill: Fill, stretch: int, shape: Shape) -> list[str] | None:
    """What stands in a column of stretches where a row sums up the others, '' for nothing; None where something else stands there too."""
    column, times = source.columns[stretch], set(_stretches(shape) or shape.values)
    words = [value for value in shape.values if value not in times]
    if any(word.lower() not in TOTALS and not adds_up(con, source, fill, column, word) for word in words):
        return None
    return [*words, *([""] if adds_up(con, source, fill, column, None) else [])]


def _stretches(shape: Shape) -> list[str]:
    """The stretches of a day in a column of them; none where they overlap, and where more stands in it than them and a word for their total."""
    found = [value for value in shape.values if STRETCH.match(value)]
    others = [value for value in shape.values if not STRETCH.match(value) and value.lower() not in TOTALS]
    return found if len(others) <= 1 and not _overlap(tuple(found)) else []


def _begins(shape: Shape) -> bool:
    """Whether these are the times at which quarters, halves or whole hours of days begin."""
    return shape.moments and shape.share(QUARTER.search) == 1 and shape.share(MIDNIGHT.search) != 1


def _overlap(stretches: tuple[str, ...]) -> bool:
    """Whether some of the stretches that say when they end go on when another one begins: hours beside half-hours, or the whole day."""
    spans = sorted((clocks[0], clocks[1] if clocks[1] > clocks[0] else clocks[1] + DAY_S) for clocks in map(_clocks, stretches) if len(clocks) > 1)
    return any(end > begin for (_begin, end), (begin, _end) in pairwise(spans))


def _clocks(stretch: str) -> list[int]:
    """The clocks that a stretch names, in seconds of the day; none where only one of them says which half of it."""
    found, clocks = [], EACH_CLOCK.findall(stretch)
    for hours, minutes, seconds, half in clocks if len({bool(clock[3]) for clock in clocks}) == 1 else []:
        hour = int(hours) % 12 + 12 * (half.lower() == "p") if half else int(hours)
        found.append(hour * 3600 + int(minutes or 0) * 60 + int(seconds or 0))
    return found


def _each_once(con: DuckDBPyConnection, source: Source, places: list[int], sums: list[str]) -> bool:
    """Whether every row that is no total names a stretch, none names one twice, and no total stands without its stretches."""
    *keys, filled = (trimmed(f"c{i}", source.tidy) for i in places)
    same, is_sum = ", ".join(f"coalesce({cell}, '')" for cell in keys) or "true", f"list_contains($sums, coalesce({filled}, ''))"
    statement = f"""select count(*) filter (not total), count(stretch) filter (not total), count(distinct (same, stretch)) filter (not total),
        count(distinct same) = count(distinct same) filter (not total)
        from (select ({same}) as same, {filled} as stretch, {is_sum} as total from {source.view})"""
    (every, stretches, different, none_alone) = con.execute(statement, {"sums": sums}).fetchone()
    return none_alone and every == stretches == different
