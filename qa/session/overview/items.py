"""The overview as items of the board."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl

from qa import format
from qa.charts.trend import trend
from qa.filters import Asked, Filters, Scope
from qa.headlines import AGENT_METRICS, GROUPS, HEADLINES, Headline, agents_judged, centers_judged, headlines, others_missed, others_with_target, wanted_for
from qa.i18n import _, say
from qa.keys import joined, parted
from qa.measured import monthly_course, months_up_to, over_months
from qa.metrics import METRICS
from qa.names import Names, center_names, names_of
from qa.overview.attention import Finding, Findings
from qa.overview.freshness import Statement, statements
from qa.periods import Period, bucket_end
from qa.proof import Shown
from qa.results import answer, fetch_ahead
from qa.session.board.items import Chart, Event, Heading, Item, Mark, Sentence, Sentences, Width
from qa.session.judged_table import Row, groups_of, judged_table
from qa.session.tiles import tile
from qa.theme import SERIES
from qa.warehouse import Warehouse
from qa.words import group_word

# As many lines as there are colours.
MOST_LINES = len(SERIES)


def summary_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """What needs attention, and the tiles by group; a sentence where there is nothing at all."""
    _fetch_ahead(warehouse, scope, asked)
    shown = headlines(warehouse, scope, asked)
    if not shown:
        return [nothing(warehouse, asked)]
    agents = agents_judged(warehouse, scope, asked)
    findings = Findings(warehouse, scope, asked, names_of(warehouse))
    found = findings.all(shown, others_missed(warehouse, scope, asked), centers_judged(warehouse, scope, asked), agents)
    return [attention(found), *tiles(shown)]


def groups_shown(warehouse: Warehouse, scope: Scope, asked: Asked) -> tuple[str, ...]:
    """The groups of metrics that have a figure in the period. Asked first, so all that the page asks is fetched here."""
    _fetch_ahead(warehouse, scope, asked)
    frame = answer(warehouse, HEADLINES, (), asked.filters, scope)
    known = set() if frame.is_empty() else {METRICS[key].group for key in frame.filter(pl.col("value").is_not_null())["metric"]}
    return tuple(group for group in GROUPS if group in known)


def agent_items(warehouse: Warehouse, scope: Scope, asked: Asked) -> list[Item]:
    """The agents against their targets, and the state of the data."""
    names = names_of(warehouse)
    agents = agents_judged(warehouse, scope, asked)
    state_of_data = freshness(statements(warehouse, scope, asked, names.centers))
    return [state_of_data] if agents.is_empty() else [agent_table(agents, names), state_of_data]


def _fetch_ahead(warehouse: Warehouse, scope: Scope, asked: Asked) -> None:
    """What all parts of the page ask, fetched together."""
    wanted = [
        *wanted_for(HEADLINES, asked),
        (others_with_target(warehouse), (), asked.filters),
        (HEADLINES, ("center",), asked.filters),
        (HEADLINES, ("center", "month"), over_months(asked.filters)),
        (AGENT_METRICS, ("center", "team", "agent"), asked.filters),
        *_splits(asked),
    ]
    fetch_ahead(warehouse, scope, wanted)


def _splits(asked: Asked) -> list[tuple[Sequence[str], tuple[str, ...], Filters]]:
    """What says where a shortfall or a change sits: of one center its teams, else what the centers had before."""
    if asked.filters.centers is not None and len(asked.filters.centers) == 1:
        periods = [period for period in (asked.filters, asked.before) if period is not None]
        return [(HEADLINES, ("team",), period) for period in periods]
    return [] if asked.before is None else [(HEADLINES, ("center",), asked.before)]


def narrowing(event: Event | None, asked: Asked) -> dict[str, Any]:
    """What a click on an agent's row or on a center's month narrows the view to, as ``qa.session.drill`` takes it."""
    if event is None or not event.payload:
        return {}
    if (event.kind, event.item) == ("row", "agents"):
        center, team, agent = parted(event.payload)
        return {"center": center, "team": team, "agent": agent}
    if event.kind == "point" and event.item.startswith("trend "):
        center, month = event.payload
        first = date.fromisoformat(month)
        return {"center": center, "date_from": first, "date_to": bucket_end(first, "month", asked.filters.month_start)}
    return {}


def missed_by_centers(event: Event | None) -> str:
    """The metric of the sentence clicked that says which centers are off target; empty for any other click."""
    if event is None or event.item != "attention" or not isinstance(event.payload, str):
        return ""
    kind, metric, *by = event.payload.split(" ")
    return metric if kind == "missed" and by == ["center"] else ""


def clicked(event: Event | None, asked: Asked) -> Shown | None:
    """The figures behind what was clicked on the overview; None when nothing was."""
    if event is None:
        return None
    kind, _space, metric = event.item.partition(" ")
    if kind == "tile":
        return Shown((metric,), (), asked.filters)
    if kind == "trend":
        return _months(metric, asked, event.payload if event.kind == "point" else None)
    if kind == "agents":
        filters = replace(asked.filters, agents=(parted(event.payload)[-1],)) if event.kind == "row" else asked.filters
        return Shown(AGENT_METRICS, ("center", "team", "agent"), filters)
    if kind == "attention" and isinstance(event.payload, str):
        _finding, metric, *by = event.payload.split(" ")
        return Shown((metric,), tuple(by), asked.filters)
    return None


def _months(metric: str, asked: Asked, point: list | None) -> Shown:
    """All months of a chart, or the one month of the center that was clicked."""
    filters = asked.filters
    if point:
        center, month = point
        first = date.fromisoformat(month)
        filters = replace(filters, centers=(center,)).during(first, bucket_end(first, "month", filters.month_start))
        return Shown((metric,), (), filters)
    months = months_up_to(Period(filters.date_from, filters.date_to), filters.month_start)
    return Shown((metric,), ("center", "month"), filters.during(*months))


def nothing(warehouse: Warehouse, asked: Asked) -> Sentences:
    """What to say when the period and the choice have no record at all."""
    text = _("No records for this choice ({period}). The data cover {from_day} to {to_day}.").format(
        period=format.period(Period(asked.filters.date_from, asked.filters.date_to), asked.filters.month_start),
        from_day=format.day(warehouse.span.first_day),
        to_day=format.day(warehouse.span.last_day),
    )
    return Sentences("nothing", _("Nothing to show"), [Sentence("why", text)])


def attention(findings: Sequence[Finding]) -> Sentences:
    """The findings under their title."""
    items = [Sentence(finding.key, finding.text, Mark(finding.kind, _kind(finding)), opens=True) for finding in findings]
    return Sentences(
        "attention",
        _("Needs attention"),
        items,
        empty=_("Nothing is off target beyond doubt, and nothing changed by more than noise."),
    )


def tiles(shown: Sequence[Headline]) -> list[Item]:
    """The tiles, each group under its heading; groups without data are left out."""
    items: list[Item] = []
    for group in GROUPS:
        figures = [headline for headline in shown if headline.metric.group == group]
        own = [tile(headline, _width(len(figures))) for headline in figures]
        items += [Heading(f"heading {group}", group_word(group)), *own] if own else []
    return items


def _width(count: int) -> Width:
    """Tiles of a group fill whole lines where they can."""
    return "fifth" if count % 5 == 0 else "third" if count % 3 == 0 else "quarter"


def month_items(warehouse: Warehouse, scope: Scope, asked: Asked, group: str) -> list[Item]:
    """The months of one group's metrics by center: a chart for each headline metric that has a value, a line a center; the last fills its row."""
    keys = [key for key, metric in METRICS.items() if metric.headline and metric.group == group]
    courses = monthly_course(warehouse, keys, ("center",), asked.filters, scope)
    centers = center_names(warehouse)
    charts: list[Chart] = []
    for key, course in courses.items():
        metric = METRICS[key]
        course = course.drop_nulls("center")
        if course["value"].drop_nulls().is_empty():
            continue
        drawn, caption = _most_lines(course)
        order = list(centers) if not caption else drawn["center"].unique(maintain_order=True).to_list()
        figure = trend(drawn, metric.unit, "center", names=centers, group_order=order, month_start=asked.filters.month_start)
        charts.append(Chart(f"trend {key}", say(metric.name), figure, caption))
    return [*charts[:-1], replace(charts[-1], width="full")] if len(charts) % 2 else [*charts]


