"""What a viewer will probably look at next, computed while nobody waits: the same page one month earlier or later, and of the next center.

One thread does it for all sessions, from what each has drawn last, and only where no page is being made. What it computes is kept
like everything else: by build, scope and language. ``QA_AHEAD=0`` leaves it out.
"""

import atexit
import logging
import os
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, partial
from threading import Condition, Thread

from streamlit.runtime.scriptrunner import get_script_run_ctx

from qa.filters import Scope
from qa.i18n import Language, language, set_language
from qa.session import data, drawn
from qa.session.board.items import Item
from qa.session.viewer import viewer
from qa.view import Choices, View
from qa.warehouse import Warehouse

log = logging.getLogger("tingjian")

# The browser draws what it was sent in this time, on the same cores where it runs beside the server.
QUIET_S = 0.6

# What takes longer is not computed ahead again, for this build: it reads single records, or the machine has other work.
LONG_S = 1.5
PATIENCE_S = 3

# Sessions whose wishes wait; those that have waited longest are dropped first.
WAITING = 20

# What names the kind of work, and the work.
Step = tuple[Hashable, Callable[[], object]]


def likely_next(view: View, choices: Choices) -> list[View]:
    """The views one click away that are looked at most: a month earlier, a month later, the next center."""
    found = [replace(view, period=month) for month in choices.months_beside(view.period, view.month_start) if month]
    if len(view.centers) == 1 and not (view.teams or view.agents):
        centers = choices.center_ids
        following = centers[(centers.index(view.centers[0]) + 1) % len(centers)]
        found.append(replace(view, centers=(following,)))
    return found


class Ahead:
    """The steps wished for by each session, and the thread that takes them when it is quiet."""

    def __init__(self, quiet_s: float = QUIET_S):
        self._quiet_s = quiet_s
        self._changed = Condition()
        self._wishes: dict[str, list[Step]] = {}
        self._long: set[Hashable] = set()
        self._running, self._last_end, self._closed = 0, 0.0, False
        self._thread: Thread | None = None

    @contextmanager
    def making(self, session: str) -> Iterator[None]:
        """A page is being made for the session: nothing is begun meanwhile, and what the session wished for before is out of date."""
        with self._changed:
            self._running += 1
            self._wishes.pop(session, None)
        try:
            yield
        finally:
            with self._changed:
                self._running -= 1
                self._last_end = time.monotonic()
                self._changed.notify()

    def wish(self, session: str, steps: list[Step]) -> None:
        """Let these steps be taken one by one when it is quiet, unless the session looks at something else before."""
        with self._changed:
            self._wishes[session] = [step for step in steps if step[0] not in self._long]
            while len(self._wishes) > WAITING:
                del self._wishes[next(iter(self._wishes))]
            if self._thread is None:
                self._thread = Thread(target=self._work, name="ahead", daemon=True)
                self._thread.start()
                atexit.register(self.close)
            self._changed.notify()

    def close(self) -> None:
        """End the thread, unless it is long at something: what it holds has to go before the libraries do."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread:
            self._thread.join(PATIENCE_S)

    def _work(self) -> None:
        while step := self._next():
            self._take(*step)

    def _take(self, kind: Hashable, compute: Callable[[], object]) -> None:
        begun = time.monotonic()
        try:
            compute()
        except BaseException:
            # A panic of Polars is no Exception, and would end the thread. Whoever gets there is told; here nobody waits.
            log.info("a step ahead failed", exc_info=True)
        if time.monotonic() - begun > LONG_S:
            self._long.add(kind)

    def _next(self) -> Step | None:
        with self._changed:
            while not self._closed:
                since = time.monotonic() - self._last_end
                if self._running or not self._wishes:
                    self._changed.wait()
                elif since < self._quiet_s:
                    self._changed.wait(self._quiet_s - since)
                else:
                    session, steps = next(iter(self._wishes.items()))
                    if steps:
                        return steps.pop(0)
                    del self._wishes[session]
        return None


@cache
def _ahead() -> Ahead:
    """The one of this process."""
    return Ahead()


@contextmanager
def making_page() -> Iterator[None]:
    """A page is being made for this session."""
    with _ahead().making(_session()):
        yield


def look(view: View, choices: Choices) -> None:
    """Let what this run has drawn be computed for the views that are likely next."""
    build = data.warehouse()
    if build is None or os.environ.get("QA_AHEAD") == "0":
        return
    asked, scope, spoken = view.asked(choices), viewer().scope, language()
    steps: list[Step] = []
    for following in (one.asked(choices) for one in likely_next(view, choices)):
        exchanged = {asked: following, asked.filters: following.filters}
        for make, arguments in drawn.of_this_run():
            others = tuple(exchanged.get(given, given) for given in arguments)
            if others != arguments:
                steps.append(((build.build_id, make), partial(_prepare, build, scope, spoken, make, others)))
    _ahead().wish(_session(), steps)


def _prepare(build: Warehouse, scope: Scope, spoken: Language, make: Callable[..., list[Item]], arguments: tuple[Hashable, ...]) -> None:
    if data.newest() is build:
        set_language(spoken)
        data.prepared(build, scope, make, *arguments)


def _session() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""
