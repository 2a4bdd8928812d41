"""Which column of a file is which column of a table: by its name, and by what its values look like."""

import re

from qa.contract import Column, Table, Type
from qa.importing.clues import Clues
from qa.importing.intervals import HEADERS
from qa.importing.likeness import EXACT, PARTLY, is_in_full, likeness, second_choice
from qa.importing.names import Name
from qa.importing.shapes import Shape

RATED, ANSWERED, FATAL = ("surveys", "score"), ("calls", "answered"), ("evaluations", "fatal_errors")
# Headers that may say what became of a call, and of much else.
OUTCOMES = ("status", "outcome", "calloutcome", "disposition", "calldisposition")
NEEDED_FIT = {EXACT: 0.5, PARTLY: 0.9}
# What in a header around the name of a column says that it is about something else: a rating of quality is no answer of a customer.
SOMETHING_ELSE = {
    ("calls", "started_at"): re.compile("survey|schedul|shift|callback|agent"),
    ("surveys", "score"): re.compile(
        "qa|quality|audit|evaluat|sentiment|fatal|previous|section|risk|lead|credit|recommend|nps|promoter|effort|质检|质量|推荐|费力"
    ),
    ("surveys", "satisfied"): re.compile("dis|not|un|不"),
    ("evaluations", "score"): re.compile("csat|nps|ces|effort|satisf|sentiment|survey|rating|customer|previous|section|满意|客户"),
    ("call_counts", "offered"): re.compile("[%％]|呼出|外呼|outbound"),
    ("call_counts", "answered"): re.compile(r"[%％\d]|within|target|insl|呼出|外呼|outbound"),
    ("call_counts", "abandoned"): re.compile(r"[%％\d]|within|呼出|外呼|outbound"),
    ("agent_days", "login_s"): re.compile("first|last|首次|末次"),
}
# Where a file says when agents left, it says under these headers when they came, and not for how long they stayed.
CAME, LEFT = ("logintime", "login", "logon", "登录时间", "签入时间"), re.compile("^(log(ged)?(out|off)|sign(ed)?out|登出|签出|退出)")
# A header that says its times are universal ones, which no clock of a center shows; UTC+8 is such a clock.
UNIVERSAL = re.compile(r"(utc|gmt)(?![+-]?\d)|zulu|世界时|世界标准时|格林尼治|格林威治")
# Which key of a telephone stands for the best answer, every menu says otherwise.
KEYS = re.compile("按键|键值|keypress|dtmf")
# A header that says no more than that there is a day, and the tables it is the day of, where something else says what the rows are.
ANY_DAY = ("date", "datetime", "dateandtime", "timestamp", "日期", "时间", "日期时间")
DAY_OF = {"evaluations": ("evaluated_at", {"evaluation_id", "evaluator_id"}), "surveys": ("sent_at", {"survey_id"})}


def match(table: Table, clues: Clues) -> dict[str, int]:
    """Contract column -> source column, the surest pairs first; each source column serves one."""
    pairs = []
    for place, column in enumerate(table.columns):
        for i, name in enumerate(clues.names):
            alike = likeness(column, name)
            if alike == PARTLY and (other := SOMETHING_ELSE.get((table.name, column.name))) and other.search(name.whole):
                continue
            if table.name == "agent_days" and name.core in CAME and any(LEFT.search(other.core) for other in clues.names):
                continue
            if alike and _fits(table, column, name, clues.shapes[i], NEEDED_FIT[alike]):
                choice = (second_choice(column, name, clues.shapes[i]), not is_in_full(column, name))
                pairs.append((-alike, not column.required, place, choice, i, column.name))
    if any(found == "customer_id" and clues.shapes[i].lost for *_order, i, found in pairs):
        # Beside the numbers of who called that are lost, another one is that of the center.
        pairs = [pair for pair in pairs if pair[-1] != "customer_id"]
    matched: dict[str, int] = {}
    for *_order, i, found in sorted(pairs):
        if found not in matched and i not in matched.values():
            matched[found] = i
    day, codes = DAY_OF.get(table.name, ("", set()))
    if codes & matched.keys() and "score" in matched and day not in matched and "answered_at" not in matched:
        free = [i for i, name in enumerate(clues.names) if name.core in ANY_DAY and i not in matched.values()]
        if free and clues.shapes[free[0]].values and clues.shapes[free[0]].fit(table.by_name[day]) >= NEEDED_FIT[PARTLY]:
            matched[day] = free[0]
    if table.name == "call_counts" and {"offered", "answered"} <= matched.keys() and "period" not in matched:
        times = [i for i, name in enumerate(clues.names) if name.core in (*ANY_DAY, *HEADERS) and i not in matched.values() and clues.shapes[i].moments]
        matched |= {"period": times[0]} if times else {}
    if table.name == "calls" and "direction" not in matched:
        saying = [i for i, shape in enumerate(clues.shapes) if i not in matched.values() and shape.says_directions]
        matched |= {"direction": saying[0]} if saying else {}
    return matched


def _fits(table: Table, column: Column, name: Name, shape: Shape, needed: float) -> bool:
    if column.name == "customer_id" and shape.people or (table.name, column.name) == ANSWERED and name.core in OUTCOMES and not shape.outcomes:
        return False
    if column.type in (Type.TIMESTAMP, Type.DATE) and UNIVERSAL.search(name.whole) and shape.clocks_alone:
        return False
    if (table.name, column.name) == RATED and KEYS.search(name.core) and shape.whole:
        return False
    if (table.name, column.name) == FATAL and shape.yes_or_no:
        return True
    return shape.fit(column) >= needed or (table.name, column.name) == RATED and shape.scale is not None
