"""From a click to all drawn: months in the filter bar, and pages of the menu. `make bench ONLY=clicks`

A month or page clicked for the first time has not been computed by this server; later it has.
"""

from datetime import date

from playwright.sync_api import Page

from benchmarks.data import WORK, built
from benchmarks.drawn import chromium, month_clicked, opened, page_clicked, viewer
from benchmarks.results import Recorder
from qa import format
from tests.serving import running_board

# The sample's data end in October 2026; the page itself opens on that month.
MONTHS = [format.month(date(year, month, 1)) for year, months in ((2025, range(6, 13)), (2026, range(1, 10))) for month in months]
PAGES = ("trend", "centers", "agents", "teams", "errors", "scores", "satisfaction", "resolution", "service", "")
ROUNDS = 3
SETTLE_MS = 3_000


def measure(recorder: Recorder, size: str = "10m") -> None:
    """Click through months, then through pages, on a server of its own for each."""
    extracts = built(size)
    with chromium() as browser:
        for kind, targets, click in (("click", MONTHS, month_clicked), ("page", PAGES, page_clicked)):
            with running_board(extracts, WORK / "board.log") as address:
                page, _ms = opened(viewer(browser), address)
                page.wait_for_timeout(SETTLE_MS)
                recorder.others.begin()
                recorder.add_all(_rounds(kind, targets, page, click), f"{size} calls, real Chromium on the same cores")


def _rounds(kind: str, targets, page: Page, click) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {f"{kind}_new": [], f"{kind}_seen": []}
    for turn in range(ROUNDS):
        for target in targets:
            times[f"{kind}_seen" if turn else f"{kind}_new"].append(click(page, target))
    return times