def _most_lines(course: pl.DataFrame) -> tuple[pl.DataFrame, str]:
    """The largest centers where there are more than can be told apart, and what to say of it."""
    if course["center"].n_unique() <= MOST_LINES:
        return course, ""
    sizes = course.group_by("center").agg(pl.col("denominator").sum()).sort("denominator", "center", descending=[True, False])
    caption = _("The {shown} largest of {all} centers.").format(shown=MOST_LINES, all=sizes.height)
    return course.join(sizes.select("center").head(MOST_LINES), on="center", maintain_order="right"), caption


def agent_table(agents: pl.DataFrame, names: Names) -> Item:
    """Every agent against the targets, a column a metric."""
    by = ("center", "team", "agent")
    rows = [
        Row((center, team, agent), joined((center, team, agent)), (names.of("agent", agent), names.of("center", center), team or format.NOTHING))
        for center, team, agent in groups_of(agents, by)
    ]
    title = _("Agents against targets")
    return judged_table("agents", title, (_("Agent"), _("Center"), _("Team")), AGENT_METRICS, rows, agents, by)


def freshness(found: Sequence[Statement]) -> Sentences:
    """What the data reach and lack."""
    items = [
        Sentence(statement.key, statement.text, Mark("missed", _("Missing or late")) if statement.is_problem else None)
        for statement in found
    ]
    return Sentences("freshness", _("Freshness and completeness"), items)


def _kind(finding: Finding) -> str:
    return {"missed": _("Off target"), "concern": _("Concern"), "improvement": _("Improvement")}[finding.kind]


