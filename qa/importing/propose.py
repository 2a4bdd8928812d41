"""A mapping proposed from column names in Chinese and English and from what the values look like."""

import re
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from qa.contract import TABLES, Column, Table, Type
from qa.importing import ratings
from qa.importing.intervals import by_day
from qa.importing.likeness import EXACT, PARTLY, is_in_full, likeness, second_choice
from qa.importing.mapping import Fill, Mapping, Take
from qa.importing.names import Name, take_apart
from qa.importing.shapes import Shape, column_shapes
from qa.importing.source import Source
from qa.importing.stand_ins import DERIVED, FOLLOW_UP, RECORDS, SINGLES, SUMMARY, SUMS, TELLING, Guess, stand_in
from qa.importing.wide_items import items_of
from qa.text import Text

TIMES_OF_DAY = ("time", "时间", "时刻", "来电时间", "通话时间", "开始时间", "呼叫时间", "calltime", "starttime")
DAY_WORD = re.compile("(日期|date)$")
TELEPHONE = re.compile("(phone|mobile|caller(no|number|id)|callingnumber|endpointaddress|originatordn|^ani(no|number)?$|^caller$|号码|电话|手机|主叫)")
RATED = ("surveys", "score")
# How many columns of a table a file has to have before it is taken for an incomplete one.
NEAR = 3
# No center's usual call takes so many seconds: some three hours.
NO_SECONDS = 10_000
# Durations that all are less than a second in milliseconds are counted in seconds.
A_SECOND = 1000
HUNDRED = re.compile(r"100(\.0+)?\s*[%％分]?$")
SHARE = re.compile(r"(0(\.\d+)?|\.\d+|1(\.0+)?)$")
NEEDED_FIT = {EXACT: 0.5, PARTLY: 0.9}


@dataclass
class Proposal:
    """The mapping, and what in it is an assumption rather than something the file says.

    ``unusable``: those of the notes that say why a column cannot be what it is called.
    """

    mapping: Mapping
    notes: list[Text] = field(default_factory=list)
    unusable: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Clues:
    """What is known of the file: its names taken apart and the shapes of its columns."""

    columns: list[str]
    names: list[Name]
    shapes: list[Shape]


def propose_for(con: DuckDBPyConnection, source: Source) -> Proposal:
    """The proposal for a source; its mapping fills no table when nothing was recognised."""
    clues = Clues(source.columns, [take_apart(name) for name in source.columns], column_shapes(con, source))
    fills: list[Fill] = []
    notes: list[Text] = []
    many: list[Text] = []
    used: set[int] = set()
    for name in TELLING:
        if name in DERIVED and fills or name in SINGLES and any(fill.fills in SUMS for fill in fills):
            continue
        matched = _match(TABLES[name], clues)
        if name in FOLLOW_UP and any(fill.fills in RECORDS for fill in fills):
            continue
        if summing := _sums_up(name, matched, clues):
            many += [_many(TABLES[name], summing)] if _telling(name, matched) else []
            continue
        if name == "surveys" and fills:
            _ride_along(fills[0], matched, clues)
        if not _telling(name, matched):
            continue
        fill, assumed = _fill(TABLES[name], matched, clues)
        if name == "surveys":
            assumed += _unread_ratings(matched, clues)
        if name == "call_counts":
            fill, added, stretch = by_day(con, source, clues.shapes, fill)
            assumed, matched = assumed + added, matched | stretch
        if not fill.lacking:
            items: list[Fill] = []
            if name == "evaluations":
                fill, items, told = items_of(con, source, clues.shapes, fill)
                assumed = [note for note in assumed if not items or "full_mark" not in note.en] + told
            fills += [fill, *items]
            notes += assumed
            used |= {*matched.values(), *(source.columns.index(name) for item in items for name in item.columns["points"].sources)}
    complete = bool(fills)
    if not complete and (nearest := _nearest(clues)):
        name, columns = nearest
        fill, notes = _fill(TABLES[name], columns, clues)
        fills, used = [fill], set(columns.values())
    fills = [fill for name in DERIVED for fill in _derived(name, fills, clues, notes)] + fills
    fits = [column for i, column in enumerate(source.columns) if i in used and source.columns.count(column) == 1]
    unusable = [_no_year(column, shape) for column, shape in zip(source.columns, clues.shapes, strict=True) if shape.yearless]
    unusable += [] if complete else many
    return Proposal(Mapping(fits=fits, sheet=source.sheet, table=fills), list(dict.fromkeys([*notes, *unusable])), unusable)


