"""A mapping proposed from column names in Chinese and English and from what the values look like."""

import re
from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from qa.contract import TABLES, Column, Table
from qa.importing.clues import Clues
from qa.importing.filling import fill_of
from qa.importing.header import is_amount
from qa.importing.intervals import by_day
from qa.importing.likeness import EXACT, OF_MANY, PARTLY, is_in_full, is_name_of_customers, likeness, second_choice
from qa.importing.mapping import Fill, Mapping
from qa.importing.names import Name, take_apart
from qa.importing.shapes import Shape, column_shapes
from qa.importing.source import Source
from qa.importing.stand_ins import DERIVED, FOLLOW_UP, RECORDS, SINGLES, SUMMARY, SUMS, TELLING
from qa.importing.totals import without_totals
from qa.importing.wide_items import items_of
from qa.text import Text

RATED, ANSWERED = ("surveys", "score"), ("calls", "answered")
# Headers that may say what became of a call, and of much else.
OUTCOMES = ("status", "outcome", "calloutcome", "disposition", "calldisposition")
# Which key of a telephone stands for the best answer, every menu says otherwise.
KEYS = re.compile("按键|键值|keypress|dtmf")
# How many columns of a table a file has to have before it is taken for an incomplete one.
NEAR = 3
NEEDED_FIT = {EXACT: 0.5, PARTLY: 0.9}


@dataclass
class Proposal:
    """The mapping, and what in it is an assumption rather than something the file says.

    ``unusable``: those of the notes that say why a column cannot be what it is called. ``likest``: the columns known of the table
    that comes nearest, where they make up none.
    """

    mapping: Mapping
    notes: list[Text] = field(default_factory=list)
    unusable: list[Text] = field(default_factory=list)
    likest: list[str] = field(default_factory=list)


def propose_for(con: DuckDBPyConnection, source: Source) -> Proposal:
    """The proposal for a source; its mapping fills no table when nothing was recognised."""
    clues = Clues(source.columns, [take_apart(name) for name in source.columns], column_shapes(con, source))
    fills: list[Fill] = []
    notes: list[Text] = []
    many: list[Text] = []
    telling: set[int] = set()
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
        fill, assumed = fill_of(TABLES[name], matched, clues)
        items: list[Fill] = []
        if name in SUMS:
            fill, told = without_totals(con, source, fill)
            assumed |= told
        if name == "call_counts":
            fill, told, stretch = by_day(con, source, clues.shapes, fill)
            assumed, telling = assumed | told, telling | stretch
        if fill.lacking:
            continue
        if name == "evaluations":
            fill, items, told = items_of(con, source, clues.shapes, fill)
            assumed |= told
        fills += [fill, *items]
        notes += [*assumed.values(), *_left_out(name, matched, fill, clues)]
    nearest = _nearest(clues)
    complete = bool(fills) and not (nearest and _says_more(nearest, fills))
    if not complete and nearest:
        fills, notes = _incomplete(*nearest, clues)
    fills = [fill for name in DERIVED for fill in _derived(name, fills, clues, notes)] + fills
    named = Mapping(table=fills).mentions() | {source.columns[i] for i in telling}
    fits = [column for column in source.columns if column in named and source.columns.count(column) == 1]
    unusable = [_no_year(column, shape) for column, shape in zip(source.columns, clues.shapes, strict=True) if shape.yearless]
    unusable += [note for known in zip(source.columns, clues.names, clues.shapes, strict=True) for note in _ambiguous(*known)]
    unusable += [] if complete else many
    likest = [] if fills else [source.columns[i] for i in sorted(max((_match(TABLES[name], clues) for name in TELLING), key=len).values())]
    return Proposal(Mapping(fits=fits, sheet=source.sheet, table=fills), list(dict.fromkeys([*notes, *unusable])), unusable, likest)


def _says_more(nearest: tuple[str, dict[str, int]], fills: list[Fill]) -> bool:
    """Whether a file that could be a list of people is rather one of calls, answers or evaluations that lacks something."""
    name, matched = nearest
    table, most = TABLES[name], max(sum(bool(take.sources) for take in fill.columns.values()) for fill in fills)
    is_log = name in RECORDS and {table.key[0], table.time} <= matched.keys()
    return is_log and all(fill.fills in DERIVED for fill in fills) and len(matched) > most


