"""Words of satisfaction: the scales they make up, and how a column of them fills a survey."""

import re
from dataclasses import dataclass

from qa.importing.mapping import Condition, Take
from qa.text import Text

# So many of the different answers are words of the scale; the others go to quarantine, where a person sees them.
MOSTLY = 0.5
# A survey that was sent, or would have been, and that nobody answered: no rating, and never a bad one.
UNANSWERED = (
    r"(?i)^(\d{1,2}\s*[-—–_:：.、]\s*)?(offered|unoffered|not offered|not rated|unrated|no rating|no response|no feedback"
    r"|(客户|用户|超时|挂机)?未(评|评价|评分|参评|参与|参与评价|作评价|做评价|回复|按键|邀评|邀请|推送)|无评价|不评价|放弃评价)$"
)
# How a menu's key or the points stand beside the word: 1-非常满意, 5：非常满意, 非常满意(5分).
KEY = re.compile(r"^\d{1,2}\s*[-—–_:：.、]\s*(?=\D)|\s*[(（]\d{1,3}分?[)）]$")
OWN = re.compile(r"[(（](\d{1,3})分[)）]$")
NUMBER = re.compile(r"^\d+([.,]\d+)?\s*[分星%％]?$")
BESIDE = re.compile(r",? with comment$|_with_comment$")


@dataclass(frozen=True)
class Scale:
    """The points of each word, ``top`` at most; ``satisfied``: from which on a customer is, where the configured boxes suit longer scales only.

    ``told``: what a proposal assumes by it.
    """

    points: dict[str, int]
    top: int
    told: Text
    satisfied: int | None = None


FIVE = Scale(
    {
        "非常满意": 5, "很满意": 5, "十分满意": 5, "满意": 4, "比较满意": 4, "较满意": 4, "基本满意": 4, "一般": 3,
        "不满意": 2, "不太满意": 2, "较不满意": 2, "非常不满意": 1, "很不满意": 1, "十分不满意": 1, "极不满意": 1,
        "very satisfied": 5, "extremely satisfied": 5, "satisfied": 4, "somewhat satisfied": 4, "neutral": 3, "neither satisfied nor dissatisfied": 3,
        "dissatisfied": 2, "somewhat dissatisfied": 2, "unsatisfied": 2,
        "very dissatisfied": 1, "extremely dissatisfied": 1, "very unsatisfied": 1, "extremely unsatisfied": 1,
    },
    5,
    Text("调查：满意度用词按五级计分（非常满意 5 … 非常不满意 1）", "surveys: words of satisfaction count as 5 (very satisfied) to 1 (very dissatisfied)"),
)  # fmt: skip
THREE = Scale(
    {"好评": 3, "中评": 2, "差评": 1},
    3,
    Text(
        "调查：好评、中评、差评按三级计分（3、2、1），好评为满意，其余为不满意",
        "surveys: 好评, 中评 and 差评 count as 3, 2 and 1 of 3; 好评 is satisfied, the others are not",
    ),
    3,
)
TWO = Scale(
    {"good": 2, "bad": 1},
    2,
    Text("调查：good 为满意，bad 为不满意，没有评分", "surveys: good is satisfied, bad is not; there is no score"),
    2,
)
OWN_POINTS = Text(
    "调查：满意度用词旁写有分数，按所写的分数计",
    "surveys: the points that stand beside the words of satisfaction are the scores",
)
SILENT = Text(
    "调查：写着“offered”“未评价”之类的行按未参评计，不当作零；其中未曾邀请评价的也计为已发送，参评率因此偏低",
    "surveys: rows that say offered, unoffered or the like count as sent and not answered, never as zero; those never offered lower the response rate",
)


def scale_of(words: tuple[str, ...]) -> Scale | None:
    """The scale that a column's answers are words of; None for other words, for words of several scales, and where some are numbers."""
    answers = [word for word in words if not is_unanswered(word)]
    known = [scale for scale in (FIVE, THREE, TWO) if any(plain(word) in scale.points for word in answers)]
    if len(known) != 1 or any(NUMBER.match(word) for word in answers):
        return None
    return known[0] if sum(plain(word) in known[0].points for word in answers) >= MOSTLY * len(answers) else None


def is_unanswered(word: str) -> bool:
    return bool(re.match(UNANSWERED, word))


def plain(word: str) -> str:
    """The word alone, without the key or the points beside it."""
    return BESIDE.sub("", KEY.sub("", word.strip()).lower())


def takes(column: str, words: tuple[str, ...], scale: Scale) -> dict[str, Take]:
    """What the column fills; of two words that only say satisfied or not there is no score."""
    points = scale.points | {word: scale.points[plain(word)] for word in words if plain(word) in scale.points and word.lower() not in scale.points}
    own = _own_points(words, scale)
    unless = Condition(column=column, matches=UNANSWERED) if any(map(is_unanswered, words)) else None
    found: dict[str, Take] = {}
    if own:
        found["score"] = Take(source=column, values=own, unless=unless)
    elif scale is not TWO:
        found |= {"score": Take(source=column, values=points, unless=unless), "scale_max": Take(constant=scale.top)}
    if scale.satisfied is not None:
        satisfied = {word: point >= scale.satisfied for word, point in points.items()}
        found["satisfied"] = Take(source=column, values=satisfied, unless=unless)
    return found


def _own_points(words: tuple[str, ...], scale: Scale) -> dict[str, int]:
    """The points that stand beside every answer where they are not those of the scale: 非常满意(10分); else nothing."""
    beside = {word: found for word in words if not is_unanswered(word) and (found := OWN.search(word.strip()))}
    own = {word: int(found[1]) for word, found in beside.items()}
    every = len(own) == sum(not is_unanswered(word) for word in words)
    return own if every and any(point != scale.points.get(plain(word)) for word, point in own.items()) else {}


def notes(words: tuple[str, ...], scale: Scale) -> dict[str, Text]:
    """What is assumed, for the user, by what it is about."""
    told = OWN_POINTS if _own_points(words, scale) else scale.told
    return {"score": told} | ({"unanswered": SILENT} if any(map(is_unanswered, words)) else {})
