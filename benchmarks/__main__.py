"""How fast the board is here: the build of the medium sample, and a click on the period until all is drawn. `make bench`."""

import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from tests.serving import ROOT, running_board
from tools.chromium import find

WORK = Path(__file__).parent / "work"
ROUNDS = 24
STILL_MS = 900
BROWSER = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PROBE = """() => {
  const probe = (window.probe = { clicked: 0, changed: 0 })
  addEventListener("mousedown", () => { probe.clicked = performance.now(); probe.changed = 0 }, true)
  new MutationObserver(() => requestAnimationFrame(() => { probe.changed = performance.now() })).observe(
    document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["d", "transform"] })
}"""
TILES = "() => [...document.querySelectorAll('.qb .qb-tile')].map(tile => tile.innerText).join('|')"
DRAWN = f"() => probe.changed > 0 && performance.now() - probe.changed > {STILL_MS}"


def main() -> None:
    """Print the figures of this machine."""
    extracts = WORK / "medium"
    if not extracts.exists():
        _qa("sample", "--into", str(extracts), "--scale", "medium")
    shutil.rmtree(extracts / "rollups", ignore_errors=True)
    started = time.perf_counter()
    _qa("build", "--data", str(extracts))
    print(f"full build of 2 M calls: {time.perf_counter() - started:.1f} s")
    with running_board(extracts, WORK / "board.log") as address:
        for name, times in click_times(address).items():
            print(f"click -> drawn, period {name} before: median {median(times):.0f} ms, max {max(times):.0f} ms, n = {len(times)}")


def click_times(address: str) -> dict[str, list[float]]:
    """Milliseconds from the click on a period to the last change, by whether it was seen before."""
    times: dict[str, list[float]] = {"not seen": [], "seen": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find()), args=BROWSER)
        page = browser.new_page(viewport={"width": 1400, "height": 2400})
        page.goto(address)
        page.wait_for_selector(".qb .qb-tile", timeout=60_000)
        page.wait_for_timeout(5_000)
        page.evaluate(PROBE)
        seen = set()
        for turn in range(ROUNDS):
            page.locator('[data-testid="stSelectbox"]').first.click()
            option = page.locator('[role="option"]').nth(turn % 8)
            name, before = option.inner_text(), page.evaluate(TILES)
            option.click()
            page.wait_for_function(DRAWN, timeout=30_000)
            if page.evaluate(TILES) != before:
                times["seen" if name in seen else "not seen"].append(page.evaluate("() => probe.changed - probe.clicked"))
            seen.add(name)
        browser.close()
    return {name: found for name, found in times.items() if found}


def _qa(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "qa", *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