def _incomplete(name: str, matched: dict[str, int], clues: Clues) -> tuple[list[Fill], list[Text]]:
    """What a file that lacks something would fill, the ratings of its calls too; and the assumptions."""
    fill, assumed = fill_of(TABLES[name], matched, clues)
    fills, notes = [fill], [*assumed.values(), *_left_out(name, matched, fill, clues)]
    rated = _match(TABLES["surveys"], clues)
    if name == "calls" and _ride_along(fill, rated, clues) and _telling("surveys", rated):
        fill, assumed = fill_of(TABLES["surveys"], rated, clues)
        fills, notes = [*fills, fill], [*notes, *assumed.values(), *_left_out("surveys", rated, fill, clues)]
    return fills, notes


def _no_year(column: str, shape: Shape) -> Text:
    day = shape.values[0]
    zh, en = ("；若指某年某月，请写成 2026-10 的形式", "; where it is a month of a year, write it as 2026-10") if shape.short_months else ("", "")
    return Text(
        f"“{column}”只有月和日（如 {day}），没有年份，不能作为日期；请在来源中补上年份{zh}",
        f"{column} has months and days without a year (such as {day}) and cannot be a date; add the year at the source{en}",
    )


def _ambiguous(column: str, name: Name, shape: Shape) -> list[Text]:
    """Why a column of ratings or amounts is not read, whose values may mean one thing as well as its contrary."""
    if KEYS.search(name.core) and shape.whole:
        return [
            Text(
                f"“{column}”是电话按键（如 {shape.values[0]}），哪个键表示最满意文件没有说，因此没有读取；请在映射中用 values 写明，"
                f'例如 score = {{ from = "{column}", values = {{ "1" = 5, "2" = 4 }} }}',
                f"{column} holds keys of a telephone (such as {shape.values[0]}), and the file does not say which is the best, so it is not read; say it in"
                f' the mapping, for example score = {{ from = "{column}", values = {{ "1" = 5, "2" = 4 }} }}',
            )
        ]
    if shape.mixed_percent and is_amount(column):
        share = next(v for v in shape.values if not v.endswith(("%", "％")))
        return [
            Text(
                f"“{column}”中既有百分比又有 {share} 这样不大于 1 的数，分不清是百分之几还是几分之几，因此没有读取；请在来源中统一写法",
                f"{column} has percent beside numbers up to one such as {share}, which may be percent or shares, so it is not read; write all of them one way",
            )
        ]
    return []


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
            if (alike := likeness(column, name)) and _fits(table, column, name, clues.shapes[i], NEEDED_FIT[alike]):
                choice = (second_choice(column, name, clues.shapes[i]), not is_in_full(column, name))
                pairs.append((-alike, not column.required, place, choice, i, column.name))
    matched: dict[str, int] = {}
    for *_order, i, found in sorted(pairs):
        if found not in matched and i not in matched.values():
            matched[found] = i
    if table.name == "calls" and "direction" not in matched:
        saying = [i for i, shape in enumerate(clues.shapes) if i not in matched.values() and shape.says_directions]
        matched |= {"direction": saying[0]} if saying else {}
    return matched


def _fits(table: Table, column: Column, name: Name, shape: Shape, needed: float) -> bool:
    if column.name == "customer_id" and shape.people or (table.name, column.name) == ANSWERED and name.core in OUTCOMES and not shape.outcomes:
        return False
    if (table.name, column.name) == RATED and KEYS.search(name.core) and shape.whole:
        return False
    return shape.fit(column) >= needed or (table.name, column.name) == RATED and shape.scale is not None


def _ride_along(calls: Fill, matched: dict[str, int], clues: Clues) -> bool:
    """Whether this is a call log with a column of ratings: its surveys were sent at the time of the call, and are about that call, its agent and

    its queue; what the log says of the call itself, the customer was not asked.
    """
    if calls.fills != "calls" or "score" not in matched and "satisfied" not in matched:
        return False
    for name, of_call in (("sent_at", "started_at"), ("call_id", "call_id"), ("agent_id", "agent_id"), ("queue", "queue")):
        if name not in matched and of_call in calls.columns and (sources := calls.columns[of_call].sources):
            matched[name] = clues.columns.index(sources[0])
    for name, of_call in (("resolved_first_time", "resolved"), ("reason", "reason")):
        if name in matched and of_call in calls.columns and clues.columns[matched[name]] in calls.columns[of_call].sources:
            del matched[name]
    return True


