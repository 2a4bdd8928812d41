"""Questions -> what is said of each metric and group."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import polars as pl

from qa.filters import Filters, Scope
from qa.judging import judged
from qa.metrics import METRICS
from qa.query import Question, can_be_asked, questions
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
    frames: dict[str, pl.DataFrame] = {}
    for question, sums in _together(warehouse, questions(askable(warehouse, keys, by, filters), by, filters, scope)):
        told = judged(warehouse, question, sums)
        frames |= {key: told.slice(place * sums.height, sums.height) for place, key in enumerate(question.metrics)}
    ordered = [frames[key] for key in keys if key in frames]
    return pl.concat(ordered) if ordered else pl.DataFrame()


def _together(warehouse: Warehouse, asked: Iterable[Question]) -> list[tuple[Question, pl.DataFrame]]:
    """Questions with their sums, those of the same groups as one: judging them together costs little more than one of them.

    Its sources are those of the first; no metric is of two questions.
    """
    found: list[tuple[Question, pl.DataFrame]] = []
    for question in asked:
        sums = warehouse.sums(question)
        place = next((at for at, (_asked, others) in enumerate(found) if _same_groups(sums, others, question.by)), None)
        if place is None:
            found.append((question, sums))
        else:
            first, others = found[place]
            more = [column for column in sums.get_columns() if column.name.partition(".")[0] in question.metrics]
            found[place] = replace(first, metrics=first.metrics + question.metrics), others.hstack(more)
    return found


def _same_groups(sums: pl.DataFrame, others: pl.DataFrame, by: Sequence[str]) -> bool:
    return sums.height == others.height and all(sums.get_column(name).equals(others.get_column(name), null_equal=True) for name in by)


def askable(warehouse: Warehouse, keys: Iterable[str], by: Sequence[str], filters: Filters) -> list[str]:
    """Those of the metrics that can be asked this way of these extracts."""
    return [key for key in keys if can_be_asked(METRICS[key], by, filters) and not warehouse.missing_tables(METRICS[key].sources)]


def fetch_ahead(warehouse: Warehouse, scope: Scope, wanted: Iterable[tuple[Iterable[str], Sequence[str], Filters]]) -> None:
    """Let the warehouse fetch what is about to be asked, each as (metrics, groups, filters), in as few queries as can be: once, whoever asks."""
    asked = tuple((tuple(keys), tuple(by), filters) for keys, by, filters in wanted)
    warehouse.told(("ahead", asked, scope), lambda: warehouse.ahead(_questions(warehouse, asked, scope)))


def _questions(warehouse: Warehouse, asked: Iterable[tuple[tuple[str, ...], tuple[str, ...], Filters]], scope: Scope) -> list[Question]:
    return [question for keys, by, filters in asked for question in questions(askable(warehouse, keys, by, filters), by, filters, scope)]
