"""The command line inside the process of the tests, which spares each command the start of Python."""

import sys
from io import BytesIO, TextIOWrapper
from unittest.mock import patch

from qa.cli.app import app
from qa.i18n import language, set_language


def printed(*arguments: str) -> str:
    """What ``python -m qa`` prints; a language that the arguments choose ends with the command."""
    told, spoken = TextIOWrapper(BytesIO(), encoding="utf-8"), language()
    try:
        with patch.object(sys, "stdout", told):
            app(arguments, result_action="return_value")
            told.flush()
    finally:
        set_language(spoken)
    return told.buffer.getvalue().decode()
