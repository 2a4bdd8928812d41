"""A mapping proposed from column names in Chinese and English and from what the values look like."""

from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from qa.contract import TABLES, Column, Table
from qa.importing.filling import Clues, fill_of
from qa.importing.intervals import by_day
from qa.importing.likeness import EXACT, PARTLY, is_in_full, likeness, second_choice
from qa.importing.mapping import Fill, Mapping
from qa.importing.names import take_apart
from qa.importing.shapes import Shape, column_shapes
from qa.importing.source import Source
from qa.importing.stand_ins import DERIVED, FOLLOW_UP, RECORDS, SINGLES, SUMMARY, SUMS, TELLING
from qa.importing.wide_items import items_of
from qa.text import Text

RATED = ("surveys", "score")
# How many columns of a table a file has to have before it is taken for an incomplete one.
NEAR = 3
NEEDED_FIT = {EXACT: 0.5, PARTLY: 0.9}


@dataclass
class Proposal:
    """The mapping, and what in it is an assumption rather than something the file says.

    ``unusable``: those of the notes that say why a column cannot be what it is called.
    """

    mapping: Mapping
    notes: list[Text] = field(default_factory=list)
    unusable: list[Text] = field(default_factory=list)


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
        fill, assumed = fill_of(TABLES[name], matched, clues)
        read, items = set(matched.values()), list[Fill]()
        if name == "call_counts":
            fill, told, stretch = by_day(con, source, clues.shapes, fill)
            assumed, read = assumed | told, read | stretch
        if fill.lacking:
            continue
        if name == "evaluations":
            fill, items, told = items_of(con, source, clues.shapes, fill)
            assumed |= told
        fills += [fill, *items]
        notes += [*assumed.values(), *(_unread_ratings(matched, clues) if name == "surveys" else [])]
        used |= read | {source.columns.index(column) for item in items for column in item.columns["points"].sources}
    complete = bool(fills)
    if not complete and (nearest := _nearest(clues)):
        name, columns = nearest
        fill, assumed = fill_of(TABLES[name], columns, clues)
        fills, notes, used = [fill], [*assumed.values()], set(columns.values())
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


def _derived(name: str, fills: list[Fill], clues: Clues, notes: list[Text]) -> list[Fill]:
    """Centers or agents that facts mention, for a file that does not describe them itself."""
    key = f"{name[:-1]}_id"
    if any(fill.fills == name for fill in fills):
        return []
    mention = next((fill.columns[key] for fill in fills if key in fill.columns), None)
    if mention is None:
        return []
    return DERIVED[name](mention, fills, clues.columns, _match(TABLES[name], clues), notes)
