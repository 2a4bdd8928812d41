"""What tests do in a browser again and again: wait for the board, read its address."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize

READY = "() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'"


def settle(page) -> None:
    """Wait until no script runs and the URL has been written."""
    page.wait_for_timeout(300)
    page.wait_for_function(READY)
    page.wait_for_timeout(300)


def parameters(page) -> dict[str, list[str]]:
    """What the address says: name -> values."""
    return parse_qs(urlsplit(page.url).query)


@contextmanager
def context_of(chromium: Browser, timeout_ms: float = 120_000, **options) -> Iterator[BrowserContext]:
    """A context of its own, Chinese, 1280 by 1000 where nothing else is said."""
    context = chromium.new_context(**{"viewport": {"width": 1280, "height": 1000}, "locale": "zh-CN"} | options)
    context.set_default_timeout(timeout_ms)
    yield context
    context.close()


def tab_of(context: BrowserContext) -> Page:
    """The context's tab, with nothing in it: one for all, because a page in a new tab is read and compiled anew."""
    return context.pages[0] if context.pages else context.new_page()


def forget(context: BrowserContext, viewport: ViewportSize | None) -> None:
    """Leave one empty tab of this size, with nothing of what its pages kept in the browser."""
    for page in context.pages:
        with suppress(Error):  # A page that never went anywhere has no storage.
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
    first, *others = context.pages
    for page in others:
        page.close()
    first.goto("about:blank")
    first.emulate_media(color_scheme="light")
    if viewport is not None and first.viewport_size != viewport:
        first.set_viewport_size(viewport)
    context.clear_cookies()
    context.clear_permissions()
