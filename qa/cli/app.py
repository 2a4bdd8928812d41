"""The commands and what goes wrong in them, said without a stack trace."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console

from qa.cli.errors import told
from qa.cli.help import Help
from qa.i18n import LANGUAGES, Language, _, set_language
from qa.problems import Problem

FAILED, REFUSED = 1, 2
INTERRUPTED = 130


class Commands(App):
    """Commands by path, which are imported all at once only to list what each of them does."""

    def help_print(self, tokens: None | str | Iterable[str] = None, *, console: Console | None = None) -> None:
        if not self.parse_commands(tokens)[0]:
            self.resolved_commands()
        super().help_print(tokens, console=console)


app = Commands(
    name="python -m qa", help="Tingjian: analytics for call-center quality assurance.",
    version_flags=[], help_format="plaintext", help_formatter=Help(), error_formatter=told,
)  # fmt: skip

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
    words = sys.argv[1:]
    set_language(_asked(words))
    try:
        status = spoken(words, result_action="return_value")
    except Problem as problem:
        status = _failed(str(problem), REFUSED)
    except KeyboardInterrupt:
        status = INTERRUPTED
    except Exception as error:
        if os.environ.get("QA_TRACE"):
            raise
        message = _("Unexpected error: {error}. QA_TRACE=1 in front of the command shows where it happened.")
        status = _failed(message.format(error=f"{type(error).__name__}: {str(error).strip().rstrip('.')}"), FAILED)
    sys.exit(status if isinstance(status, int) else 0)


def _asked(words: Sequence[str]) -> Language:
    """The language of --lang wherever it stands, else of QA_LANG: help and errors are said before the command is read."""
    wanted = [os.environ.get("QA_LANG")]
    for place, word in enumerate(words):
        option, follows, value = word.partition("=")
        if option == "--":
            break
        if option == "--lang":
            wanted.append(value if follows else next(iter(words[place + 1 :]), None))
    return next((language for asked in reversed(wanted) for language in LANGUAGES if language == asked), "zh")


def _failed(what: str, status: int) -> int:
    Console(stderr=True, highlight=False).print(what, style="red", markup=False)
    return status