def _no_year(column: str, shape: Shape) -> Text:
    day = shape.values[0]
    return Text(
        f"“{column}”只有月和日（如 {day}），没有年份，不能作为日期；请在来源中补上年份",
        f"{column} has months and days without a year (such as {day}) and cannot be a date; add the year at the source",
    )


def _many(table: Table, column: str) -> Text:
    return Text(
        f"“{column}”表明一行是多通话务的合计，不能作为逐条的“{table.label.zh}”；若每行确为一条，请加上编号列",
        f"{column} says that each row stands for many, so they are no single {table.label.en.lower()}; if each is one, add a column with its id",
    )


def _match(table: Table, clues: Clues) -> dict[str, int]:
    """Contract column -> source column, the surest pairs first; each source column serves one."""
    pairs = []
    for place, column in enumerate(table.columns):
        for i, name in enumerate(clues.names):
            if (alike := likeness(column, name)) and _fits(table, column, clues.shapes[i], NEEDED_FIT[alike]):
                choice = (second_choice(column, name, clues.shapes[i]), not is_in_full(column, name))
                pairs.append((-alike, not column.required, place, choice, i, column.name))
    matched: dict[str, int] = {}
    for *_order, i, found in sorted(pairs):
        if found not in matched and i not in matched.values():
            matched[found] = i
    return matched


def _fits(table: Table, column: Column, shape: Shape, needed: float) -> bool:
    return shape.fit(column) >= needed or (table.name, column.name) == RATED and shape.scale is not None


def _ride_along(calls: Fill, matched: dict[str, int], clues: Clues) -> None:
    """A call log with a column of ratings: its surveys were sent at the time of the call, and are about that call, its agent and its queue."""
    if calls.fills != "calls" or "score" not in matched and "satisfied" not in matched:
        return
    for name, of_call in (("sent_at", "started_at"), ("call_id", "call_id"), ("agent_id", "agent_id"), ("queue", "queue")):
        if name not in matched and of_call in calls.columns and (sources := calls.columns[of_call].sources):
            matched[name] = clues.columns.index(sources[0])


def _unread_ratings(matched: dict[str, int], clues: Clues) -> list[Text]:
    """Columns that are called ratings and hold none that can be read, where the surveys have no others: they would count as not answered, unsaid."""
    if "score" in matched or "satisfied" in matched:
        return []
    score = TABLES["surveys"].by_name["score"]
    unread = [i for i, name in enumerate(clues.names) if i not in matched.values() and likeness(score, name) == EXACT and clues.shapes[i].values]
    return [
        Text(
            f"调查：“{clues.columns[i]}”的取值（如 {clues.shapes[i].values[0]}）不是数字，也不是一套已知的满意度用词，没有读取，各行按未参评计；"
            "请在映射中用 values 写明各取值的含义",
            f"surveys: what {clues.columns[i]} says (such as {clues.shapes[i].values[0]}) is neither a number nor of one known scale of words and is not read,"
            " so that every row counts as not answered; say in the mapping with values what it means",
        )
        for i in unread
    ]


def _sums_up(name: str, matched: dict[str, int], clues: Clues) -> str:
    """The header that says that each row stands for many, where no row has a key of its own or of a call; else ''."""
    single = name not in RECORDS or TABLES[name].key[0] in matched or "call_id" in matched
    return "" if single else next((column for column, known in zip(clues.columns, clues.names, strict=True) if SUMMARY.search(known.core)), "")


def _telling(name: str, matched: dict[str, int]) -> bool:
    return any(all(column in matched for column in needed) for needed in TELLING[name])


