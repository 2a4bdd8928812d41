"""A mapping proposed from column names in Chinese and English and from what the values look like."""

from dataclasses import dataclass, field

from duckdb import DuckDBPyConnection

from qa.contract import TABLES
from qa.importing.clues import Clues
from qa.importing.filling import fill_of
from qa.importing.intervals import by_day
from qa.importing.left_out import ambiguous, left_out, many_calls, no_call_log, no_day, no_year
from qa.importing.likeness import OF_MANY
from qa.importing.mapping import Fill, Mapping
from qa.importing.matching import match
from qa.importing.names import take_apart
from qa.importing.shapes import column_shapes
from qa.importing.source import Source
from qa.importing.stand_ins import DERIVED, FOLLOW_UP, RECORDS, SINGLES, SUMMARY, SUMS, TELLING
from qa.importing.totals import without_totals
from qa.importing.wide_items import items_of
from qa.text import Text

# What only a log of calls says, and the codes of rows that are about some calls, by table.
ANSWERED_BY = {"answered", "wait_s"}
OF_SOME_CALLS = {"evaluations": {"evaluation_id", "evaluator_id"}, "complaints": {"complaint_id"}, "surveys": {"survey_id"}}
# How many columns of a table a file has to have before it is taken for an incomplete one.
NEAR = 3


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
        matched = match(TABLES[name], clues)
        if name == "calls" and (about := _about_calls(matched, clues)):
            notes.append(no_call_log(TABLES[about], matched, clues))
            continue
        if name in FOLLOW_UP and any(fill.fills in RECORDS for fill in fills):
            continue
        if summing := _sums_up(name, matched, clues):
            many += [many_calls(TABLES[name], summing)] if _telling(name, matched) else []
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
        notes += [*assumed.values(), *left_out(name, matched, fill, clues)]
    nearest = _nearest(clues)
    complete = bool(fills) and not (nearest and _says_more(nearest, fills))
    if not complete and nearest:
        fills, notes = _incomplete(*nearest, clues)
    fills = [fill for name in DERIVED for fill in _derived(name, fills, clues, notes)] + fills
    named = Mapping(table=fills).mentions() | {source.columns[i] for i in telling}
    fits = [column for column in source.columns if column in named and source.columns.count(column) == 1]
    unusable = [no_year(column, shape) for column, shape in zip(source.columns, clues.shapes, strict=True) if shape.yearless]
    unusable += [note for known in zip(source.columns, clues.names, clues.shapes, strict=True) for note in ambiguous(*known)]
    unusable += [] if complete else [*many, *no_day(clues)]
    likest = [] if fills else [source.columns[i] for i in sorted(max((match(TABLES[name], clues) for name in TELLING), key=len).values())]
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
    fills, notes = [fill], [*assumed.values(), *left_out(name, matched, fill, clues)]
    rated = match(TABLES["surveys"], clues)
    if name == "calls" and _ride_along(fill, rated, clues) and _telling("surveys", rated):
        fill, assumed = fill_of(TABLES["surveys"], rated, clues)
        fills, notes = [*fills, fill], [*notes, *assumed.values(), *left_out("surveys", rated, fill, clues)]
    return fills, notes


def _about_calls(calls: dict[str, int], clues: Clues) -> str:
    """The table whose rows tell of some calls, by a code of their own; '' where there is none, or the file is a log of calls.

    A log says of each call whether it was answered or how long it waited. These calls are not all there were, and less is known of them.
    """
    if not _telling("calls", calls) or ANSWERED_BY & calls.keys():
        return ""
    return next((name for name, codes in OF_SOME_CALLS.items() if codes & (matched := match(TABLES[name], clues)).keys() and _telling(name, matched)), "")


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
        matched = match(TABLES[name], clues)
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
    derived = DERIVED[name](mention, fills, clues.columns, match(TABLES[name], clues), notes)
    # What is no record of the one is none of the other either.
    return [fill.model_copy(update={"where": [*fill.where, *telling.where]}) if fill.group_by else fill for fill in derived]
