"""The commands and what goes wrong in them, said without a stack trace."""

import os
import sys

from cyclopts import App
from rich.console import Console

from qa.cli import extracts, numbers
from qa.config import ConfigError
from qa.i18n import LANGUAGES, set_language
from qa.query import NotAnswerable

REFUSED = 2
INTERRUPTED = 130

app = App(name="python -m qa", help="Tingjian: analytics for call-center quality assurance.", version_flags=[])
for command in (extracts.import_, extracts.check, extracts.sample, extracts.build):
    app.command(command, name=command.__name__.rstrip("_"))
for command in (numbers.metrics, numbers.metric, numbers.sql, numbers.rows):
    app.command(command, name=command.__name__)


def main() -> None:
    """Run one command; its status is the exit status."""
    language = os.environ.get("QA_LANG", "zh")
    set_language(language if language in LANGUAGES else "zh")
    try:
        status = app(sys.argv[1:], result_action="return_value")
    except (NotAnswerable, ConfigError) as problem:
        Console(stderr=True, highlight=False).print(str(problem), style="red", markup=False)
        status = REFUSED
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status if isinstance(status, int) else 0)