def _nearest(clues: Clues) -> tuple[str, dict[str, int]] | None:
    """For a file that fills no table: the one it comes nearest to, with the columns that match, so that a person can add the rest."""
    near = []
    for name, tellings in TELLING.items():
        matched = _match(TABLES[name], clues)
        told = max(sum(column in matched for column in needed) / len(needed) for needed in tellings)
        if told and len(matched) >= NEAR and not _sums_up(name, matched, clues):
            near.append((len(matched), told, name, matched))
    return max(near, key=lambda found: found[:2])[2:] if near else None


def _fill(table: Table, matched: dict[str, int], clues: Clues) -> tuple[Fill, list[Text]]:
    """A take for each column that is matched or assumed, and the assumptions."""
    takes: dict[str, Take] = {}
    worded, assumed = _of_words(table, matched, clues)
    fine = _in_milliseconds(table, matched, clues)
    commas, told = _decimal_commas(table, matched, clues)
    assumed += told
    for column in table.columns:
        if column.name in worded:
            takes[column.name] = worded[column.name]
        elif column.name in matched:
            takes[column.name] = _take(column, matched, clues, table.name != "targets")
            if column.name in fine:
                takes[column.name] = takes[column.name].model_copy(update={"unit": "ms"})
            if column.name in commas:
                takes[column.name] = takes[column.name].model_copy(update={"decimal": ","})
        elif (guess := stand_in(table, column, {c: clues.columns[i] for c, i in matched.items()}, takes)) is not None:
            takes[column.name] = guess.take
            assumed.append(guess.note)
        elif column.name == "grain" and "period" in matched:
            takes["grain"] = Take(constant="month" if clues.shapes[matched["period"]].months else "day")
    if table.name == "evaluations" and "score" in matched and (guess := _full_mark(matched, clues)):
        takes["full_mark"] = guess.take
        assumed = [note for note in assumed if "full_mark" not in note.en] + [guess.note]
    if fine:
        names = [clues.columns[matched[name]] for name in fine]
        zh, en = "”“".join(names), ", ".join(names)
        assumed.append(Text(f"通话：“{zh}”的数值大得不可能是秒，按毫秒计", f"calls: {en} cannot be seconds and count as milliseconds"))
    if silent := next((take.unless for take in worded.values() if take and take.unless), None):
        takes |= {name: take.model_copy(update={"unless": silent}) for name, take in takes.items() if take and take.when and take.when.column == silent.column}
    return Fill(fills=table.name, columns={name: take for name, take in takes.items() if take}), assumed


def _decimal_commas(table: Table, matched: dict[str, int], clues: Clues) -> tuple[list[str], list[Text]]:
    """The numbers with a decimal comma; where some show it, also those that could be either, 1,234 and 1.234, for a program writes all alike."""
    numbers = {name: clues.shapes[i] for name, i in matched.items() if table.by_name[name].type in (Type.NUMBER, Type.INTEGER, Type.SECONDS)}
    shown = [name for name, shape in numbers.items() if shape.decimal == ","]
    wanted = {name: "." if table.by_name[name].type is Type.INTEGER else ",." for name in numbers}
    others = [name for name, shape in numbers.items() if shown and shape.open_signs and shape.open_signs in wanted[name]]
    if not others:
        return shown, []
    pattern, names = clues.columns[matched[shown[0]]], [clues.columns[matched[name]] for name in others]
    note = Text(
        f"“{pattern}”的小数点写作逗号，因此“{'”“'.join(names)}”也这样读：1,234 为 1.234，1.234 为 1234",
        f"{pattern} has decimals behind a comma, and so {', '.join(names)} is read: 1,234 as 1.234, and 1.234 as 1234",
    )
    return [*shown, *others], [note]


