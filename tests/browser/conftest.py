"""A browser for the tests of this folder, and a page of it for each, in a tab they share: what one has loaded the next need not load again."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.steps import context_of, forget, tab_of
from tools import chromium as browsers

# Without the first, Chromium refuses to run as root; the others keep it off the network and off a missing GPU.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """A Playwright browser: this computer's own Chromium, Chrome or Edge.

    Closed before tests of other folders (this one is a package for that): as long as it is open, Playwright keeps an event loop
    running in the thread of the tests.
    """
    program = browsers.find()
    if program is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing(browsers.NOT_FOUND)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def context(chromium) -> Iterator[BrowserContext]:
    """The context of all tests that need none of their own: the first page of a context takes three times as long as the next."""
    with context_of(chromium) as own:
        yield own


@pytest.fixture
def page(context) -> Iterator[Page]:
    """A page that remembers nothing of earlier tests."""
    tab = tab_of(context)
    viewport = tab.viewport_size
    yield tab
    forget(context, viewport)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI a browser test that failed is tried once more, and the summary says so: a loaded machine can stop a click for long."""
    if os.environ.get("CI"):
        for item in items:
            if item.path.parent == Path(__file__).parent:
                item.add_marker(pytest.mark.flaky(reruns=1))
