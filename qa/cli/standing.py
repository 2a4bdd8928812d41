"""The commands behind what the agents' page estimates: the ranking by shrunken estimates, the severity of evaluators, the adjusted scores."""

from dataclasses import asdict
from typing import Annotated, Literal

import polars as pl
from cyclopts import Parameter
from polars import selectors

from qa.agents.figures import RANKED_BY, ROWS, Level, judged
from qa.agents.ranking import ranking as ranked
from qa.agents.severity import adjusted_scores, fitted
from qa.cli.numbers import EVERYTHING, print_frame
from qa.cli.options import DEFAULT_DATA, Choice, Data, Format, opened
from qa.i18n import _
from qa.metrics import METRICS
from qa.query import NotAnswerable

By = Annotated[Level, Parameter(name="--by", help="Agents or teams.")]
FIGURES = ("value", "low", "high", "n", "estimate", "shrunken_low", "shrunken_high", "in_top", "in_bottom", "called")


def ranking(
    metric: Annotated[str, Parameter(help="One metric key.")] = "mean_score",
    *,
    by: By = "agent",
    choice: Choice = EVERYTHING,
    format: Format = "table",
    data: Data = DEFAULT_DATA,
) -> None:
    """Print who ranks where by a metric.

    Value, shrunken estimate, their intervals, and the chance of being in the top or bottom tenth.
    """
    if metric not in RANKED_BY:
        raise NotAnswerable(_("Nobody is ranked by {metric}; these are possible: {known}.").format(metric=metric, known=", ".join(RANKED_BY)))
    warehouse = opened(data)
    frame = judged(warehouse, None, choice.filters(warehouse), by, (metric,))
    found = ranked(frame, METRICS[metric], warehouse.config).frame if frame.height else frame
    _print(found.select(*ROWS[by], *(name for name in FIGURES if name in found.columns)), format)


def severity(
    *,
    of: Annotated[Literal["evaluators", "agents", "teams"], Parameter(help="Whose figures.")] = "evaluators",
    choice: Choice = EVERYTHING,
    format: Format = "table",
    data: Data = DEFAULT_DATA,
) -> None:
    """Print how much more each evaluator gives than the others.

    With --of agents or teams: the scores that an average evaluator would have given them.
    """
    warehouse = opened(data)
    filters = choice.filters(warehouse)
    found = fitted(warehouse, None, filters)
    if of == "evaluators":
        _print(pl.DataFrame([asdict(one) for one in found.evaluators]), format)
    else:
        _print(adjusted_scores(warehouse, None, filters, ROWS["agent" if of == "agents" else "team"], found), format)


def _print(frame: pl.DataFrame, format: Format) -> None:
    """All digits where a program reads them, four decimals for people."""
    print_frame(frame.with_columns(selectors.float().round(4)) if format == "table" else frame, format)
