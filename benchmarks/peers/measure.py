"""One peer measured: from process start, opened, clicked."""

import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, StorageState

from benchmarks.machine import memory_mib
from benchmarks.peers.home import CENTERS, HERE
from benchmarks.peers.peers import Peer
from benchmarks.peers.server import serving
from benchmarks.peers.wanted import Wanted, wanted
from benchmarks.results import Recorder

WINDOW = {"width": 1400, "height": 2600}
STARTS, OPENS, ROUNDS = 3, 5, 3
REST_MS = 1_500
PATIENCE_MS = 120_000
PROBE = (HERE / "probe.js").read_text("utf-8")


def measure(peer: Peer, browser: Browser, recorder: Recorder) -> None:
    """All figures of the peer into the recorder, under "name/figure"."""
    recorder.others.begin()
    found: dict[str, list[float]] = {"start": [], "open_returning": [], "open_new": [], "click_new": [], "click_seen": [], "memory": []}
    with serving(peer):
        texts, state = wanted(peer), _logged_in(browser, peer)
    for _start in range(STARTS):
        since = time.time()
        with serving(peer):
            context = _viewer(browser, state)
            found["start"].append(_opened(context, peer, texts[""], since)[1])
            context.close()
    with serving(peer) as server:
        context = _viewer(browser, state)
        page, _ms = _opened(context, peer, texts[""])
        _clicks(page, peer, texts, found)
        page.close()
        for _round in range(OPENS):
            page, ms = _opened(context, peer, texts[""])
            found["open_returning"].append(ms)
            page.close()
            new = _viewer(browser, state)
            found["open_new"].append(_opened(new, peer, texts[""])[1])
            new.close()
        found["memory"].append(memory_mib(server))
        context.close()
    recorder.add_all({f"{peer.name}/{key}": values for key, values in found.items()})


def _logged_in(browser: Browser, peer: Peer) -> StorageState | None:
    """The cookies of who has logged in, which outlive the server; None where nobody has to."""
    if peer.login is None:
        return None
    context = browser.new_context(viewport=WINDOW, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    peer.login(context.new_page())
    state = context.storage_state()
    context.close()
    return state


def _viewer(browser: Browser, state: StorageState | None) -> BrowserContext:
    """A viewer whose browser holds nothing but the login."""
    context = browser.new_context(viewport=WINDOW, locale="zh-CN", storage_state=state)
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(PROBE)
    return context


def _opened(context: BrowserContext, peer: Peer, texts: Wanted, since: float | None = None) -> tuple[Page, float]:
    """The page opened, and milliseconds until it was drawn; from ``since`` where given, else from now."""
    page = context.new_page()
    since = since or time.time()
    page.goto(peer.address, wait_until="commit")
    return page, _drawn(page, peer, texts, False)["at"] - since * 1000


def _clicks(page: Page, peer: Peer, texts: dict[str, Wanted], found: dict[str, list[float]]) -> None:
    """Every center once, then again: what a server caches it has the second time."""
    for turn in range(ROUNDS):
        for center in CENTERS:
            page.wait_for_timeout(REST_MS)
            peer.prepare(page, center)
            page.evaluate("selector => bench.watch(selector)", peer.charts)
            peer.choose(page, center)
            drawn = _drawn(page, peer, texts[center], True)
            found["click_seen" if turn else "click_new"].append(drawn["at"] - drawn["clicked"])


def _drawn(page: Page, peer: Peer, texts: Wanted, after_click: bool) -> dict[str, float]:
    """When the page was drawn; RuntimeError with what is missing, and a picture, where it never is."""
    drawn = page.evaluate("([selectors, wanted, afterClick]) => bench.drawn(selectors, wanted, afterClick)", [peer.selectors, texts, after_click])
    if "at" not in drawn:
        picture = Path(HERE.parent / "work" / "never-drawn.png")
        page.screenshot(path=picture)
        raise RuntimeError(f"{peer.name} was never drawn: {drawn['lacks']}, see {picture}")
    return drawn

