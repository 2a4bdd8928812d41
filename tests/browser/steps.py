"""What tests do in a browser again and again: wait for the board, read its address."""

from urllib.parse import parse_qs, urlsplit

READY = "() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'"


def settle(page) -> None:
    """Wait until no script runs and the URL has been written."""
    page.wait_for_timeout(300)
    page.wait_for_function(READY)
    page.wait_for_timeout(300)


def parameters(page) -> dict[str, list[str]]:
    """What the address says: name -> values."""
    return parse_qs(urlsplit(page.url).query)
