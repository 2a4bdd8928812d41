"""Until the overview is drawn for a viewer who comes: with a browser that has been here, with an empty one, to a server just started.

Who returns has been here three times: Chromium keeps compiled scripts from the second visit on and uses them from the third.
"""

import time

from benchmarks.data import PATIENCE_S, WORK, built
from benchmarks.drawn import chromium, opened
from benchmarks.results import Recorder
from tests.serving import running_board

VISITS = 3
ROUNDS = 7
STARTS = 5


def measure(recorder: Recorder, size: str = "10m") -> None:
    """Open the overview again and again; then start servers one after the other."""
    extracts = built(size)
    with chromium() as browser:
        with running_board(extracts, WORK / "board.log", PATIENCE_S) as address:
            warmed = browser.returning()
            for _visit in range(VISITS):
                opened(warmed, address)[0].close()
            recorder.others.begin()
            times = {"open_returning": [], "open_new": []}
            for _round in range(ROUNDS):
                page, ms = opened(warmed, address)
                times["open_returning"].append(ms)
                page.close()
                new = browser.new()
                times["open_new"].append(opened(new, address)[1])
                new.close()
            recorder.add_all(times, f"{size} calls")
        recorder.add("start", [_start(browser, extracts) for _start_number in range(STARTS)], f"{size} calls, Chromium running, its cache empty")


def _start(browser, extracts) -> float:
    since = time.time()
    with running_board(extracts, WORK / "board.log", PATIENCE_S) as address:
        new = browser.new()
        ms = opened(new, address, since)[1]
        new.close()
        return ms
