"""Numbers that are made of several figures of a proof, worked out anew from it; and the sentences that quote figures."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

import polars as pl

from qa import format
from qa.agents.words import grade_word
from qa.command import arguments
from qa.filters import Filters
from qa.keys import joined
from qa.metrics import METRICS
from qa.proof import Shown
from qa.quality.errors import of_card
from qa.session.board.items import Chart, Event, Item, Sentences, Table
from tests.combinations.held import close, figures
from tests.combinations.pages import Board
from tests.combinations.proofs import on_the_command_line
from tests.combinations.views import Seen

SAMPLES_FOR_ALL = ("random", "quota", "new_hire")
# Sentences -> the figures of the whole choice that they quote.
QUOTED = {
    ("satisfaction", "answer"): ("satisfaction_rate", "response_rate"),
    ("resolution", "answer"): ("first_call_resolution", "one_time_resolution"),
    ("complaints", "answer"): ("complaint_rate",),
    ("errors", "standing"): ("fatal_accuracy", "nonfatal_accuracy", "composite_error_rate"),
    ("service", "access"): ("answer_rate", "service_level", "mean_wait"),
    ("service", "handling"): ("mean_handling",),
    ("outbound", "answer"): ("outbound_calls", "connect_rate", "sales", "sales_rate"),
}


def faults_of_derived(seen: Seen, board: Board) -> Iterator[str]:
    """What is worked out wrongly on one board."""
    for item in board.items:
        figure = getattr(item, "figure", None)
        if figure is not None:
            yield from _of_cumulative(item, figure)
            yield from _CHARTS.get((board.page, item.key), _nothing)(seen, board, item)
        if isinstance(item, Table):
            yield from _of_shares(item)
            yield from _TABLES.get((board.page, item.key), _nothing)(seen, board, item)
        if isinstance(item, Sentences):
            yield from _of_sentences(seen, board, item)


def _nothing(_seen: Seen, _board: Board, _item: Item) -> Iterator[str]:
    return iter(())


def _of_cumulative(item: Item, figure: dict) -> Iterator[str]:
    """The line of a Pareto is the running share of its bars."""
    lines = [trace for trace in figure["data"] if trace.get("xaxis") == "x2"]
    for line in lines:
        amounts = figure["data"][0]["x"]
        shares = [reached / sum(amounts) for reached in accumulate(amounts)]
        if not all(close(*pair) for pair in zip(line["x"], shares, strict=True)):
            yield f"{item.key}: the line is {line['x']}, the bars make {shares}"


def _of_shares(table: Table) -> Iterator[str]:
    """A column of shares is each row's part of the column of amounts."""
    names = [column.key for column in table.columns]
    amount = next((name for name in ("amount", "count") if name in names), "")
    if "share" in names and amount:
        amounts = [row.cells[names.index(amount)].sort for row in table.rows]
        shares = [row.cells[names.index("share")].sort for row in table.rows]
        if not all(close(part / sum(amounts), share) for part, share in zip(amounts, shares, strict=True)):
            yield f"{table.key}: shares {shares} of {amounts}"


def _marks(seen: Seen, board: Board) -> pl.DataFrame:
    card = board.chosen.partition(" ")[2]
    frame = figures(seen, Shown(("evaluation_count",), ("scorecard", "sample", "mark"), of_card(seen.filters, card)))
    return frame.filter(pl.col("mark").is_not_null() & (pl.col("n") > 0)).with_columns(pl.col("sample").is_in(SAMPLES_FOR_ALL).alias("stands"))


def _of_histogram(seen: Seen, board: Board, chart: Chart) -> Iterator[str]:
    """Each bar is the share of its kind's evaluations whose mark lies in the band it names."""
    frame = _marks(seen, board)
    for trace in chart.figure["data"]:
        place = trace["customdata"][0][1]
        own = frame.filter(pl.col("stands") == (place == 0))
        for title, share in zip(trace["x"], trace["y"], strict=True):
            count = sum(n for mark, n in own.select("mark", "n").rows() if _in_band(mark, title))
            if not close(share, count / own["n"].sum()):
                yield f"histogram: {title} of {trace['name']} is {share}, should be {count} of {own['n'].sum()}"


def _in_band(mark: int, title: str) -> bool:
    numbers = [int(part) for part in re.findall(r"\d+", title)]
    if title.startswith("<"):
        return mark < numbers[0]
    return mark > numbers[0] if title.startswith(">") else numbers[0] <= mark <= numbers[-1]


