"""The pages of all agents and of all teams as items of the board."""

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from qa import format, session
from qa.agents import words
from qa.agents.appraisal import appraisals
from qa.agents.figures import METRICS_SHOWN, RANKED_BY, ROWS, Level, judged, metrics_shown, teams_of
from qa.agents.ranking import CALLED, HIGH_IS_GOOD, Ranking, ranking
from qa.agents.severity import Severity, adjusted_scores, fitted
from qa.filters import Asked, Filters, Scope
from qa.i18n import _, ngettext, say, sentences
from qa.keys import joined, parted
from qa.metrics import METRICS, Metric
from qa.names import Names, names_of
from qa.proof import Shown
from qa.results import fetch_ahead
from qa.session.agents.charts import EFFICIENCY, funnel_chart, scatter_chart
from qa.session.agents.links import open_row
from qa.session.board.items import Cell, Column, Event, Item, Mark, MarkState, Row, Sentence, Sentences, Table
from qa.session.judged_table import Row as JudgedRow
from qa.session.judged_table import groups_of, judged_table, with_column
from qa.warehouse import Warehouse

_STATES: dict[str, MarkState] = {"certain": "none", "uncertain": "uncertain", "too_few": "too_few"}


def group_items(warehouse: Warehouse, scope: Scope, asked: Asked, level: Level, metric: str = "") -> list[Item]:
    """The answer, and everybody against the targets; ``metric``: the one that is ranked below, which comes first."""
    filters, names = asked.filters, names_of(warehouse)
    fetch_ahead(warehouse, scope, [((*METRICS_SHOWN, *RANKED_BY, *EFFICIENCY), ROWS[level], filters)])
    frame = judged(warehouse, scope, filters, level, metrics_shown(metric))
    if frame.is_empty():
        return [Sentences("answer", words.title(level), [Sentence("none", _nothing(warehouse, filters, level))])]
    severity = fitted(warehouse, scope, filters)
    appraised = appraisals(warehouse, scope, filters) if level == "agent" else None
    return [
        _answer(warehouse, frame, severity, appraised, level),
        _table(warehouse, scope, filters, frame, severity, appraised, names, level, metrics_shown(metric)),
    ]


def ranking_items(warehouse: Warehouse, scope: Scope, asked: Asked, level: Level, metric: str, against: str) -> list[Item]:
    """By the chosen metric: the answer, the ranking, the funnel; and quality against efficiency (``against``)."""
    filters, names = asked.filters, names_of(warehouse)
    frame = judged(warehouse, scope, filters, level, (metric,))
    if frame.is_empty():
        return []
    found = ranking(frame, METRICS[metric], warehouse.config)
    return [
        Sentences("ranked", words.ranking_title(level), [Sentence("ranked", words.ranked(found, names, level))]),
        _ranking_table(found, names, level),
        funnel_chart(warehouse, frame, METRICS[metric], names, level),
        scatter_chart(warehouse, scope, filters, METRICS[against], names, level),
    ]


def _nothing(warehouse: Warehouse, filters: Filters, level: Level) -> str:
    text = _("No record of an agent in this choice. The data cover {first} to {last}; choose a longer period or fewer filters.")
    if level == "team":
        text = _("No record of a team in this choice. The data cover {first} to {last}; choose a longer period or fewer filters, or import agents with teams.")
    return text.format(
        first=format.day(warehouse.span.first_day), last=format.day(warehouse.span.last_day)
    )


def _answer(warehouse: Warehouse, frame: pl.DataFrame, severity: Severity, appraised: pl.DataFrame | None, level: Level) -> Sentences:
    lines = [
        Sentence("standing", words.standing(frame, level, warehouse.config.statistics)),
        *(Sentence(f"severity {place}", text) for place, text in enumerate(words.severity(severity))),
    ]
    if appraised is not None:
        lines.append(Sentence("appraised", words.appraised(appraised)))
    return Sentences("answer", words.title(level), lines)


def _table(
    warehouse: Warehouse, scope: Scope, filters: Filters, frame: pl.DataFrame, severity: Severity, appraised: pl.DataFrame | None, names: Names, level: Level,
    metrics: Sequence[str],
) -> Table:
    """Everybody, a row each: every figure with interval, n and verdict, the adjusted score beside the raw one, the appraisal."""
    teams = teams_of(warehouse, filters) if level == "agent" else {}
    by = ("center", level)
    rows = [JudgedRow(group, joined(group), _labels(group, names, teams, level)) for group in groups_of(frame, by)]
    labels = (_("Agent"), _("Center"), _("Team")) if level == "agent" else (_("Team"), _("Center"))
    title = _("Agents against targets") if level == "agent" else _("Teams against targets")
    table = judged_table(level + "s", title, labels, metrics, rows, frame, by, intervals=True)
    command = f"python -m qa severity --of {level}s"
    hint = _("Mean quality score as an average evaluator would have given it on an average scorecard; the same: {command}").format(command=command)
    adjusted = adjusted_scores(warehouse, scope, filters, ROWS[level], severity)
    if not adjusted.is_empty():
        column = Column("adjusted", _("Severity-adjusted score"), align="right", kind="number", hint=hint)
        table = with_column(table, "mean_score", column, {joined(row[:2]): _adjusted(*row[2:]) for row in adjusted.iter_rows()})
    if appraised is None or appraised["score"].null_count() == appraised.height:
        return table
    rules = words.rules_in_words(warehouse.config.appraisal)
    last = [column.key for column in table.columns if column.key.startswith("label ")][-1]
    graded = {joined((row["center"], row["agent"])): row for row in appraised.iter_rows(named=True)}
    table = with_column(table, last, Column("grade", _("Grade"), kind="words", hint=rules), {key: grade_cell(row) for key, row in graded.items()})
    return with_column(
        table, last, Column("appraisal", _("Appraisal score"), align="right", kind="number", hint=rules), {key: _score(row) for key, row in graded.items()}
    )


