"""The why page as items of the board."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from qa import format, session
from qa.agents.figures import RANKED_BY
from qa.centers.command import why_command
from qa.centers.gaps import Part
from qa.centers.naming import here_name, split_word, there_name
from qa.centers.sides import Course, Side
from qa.centers.splits import SPLITS
from qa.centers.why import Explained, Segment, explanations, whole
from qa.centers.why_words import Line, WhyWords, gap_sentence, state_of, state_word
from qa.charts.waterfall import Step, waterfall, waterfall_height
from qa.drill import narrowed
from qa.filters import FILTERED, Asked, Scope
from qa.i18n import _, capital, ngettext, say, sentences
from qa.keys import joined, parted
from qa.metrics import METRICS
from qa.names import names_of
from qa.proof import Shown
from qa.quality.scorecards import cards_of
from qa.session import data, state
from qa.session.board.items import Cell, Chart, Column, Event, Item, Mark, MarkState, Row, Sentence, Sentences, Table
from qa.view import View, to_parameters
from qa.warehouse import Warehouse

WHY_PAGE, AGENTS_PAGE = "pages/centers/why.py", "pages/agents/agents.py"
# Larger ones are steps of their own, the rest is one step; the table has them all.
STEPS = 8
STATES: dict[str, MarkState] = {"better": "improvement", "worse": "concern", "none": "none", "too_few": "too_few", "real": "uncertain", "missed": "missed"}
ATTRIBUTES = {dimension: attribute for attribute, dimension in FILTERED.items()}


def why_items(warehouse: Warehouse, scope: Scope, asked: Asked, course: Course) -> list[Item]:
    """The answer, the waterfall, the segments, and what the other splits would say."""
    found = explanations(warehouse, scope, asked, course)
    if not found:
        return [Sentences("answer", title(), [_unexplained(warehouse, scope, asked, course)])]
    shown = next((one for one in found if one.split == course.split), found[0])
    words = WhyWords(shown, asked, names_of(warehouse), cards_of(warehouse))
    return [
        Sentences("answer", title(), [_sentence(line) for line in words.lines()], caption=_caption()),
        _waterfall(shown, words),
        _splits(found, words),
        _segments(shown, words),
    ]


def nothing_items(_warehouse: Warehouse, _scope: Scope, asked: Asked) -> list[Item]:
    """What to say where there is nothing to compare."""
    if asked.before is None:
        text = _("There is one center and no period to compare with. Choose a comparison in the filter bar, or a team to hold against the rest of its center.")
    else:
        text = _("There is nothing to compare in this choice.")
    return [Sentences("answer", title(), [Sentence("none", text)])]


def title() -> str:
    return _("Why does it differ?")


def _caption() -> str:
    return _(
        "Mix: different shares of the work, at the mean of both values. "
        "Performance: different values of the same work, at the mean of both shares (Kitagawa). 95% intervals."
    )


def _unexplained(warehouse: Warehouse, scope: Scope, asked: Asked, course: Course) -> Sentence:
    """The gap alone where no split is recorded; else what is missing."""
    found, metric = whole(warehouse, scope, asked, course), METRICS[course.metric]
    names = names_of(warehouse)
    if found is None or found.gap is None:
        text = _("{metric} has no figures on one of the sides in this choice. Choose a longer period, another metric or another center.")
        return Sentence("none", text.format(metric=say(metric.name)))
    here, there = here_name(course, asked, names), there_name(course, asked, names)
    text = gap_sentence(metric, found.here, found.there, found.gap, here, there)
    text = _("{first} {second}").format(first=text, second=_("The extracts record nothing by which it could be split further."))
    return _sentence(Line("gap", text, state_of(found.gap)))


def _sentence(line: Line) -> Sentence:
    return Sentence(line.key, line.text, Mark(STATES[line.state], state_word(line.state)) if line.state else None)


def _waterfall(shown: Explained, words: WhyWords) -> Chart:
    """From the value there to the value here."""
    unit = shown.metric.unit
    largest = sorted(shown.segments, key=lambda one: -abs(one.performance.value))
    alone, rest = (largest, []) if len(largest) <= STEPS + 1 else (largest[:STEPS], largest[STEPS:])
    mix = [] if shown.is_within else [Step("mix", _("Mix"), shown.mix.value, shown.mix.direction, [_interval(shown.mix, unit)])]
    steps = [_step(segment, words) for segment in alone if segment.performance.value]
    if rest:
        steps.append(Step("rest", ngettext("{count} other", "{count} others", len(rest)).format(count=len(rest)), sum(one.performance.value for one in rest)))
    figure = waterfall(shown.there, [*mix, *steps], shown.here, unit, (capital(words.there), capital(words.here)))
    heading = _("{metric}: from {there} to {here}, by {dimension}").format(
        metric=say(shown.metric.name), there=words.there, here=words.here, dimension=split_word(shown.by)
    )
    note = _("Below the mix: performance by segment, the largest first. Only what is more than noise is coloured.")
    return Chart("waterfall", heading, figure, note, waterfall_height(len(mix) + len(steps)), "half")


def _step(segment: Segment, words: WhyWords) -> Step:
    part, unit = segment.performance, words.explained.metric.unit
    notes = [_interval(part, unit), state_word(state_of(part)), *words.notes(segment)]
    return Step(_code(segment), words.name(segment), part.value, part.direction, [note for note in notes if note])


def _code(segment: Segment) -> str:
    """The segment's key as clicks carry it: whether there is such work on this side, then its values."""
    return joined(("side here" if segment.here["denominator"] else "side there", *segment.key))


