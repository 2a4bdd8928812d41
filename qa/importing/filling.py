"""What the columns that match a table fill of it: how their values are read, and what is assumed for the others."""

import re

from qa.contract import TABLES, Column, Table, Type
from qa.importing import ratings
from qa.importing.clues import Clues
from qa.importing.durations import coarse_units, in_milliseconds, told_of_days, told_of_other_units, told_of_short_calls
from qa.importing.mapping import Fill, Take
from qa.importing.names import Name
from qa.importing.private_codes import with_numbers_hidden
from qa.importing.stand_ins import Guess, stand_in
from qa.importing.words import PRESENT, synonyms
from qa.text import Text

TIMES_OF_DAY = ("time", "start", "时间", "时刻", "来电时间", "通话时间", "开始时间", "呼叫时间", "calltime", "starttime")
DAY_WORD = re.compile("(日期|date)$")
TELEPHONE = re.compile("(phone|mobile|caller(no|number|id)|callingnumber|endpointaddress|originatordn|^ani(no|number)?$|^caller$|号码|电话|手机|主叫)")
HUNDRED = re.compile(r"100(\.0+)?\s*[%％分]?$")
POINTS = re.compile(r"\d{1,2}(\.0+)?[分星]?$")
# Scales whose top somebody gave.
USUAL_TOPS = (5, 10)
WORDS_OF_DIRECTION = {word for said in synonyms(TABLES["calls"].by_name["direction"].allowed).values() for word in said}
# Nobody who scores by such a full mark gives less than one point in every evaluation.
LARGE_MARK = 50


def fill_of(table: Table, matched: dict[str, int], clues: Clues) -> tuple[Fill, dict[str, Text]]:
    """A take for each column that is matched or assumed, and the assumptions by what they are about."""
    takes: dict[str, Take] = {}
    worded, assumed = _of_words(table, matched, clues)
    fine, coarse = in_milliseconds(table, matched, clues), coarse_units(table, matched, clues)
    commas, told = _decimal_commas(table, matched, clues)
    assumed |= told
    shown = _shown_by_scores(table, matched, clues)
    for column in table.columns:
        if column.name in worded:
            takes[column.name] = worded[column.name]
        elif column.name in shown:
            takes[column.name], assumed[column.name] = shown[column.name].take, shown[column.name].note
        elif column.name in matched:
            takes[column.name] = _take(column, matched, clues, table.name != "targets")
            if column.name in fine:
                takes[column.name] = takes[column.name].model_copy(update={"unit": "ms"})
            if column.name in coarse:
                takes[column.name] = takes[column.name].model_copy(update={"unit": coarse[column.name]})
            if column.name in commas:
                takes[column.name] = takes[column.name].model_copy(update={"decimal": ","})
        elif (guess := stand_in(table, column, {c: clues.columns[i] for c, i in matched.items()}, takes)) is not None:
            takes[column.name] = guess.take
            assumed[column.name] = guess.note
        elif column.name == "grain" and "period" in matched:
            takes["grain"] = Take(constant="month" if clues.shapes[matched["period"]].months else "day")
            assumed |= _first_days(matched["period"], clues)
    if parts := [clues.columns[matched[name]] for name, take in takes.items() if take and take.unit == "day" and name in matched]:
        assumed["day parts"] = Text(
            f"“{'”“'.join(parts)}”是表格软件保存的时长（一天的几分之几），0.001 为 86.4 秒",
            f"{', '.join(parts)} holds durations as spreadsheets keep them, in parts of a day: 0.001 is 86.4 seconds",
        )
    if fine:
        names = [clues.columns[matched[name]] for name in fine]
        zh, en = "”“".join(names), ", ".join(names)
        assumed["milliseconds"] = Text(f"通话：“{zh}”的数值大得不可能是秒，按毫秒计", f"calls: {en} cannot be seconds and count as milliseconds")
    if "fatal_errors" in matched and clues.shapes[matched["fatal_errors"]].yes_or_no:
        name = clues.columns[matched["fatal_errors"]]
        assumed["fatal_errors"] = Text(
            f"质检评定：“{name}”只说有没有，“是”记为 1 个致命错误，“否”记为 0",
            f"evaluations: {name} says yes or no, which count as one fatal error and none",
        )
    assumed |= told_of_days(table, matched, clues, coarse) | told_of_short_calls(table, matched, clues)
    if not fine and not coarse:
        assumed |= told_of_other_units(table, matched, clues)
    if silent := next((take.unless for take in worded.values() if take and take.unless), None):
        takes |= {name: take.model_copy(update={"unless": silent}) for name, take in takes.items() if take and take.when and take.when.column == silent.column}
    hidden, told = with_numbers_hidden(table, takes, matched, clues)
    return Fill(fills=table.name, columns={name: take for name, take in {**takes, **hidden}.items() if take}), assumed | told


