"""The build this run shows, and what has been computed from it: one run, one build.

A run takes the build in force when it starts and keeps it to its end, fragments and dialogs included. A new build is
noticed at the next run; whoever finds it first opens it while the others go on with the one they have.
"""

import os
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TypeVar

import polars as pl
import streamlit as st
from cachetools import LRUCache

from qa.build.manifest import POINTER, rollup_folder
from qa.filters import Filters, Scope
from qa.i18n import language, set_language
from qa.process import give_back
from qa.relations import query_text
from qa.results import answer
from qa.session.board import Prepared, prepare
from qa.session.board.items import Item
from qa.session.viewer import viewer
from qa.view import Agent, Center, Choices
from qa.warehouse import NoBuild, Warehouse

T = TypeVar("T")

ROOT = Path(__file__).resolve().parents[2]
REMEMBERED = 512
_WAREHOUSE = "_warehouse"


def folder() -> Path:
    """Where the extracts lie: ``QA_DATA``, or ``data/extracts`` of this checkout."""
    return Path(os.environ.get("QA_DATA") or ROOT / "data" / "extracts")


class _Shelf:
    """The open build of this process, and what was computed from recent ones."""

    def __init__(self) -> None:
        self._warehouse: Warehouse | None = None
        self._opening = Lock()
        self._lock = Lock()
        self._results: LRUCache[tuple[str | None, Hashable], Future] = LRUCache(REMEMBERED)
        self._beside = ThreadPoolExecutor(1)

    def newest(self, data: Path) -> Warehouse | None:
        """The build in force; the one before it while somebody else is opening the new one; None before the first."""
        held = self._warehouse
        if _is_in_force(held, data):
            return held
        if not self._opening.acquire(blocking=held is None or held.data != data):
            return held
        try:
            if not _is_in_force(self._warehouse, data):
                previous, self._warehouse = self._warehouse, Warehouse.open(data)
                if previous:
                    self._forget_builds_before(previous)
            return self._warehouse
        except NoBuild:
            return None
        finally:
            self._opening.release()

    def remembered(self, build_id: str, key: Hashable, compute: Callable[[], T]) -> T:
        """What ``compute`` returned for this key of a build before, or now; two who ask at once compute once."""
        key = (build_id, key)
        future, is_new = self._future(key)
        if is_new:
            self._compute(key, future, compute)
        return future.result()

    def begun(self, key: Hashable, compute: Callable[[], T]) -> Future:
        """What ``compute`` returns for this key, while it is being computed beside the runs: one such thing at a time."""
        key = (None, key)
        future, is_new = self._future(key)
        if is_new:
            self._beside.submit(self._compute, key, future, compute)
        return future

    def _forget_builds_before(self, previous: Warehouse) -> None:
        """Keep what was computed from the build now open and from the previous one, which runs that have begun still show."""
        shown = {None, previous.build_id, self._warehouse.build_id}
        with self._lock:
            for key in [key for key in self._results if key[0] not in shown]:
                del self._results[key]
        give_back()

    def _future(self, key: tuple[str | None, Hashable]) -> tuple[Future, bool]:
        """The one future of this key, and whether it was not there before: then who asks has to fill it."""
        with self._lock:
            future = self._results.get(key)
            if future is not None:
                return future, False
            self._results[key] = future = Future()
            return future, True

    def _compute(self, key: tuple[str | None, Hashable], future: Future, compute: Callable[[], T]) -> None:
        try:
            future.set_result(compute())
        except BaseException as error:
            with self._lock:
                self._results.pop(key, None)
            future.set_exception(error)


@cache
def _shelf() -> _Shelf:
    """The one of this process."""
    return _Shelf()


def begin() -> Warehouse | None:
    """Take the build in force for this run; None before the first build."""
    st.session_state[_WAREHOUSE] = newest()
    return warehouse()


def newest() -> Warehouse | None:
    """The build in force, opened once for all; None before the first."""
    return _shelf().newest(folder())


def warehouse() -> Warehouse | None:
    """The build this run shows."""
    return st.session_state.get(_WAREHOUSE)


def computed(compute: Callable[..., T], *arguments: Hashable) -> T:
    """``compute(warehouse, scope, *arguments)``, kept for this build, scope and language."""
    return kept(warehouse(), viewer().scope, compute, *arguments)


