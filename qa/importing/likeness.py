"""How surely a header of a file means a column of the contract."""

import re
from functools import cache

from qa.contract import Column, Type
from qa.importing.names import Name, take_apart
from qa.importing.shapes import Shape

PEOPLE_AND_PLACES = ("名称", "姓名", "name")
CUSTOMERS = ("customer", "caller", "client", "客户", "用户", "来电", "主叫")
# A header that ends so says how much, and is no code or name of what stands before: Agent.InteractionDuration, 坐席通话次数.
HOW_MUCH = re.compile("(duration|time|date|count|rate|score|percent|时长|时间|日期|次数|数量|率|得分|分数)$")
# A header that begins so says what many calls come to, and no single one: Avg Talk Time, 平均通话时长.
OF_MANY = re.compile("^(avg|average|mean|max|min(?!ute)|平均|人均|日均|最大|最长|最短|最小)")
# How long a call took from its first ring to the end, as far as the header tells: talk time only where there is no better column.
WHOLE_CALL = ("duration", "callduration", "时长", "通话总时长")
# What follows a word where things are counted: Transfers, Hold Count.
COUNTED = re.compile("(s|counts?|numbers?|rate|percent|次数|个数|数|率)$")
# What may follow a word in an English header of codes: Agent Login, but not Agent Shift; Customer No, but not Customer City.
CODE_WORDS = ("", "id", "uuid", "no", "nr", "num", "number", "code", "key", "ref", "reference", "name", "username", "login", "email")
# Names that say something else inside a longer header: VIP Status, Contract Start, Ringing Duration, 工单提交时间.
WHOLE_ONLY = frozenset((
    "status", "outcome", "disposition", "start", "duration", "submitted", "submittedat", "submissiontime", "submissiondate", "提交时间", "填写时间", "作答时间",
))  # fmt: skip
# What a Chinese header of codes ends on, behind whose codes they are: 座席号, 质检员工号, 中心代码.
CODE_ENDING = re.compile("(?<=[^\x00-\x7f]{2})(编号|代码|账号|工号|号|id)$")
EXACT, PARTLY = 2, 1


def likeness(column: Column, name: Name) -> int:
    """EXACT where the header is one of the column's names, PARTLY where one is in it and nothing else changes what it says, else 0."""
    known, whole = names_of(column)
    if column.name == "customer_id" and is_name_of_customers(name):
        return 0
    if name.core in known or name.whole in known | whole:
        return EXACT
    if column.name.endswith("_id") and (whose := CODE_ENDING.sub("", name.core)) != name.core and whose in known:
        return EXACT
    if column.type is Type.TEXT and HOW_MUCH.search(name.core) or OF_MANY.match(name.core):
        return 0
    near = (k for k in known - WHOLE_ONLY if (len(k) >= 5 or (len(k) >= 3 and not k.isascii())) and _is_part(k, name.core, column))
    return PARTLY if any(near) else 0


def is_name_of_customers(name: Name) -> bool:
    """Whether a header says that its column holds what customers are called: two may be called alike, and names are no pseudonyms."""
    return name.core.endswith(PEOPLE_AND_PLACES) and name.core.startswith(CUSTOMERS)


@cache
def names_of(column: Column) -> tuple[frozenset[str], frozenset[str]]:
    """What headers call the column: without units and brackets; and with brackets, which say more."""
    apart = [take_apart(alias) for alias in (column.name, column.label.zh, column.label.en, *column.aliases)]
    return frozenset(name.core for name in apart), frozenset(name.whole for name in apart if "(" in name.whole)


def is_in_full(column: Column, name: Name) -> bool:
    """Whether nothing of the header is left out of account: Duration (in call) before Duration (total) for talk time."""
    return name.whole in frozenset().union(*names_of(column))


def _is_part(word: str, core: str, column: Column) -> bool:
    """Whether the word in a longer header says what the column says. In English the words before and behind it change that: a ring group is no team."""
    _before, found, behind = core.partition(word)
    if column.type is not Type.TEXT and COUNTED.match(behind):
        return False
    if column.type is not Type.TEXT or not word.isascii():
        return bool(found)
    return bool(found) and column.name.endswith("_id") and behind in CODE_WORDS


def second_choice(column: Column, name: Name, shape: Shape) -> bool:
    """Whether the column is taken only where there is no better one: names where a code is wanted, times of day where a day is,

    seconds since 1970 where another column says the time as a clock does, and all calls where others count those that asked for an agent.
    """
    if column.type in (Type.DATE, Type.TIMESTAMP):
        return shape.time_of_day or shape.epochs
    if column.name == "talk_s":
        return name.core in WHOLE_CALL
    if column.name == "offered":
        return "人工" not in name.core
    return column.name.endswith("_id") and (name.core.endswith(PEOPLE_AND_PLACES) or not shape.coded)
