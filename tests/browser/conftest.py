"""A page of the browser for each test, in a context that the tests of a file share: what one has loaded the next need not load again."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.steps import context_of, forget


@pytest.fixture(scope="module")
def context(chromium) -> Iterator[BrowserContext]:
    """The context of the file's tests."""
    with context_of(chromium) as own:
        yield own


@pytest.fixture
def page(context) -> Iterator[Page]:
    """A page that remembers nothing of earlier tests."""
    yield context.new_page()
    forget(context)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI a browser test that failed is tried once more, and the summary says so: a loaded machine can stop a click for long."""
    if os.environ.get("CI"):
        for item in items:
            if item.path.parent == Path(__file__).parent:
                item.add_marker(pytest.mark.flaky(reruns=1))
