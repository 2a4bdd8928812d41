"""Questions -> what is said of each metric and group."""

from collections.abc import Iterable, Sequence

import polars as pl

from qa.filters import Filters, Scope
from qa.judging import judged
from qa.metrics import METRICS
from qa.query import obstacle, questions
from qa.warehouse import Warehouse


def answer(warehouse: Warehouse, keys: Sequence[str], by: Sequence[str], filters: Filters, scope: Scope) -> pl.DataFrame:
    """Every metric for every group, in the order asked.

    Columns: metric, the groups, numerator, denominator, value, n, low, high, minimum, maximum, gap, is_default_target,
    headquarters (its value where a gap is judged), verdict (met, missed, uncertain, too_few, no_target),
    signal (better, worse, none, too_few; null without groups) and the moments of means and ratios.
    A metric that cannot be asked this way has no rows.
    """
    return warehouse.told((tuple(keys), tuple(by), filters, scope), lambda: _judged(warehouse, keys, by, filters, scope))


def _judged(warehouse: Warehouse, keys: Sequence[str], by: Sequence[str], filters: Filters, scope: Scope) -> pl.DataFrame:
    frames = {}
    for question in questions(askable(warehouse, keys, by, filters), by, filters, scope):
        sums = warehouse.sums(question)
        told = judged(warehouse, question, sums)
        frames |= {key: told.slice(place * sums.height, sums.height) for place, key in enumerate(question.metrics)}
    ordered = [frames[key] for key in keys if key in frames]
    return pl.concat(ordered) if ordered else pl.DataFrame()


def askable(warehouse: Warehouse, keys: Iterable[str], by: Sequence[str], filters: Filters) -> list[str]:
    """Those of the metrics that can be asked this way of these extracts."""
    return [key for key in keys if not obstacle(METRICS[key], by, filters) and not warehouse.missing_tables(METRICS[key].sources)]


def fetch_ahead(warehouse: Warehouse, scope: Scope, wanted: Iterable[tuple[Iterable[str], Sequence[str], Filters]]) -> None:
    """Let the warehouse fetch what is about to be asked, each as (metrics, groups, filters), in as few queries as can be."""
    found = [question for keys, by, filters in wanted for question in questions(askable(warehouse, keys, by, filters), by, filters, scope)]
    warehouse.ahead(found)
