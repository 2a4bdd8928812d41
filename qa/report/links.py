"""Where on the board the content of a file is shown."""

import os
from urllib.parse import quote


def board_link(page: str, parameters: list[tuple[str, str]]) -> str:
    """A page with its parameters: under ``QA_URL`` where that names the board's address, else from its root.

    Chinese stays Chinese, as browsers show it: nobody reads %E8%A5%BF, and it has no place to break a line at.
    """
    address = os.environ.get("QA_URL", "").rstrip("/")
    return f"{address}/{page}" + (f"?{'&'.join(f'{_quoted(name)}={_quoted(value)}' for name, value in parameters)}" if parameters else "")


def _quoted(text: str) -> str:
    """Quoted where an address needs it, letters of any language left as they are."""
    return "".join(letter if letter.isalnum() else quote(letter, safe="") for letter in text)


def report_link(center: str, month: str, language: str) -> str:
    """The report's page on this center and month."""
    chosen = [("report_center", center), ("report_month", month)]
    return board_link("report", ([("lang", language)] if language != "zh" else []) + chosen)
