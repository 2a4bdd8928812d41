"""The command that explains a gap: the figures of the why page."""

import sys
from datetime import date, timedelta
from typing import Annotated

import orjson
import polars as pl
from cyclopts import Parameter

from qa import format as formatted
from qa.centers.gaps import Part
from qa.centers.naming import here_name, segment_name, there_name
from qa.centers.sides import HEADQUARTERS, Course
from qa.centers.splits import SPLITS
from qa.centers.why import Explained, explanation, explanations
from qa.centers.why_words import WhyWords, state_of, state_word
from qa.cli.numbers import print_frame, require
from qa.cli.options import DEFAULT_DATA, By, Choice, Data, Format, Names, center_id, chosen_groups, chosen_metrics, opened
from qa.filters import Asked, Filters
from qa.i18n import _
from qa.names import Names as Called
from qa.periods import Period, compared_with
from qa.quality.scorecards import cards_of
from qa.query import NotAnswerable
from qa.warehouse import Warehouse

EVERYTHING = Choice()
KEYWORDS = ("rest", "headquarters", "others", "previous")
AgainstWhat = Annotated[Names, Parameter(name="--against", help="headquarters, others, previous, rest (of the center), or a center; centers may be repeated.")]


def why(
    key: Annotated[str, Parameter(help="One metric key.")],
    *,
    by: By = "",
    against: AgainstWhat = None,
    choice: Choice = EVERYTHING,
    before_from: Annotated[date | None, Parameter(name="--before-from", help="First day of the period compared with; else the one before.")] = None,
    before_to: Annotated[date | None, Parameter(name="--before-to", help="First day after that period.")] = None,
    format: Format = "table",
    data: Data = DEFAULT_DATA,
) -> None:
    """Explain why a center's value differs.

    Mix and performance by the segments of --by, which add up to the gap.
    """
    (name,), groups = chosen_metrics([key]), chosen_groups(by)
    warehouse = opened(data)
    filters = choice.filters(warehouse)
    require(warehouse, name, (), filters)
    asked = Asked(filters, _before(warehouse, filters, before_from, before_to))
    center = filters.centers[0] if filters.centers and len(filters.centers) == 1 else ""
    wanted = tuple(one if one in KEYWORDS else center_id(warehouse, one) for one in against or [HEADQUARTERS])
    found = _found(warehouse, asked, Course(name, center, wanted), groups)
    if format == "json":
        sys.stdout.buffer.write(orjson.dumps(as_json(found), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    elif format == "csv":
        print_frame(as_frame(found), "csv")
    else:
        _print_table(warehouse, asked, found)


def _found(warehouse: Warehouse, asked: Asked, course: Course, groups: tuple[str, ...]) -> Explained:
    """The explanation by these groups; by those that tell the most where none are named."""
    split = next((split for split, by in SPLITS.items() if by == groups), "")
    if groups and split:
        found = explanation(warehouse, None, asked, Course(course.metric, course.center, course.against, split))
    else:
        found = None if groups else next(iter(explanations(warehouse, None, asked, course)), None)
    if found is None:
        possible = ", ".join(",".join(one.by) for one in explanations(warehouse, None, asked, course))
        message = _("This gap cannot be split that way. Possible: {splits}.") if possible else _("There is nothing to compare in this choice.")
        raise NotAnswerable(message.format(splits=possible))
    return found


def _before(warehouse: Warehouse, filters: Filters, first: date | None, after: date | None) -> Filters | None:
    """The rows of the period compared with: the one named, or the one before as far as it has elapsed."""
    if first is not None and after is not None:
        return filters.during(first, after)
    if filters.date_from is None:
        return None
    period = Period(filters.date_from, filters.date_to or warehouse.span.last_day + timedelta(days=1))
    before = compared_with(period, "elapsed", warehouse.span.last_day, filters.month_start)
    return None if before is None else filters.during(*before)


def as_json(found: Explained) -> dict:
    """The explanation as plain values, unrounded."""
    sums = ("numerator", "denominator", "n", "value")
    return {
        "metric": found.metric.key,
        "center": found.course.center or None,
        "against": list(found.course.against),
        "by": list(found.by),
        "here": {name: found.here[name] for name in (*sums, "low", "high")},
        "there": {name: found.there[name] for name in (*sums, "low", "high")},
        "gap": _as_dict(found.gap),
        "mix": _as_dict(found.mix),
        "performance": _as_dict(found.performance),
        "segments": [
            dict(zip(found.by, segment.key, strict=True))
            | {
                "share_here": segment.share_here, "share_there": segment.share_there,
                "here": {name: segment.here[name] for name in sums}, "there": {name: segment.there[name] for name in sums},
                "mix": _as_dict(segment.mix), "performance": _as_dict(segment.performance),
            }
            for segment in found.segments
        ],
    }  # fmt: skip


def _as_dict(part: Part) -> dict:
    return {"value": part.value, "low": part.low, "high": part.high, "state": state_of(part)}


def as_frame(found: Explained) -> pl.DataFrame:
    """A row a segment, and one for the whole: its groups are null and its row says "all"."""
    rows = [_flat("all", {name: None for name in found.by}, 1.0, 1.0, found.here, found.there, found.mix, found.performance)]
    rows += [
        _flat("segment", dict(zip(found.by, one.key, strict=True)), one.share_here, one.share_there, one.here, one.there, one.mix, one.performance)
        for one in found.segments
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _flat(row: str, group: dict, share_here: float, share_there: float, here: dict, there: dict, mix: Part, performance: Part) -> dict:
    ends = {"value": "", "low": "_low", "high": "_high"}
    parts = {f"{name}{end}": getattr(part, field) for name, part in (("mix", mix), ("performance", performance)) for field, end in ends.items()}
    sides = {f"{name}_{side}": rows[name] for side, rows in (("here", here), ("there", there)) for name in ("value", "n", "numerator", "denominator")}
    return {"row": row} | group | {"share_here": share_here, "share_there": share_there} | sides | parts | {"state": state_of(performance)}


def _print_table(warehouse: Warehouse, asked: Asked, found: Explained) -> None:
    """The sentences, and a table as people read it."""
    names, cards = Called(warehouse.center_names, warehouse.agent_names), cards_of(warehouse)
    words, unit = WhyWords(found, asked, names, cards), found.metric.unit
    for line in words.lines():
        print(line.text)
    sides = (here_name(found.course, asked, names), there_name(found.course, asked, names))
    rows = [
        {
            _("segment"): segment_name(found.by, one.key, names, cards),
            sides[0]: formatted.value(one.here["value"], unit), f"{sides[0]} %": formatted.value(one.share_here, "share"),
            sides[1]: formatted.value(words.held_against(one), unit), f"{sides[1]} %": formatted.value(one.share_there, "share"),
            _("Mix"): formatted.change(one.mix.value, unit), _("Performance"): formatted.change(one.performance.value, unit),
            _("95% interval"): formatted.change_interval(one.performance.low, one.performance.high, unit), _("signal"): state_word(state_of(one.performance)),
        }
        for one in found.segments
    ]  # fmt: skip
    print_frame(pl.DataFrame(rows), "table")
