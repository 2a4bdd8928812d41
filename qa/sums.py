"""The sums that answer questions, asked of the rollups in as few queries as can be, and kept. Thread-safe."""

from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from threading import Lock

import polars as pl
from cachetools import LRUCache

from qa.batch import Batch, batches
from qa.cuts import Cut, cut_of
from qa.query import Query, Question, rollup_query

# All months of six hundred agents are 4 MB a source; most other answers are a few KB.
HELD_BYTES = 96 * 2**20
# What the parts of one page ask for again; cutting once more costs little.
CUT_BYTES = 16 * 2**20
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
        self._answers: LRUCache[Hashable, pl.DataFrame] = LRUCache(HELD_BYTES, getsizeof=pl.DataFrame.estimated_size)
        self._cuts: LRUCache[Hashable, pl.DataFrame] = LRUCache(CUT_BYTES, getsizeof=pl.DataFrame.estimated_size)
        self._pool = ThreadPoolExecutor(QUERIES_AT_ONCE)
        self._lock = Lock()

    def of(self, question: Question) -> pl.DataFrame:
        """What ``Warehouse.sums`` returns."""
        cut = self.cut(question)
        if cut is None:
            return self._whole(question)
        own = self._cut_out(cut)
        # A total of no rows at all is a row of its own, which no cut brings forth.
        return own if question.by or own.height else self._whole(question)

    def ahead(self, questions: Sequence[Question]) -> None:
        """Fetch what a page is about to ask, in few queries, side by side; ``of`` then has the answers at hand."""
        asked = dict.fromkeys(cut.wide if (cut := self.cut(question)) else question for question in questions)
        missing = [more for question in asked if (more := _lacking(question, self._held(question)))]
        for answers in self._pool.map(self._answered, batches(missing, self._measures)):
            for question, frame in answers:
                self._keep(self._answers, _key(question), frame)

    def cut(self, question: Question) -> Cut | None:
        """The wider question that is asked instead; None where its rows would be too many to hold."""
        return None if "agent" in question.by and self._agent_months > WIDEST else cut_of(question)

    def _cut_out(self, cut: Cut) -> pl.DataFrame:
        wide = self._whole(cut.wide)
        # Other metrics may have been asked of the wide question when it was cut before.
        key = (_key(cut.question), tuple(wide.columns))
        with self._lock:
            held = self._cuts.get(key)
        return self._keep(self._cuts, key, cut.out_of(wide)) if held is None else held

    def _whole(self, question: Question) -> pl.DataFrame:
        held = self._held(question)
        more = _lacking(question, held)
        return held if more is None else self._keep(self._answers, _key(more), self._run(rollup_query(more, self._measures)))

    def _held(self, question: Question) -> pl.DataFrame:
        """What is held of the question, of whatever metrics; an empty frame where nothing is."""
        with self._lock:
            return self._answers.get(_key(question), pl.DataFrame())

    def _answered(self, batch: Batch) -> list[tuple[Question, pl.DataFrame]]:
        return batch.answers(self._run(batch.query))

    def _keep(self, cache: LRUCache[Hashable, pl.DataFrame], key: Hashable, frame: pl.DataFrame) -> pl.DataFrame:
        with self._lock, suppress(ValueError):
            # ValueError: larger than all that is held.
            cache[key] = frame
        return frame


def _lacking(question: Question, held: pl.DataFrame) -> Question | None:
    """What to ask where not all of its metrics are held: those held as well, so that no answer takes the place of another."""
    known = dict.fromkeys(name.partition(".")[0] for name in held.columns if "." in name)
    return None if known.keys() >= set(question.metrics) else replace(question, metrics=tuple(known | dict.fromkeys(question.metrics)))


def _key(question: Question) -> Hashable:
    return (tuple(source.name for source in question.sources), question.by, question.filters, question.scope)