def _labels(key: tuple[str, str], names: Names, teams: dict[tuple[str, str], str], level: Level) -> tuple[str, ...]:
    center = names.of("center", key[0])
    return (names.of("agent", key[1]), center, teams.get(key) or format.NOTHING) if level == "agent" else (key[1], center)


def _adjusted(n: float, _raw: float, adjusted: float, low: float, high: float) -> Cell:
    return Cell(format.value(adjusted, "points"), sort=adjusted, detail=f"{format.interval(low, high, 'points')} · n = {format.count(n)}")


def _score(row: dict) -> Cell:
    if row["score"] is None:
        return Cell(format.NOTHING)
    interval = "" if row["low"] is None else format.interval(row["low"], row["high"], "points")
    return Cell(format.value(row["score"], "points"), sort=row["score"], detail=interval)


def grade_cell(row: dict) -> Cell:
    """The grade, sorted by the score; where it is not certain, the grades the interval allows."""
    if row["grade"] is None:
        return Cell(format.NOTHING)
    text = words.grade_word(row["grade"])
    if row["state"] == "certain":
        return Cell(text, sort=row["score"])
    few = row["state"] == "too_few"
    within = _("too few") if few else f"{words.grade_word(row['grade_low'])} – {words.grade_word(row['grade_high'])}"
    return Cell(text, sort=row["score"], mark=Mark(_STATES[row["state"]], _("Too few") if few else _("Not yet certain")), detail=within)


def _ranking_table(found: Ranking, names: Names, level: Level) -> Table:
    """Everybody with enough records in the order of the shrunken estimate."""
    metric = found.metric
    top, bottom = words.direction_words(metric)
    hint = _("Drawn towards the common value by as much of it as chance explains; the same: {command}")
    columns = [
        Column("place", _("Place"), align="right", kind="number"),
        Column("who", _("Agent") if level == "agent" else _("Team")),
        Column("center", _("Center")),
        Column(metric.key, say(metric.name), align="right", kind="number"),
        Column("estimate", _("Shrunken estimate"), align="right", kind="number", hint=hint.format(command=f"python -m qa ranking {metric.key} --by {level}")),
        Column("in_top", top, align="right", kind="number"),
        Column("in_bottom", bottom, align="right", kind="number"),
    ]
    rows = [_ranking_row(place if found.has_places else None, row, metric, names, level) for place, row in enumerate(found.frame.iter_rows(named=True), 1)]
    caption = _("A tenth of those ranked is {size}. Marked only from a chance of {chance} on; the other places are order without certainty.").format(
        size=format.count(found.size), chance=words.percent(CALLED)
    )
    if found.is_of_few:
        caption = _("Fewer than five with enough records: values only, no estimates and no places.")
    elif not found.has_places:
        caption = _("No places: the differences are no more than chance explains.")
    if found.left_out:
        left_out = ngettext(
            "{count} with fewer than the least number of records is left out.",
            "{count} with fewer than the least number of records are left out.",
            found.left_out,
        )
        caption = sentences(caption, left_out.format(count=format.count(found.left_out)))
    empty = _("Nobody has enough records to be ranked. Choose a longer period.")
    title = _("Ranking by shrunken estimate") if found.has_places else _("Values and shrunken estimates")
    if found.is_of_few:
        title = _("Values only")
        columns, rows = columns[1:4], [replace(row, cells=row.cells[1:4]) for row in rows]
    return Table("ranking", title, columns, rows, caption, height=420, empty=empty)


def _ranking_row(place: int | None, row: dict, metric: Metric, names: Names, level: Level) -> Row:
    unit = metric.unit
    key = (row["center"], row[level])
    said = {"top": Mark("better", _("top tenth")), "bottom": Mark("worse", _("bottom tenth"))}
    if metric.better not in HIGH_IS_GOOD:
        said = {"top": Mark("none", _("highest tenth")), "bottom": Mark("none", _("lowest tenth"))}
    cells = [
        Cell("-" if place is None else format.count(place), sort=place),
        Cell(names.of("agent", row[level]) if level == "agent" else row[level]),
        Cell(names.of("center", row["center"])),
        Cell(format.value(row["value"], unit), sort=row["value"], detail=f"{format.interval(row['low'], row['high'], unit)} · n = {format.count(row['n'])}"),
        Cell(format.value(row["estimate"], unit), sort=row["estimate"], detail=format.interval(row["shrunken_low"], row["shrunken_high"], unit)),
        *(Cell(format.value(row[f"in_{side}"], "share"), sort=row[f"in_{side}"], mark=mark if row["called"] == side else None) for side, mark in said.items()),
    ]
    return Row(joined(key), cells)


def act(event: Event | None, asked: Asked, level: Level, metric: str = "", against: str = "") -> None:
    """Down to an agent or a team's agents, or the proof of the figures."""
    if event is None:
        return
    if event.kind in ("row", "point") and event.payload:
        center, name = parted(event.payload if event.kind == "row" else event.payload[0])
        open_row(level, center, name, asked.filters)
    else:
        session.prove(proof(event.item, asked.filters, level, metric, against))


def proof(item: str, filters: Filters, level: Level, metric: str, against: str) -> Shown:
    """The figures behind one item."""
    shown = {"ranking": (metric,), "funnel": (metric,), "scatter": ("mean_score", against)}.get(item, metrics_shown(metric))
    return Shown(shown, ROWS[level], filters)