def _decimal_commas(table: Table, matched: dict[str, int], clues: Clues) -> tuple[list[str], dict[str, Text]]:
    """The numbers with a decimal comma; where some show it, also those that could be either, 1,234 and 1.234, for a program writes all alike."""
    numbers = {name: clues.shapes[i] for name, i in matched.items() if table.by_name[name].type in (Type.NUMBER, Type.INTEGER, Type.SECONDS)}
    counts = [name for name, shape in numbers.items() if table.by_name[name].type is Type.INTEGER and shape.pointed_thousands]
    shown = [name for name, shape in numbers.items() if shape.decimal == "," or name in counts]
    wanted = {name: "." if table.by_name[name].type is Type.INTEGER else ",." for name in numbers}
    others = [name for name, shape in numbers.items() if shown and name not in counts and shape.open_signs and shape.open_signs in wanted[name]]
    if counts:
        names = [clues.columns[matched[name]] for name in dict.fromkeys([*counts, *others])]
        said = next(v for v in numbers[counts[0]].values if "." in v)
        note = Text(
            f"“{'”“'.join(names)}”的点是千位分隔符：{said} 为 {said.replace('.', '')}",
            f"the points in {', '.join(names)} stand between thousands: {said} is {said.replace('.', '')}",
        )
        return list(dict.fromkeys([*shown, *others])), {"decimal": note}
    if not others:
        return shown, {}
    pattern, names = clues.columns[matched[shown[0]]], [clues.columns[matched[name]] for name in others]
    note = Text(
        f"“{pattern}”的小数点写作逗号，因此“{'”“'.join(names)}”也这样读：1,234 为 1.234，1.234 为 1234",
        f"{pattern} has decimals behind a comma, and so {', '.join(names)} is read: 1,234 as 1.234, and 1.234 as 1234",
    )
    return [*shown, *others], {"decimal": note}


def _first_days(period: int, clues: Clues) -> dict[str, Text]:
    """What is assumed of periods that all are first days of months."""
    name, shape = clues.columns[period], clues.shapes[period]
    if not shape.first_days and not shape.short_months:
        return {}
    if shape.short_months:
        first = shape.values[0]
        zh, en = f"按年月读，{first} 为 20{first[-2:]} 年", f"is read as months: {first} is one of 20{first[-2:]}"
    elif shape.months:
        zh, en = "都是各月的第一天，每行按整月计", "is the first day of a month in every row, so each counts for the whole month"
    else:
        zh = f"只有一个值 {shape.values[0]}，按这一天计；若是整月的数，请把 grain 改为 month"
        en = f"is {shape.values[0]} in every row and counts as that day; if it stands for the month, write grain = month"
    return {"grain": Text(f"话务汇总：“{name}”{zh}", f"call_counts: {name} {en}")}


def _shown_by_scores(table: Table, matched: dict[str, int], clues: Clues) -> dict[str, Guess]:
    """What the scores themselves show: the full mark of evaluations, the top of the scale of surveys."""
    if "score" not in matched:
        return {}
    found = {"evaluations": ("full_mark", _full_mark), "surveys": ("scale_max", _scale_max)}.get(table.name)
    guess = found and found[1](matched, clues)
    return {found[0]: guess} if found and guess else {}


def _scale_max(matched: dict[str, int], clues: Clues) -> Guess | None:
    """The top of a scale that whole scores show who reach it; None where they do not, and where the file says it."""
    score, name = clues.shapes[matched["score"]], clues.columns[matched["score"]]
    if "scale_max" in matched or not score.values or score.share(POINTS.match) < 1:
        return None
    given = [int(float(v.rstrip("分星"))) for v in score.values]
    top = max(given)
    # On a scale up to five a zero is nobody's answer.
    if top not in USUAL_TOPS or min(given) < (1 if top == 5 else 0):
        return None
    note = Text(
        f"调查：没有满分刻度列，“{name}”的最高分为 {top}，按 {top} 分制计；若不是，请改 scale_max",
        f"surveys: no column says the top of the scale; {name} goes up to {top}, which is taken for it: if it is another, correct scale_max",
    )
    return Guess(Take(constant=top), note)


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
    if "full_mark" in matched and score.parts and min(clues.shapes[matched["full_mark"]].numbers or [0]) >= LARGE_MARK:
        told = clues.columns[matched["full_mark"]]
        note = Text(
            f"质检评定：“{name}”都在 0 与 1 之间，是满分的几分之几，满分一律记为 1，不取“{told}”列",
            f"evaluations: {name} is between 0 and 1 in every row, a part of the full mark, so full_mark is 1 for every row and not what {told} says",
        )
        return Guess(Take(constant=1), note)
    if "full_mark" not in matched and score.parts:
        note = Text(
            f"质检评定：“{name}”都在 0 与 1 之间，满分按 1 计，例如表格软件中的百分比",
            f"evaluations: {name} is between 0 and 1 in every row, as percent are kept in a spreadsheet, so full_mark is 1",
        )
        return Guess(Take(constant=1), note)
    return None


def _of_words(table: Table, matched: dict[str, int], clues: Clues) -> tuple[dict[str, Take | None], dict[str, Text]]:
    """What a column of words of satisfaction fills, None for a score there is not; and the assumptions."""
    place = matched.get("score") if table.name == "surveys" else None
    if place is None or (scale := clues.shapes[place].scale) is None:
        return {}, {}
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
    if column.type is Type.SECONDS and not clues.names[i].unit and shape.short_parts:
        return Take(source=name, unit="day")
    if column.name == "direction" and (spoken := {v: said for v, said in shape.directions.items() if v.lower() not in WORDS_OF_DIRECTION}):
        return Take(source=name, values=spoken, otherwise="keep")
    if column.name == "fatal_errors" and shape.yes_or_no:
        return Take(source=name, values=dict(PRESENT))
    if is_telephone(column, clues.names[i]) or column.name == "customer_id" and shape.telephones:
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
