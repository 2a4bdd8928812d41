"""A page of the browser, for tests that need nothing special of it."""

from collections.abc import Iterator

import pytest


@pytest.fixture
def page(chromium) -> Iterator:
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, locale="zh-CN")
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()
