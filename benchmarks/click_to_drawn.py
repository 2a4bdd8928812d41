"""Milliseconds from the mousedown on a filter to a board that shows the new state and stays still.

    python benchmarks/click_to_drawn.py http://127.0.0.1:8501/ --choose '[data-testid="stButtonGroup"] button'

Real Chromium, one page, one click a round on the next option. "Drawn" is the first frame painted after the last change
inside the board, when tiles, charts and table all differ from before the click and nothing changes for another 600 ms
(which are not counted). A value clicked for the first time is "unseen", later "seen": start the server anew, or choose
options that nobody has asked for, when unseen values are to be measured.
"""

import argparse
import json
import shutil
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

STILL_MS = 600
PROBE = """
() => {
  const probe = (window.qbProbe = { start: 0, painted: 0 })
  addEventListener("mousedown", event => { probe.start = event.timeStamp; probe.painted = 0 }, true)
  const watch = new MutationObserver(() => requestAnimationFrame(() => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => { probe.painted = performance.now() }
    channel.port2.postMessage(0)
  }))
  watch.observe(document.querySelector(".qb"), { subtree: true, childList: true, characterData: true, attributes: true })
}
"""
STATE = """
() => ({
  tiles: [...document.querySelectorAll(".qb .qb-tile")].map(tile => tile.innerText).join("|"),
  charts: [...document.querySelectorAll(".qb .qb-plot")].map(plot =>
    [...plot.querySelectorAll(".trace path")].map(path => path.getAttribute("d")).join("")),
  table: document.querySelector(".qb .qb-grid-table tbody")?.innerText ?? "",
})
"""


def main() -> None:
    """Measure and print one line a kind, or all clicks as JSON."""
    options = arguments()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(options.url)
        page.locator(".qb .qb-plot .main-svg").first.wait_for()
        page.wait_for_timeout(2000)
        page.evaluate(PROBE)
        clicks = [click(page, options, number) for number in range(options.rounds)]
        browser.close()
    if options.json:
        print(json.dumps(clicks))
        return
    for kind in ("unseen", "seen"):
        if times := [each["ms"] for each in clicks if each["kind"] == kind]:
            print(f"{kind:7} n={len(times):3}  median {median(times):6.0f} ms   p95 {percentile_95(times):6.0f} ms")


def arguments() -> argparse.Namespace:
    """What to click, how often, where."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--choose", required=True, help="CSS selector of the filter's options")
    parser.add_argument("--open", help="CSS selector of what must be clicked first to show the options; not counted")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def click(page: Page, options: argparse.Namespace, number: int) -> dict[str, object]:
    """One round: which option, seen before or not, and the milliseconds until all was drawn."""
    if options.open:
        page.locator(options.open).first.click()
    choices = page.locator(options.choose)
    at = number % choices.count()
    before = page.evaluate(STATE)
    choices.nth(at).click()
    wait_until_still(page)
    after = page.evaluate(STATE)
    unchanged = [part for part in ("tiles", "table") if before[part] == after[part]]
    unchanged += [f"chart {place}" for place, shown in enumerate(after["charts"]) if shown in before["charts"]]
    probe = page.evaluate("window.qbProbe")
    kind = "unseen" if number < choices.count() else "seen"
    return {"kind": kind, "option": at, "ms": probe["painted"] - probe["start"], "unchanged": unchanged}


def wait_until_still(page: Page) -> None:
    """Until something was painted since the click and nothing for STILL_MS, with no script running."""
    page.wait_for_function(
        """still => qbProbe.painted && performance.now() - qbProbe.painted > still
             && !document.querySelector('[data-test-script-state="running"]')""",
        arg=STILL_MS,
        timeout=30_000,
    )


def percentile_95(times: list[float]) -> float:
    """The 95th percentile, the largest of a single one."""
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


if __name__ == "__main__":
    main()
