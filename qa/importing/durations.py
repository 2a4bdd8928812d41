"""In what durations are counted whose header names no unit, and what the user is told of it."""

from qa.contract import Table, Type
from qa.importing.clues import Clues
from qa.importing.shapes import Shape
from qa.text import Text

# No center's usual call takes so many seconds: some three hours.
NO_SECONDS = 10_000
# Durations that all are less than a second in milliseconds are counted in seconds.
A_SECOND = 1000
A_DAY_H = 24
# So many different talk times, none of them above two minutes, may be counted in minutes.
MANY_SHORT, SHORT_S = 10, 120


def in_milliseconds(table: Table, matched: dict[str, int], clues: Clues) -> list[str]:
    """The durations of single calls that no header gives a unit, where one of them would take hours in most calls: a program counts all alike."""
    plain = {name: shape for name, shape in _without_unit(table, matched, clues).items() if shape.whole and max(map(int, shape.values)) >= A_SECOND}
    return list(plain) if table.name == "calls" and any(shape.middle >= NO_SECONDS for shape in plain.values()) else []


def coarse_units(table: Table, matched: dict[str, int], clues: Clues) -> dict[str, str]:
    """The durations of agents' days that no header gives a unit, with the one that they can only be counted in: nobody is logged in for seconds."""
    if table.name != "agent_days" or "login_s" not in matched:
        return {}
    plain = {name: shape.longest for name, shape in _without_unit(table, matched, clues).items()}
    login = plain.get("login_s") or 0
    unit = "h" if 0 < login <= A_DAY_H else "min" if 0 < login <= A_DAY_H * 60 else ""
    most = A_DAY_H if unit == "h" else A_DAY_H * 60
    return {name: unit for name, longest in plain.items() if unit and longest is not None and longest <= most}


def told_of_days(table: Table, matched: dict[str, int], clues: Clues, coarse: dict[str, str]) -> dict[str, Text]:
    """What ``coarse_units`` took the durations to be counted in."""
    if not coarse:
        return {}
    names, is_hours = [clues.columns[matched[name]] for name in coarse], "h" in coarse.values()
    zh, en = "”“".join(names), ", ".join(names)
    return {
        "hours": Text(
            f"{table.label.zh}：“{zh}”的数值小得不可能是一天的秒数，按{'小时' if is_hours else '分钟'}计",
            f"{table.name}: {en} is too little for the seconds of a day and counts as {'hours' if is_hours else 'minutes'}",
        )
    }


def told_of_short_calls(table: Table, matched: dict[str, int], clues: Clues) -> dict[str, Text]:
    """That talk times which no header gives a unit, and all of which are short, count as seconds."""
    shape = _without_unit(table, matched, clues).get("talk_s")
    if table.name != "calls" or shape is None or len(shape.values) < MANY_SHORT:
        return {}
    longest, name = shape.longest, clues.columns[matched["talk_s"]]
    if longest is None or longest > SHORT_S or shape.short_parts:
        return {}
    note = Text(
        f'通话：“{name}”最大为 {longest:g}，列名没有单位，按秒计；若是分钟，请在映射中写 talk_s = {{ from = "{name}", unit = "min" }}',
        f"calls: {name} is {longest:g} at most and its header names no unit, so it counts as seconds;"
        f' for minutes write talk_s = {{ from = "{name}", unit = "min" }}',
    )
    return {"short calls": note}


def told_of_other_units(table: Table, matched: dict[str, int], clues: Clues) -> dict[str, Text]:
    """That durations whose headers name no unit count as seconds, where another header says that its own are minutes or hours: nobody knows of the others."""
    named = next(((i, name) for i, name in ((i, clues.names[i]) for i in matched.values()) if name.unit in ("min", "h")), None)
    plain = {name: shape for name, shape in _without_unit(table, matched, clues).items() if shape.numbers}
    if named is None or not plain:
        return {}
    (i, told), first = named, next(iter(plain))
    names = [clues.columns[matched[name]] for name in plain]
    zh, en = "”“".join(names), ", ".join(names)
    note = Text(
        f"{table.label.zh}：“{clues.columns[i]}”写明了单位，“{zh}”没有，按秒计；若也是同一单位，请在映射中写明，例如"
        f' {first} = {{ from = "{names[0]}", unit = "{told.unit}" }}',
        f"{table.name}: {clues.columns[i]} names a unit, {en} none, which counts as seconds; where it is the same unit, say so in the mapping,"
        f' for example {first} = {{ from = "{names[0]}", unit = "{told.unit}" }}',
    )
    return {"other units": note}


def _without_unit(table: Table, matched: dict[str, int], clues: Clues) -> dict[str, Shape]:
    """The durations that no header gives a unit."""
    return {name: clues.shapes[i] for name, i in matched.items() if table.by_name[name].type is Type.SECONDS and not clues.names[i].unit}
