"""From a click to all drawn: months in the filter bar, and pages of the menu. `make bench ONLY=clicks`

A month or page clicked for the first time has not been computed by this server; later it has, and months are stepped through by
their arrows too. For that the server computes nothing ahead (``NOTHING_AHEAD``); one that does is stepped backwards by the arrow,
with a pause to look at each month.
"""

from benchmarks.browser import Page
from benchmarks.data import PATIENCE_S, SIZES, WORK, built
from benchmarks.drawn import chromium, month_clicked, month_stepped, opened, page_clicked
from benchmarks.results import Recorder
from tests.serving import running_board

MOST_MONTHS = 16
PAGES = ("trend", "centers", "agents", "teams", "errors", "scores", "satisfaction", "resolution", "service", "")
ROUNDS = 3
SETTLE_MS = 3_000
LOOK_MS = 2_000
NOTHING_AHEAD = {"QA_AHEAD": "0"}


def measure(recorder: Recorder, size: str = "10m") -> None:
    """Click through months, then through pages, on a server of its own for each."""
    extracts = built(size)
    with chromium() as browser:
        for kind, targets, click in (("click", months(size), month_clicked), ("page", PAGES, page_clicked)):
            with running_board(extracts, WORK / "board.log", PATIENCE_S, **NOTHING_AHEAD) as address:
                page, _ms = opened(browser.new(), address)
                page.wait(SETTLE_MS)
                recorder.others.begin()
                recorder.add_all(_rounds(kind, targets, page, click), f"{size} calls, real Chromium on the same cores")
                if kind == "click":
                    steps = [way for way in ("earlier", "later") for _month in targets[1:]]
                    recorder.add("click_arrow", [month_stepped(page, way) for way in steps], f"{size} calls, through {len(targets)} months and back")
        with running_board(extracts, WORK / "board.log", PATIENCE_S) as address:
            page, _ms = opened(browser.new(), address)
            recorder.others.begin()
            recorder.add("click_ahead", _backwards(page), f"{size} calls, by the arrow, {LOOK_MS / 1000:.0f} s to look at each month")


def months(size: str) -> list[str]:
    """The months to click: the latest but the very last, on which the page opens by itself."""
    return [str(month) for month in SIZES[size].months[-1 - MOST_MONTHS : -1]]


def _backwards(page: Page) -> list[float]:
    """Milliseconds of each click on the arrow to the month before."""
    found = []
    for _month in range(MOST_MONTHS):
        page.wait(LOOK_MS)
        found.append(month_stepped(page, "earlier"))
    return found


def _rounds(kind: str, targets, page: Page, click) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {f"{kind}_new": [], f"{kind}_seen": []}
    for turn in range(ROUNDS):
        for target in targets:
            times[f"{kind}_seen" if turn else f"{kind}_new"].append(click(page, target))
    return times
