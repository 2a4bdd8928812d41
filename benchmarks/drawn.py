"""When a page is drawn, seen from inside a real Chromium: the one probe that every figure of the screen is measured with.

"Drawn" is the first frame painted after the last change inside the board, once

- what was asked for is shown (after a click on a filter the tiles differ from before, after a click on a page its title is there),
- every chart on screen holds its figure,
- Streamlit's script has ended, and
- nothing has changed for another 700 ms, which are not counted.

The window is tall enough for the whole overview. A click counts from the button going down, an opened page from
just before the browser is sent to its address.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import browser
from benchmarks.browser import Chromium, Page, Viewer

STILL_MS = 700
REST_MS = 200

PROBE = """(() => {
  const probe = (window.probe = { clicked: 0, changed: 0 })
  const holds = node => node.nodeType === 1 && (node.matches(".qb") || node.querySelector(".qb") !== null)
  const inBoard = ({ target, addedNodes, removedNodes }) =>
    (target.nodeType === 1 ? target : target.parentElement)?.closest(".qb") || [...addedNodes, ...removedNodes].some(holds)
  addEventListener("mousedown", () => { probe.clicked = Date.now(); probe.changed = 0 }, true)
  new MutationObserver(changes => changes.some(inBoard) && requestAnimationFrame(() => {
    const painted = new MessageChannel()
    painted.port1.onmessage = () => { probe.changed = Date.now() }
    painted.port2.postMessage(0)
  })).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["d", "transform"],
  })
})()"""
STILL = f"""() => window.probe?.changed && Date.now() - probe.changed > {STILL_MS}
  && document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
  && [...document.querySelectorAll(".qb .qb-plot:not(.qb-hidden)")]
    .every(plot => plot.querySelector(".main-svg") || plot.getBoundingClientRect().top > innerHeight)"""
TILES = "() => [...document.querySelectorAll('.qb .qb-tile')].map(tile => tile.innerText).join('|')"
TITLE = "() => document.querySelector('.st-key-frame-title h1')?.innerText ?? ''"
# The menu is an element with a document of its own inside.
FIND = """selector => {
  const roots = [document]
  for (const root of roots) {
    const found = root.querySelector(selector)
    if (found) return found
    roots.push(...[...root.querySelectorAll("*")].flatMap(one => one.shadowRoot ?? []))
  }
  return null
}"""


@contextmanager
def chromium() -> Iterator[Chromium]:
    """A running Chromium, whose pages carry the probe."""
    with browser.chromium(PROBE) as found:
        yield found


def opened(viewer: Viewer, address: str, since: float | None = None) -> tuple[Page, float]:
    """A new page at the address, and the milliseconds until it was drawn.

    ``since``: the time (seconds, ``time.time``) they count from; now where absent.
    """
    page = viewer.new_page()
    since = since or time.time()
    page.goto(address)
    page.wait_for(f"() => ({STILL})() && ({TILES})()")
    return page, page.evaluate("() => probe.changed") - since * 1000


def month_clicked(page: Page, month: str) -> float:
    """Choose the month, such as 2026-09, in the filter bar: milliseconds from the click on it until tiles, charts and table show it."""
    before = page.evaluate(TILES)
    page.click("() => document.querySelector('.qb-filters [data-name=period]')")
    page.write(month)
    option = f"() => document.querySelector('[role=option][data-code=\"{month}\"]:not([hidden])')"
    page.wait_for(f"() => Boolean(({option})())")
    page.wait(400)
    page.click(option)
    return _drawn_after(page, TILES, before)


def month_stepped(page: Page, way: str) -> float:
    """Go to a neighbouring month by its arrow, "earlier" or "later": milliseconds from the click on it until everything shows that month."""
    return _pressed(page, f".qb-arrow[data-way={way}]", TILES)


def page_clicked(page: Page, path: str) -> float:
    """Go to a page by the menu: milliseconds from the click on its link until it is drawn.

    ``path``: the page's in the address, empty for the overview.
    """
    return _pressed(page, f"a[data-path='{path}']", TITLE)


def _pressed(page: Page, target: str, seen: str) -> float:
    """Rest on the target, a selector, and click it: milliseconds from the click until what is seen has changed and everything is drawn."""
    before = page.evaluate(seen)
    page.click(f"() => ({FIND})({json.dumps(target)})", rest_ms=REST_MS)
    return _drawn_after(page, seen, before)


def _drawn_after(page: Page, seen: str, before: str) -> float:
    # What is seen is looked at last: to read it the browser has to lay the page out, in the midst of what is timed.
    page.wait_for(f"before => ({STILL})() && ({seen})() !== before", before)
    return page.evaluate("() => probe.changed - probe.clicked")
