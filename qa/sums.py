"""The sums that answer questions, asked of the rollups in as few queries as can be, and kept. Thread-safe."""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Lock

import polars as pl
from cachetools import LRUCache

from qa.batch import Batch, batches
from qa.cuts import Cut, cut_of
from qa.query import Query, Question, rollup_query

CACHED_ANSWERS = 2048
# What the parts of one page ask for again; cutting once more costs little.
CACHED_CUTS = 64
# Planning is most of a query: more of them at once than the two cores a small machine has gain nothing.
QUERIES_AT_ONCE = 2
# Rows, some 300 bytes each: six hundred agents and two years are a seventh of it.
WIDEST = 100_000


class Sums:
    """``run``: what the rollups of one build return for a query. ``measures``: the columns each metric's macro takes.

    ``agent_months``: how many rows all agents and months can make.
    """

    def __init__(self, run: Callable[[Query], pl.DataFrame], measures: dict[str, tuple[str, ...]], agent_months: float):
        self._run, self._measures, self._agent_months = run, measures, agent_months
        self._answers: LRUCache[Hashable, tuple[tuple[str, ...], pl.DataFrame]] = LRUCache(CACHED_ANSWERS)
        self._cuts: LRUCache[Hashable, pl.DataFrame] = LRUCache(CACHED_CUTS)
        self._pool = ThreadPoolExecutor(QUERIES_AT_ONCE)
        self._lock = Lock()

    def of(self, question: Question) -> pl.DataFrame:
        """What ``Warehouse.sums`` returns."""
        cut = self._cut(question)
        if cut is None:
            return self._whole(question)
        own = self._cut_out(cut)
        # A total of no rows at all is a row of its own, which no cut brings forth.
        return own if question.by or own.height else self._whole(question)

    def ahead(self, questions: Sequence[Question]) -> None:
        """Fetch what a page is about to ask, in few queries, side by side; ``of`` then has the answers at hand."""
        whole = dict.fromkeys(cut.wide if (cut := self._cut(question)) else question for question in questions)
        missing = [more for more, _held in map(self._held, whole) if more]
        for answers in self._pool.map(self._answered, batches(missing, self._measures)):
            for question, frame in answers:
                self._keep(question, frame)

    def _cut(self, question: Question) -> Cut | None:
        """The wider question that is asked instead; None where its rows would be too many to hold."""
        return None if "agent" in question.by and self._agent_months > WIDEST else cut_of(question)

    def _cut_out(self, cut: Cut) -> pl.DataFrame:
        wide = self._whole(cut.wide)
        # More metrics may have been asked of the wide question since.
        key = (_key(cut.question), wide.width)
        with self._lock:
            held = self._cuts.get(key)
        if held is None:
            held = cut.out_of(wide)
            with self._lock:
                self._cuts[key] = held
        return held

    def _whole(self, question: Question) -> pl.DataFrame:
        more, held = self._held(question)
        return held if more is None else self._keep(more, self._run(rollup_query(more, self._measures)))

    def _held(self, question: Question) -> tuple[Question | None, pl.DataFrame]:
        """What is still to be asked, with the metrics held already, so that no answer takes the place of another; and what is held."""
        with self._lock:
            metrics, held = self._answers.get(_key(question), ((), pl.DataFrame()))
        is_all = set(metrics).issuperset(question.metrics)
        return None if is_all else replace(question, metrics=tuple(dict.fromkeys((*metrics, *question.metrics)))), held

    def _answered(self, batch: Batch) -> list[tuple[Question, pl.DataFrame]]:
        return batch.answers(self._run(batch.query))

    def _keep(self, question: Question, frame: pl.DataFrame) -> pl.DataFrame:
        metrics = tuple(dict.fromkeys(name.partition(".")[0] for name in frame.columns if "." in name))
        with self._lock:
            self._answers[_key(question)] = (metrics, frame)
        return frame


def _key(question: Question) -> Hashable:
    return (tuple(source.name for source in question.sources), question.by, question.filters, question.scope)
