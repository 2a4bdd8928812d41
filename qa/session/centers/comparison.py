"""The comparison of centers as items of the board."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import streamlit as st

from qa import format, session
from qa.centers.comparison import Adjusted, Beside, Matrix, adjusted, matrix, metrics_told, mixes_possible, place_courses, place_filters, place_funnel
from qa.centers.comparison_words import ComparisonWords, funnel_caption, funnel_line, mix_caption
from qa.centers.naming import split_word
from qa.centers.sides import Course
from qa.centers.splits import SPLITS
from qa.centers.why import metrics_possible
from qa.centers.why_words import Line, state_word
from qa.charts.dumbbell import dumbbell, dumbbell_height
from qa.charts.funnel import funnel
from qa.charts.single import single_trend
from qa.charts.words import fitted_axis, known_range
from qa.filters import Asked, Filters, Scope
from qa.funnels import MetricFunnel
from qa.headlines import HEADLINES
from qa.i18n import _, say, sentences
from qa.measured import months_up_to
from qa.metrics import METRICS, Metric
from qa.names import names_of
from qa.periods import Period, bucket_end
from qa.proof import Shown
from qa.session import data
from qa.session.board.items import Cell, Chart, Column, Event, Heading, Item, Mark, Row, Sentence, Sentences, Table, Width
from qa.session.centers.why import STATES, open_why_of
from qa.session.pick import pick
from qa.warehouse import Warehouse
from qa.words import verdict_word

# So many places get a chart of their months each, those outside the funnel first; the table has them all.
MOST_CHARTS = 12
# So many places fit across a small screen; of more, each gets a row.
MOST_PLACES_ACROSS = 8
# So high a chart still stands beside the funnel.
MOST_BESIDE_FUNNEL = 640
VERDICTS = ("met", "missed", "uncertain", "too_few")


def comparison_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """The answer, and every place with every headline metric."""
    found = matrix(warehouse, scope, asked.filters)
    words = ComparisonWords(found, names_of(warehouse))
    if not found.places:
        return [Sentences("answer", title(), [Sentence("none", _("There are no figures for this choice. Choose a longer period or other centers."))])]
    lines = words.lines()
    return [Sentences("answer", title(), [_sentence(line) for line in lines]), _matrix(found, words)]


def metric_items(warehouse: Warehouse, scope: Scope, asked: Asked, key: str, split: str) -> list[Item]:
    """One metric: the funnel, as it is and at the same mix, every place in a table, and its months by place."""
    names, metric = names_of(warehouse), METRICS[key]
    by, filters = place_filters(warehouse, scope, asked.filters)
    shown = place_funnel(warehouse, scope, asked.filters, key)
    rows = adjusted(warehouse, scope, asked.filters, key, split)
    if len(rows) < 2:
        return []
    called = {row.place: names.of(by, row.place) for row in rows}
    target = _target(warehouse, metric, filters)
    items: list[Item] = [Heading("metric", say(metric.name))]
    if shown is not None:
        items.append(Sentences("funnel answer", "", [_sentence(funnel_line(shown, metric, by, names))]))
        items.append(_funnel(shown, metric, by, called, target, _width(rows, split)))
    items.append(_mix_chart(rows, metric, split, called, target))
    return [*items, _places_table(rows, shown, metric, by, split, called), *_months(warehouse, scope, asked, key, by, shown, called)]


def title() -> str:
    return _("Which center misses what, and who differs beyond noise?")


def metric_words(warehouse: Warehouse, scope: Scope, asked: Asked) -> dict[str, str]:
    """Every ratio metric, those first that the most is to be explained of; none where there is nothing to compare."""
    _by, filters = place_filters(warehouse, scope, asked.filters)
    found = matrix(warehouse, scope, asked.filters)
    off = dict.fromkeys(found.metrics, 0)
    for (_place, key), cell in found.cells.items():
        off[key] += (cell.row["verdict"] == "missed") + (cell.gap is not None and cell.gap.direction == "worse")
    if not found.compares:
        return {}
    told = metrics_told(warehouse, scope, asked.filters, metrics_possible(warehouse, Asked(filters, None)))
    return {key: say(METRICS[key].name) for key in sorted(told, key=lambda key: -off.get(key, 0))}


def metric_chosen(asked: Asked) -> tuple[str, str]:
    """The metric looked at and the mix it is brought to, drawn as one line of controls; empty where there is none."""
    metrics = data.computed(metric_words, asked)
    if not metrics:
        return "", ""
    with st.container(key="centers-choices", horizontal=True, vertical_alignment="center", gap="small"):
        key = pick("metric", _("Metric"), metrics)
        mixes = data.computed(mix_words, asked, key)
        return key, pick("mix", _("Mix"), mixes, width=300) if mixes else ""


def mix_words(warehouse: Warehouse, scope: Scope, asked: Asked, key: str) -> dict[str, str]:
    """The mixes at which the places can be compared."""
    found = mixes_possible(warehouse, scope, asked.filters, key)
    return {split: _("At the same mix of {dimension}").format(dimension=split_word(SPLITS[split])) for split in found}


def _sentence(line: Line) -> Sentence:
    return Sentence(line.key, line.text, Mark(STATES[line.state], state_word(line.state)) if line.state else None)


def _matrix(found: Matrix, words: ComparisonWords) -> Table:
    """Places and metrics, the fewer of them across; a click on a cell asks why."""
    reference = {found.reference: _("reference")}
    places = {place: Cell(words.name(place), detail=reference.get(place, "")) for place in found.places}
    metrics = {key: Cell(say(METRICS[key].name), detail=_hint(found, METRICS[key])) for key in found.metrics}
    across, down = (places, metrics) if len(places) <= MOST_PLACES_ACROSS else (metrics, places)
    heading = _("Metric") if down is metrics else _("Center") if found.by == "center" else _("Team")
    columns = [Column("of", heading)]
    columns += [Column(key, head.text, align="right", kind="mark", hint=head.detail) for key, head in across.items()]
    rows = []
    for key, head in down.items():
        pairs = [(other, key) if down is metrics else (key, other) for other in across]
        rows.append(Row(key, [head, *(_cell(found.cells.get(pair), METRICS[pair[1]]) for pair in pairs)]))
    marks = _("✓ on target, ✕ off target, ~ not yet certain, … too few. A click on a cell shows why.")
    caption = (
        sentences(_("Small print: n."), marks)
        if not found.compares
        else _(
            "Small print: difference to {reference} (* beyond noise, all cells allowed for), then n. "
            "✓ on target, ✕ off target, ~ not yet certain, … too few. A click on a cell shows why."
        ).format(reference=words.reference())
    )
    if len(found.cells) < len(found.places) * len(found.metrics):
        caption = sentences(caption, _("“-”: nothing of the kind is recorded there."))
    return Table("matrix", _("Against targets and against each other"), columns, rows, caption=caption, cells=True, height=960)


def _hint(found: Matrix, metric: Metric) -> str:
    bounds = {(cell.row["minimum"], cell.row["maximum"]) for (_place, key), cell in found.cells.items() if key == metric.key}
    if len(bounds) > 1:
        return _("Targets differ")
    target = format.bounds(*bounds.pop(), metric.unit) if bounds else format.NOTHING
    return "" if target == format.NOTHING else _("Target {target}").format(target=target)


def _cell(beside: Beside | None, metric: Metric) -> Cell:
    if beside is None:
        return Cell(format.NOTHING)
    row = beside.row
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    mark = Mark(row["verdict"], verdict_word(row["verdict"])) if row["verdict"] in VERDICTS else None
    return Cell(format.value(row["value"], metric.unit, beside=bound), sort=row["value"], mark=mark, detail=_small_print(beside, metric))


def _small_print(beside: Beside, metric: Metric) -> str:
    n = format.count(beside.row["n"])
    gap = beside.gap
    if gap is None or gap.direction == "too_few":
        return n
    return f"{format.signed(gap.value, metric.unit)}{'*' if gap.is_real else ''} · {n}"


def _target(warehouse: Warehouse, metric: Metric, filters: Filters) -> tuple[float | None, float | None]:
    """The bounds that hold for all places."""
    target = warehouse.targets.of(metric, min(filters.date_to, warehouse.span.until), None, None) if filters.date_to else None
    return (target.minimum, target.maximum) if target else (None, None)


def _width(rows: Sequence[Adjusted], split: str) -> Width:
    """Funnel and mix stand side by side, unless the places make the one much longer than the other."""
    return "full" if split and dumbbell_height(len(rows)) > MOST_BESIDE_FUNNEL else "half"


def _funnel(shown: MetricFunnel, metric: Metric, by: str, called: dict[str, str], target: tuple[float | None, float | None], width: Width) -> Chart:
    drawn = funnel(
        shown.groups, shown.limits, metric.unit, by, center=shown.funnel.center, outer=shown.funnel.outer, names=called, name=say(metric.name), target=target
    )
    return Chart("funnel", _("Beyond chance for their size?"), drawn, funnel_caption(shown), 400, width, actions=("proof", "image"))


def _mix_chart(rows: Sequence[Adjusted], metric: Metric, split: str, called: dict[str, str], target: tuple[float | None, float | None]) -> Chart:
    """As it is and at the same mix; where no mix is known, why not."""
    heading, height = _("As it is, and at the same mix"), max(400, dumbbell_height(len(rows))) if split else 400
    if not split:
        empty = _("{metric} is not recorded by queue, reason or the like for all of the work, so there is no mix to compare at.")
        return Chart("adjusted", heading, None, height=height, width="half", empty=empty.format(metric=say(metric.name)))
    ordered = sorted(rows, key=lambda row: row.value if row.value is not None else row.row["value"], reverse=metric.better != "lower")
    drawn = [row.row | {"key": row.place, "other": row.value, "other_low": row.low, "other_high": row.high} for row in ordered]
    figure = dumbbell(drawn, metric.unit, (_("As it is"), _("At the same mix")), called, target)
    return Chart("adjusted", heading, figure, mix_caption(split), height, _width(rows, split))


def _places_table(rows: Sequence[Adjusted], shown: MetricFunnel | None, metric: Metric, by: str, split: str, called: dict[str, str]) -> Table:
    """Every place: as it is, at the same mix, and where it lies in the funnel."""
    directions = {} if shown is None else dict(shown.groups.select(by, "direction").iter_rows())
    states = {} if shown is None else dict(shown.groups.select(by, "state").iter_rows())
    at_mix = [Column("adjusted", _("At the same mix"), align="right", kind="number"), Column("shift", _("Due to the mix"), align="right", kind="number")]
    columns = [
        Column("place", _("Center") if by == "center" else _("Team")),
        Column("value", _("As it is"), align="right", kind="number"),
        *(at_mix if split else []),
        Column("n", "n", align="right", kind="number"),
        *([Column("funnel", _("Funnel"), kind="words")] if shown is not None else []),
    ]
    lines = []
    for row in rows:
        cells = [Cell(called[row.place]), _value(row.row["value"], row.row["low"], row.row["high"], metric)]
        if split:
            covered = "" if row.covered > 0.9995 else _(" · {share} of the mix").format(share=format.value(row.covered, "share"))
            cells.append(_value(row.value, row.low, row.high, metric)._replace(detail=format.interval(row.low, row.high, metric.unit) + covered))
            shift = None if row.value is None else row.row["value"] - row.value
            cells.append(Cell(format.change(shift, metric.unit), sort=shift))
        cells.append(Cell(format.count(row.row["n"]), sort=row.row["n"]))
        if shown is not None:
            spread = shown.funnel.dispersion.tau > 0
            cells.append(_funnel_cell(directions.get(row.place, "too_few"), states.get(row.place, "not_judged"), spread))
        lines.append(Row(row.place, cells))
    caption = _("A click on a row shows why.")
    return Table("places", _("{metric} by place").format(metric=say(metric.name)), columns, lines, caption=caption, height=520)


def _value(value: float | None, low: float | None, high: float | None, metric: Metric) -> Cell:
    return Cell(format.value(value, metric.unit), sort=value, detail=format.interval(low, high, metric.unit))


def _funnel_cell(direction: str, state: str, spread: bool) -> Cell:
    """Where a place lies; ``spread``: the limits allow for more than noise, so that within them is not within noise."""
    if state == "near":
        return Cell("", sort=1.0, mark=Mark("none", _("within the limits, near them") if spread else _("within noise, near the limit")))
    if state == "inside" and spread:
        return Cell("", sort=0.0, mark=Mark("none", _("within the limits")))
    state_ = "real" if direction == "neither" else direction
    return Cell("", sort=0.0 if direction in ("none", "too_few") else 2.0, mark=Mark(STATES[state_], state_word(state_)))


def _months(warehouse: Warehouse, scope: Scope, asked: Asked, key: str, by: str, shown: MetricFunnel | None, called: dict[str, str]) -> list[Item]:
    """A small chart a place over one and the same range, those outside the funnel first; of too many those furthest from the common value."""
    course, metric = place_courses(warehouse, scope, asked.filters, key), METRICS[key]
    if course.is_empty() or course["period"].n_unique() < 2:
        return []
    outside = [] if shown is None else shown.outside[by].to_list()
    others = list(called) if shown is None or len(called) <= MOST_CHARTS else _furthest(shown, by)
    places = [place for place in [*outside, *(place for place in others if place not in outside)] if place in set(course[by])]
    shown_ends = [name for name in ("value", "low", "high", "target_minimum", "target_maximum") if name in course.columns]
    ends = [end for name in shown_ends for end in course[name].drop_nulls().drop_nans().to_list()]
    axis = fitted_axis(metric.unit, known_range(ends, metric.unit))
    filters = asked.filters
    until = months_up_to(Period(filters.date_from, filters.date_to), filters.month_start).date_to
    months = [format.period(Period(course["period"].sort()[0], until), filters.month_start)]
    if len(places) > MOST_CHARTS:
        months.append(_("{shown} of {all}").format(shown=MOST_CHARTS, all=len(places)))
    items: list[Item] = [Heading("months", _("Month by month, on one scale"), " · ".join(months))]
    for place in places[:MOST_CHARTS]:
        own = course.filter(pl.col(by) == place)
        drawn = single_trend(own, metric.unit, called[place], asked.filters.month_start)
        drawn["layout"]["yaxis"] |= axis
        items.append(Chart(f"months {place}", called[place], _opening(drawn, place), height=200, width="third"))
    return items


def _furthest(shown: MetricFunnel, by: str) -> list[str]:
    """The places of a funnel, those furthest from the common value first."""
    return shown.groups.sort((pl.col("value") - shown.funnel.center).abs(), descending=True)[by].to_list()


def _opening(figure: dict, place: str) -> dict:
    """The figure, its points opening the place's own months."""
    for trace in figure["data"]:
        if trace.get("customdata") is not None:
            trace["customdata"] = [[place, period] for _group, period in trace["customdata"]]
    return figure