def _interval(part: Part, unit: format.Unit) -> str:
    return "" if part.low is None else _("95% interval {interval}").format(interval=format.change_interval(part.low, part.high, unit))


def _splits(found: Sequence[Explained], words: WhyWords) -> Table:
    """Every split with what it says of mix and performance; a click chooses it."""
    unit = words.explained.metric.unit
    of_unit = _("In percentage points.") if unit == "share" else ""
    carried = _("Sum of the mix and of single segments' performance, signs left out, as far as they are more than noise")
    columns = [
        Column("split", _("Split")),
        Column("mix", _("Mix"), align="right", kind="mark"),
        Column("performance", _("Performance"), align="right", kind="mark"),
        Column("told", _("Beyond noise"), align="right", kind="words", hint=_("Segments whose performance differs beyond noise, of all")),
        Column("carried", _("Told from noise"), align="right", kind="number", hint=carried),
    ]
    rows = []
    for one in found:
        told = sum(segment.change.is_real for segment in one.segments)
        cells = [
            Cell(capital(split_word(one.by))),
            Cell(format.NOTHING) if one.is_within else _part_cell(one.mix, unit),
            _part_cell(one.performance, unit),
            Cell(f"{told} / {len(one.segments)}", sort=told),
            Cell(format.signed(one.carried, unit).lstrip("+±"), sort=one.carried),
        ]
        rows.append(Row(one.split, cells))
    note = _("Splits that tell the most from noise first, those by people last; only what is more than noise is marked. A click shows the split.")
    nothing = _("“-”: only one side has such groups, so nothing is mix.") if any(one.is_within for one in found) else ""
    caption = sentences(of_unit, note, nothing)
    return Table("splits", _("Ways to split it"), columns, rows, caption=caption, width="half", height=waterfall_height(STEPS + 1), actions=())


def _segments(shown: Explained, words: WhyWords) -> Table:
    """Every segment, the largest contributions first."""
    unit = shown.metric.unit
    against = _("Value there") if not shown.is_within else _("Value of all there")
    columns = [
        Column("segment", capital(split_word(shown.by))),
        Column("share_here", _("Share here"), align="right", kind="number"),
        Column("share_there", _("Share there"), align="right", kind="number"),
        Column("value_here", _("Value here"), align="right", kind="number"),
        Column("value_there", against, align="right", kind="number"),
        *([] if shown.is_within else [Column("mix", _("Mix"), align="right", kind="number")]),
        Column("performance", _("Performance"), align="right", kind="number"),
        Column("mark", _("Value against the other side"), kind="mark", hint=_("Beyond noise, all segments of the table allowed for")),
    ]
    rows = []
    for segment in shown.segments:
        state_ = "real" if segment.change.is_real and segment.change.direction == "none" else segment.change.direction
        mark = Mark("none", _("on one side only")) if segment.is_one_sided and not shown.is_within else Mark(STATES[state_], state_word(state_))
        there = words.held_against(segment)
        cells = [
            Cell(words.name(segment)),
            Cell(format.value(segment.share_here, "share"), sort=segment.share_here),
            Cell(format.value(segment.share_there, "share"), sort=segment.share_there),
            Cell(format.value(segment.here["value"], unit), sort=segment.here["value"], detail=f"n = {format.count(segment.here['n'])}"),
            Cell(format.value(there, unit), sort=there, detail=f"n = {format.count((shown.there if shown.is_within else segment.there)['n'])}"),
            *([] if shown.is_within else [_amount(segment.mix, unit)]),
            _amount(segment.performance, unit),
            Cell("", sort=abs(segment.performance.value) if segment.change.is_real else 0.0, mark=mark),
        ]
        rows.append(Row(_code(segment), cells))
    caption = _("The parts of all rows add up to the gap. Intervals hold row by row; the last column judges all rows together.")
    return Table("segments", _("Segments by {dimension}").format(dimension=split_word(shown.by)), columns, rows, caption=caption, height=520)


