"""Milliseconds from the click on a month to an overview that shows it and stays still. `python -m benchmarks.click_to_drawn`

Real Chromium, one page of 15 tiles with sparklines, 5 charts and a table of all agents, a window tall enough to show them
all. "Drawn" is the first frame painted after the last change inside the board, when the tiles differ from before the click
and nothing changes for another 700 ms, which are not counted. A month clicked for the first time has not been computed by
this server; later it has.
"""

import argparse
from datetime import date
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from qa import format
from tests.serving import running_board
from tools.chromium import find

WORK = Path(__file__).parent / "work"
STILL_MS = 700
# The sample's data end in October 2026; the page itself opens on that month.
MONTHS = [format.month(date(2026, month, 1)) for month in range(2, 10)]
ROUNDS = 3
WINDOW = {"width": 1400, "height": 2600}
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PROBE = """() => {
  const probe = (window.probe = { clicked: 0, changed: 0 })
  const inBoard = ({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest(".qb")
  addEventListener("mousedown", () => { probe.clicked = performance.now(); probe.changed = 0 }, true)
  new MutationObserver(changes => changes.some(inBoard) && requestAnimationFrame(() => {
    const painted = new MessageChannel()
    painted.port1.onmessage = () => { probe.changed = performance.now() }
    painted.port2.postMessage(0)
  })).observe(document.querySelector("[data-testid=stMain]"), {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["d", "transform"],
  })
}"""
TILES = "() => [...document.querySelectorAll('.qb .qb-tile')].map(tile => tile.innerText).join('|')"
DRAWN = f"before => ({TILES})() !== before && performance.now() - probe.changed > {STILL_MS}"


def click_times(address: str) -> dict[str, list[float]]:
    """Milliseconds of every click, by whether its month was seen before on this server."""
    times: dict[str, list[float]] = {"not seen": [], "seen": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find()), args=BROWSER)
        page = browser.new_page(viewport=WINDOW, locale="zh-CN")
        page.goto(address)
        page.wait_for_selector(".qb .qb-tile", timeout=60_000)
        page.wait_for_timeout(5_000)
        page.evaluate(PROBE)
        for turn in range(ROUNDS * len(MONTHS)):
            times["not seen" if turn < len(MONTHS) else "seen"].append(click(page, MONTHS[turn % len(MONTHS)]))
        browser.close()
    return times


def click(page: Page, month: str) -> float:
    """Choose the month and wait until it is drawn: milliseconds since the click on it."""
    before = page.evaluate(TILES)
    page.locator(".st-key-view-period input").click()
    page.keyboard.type(month)
    option = page.get_by_role("option", name=month, exact=True)
    option.wait_for()
    page.wait_for_timeout(400)
    option.click()
    page.wait_for_function(DRAWN, arg=before, timeout=30_000)
    return page.evaluate("() => probe.changed - probe.clicked")


def report(times: dict[str, list[float]]) -> None:
    """Print a line a kind."""
    for name, found in times.items():
        p95 = quantiles(found, n=20, method="inclusive")[-1]
        print(f"click -> drawn, {name} before: median {median(found):.0f} ms, p95 {p95:.0f} ms, n = {len(found)}")


def main() -> None:
    """Measure on extracts with a build: the medium sample unless told otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("extracts", nargs="?", type=Path, default=WORK / "medium")
    WORK.mkdir(exist_ok=True)
    with running_board(parser.parse_args().extracts, WORK / "board.log") as address:
        report(click_times(address))


if __name__ == "__main__":
    main()