def _of_medians(seen: Seen, board: Board, chart: Chart) -> Iterator[str]:
    """Each dot is the least mark that half of the card's representative evaluations do not exceed."""
    frame = _marks(seen, board).filter("stands")
    dots = next(trace for trace in chart.figure["data"] if trace.get("customdata") is not None)
    for (card,), median in zip(dots["customdata"], dots["x"], strict=True):
        marks = [mark for mark, n in frame.filter(pl.col("scorecard") == card).sort("mark").select("mark", "n").rows() for _one in range(n)]
        if median != marks[-(-len(marks) // 2) - 1]:
            yield f"cards: the median of {card} is {median}, should be {marks[-(-len(marks) // 2) - 1]}"


def _of_windows(seen: Seen, _board: Board, chart: Chart) -> Iterator[str]:
    """At the window in force the curve has the metric's own value."""
    in_force = seen.build.config.definitions.resolution_window_days
    line = next(trace for trace in chart.figure["data"] if trace.get("customdata") is not None)
    value = figures(seen, Shown(("first_call_resolution",), (), seen.filters))["value"][0]
    shown = dict(zip(line["x"], line["y"], strict=True)).get(in_force)
    if shown is not None and not close(shown, value):
        yield f"windows: {shown} at {in_force} days, the metric is {value}"


def _of_again(_seen: Seen, _board: Board, chart: Chart) -> Iterator[str]:
    """Whoever has called again within some days has within more."""
    line = next(trace for trace in chart.figure["data"] if trace.get("customdata") is not None)
    if any(later < earlier or not 0 <= later <= 1 for earlier, later in zip(line["y"], line["y"][1:], strict=False)):
        yield f"again: {line['y']}"


def _of_categories(seen: Seen, board: Board, table: Table) -> Iterator[str]:
    """The rate of a category is its complaints against all answered calls of the choice."""
    row = figures(seen, Shown(("complaint_rate",), (), board.own(seen.filters))).row(0, named=True)
    names = [column.key for column in table.columns]
    for line in table.rows:
        count, rate = (line.cells[names.index(name)].sort for name in ("complaints", "rate"))
        if rate is not None and not close(rate, count / row["denominator"]):
            yield f"category table: {rate} of {count} complaints"
    if row["denominator"] and sum(line.cells[names.index("complaints")].sort for line in table.rows) != row["numerator"]:
        yield "category table: the categories do not add up to the complaints"


def _of_coverage(seen: Seen, _board: Board, table: Table) -> Iterator[str]:
    """The parts of the survey's answers add up to the metric's own number of answers."""
    *parts, whole = (row.cells[1].sort for row in table.rows)
    n = figures(seen, Shown(("one_time_resolution",), (), seen.filters))["n"][0]
    if sum(parts) != whole or whole != n:
        yield f"coverage: {parts} of {whole}, the metric counts {n}"


def _of_sentences(seen: Seen, board: Board, item: Sentences) -> Iterator[str]:
    for line in item.items:
        for key in QUOTED.get((board.page, line.key), ()):
            frame = figures(seen, Shown((key,), (), board.own(seen.filters)))
            row = frame.row(0, named=True) if frame.height else {"value": None}
            if row["value"] is not None and not _texts(row, key) & _quotes(line.text, _texts(row, key)):
                yield f"{line.key}: “{line.text}” does not say {key} {row['value']}"
        if item.key == "attention":
            yield from _of_finding(seen, board, line.key, line.text)


def _of_finding(seen: Seen, board: Board, key: str, text: str) -> Iterator[str]:
    """The figures that a finding quotes first are those of its proof, of the whole, or of the period compared with."""
    lead = board.lead(Event("open", "attention", key))
    if not isinstance(lead, Shown):
        return
    asked = [lead, Shown(lead.metrics, (), lead.filters)]
    asked += [Shown(lead.metrics, (), seen.asked.before)] if seen.asked.before else []
    said = {one for shown in asked for row in figures(seen, shown).iter_rows(named=True) if row["value"] is not None for one in _texts(row, lead.metrics[0])}
    if not _quotes(text, said):
        yield f"attention: “{text}” quotes no figure of its proof"


def _texts(row: dict, key: str) -> set[str]:
    """The ways a page writes a value."""
    bound = row["minimum"] if row["minimum"] is not None else row["maximum"]
    unit = METRICS[key].unit
    return {format.value(row["value"], unit), format.value(row["value"], unit, beside=bound), format.value(row["value"], unit, beside=row["minimum"])}


def _quotes(text: str, said: set[str]) -> set[str]:
    return {one for one in said if one in text}


def _of_appraisals(seen: Seen, _board: Board, table: Table) -> Iterator[str]:
    """Score and grade are those that ``python -m qa appraisal`` prints, the adjusted score is of the evaluations counted."""
    names = [column.key for column in table.columns]
    if "appraisal" not in names:
        return
    told = {joined((row["center"], row["agent"])): row for row in printed_appraisals(seen, seen.filters)}
    for row in table.rows:
        score, grade = (row.cells[names.index(name)] for name in ("appraisal", "grade"))
        there = told.get(row.key, {"score": None, "grade": None})
        if not close(score.sort, there["score"]) or grade.text != grade_word(there["grade"]):
            yield f"agents: {row.key} has {score.sort} {grade.text}, the command line {there['score']} {there['grade']}"


def _of_parts(seen: Seen, board: Board, table: Table) -> Iterator[str]:
    """The points of each part are those that the command prints."""
    told = printed_appraisals(seen, replace(seen.filters, agents=(board.chosen,)))
    for row in table.rows:
        if not any(close(row.cells[3].sort, there[f"{row.key}.points"]) for there in told):
            yield f"appraisal: {row.key} has {row.cells[3].sort} points"


def printed_appraisals(seen: Seen, filters: Filters) -> list[dict]:
    """What ``python -m qa appraisal`` prints for these rows; nothing where no command can ask for them."""
    wanted = arguments(Shown(("mean_score",), (), filters), "mean_score", seen.scope)
    return on_the_command_line(seen, "appraisal", wanted[1:]) if wanted is not None else []


_CHARTS = {
    ("scores", "histogram"): _of_histogram, ("scores", "cards"): _of_medians, ("resolution", "windows"): _of_windows, ("resolution", "again"): _of_again,
}  # fmt: skip
_TABLES = {
    ("agents", "agents"): _of_appraisals, ("agent", "appraisal"): _of_parts,
    ("complaints", "category table"): _of_categories, ("resolution", "coverage"): _of_coverage,
}  # fmt: skip
