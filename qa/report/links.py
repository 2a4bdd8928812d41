"""Where on the board the content of a file is shown."""

import os
from urllib.parse import urlencode


def board_link(page: str, parameters: list[tuple[str, str]]) -> str:
    """A page with its parameters: under ``QA_URL`` where that names the board's address, else from its root."""
    address = os.environ.get("QA_URL", "").rstrip("/")
    return f"{address}/{page}" + (f"?{urlencode(parameters)}" if parameters else "")


def report_link(center: str, month: str, language: str) -> str:
    """The report's page on this center and month."""
    chosen = [("report_center", center), ("report_month", month)]
    return board_link("report", ([("lang", language)] if language != "zh" else []) + chosen)