def _full_mark(matched: dict[str, int], clues: Clues) -> Guess | None:
    """The full mark that the scores show: 100 of scores in percent, whatever else the file says; 1 of shares. None where they show none."""
    score, name = clues.shapes[matched["score"]], clues.columns[matched["score"]]
    if "full_mark" in matched and score.percent and clues.shapes[matched["full_mark"]].share(HUNDRED.match) < 1:
        told = clues.columns[matched["full_mark"]]
        note = Text(
            f"质检评定：“{name}”为百分比，满分一律记为 100，不取“{told}”列",
            f"evaluations: {name} is in percent, so full_mark is 100 for every row and not what {told} says",
        )
        return Guess(Take(constant=100), note)
    if "full_mark" not in matched and score.values and score.share(SHARE.match) == 1 and any(v.strip("0.1") for v in score.values):
        note = Text(
            f"质检评定：“{name}”都在 0 与 1 之间，满分按 1 计，例如表格软件中的百分比",
            f"evaluations: {name} is between 0 and 1 in every row, as percent are kept in a spreadsheet, so full_mark is 1",
        )
        return Guess(Take(constant=1), note)
    return None


def _in_milliseconds(table: Table, matched: dict[str, int], clues: Clues) -> list[str]:
    """The durations of single calls that no header gives a unit, where one of them would take hours in most calls: a program counts all alike."""
    plain = {
        name: shape for name, i in matched.items() if table.by_name[name].type is Type.SECONDS and not clues.names[i].unit
        and (shape := clues.shapes[i]).whole and max(map(int, shape.values)) >= A_SECOND
    }  # fmt: skip
    return list(plain) if table.name == "calls" and any(shape.middle >= NO_SECONDS for shape in plain.values()) else []


def _of_words(table: Table, matched: dict[str, int], clues: Clues) -> tuple[dict[str, Take | None], list[Text]]:
    """What a column of words of satisfaction fills, None for a score there is not; and the assumptions."""
    place = matched.get("score") if table.name == "surveys" else None
    if place is None or (scale := clues.shapes[place].scale) is None:
        return {}, []
    found = ratings.takes(clues.columns[place], clues.shapes[place].values, scale)
    own = {name: take for name, take in found.items() if name != "satisfied" or name not in matched}
    return {"score": None} | own, ratings.notes(clues.shapes[place].values, scale)


def _take(column: Column, matched: dict[str, int], clues: Clues, points: bool) -> Take:
    """How to read a matched column: with its time of day from another column, or in its unit; ``points``: percent are points out of 100, not shares."""
    i = matched[column.name]
    name, shape = clues.columns[i], clues.shapes[i]
    if (
        column.type is Type.TIMESTAMP
        and shape.whole_days
        and (time := _time_of_day(clues, clues.names[i], set(matched.values()))) is not None
    ):
        return Take(source=[name, clues.columns[time]])
    if unit := unit_of(column, clues.names[i]):
        return Take(source=name, unit=unit)
    if is_telephone(column, clues.names[i]):
        return Take(source=name, hashed=True)
    if column.type is Type.NUMBER and shape.percent:
        return Take(source=name, unit="points" if points else "percent")
    return Take(source=name)


def is_telephone(column: Column, name: Name) -> bool:
    """Whether a header says that its column holds customers' telephone numbers, of which only pseudonyms are kept."""
    return column.name == "customer_id" and bool(TELEPHONE.search(name.core))


def unit_of(column: Column, name: Name) -> str | None:
    """The unit a header names for a column of seconds; None for seconds themselves, and where it names none."""
    return name.unit if column.type is Type.SECONDS and name.unit in ("ms", "min", "h") else None


def _time_of_day(clues: Clues, day: Name, taken: set[int]) -> int | None:
    """The column with the times of a column of days: the one called alike (呼叫日期, 呼叫时间) before any other."""
    stem = DAY_WORD.sub("", day.core)
    alike = (stem + "时间", stem + "时刻", stem + "time")
    free = [i for i in range(len(clues.names)) if i not in taken and clues.shapes[i].time_of_day]
    return next((i for words in (alike, TIMES_OF_DAY) for i in free if clues.names[i].core in words), None)


def _derived(name: str, fills: list[Fill], clues: Clues, notes: list[Text]) -> list[Fill]:
    """Centers or agents that facts mention, for a file that does not describe them itself."""
    key = f"{name[:-1]}_id"
    if any(fill.fills == name for fill in fills):
        return []
    mention = next((fill.columns[key] for fill in fills if key in fill.columns), None)
    if mention is None:
        return []
    return DERIVED[name](mention, fills, clues.columns, _match(TABLES[name], clues), notes)