def act(event: Event | None, asked: Asked, key: str, by: str, filters: Filters) -> None:
    """Why: of a cell, a place or a point; else the proof of the figures. ``by``, ``filters``: of ``place_filters``."""
    if event is None:
        return
    place, metric = _clicked(event, key)
    if place:
        centers = asked.filters.centers or ()
        center = place if by == "center" else centers[0] if len(centers) == 1 else ""
        open_why_of(Course(metric, center), place if by == "team" else None)
        session.prove(Shown((metric,), (by,), filters))
    elif event.item.startswith("months "):
        session.prove(_of_months(event, key, by, filters))
    else:
        session.prove(Shown(HEADLINES if event.item == "matrix" else (key,), (by,), filters))


def _clicked(event: Event, key: str) -> tuple[str, str]:
    """The place and the metric clicked on; no place for a proof or a month."""
    if event.item == "matrix" and event.kind == "row":
        row, column = event.payload
        if column == "of":
            return ("", row) if row in METRICS else (row, key)
        return (column, row) if row in METRICS else (row, column)
    if event.kind == "row":
        return event.payload, key
    return (event.payload[0], key) if event.kind == "point" and event.payload and event.item in ("funnel", "adjusted") else ("", key)


def _of_months(event: Event, key: str, by: str, filters: Filters) -> Shown:
    """All months of one place, or the one clicked."""
    place = event.item.removeprefix("months ")
    own = filters.choosing(**{f"{by}s": (place,)})
    if event.kind == "point" and event.payload:
        first = date.fromisoformat(event.payload[-1])
        return Shown((key,), (), own.during(first, bucket_end(first, "month", filters.month_start)))
    return Shown((key,), ("month",), own.during(*months_up_to(Period(filters.date_from, filters.date_to), filters.month_start)))
