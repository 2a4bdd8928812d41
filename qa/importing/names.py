"""Header names, made comparable: case, spaces, full-width signs and units in brackets do not matter."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

UNITS = {
    "ms": ("ms", "毫秒", "milliseconds"),
    "s": ("s", "sec", "secs", "second", "seconds", "秒", "秒数"),
    "min": ("m", "min", "mins", "minute", "minutes", "分", "分钟"),
    "h": ("h", "hr", "hrs", "hour", "hours", "小时", "时"),
    "percent": ("%", "percent", "pct", "百分比"),
    "clock": ("hh:mm:ss", "h:mm:ss", "mm:ss", "时分秒"),
}
UNIT_OF_WORD = {word: unit for unit, words in UNITS.items() for word in words}
BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
SEPARATORS = re.compile(r"[\s_\-./:：'\"*#]+")
TRAILING_UNIT = re.compile(
    r"(?:[\s_]+in)?[\s_]+(ms|s|sec|secs|seconds|min|mins|minutes|hours|hrs)$|(秒|秒数|分钟|小时)$"
)


@dataclass(frozen=True)
class Name:
    """A header name taken apart: ``whole`` with everything in it, ``core`` without unit and brackets, and the ``unit`` or ''."""

    whole: str
    core: str
    unit: str


def squeeze(text: str) -> str:
    """The text in lower case with common forms of letters and signs and without separators."""
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", text).lower())


@cache
def take_apart(header: str) -> Name:
    """The header as a :class:`Name`; ``通话时长（秒）`` is core ``通话时长``, unit ``s``."""
    plain = unicodedata.normalize("NFKC", header).lower().strip()
    unit = ""
    for match in BRACKETS.finditer(plain):
        unit = unit or UNIT_OF_WORD.get((match[1] or match[2] or "").strip(), "")
    core = BRACKETS.sub(" ", plain).strip() or plain
    trailing = TRAILING_UNIT.search(core)
    if trailing and not unit:
        unit = UNIT_OF_WORD.get(trailing[1] or trailing[2], "")
        core = core[: trailing.start()]
    return Name(squeeze(plain), squeeze(core), unit)


def find(wanted: str, columns: list[str]) -> int | None:
    """The position of a column by its exact name, else by its squeezed name; None when there is none.

    ValueError with the positions when the name stands for several columns.
    """
    for same in (lambda name: name.strip() == wanted.strip(), lambda name: squeeze(name) == squeeze(wanted)):
        found = [i for i, name in enumerate(columns) if same(name)]
        if len(found) > 1:
            raise ValueError(found)
        if found:
            return found[0]
    return None
