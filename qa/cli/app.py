"""The commands and what goes wrong in them, said without a stack trace."""

import os
import sys

from cyclopts import App
from rich.console import Console

from qa.i18n import LANGUAGES, set_language
from qa.problems import Problem

REFUSED = 2
INTERRUPTED = 130

app = App(name="python -m qa", help="Tingjian: analytics for call-center quality assurance.", version_flags=[])

# By path, so that each command imports only what it needs.
COMMANDS = {
    "extracts": ("import_", "check", "sample", "build", "take", "dictionary"), "numbers": ("metrics", "metric", "sql", "rows"),
    "why": ("why",), "appraisal": ("appraisal",), "standing": ("ranking", "severity"), "improvement": ("before_after",),
    "targets": ("targets",), "reports": ("report",),
}  # fmt: skip
for module, names in COMMANDS.items():
    for name in names:
        app.command(f"qa.cli.{module}:{name}", name=name.rstrip("_").replace("_", "-"))
app.command("qa.cli.explanations:app", name="explanations")


def main() -> None:
    """Run one command; its status is the exit status."""
    language = os.environ.get("QA_LANG", "zh")
    set_language(language if language in LANGUAGES else "zh")
    try:
        status = app(sys.argv[1:], result_action="return_value")
    except Problem as problem:
        Console(stderr=True, highlight=False).print(str(problem), style="red", markup=False)
        status = REFUSED
    except KeyboardInterrupt:
        status = INTERRUPTED
    sys.exit(status if isinstance(status, int) else 0)
