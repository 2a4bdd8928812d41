"""The commands and what goes wrong in them, said without a stack trace."""

import os
import sys
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console

from qa.i18n import LANGUAGES, Language, _, set_language
from qa.problems import Problem

FAILED, REFUSED = 1, 2
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


spoken = app.meta


@spoken.default
def _in_language(
    *command: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    lang: Annotated[Language | None, Parameter(help="Language of all that is said; without it, QA_LANG decides.")] = None,
) -> object:
    if lang:
        set_language(lang)
    return app(command, result_action="return_value")


def main() -> None:
    """Run one command; its status is the exit status."""
    language = os.environ.get("QA_LANG", "zh")
    set_language(language if language in LANGUAGES else "zh")
    try:
        status = spoken(sys.argv[1:], result_action="return_value")
    except Problem as problem:
        status = _told(str(problem), REFUSED)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:
        if os.environ.get("QA_TRACE"):
            raise
        told = _("Unexpected error: {error}. QA_TRACE=1 in front of the command shows where it happened.")
        status = _told(told.format(error=f"{type(error).__name__}: {str(error).strip().rstrip('.')}"), FAILED)
    sys.exit(status if isinstance(status, int) else 0)


def _told(what: str, status: int) -> int:
    Console(stderr=True, highlight=False).print(what, style="red", markup=False)
    return status
