"""A page of the browser for each test, in a tab that the tests of a file share: what one has loaded the next need not load again."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.steps import context_of, forget, tab_of


@pytest.fixture(scope="module")
def context(chromium) -> Iterator[BrowserContext]:
    """The context of the file's tests."""
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
