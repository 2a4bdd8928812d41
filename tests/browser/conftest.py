"""A page of the browser, for tests that need nothing special of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def page(chromium) -> Iterator:
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="zh-CN")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI a browser test that failed is tried once more, and the summary says so: a loaded machine can stop a click for long."""
    if os.environ.get("CI"):
        for item in items:
            if item.path.parent == Path(__file__).parent:
                item.add_marker(pytest.mark.flaky(reruns=1))