def _amount(part: Part, unit: format.Unit) -> Cell:
    return Cell(format.change(part.value, unit), sort=part.value, detail="" if part.low is None else format.change_interval(part.low, part.high, unit))


def _part_cell(part: Part, unit: format.Unit) -> Cell:
    state_ = state_of(part)
    words = {"better": _("better"), "worse": _("worse"), "real": _("beyond noise"), "too_few": _("too few")}
    return Cell(format.signed(part.value, unit), sort=part.value, mark=Mark(STATES[state_], words[state_]) if state_ in words else None)


def act(event: Event | None, asked: Asked, course: Course, pair: tuple[Side, Side] | None, scope: Scope) -> None:
    """Another split, down into a segment, or the proof of a figure. ``pair``: the rows of both sides."""
    if event is None or pair is None:
        return
    derived = why_command(asked, course, scope)
    if event.item == "splits" and event.kind == "row":
        open_why(replace(course, split=event.payload))
    elif event.kind == "row":
        _open_segment(pair, course, event.payload, derived)
    elif event.kind == "point" and event.payload and event.payload[0] in ("here", "there"):
        side = pair[0] if event.payload[0] == "here" else pair[1]
        session.prove(Shown((course.metric,), side.by(()), side.filters, derived))
    elif event.kind == "point" and event.payload and event.payload[0] not in ("mix", "rest"):
        _open_segment(pair, course, event.payload[0], derived)
    else:
        session.prove(proof(pair, course, event.item, derived))


def _open_segment(pair: tuple[Side, Side], course: Course, key: str, derived: str) -> None:
    """Narrow the view to the segment where a view can be; else show its figures on both sides."""
    where, *values = parted(key)
    chosen = dict(zip(SPLITS[course.split], values, strict=True))
    places = {name: value for name, value in chosen.items() if value and name in ("center", "queue", "team", "agent")}
    if where == "side here" and len(places) == len(chosen):
        page = _page_of(places)
        own = {"metric": course.metric} if page and course.metric in RANKED_BY else {}
        session.drill(places.get("center", course.center or None), places.get("team"), places.get("queue"), places.get("agent"), page=page, own=own)
    attributes = {ATTRIBUTES[name]: (value,) for name, value in chosen.items() if value and name in ATTRIBUTES and name != "center"}
    shown = proof(pair, course, "", derived)
    session.prove(replace(shown, filters=shown.filters.choosing(**attributes)))


def _page_of(places: dict[str, str]) -> str | None:
    """A team leads to its agents where there is a page of them; everything else stays here."""
    return AGENTS_PAGE if "team" in places and (data.ROOT / AGENTS_PAGE).exists() else None


def proof(pair: tuple[Side, Side], course: Course, item: str, derived: str) -> Shown:
    """The figures that the parts are made of: of both sides, each by itself; of two periods the one here, and the other
    one behind the table of segments.
    """
    here, there = pair
    split = SPLITS[course.split]
    if course.is_of_time:
        return Shown((course.metric,), split, (there if item == "segments" else here).filters, derived)
    if there.without:
        return Shown((course.metric,), there.by(split), there.filters, derived)
    filters = replace(there.filters, centers=(*(here.filters.centers or ()), *(there.filters.centers or ())))
    return Shown((course.metric,), ("center", *split), filters, derived)


def open_why(course: Course) -> None:
    """Show the why page with this course, in the view as it is. The run ends here."""
    _show(state.current(data.choices()), course)


def open_why_of(course: Course, team: str | None = None) -> None:
    """Show the why page in the view narrowed to the course's center and to the team; nothing where the view cannot be."""
    choices = data.choices()
    view = narrowed(state.current(choices), choices, course.center or None, team)
    if is_narrowed_to(view, course.center, team):
        state.go_to(view)
        _show(view, replace(course, center=""))


def is_narrowed_to(view: View, center: str, team: str | None) -> bool:
    """Whether the view shows just this center and team."""
    return (not center or view.centers == (center,)) and (not team or view.teams == (team,))


def _show(view: View, course: Course) -> None:
    chosen = {"metric": course.metric, "of": course.center, "against": "".join(course.against[:1]), "why_by": course.split}
    st.switch_page(WHY_PAGE, query_params=to_parameters(view) | {name: value for name, value in chosen.items() if value})