def _left_out(name: str, matched: dict[str, int], fill: Fill, clues: Clues) -> list[Text]:
    """What of the file a table does not take although it could, and why."""
    if name == "surveys":
        return [*_unread_ratings(matched, clues), *_no_scale(fill)]
    return [*_unread_directions(matched, clues), *_named_customers(matched, clues)] if name == "calls" else []


def _unread_directions(matched: dict[str, int], clues: Clues) -> list[Text]:
    """Columns that are called directions of calls and say none that is known, so that one is assumed for all."""
    direction = TABLES["calls"].by_name["direction"]
    unread = [i for i, name in enumerate(clues.names) if i not in matched.values() and likeness(direction, name) == EXACT and clues.shapes[i].values]
    return [
        Text(
            f"通话：“{clues.columns[i]}”的取值（如 {clues.shapes[i].values[0]}）看不出呼入还是呼出；若是呼叫方向，请在映射中用 values 写明各取值的含义",
            f"calls: what {clues.columns[i]} says (such as {clues.shapes[i].values[0]}) tells no direction;"
            " if it is one, say in the mapping with values what it means",
        )
        for i in unread
        if "direction" not in matched
    ]


def _named_customers(matched: dict[str, int], clues: Clues) -> list[Text]:
    """Columns of customers that look like names, where no other says who called."""
    if "customer_id" in matched:
        return []
    customer = TABLES["calls"].by_name["customer_id"]
    named = [
        column
        for i, (column, name, shape) in enumerate(zip(clues.columns, clues.names, clues.shapes, strict=True))
        if i not in matched.values() and shape.people and (is_name_of_customers(name) or likeness(customer, name))
    ]
    return [
        Text(
            f"通话：“{column}”的取值没有数字，像是姓名，因此不导入：同名的客户分不开。要算首次解决，请提供客户编号或号码列；"
            f'若它确是编号，请在映射中写 customer_id = "{column}"',
            f"calls: the values of {column} have no digit and look like names, so they are not imported: two customers may be called alike."
            " First-call resolution needs a column with a number or code of the customer;"
            f' if this one holds codes, write customer_id = "{column}" into the mapping',
        )
        for column in named
    ]


def _no_scale(surveys: Fill) -> list[Text]:
    """Scores up to nobody knows how much: they say how many answered, and of none whether he is satisfied."""
    if "score" not in surveys.columns or surveys.columns.keys() & {"scale_max", "satisfied"}:
        return []
    name = ", ".join(surveys.columns["score"].sources)
    return [
        Text(
            f"调查：文件没有说“{name}”最高是几分，0 是否表示未评价也不清楚，因此不算满意率；"
            "请在映射中写明 scale_max，例如 scale_max = { constant = 5 }，未评价的值用 unless 去掉",
            f"surveys: nothing says up to how much {name} goes, or whether 0 means not rated, so nobody counts as satisfied or not; say it in the mapping,"
            " for example scale_max = { constant = 5 }, and leave out with unless what means not rated",
        )
    ]


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


def of_many(header: str) -> bool:
    """Whether a header says that its column sums up many records: a mean, a rate, a count."""
    core = take_apart(header).core
    return "%" in header or bool(OF_MANY.match(core) or SUMMARY.search(core))


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


def _derived(name: str, fills: list[Fill], clues: Clues, notes: list[Text]) -> list[Fill]:
    """Centers or agents that facts mention, for a file that does not describe them itself."""
    key = f"{name[:-1]}_id"
    if any(fill.fills == name for fill in fills):
        return []
    telling = next((fill for fill in fills if key in fill.columns), None)
    if telling is None:
        return []
    mention = telling.columns[key]
    derived = DERIVED[name](mention, fills, clues.columns, _match(TABLES[name], clues), notes)
    # What is no record of the one is none of the other either.
    return [fill.model_copy(update={"where": [*fill.where, *telling.where]}) if fill.group_by else fill for fill in derived]