def prepared(build: Warehouse, scope: Scope, make: Callable[..., list[Item]], *arguments: Hashable) -> Prepared:
    """``make(build, scope, *arguments)`` as the board takes it, kept like ``computed``."""
    return kept(build, scope, _prepared, make, *arguments)


def fetch(keys: tuple[str, ...], by: tuple[str, ...], filters: Filters) -> pl.DataFrame:
    """Every metric for every group: what ``qa.results.answer`` returns."""
    return computed(_answer, keys, by, filters)


def choices() -> Choices:
    """What the filter bar offers; nothing but today before the first build."""
    build = warehouse()
    if build is None:
        return Choices(today=date.today(), first_day=date.today())
    return choices_of(build, viewer().scope)


def choices_of(build: Warehouse, scope: Scope) -> Choices:
    """What there is to choose from in a build, within the scope."""
    return kept(build, scope, _choices)


def kept(build: Warehouse, scope: Scope, compute: Callable[..., T], *arguments: Hashable) -> T:
    """``compute(build, scope, *arguments)``, kept for this build, scope and language: for who is given them."""
    key = (build.data, scope, language(), compute, arguments)
    return _shelf().remembered(build.build_id, key, lambda: compute(build, scope, *arguments))


def begun(compute: Callable[..., T], *arguments: Hashable) -> Future:
    """``compute(*arguments)``, begun beside this run and kept: what takes too long to wait for. Texts in it are in the viewer's language."""
    words = language()

    def told() -> T:
        set_language(words)
        return compute(*arguments)

    return _shelf().begun((words, compute, arguments), told)


def _prepared(build: Warehouse, scope: Scope, make: Callable[..., list[Item]], *arguments: Hashable) -> Prepared:
    return prepare(make(build, scope, *arguments))


def _answer(build: Warehouse, scope: Scope, keys: tuple[str, ...], by: tuple[str, ...], filters: Filters) -> pl.DataFrame:
    return answer(build, keys, by, filters, scope)


def _choices(build: Warehouse, scope: Scope) -> Choices:
    centers = [
        Center(row["center_id"], row["name"], row["name_en"] or "", bool(row["is_headquarters"]), int(row["period_start_day"] or 1))
        for row in build.centers.iter_rows(named=True)
        if scope is None or row["center_id"] in scope
    ]
    centers.sort(key=lambda center: not center.is_headquarters)
    visible = {center.center_id for center in centers}
    places = _places(build, visible)
    teams: dict[str, set[str]] = {}
    for center, team, _agent in places:
        if team is not None:
            teams.setdefault(center, set()).add(team)
    queues = {
        queue
        for relation in ("calls_by_center_day", "surveys_by_center_day")
        for queue in build.known("queue", relation, scope)["queue"]
    }
    return Choices(
        today=build.span.last_day,
        first_day=build.span.first_day,
        centers=tuple(centers),
        teams={center: tuple(sorted(names)) for center, names in teams.items()},
        queues=tuple(sorted(queues)),
        agents=_agents(build, places),
    )


def _places(build: Warehouse, centers: set[str]) -> set[tuple[str, str | None, str]]:
    """Center, team and agent wherever somebody has worked in these centers: by the roster, and by what is recorded of them."""
    columns = ("center_id", "team", "agent_id")
    on_roster = build.agents.filter(pl.col("center_id").is_in(list(centers))).select(columns)
    recorded = build.rollup_rows(query_text("organisation/places"), {"centers": sorted(centers)}).select(columns)
    return {*on_roster.iter_rows(), *recorded.iter_rows()}


def _agents(build: Warehouse, places: set[tuple[str, str | None, str]]) -> dict[str, Agent]:
    """The agents of these places, by name and id: two people may share a name."""
    worked: dict[str, set[tuple[str, str | None]]] = {}
    for center, team, agent in places:
        worked.setdefault(agent, set()).add((center, team))
    names = {agent: build.agent_names.get(agent) for agent in worked}
    return {
        agent: Agent(agent if names[agent] in (None, "", agent) else f"{names[agent]} {agent}", frozenset(worked[agent]))
        for agent in sorted(worked)
    }


def _is_in_force(held: Warehouse | None, data: Path) -> bool:
    """Whether the pointer still names the build held; also when there is no pointer any more."""
    if held is None or held.data != data:
        return False
    try:
        return (rollup_folder(data) / POINTER).read_text(encoding="utf-8").strip() == held.build_id
    except FileNotFoundError:
        return True
