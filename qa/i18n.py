"""The words of the interface in the viewer's language.

English is written in the code, ``_("Pass rate")``; the Chinese lies in the gettext catalogues under ``qa/locale``.
The language belongs to the context, so that sessions served by one process do not mix.
"""

from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

from qa.text import Text

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LOCALE_DIR = Path(__file__).parent / "locale"

_language: ContextVar[Language] = ContextVar("language", default="zh")


def language() -> Language:
    """The language in force: Chinese until somebody chooses."""
    return _language.get()


def set_language(chosen: str) -> None:
    """Choose the language of this context; ValueError for one there is no catalogue for."""
    if chosen not in LANGUAGES:
        raise ValueError(f"unknown language: {chosen!r}")
    _language.set(chosen)


def _(message: str) -> str:
    """The message in the language in force; itself where there is no translation."""
    return message if language() == "en" else catalogue().get(message, message)


def said(text: str) -> str:
    """A text whose lines are messages of the catalogue, such as a docstring, in the language in force."""
    return "\n".join(map(_, text.split("\n")))


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for so many things; Chinese has one form, which the catalogue keeps under the singular."""
    if language() == "en":
        return singular if count == 1 else plural
    return catalogue().get(singular, plural)


def sentences(*parts: str) -> str:
    """The sentences that are not empty, one behind the other as the language writes them."""
    return (" " if language() == "en" else "").join(part for part in parts if part)


def capital(text: str) -> str:
    """The text as it stands at the beginning of a cell or a sentence."""
    return text[:1].upper() + text[1:]


def say(text: Text) -> str:
    """A declared phrase in the language in force."""
    return text.in_language(language())


@cache
def catalogue() -> dict[str, str]:
    """Every message with its Chinese, from all catalogues."""
    return {entry: chinese for path in catalogue_files() for entry, chinese in entries(path).items()}


def catalogue_files() -> list[Path]:
    """The catalogues, in a fixed order."""
    return sorted(LOCALE_DIR.rglob("*.po"))


def entries(path: Path) -> dict[str, str]:
    """One catalogue's messages with their Chinese; empty translations are left out."""
    with path.open("rb") as file:
        found = read_po(file, locale="zh", charset="utf-8")
    chinese: dict[str, str] = {}
    for message in found:
        key = message.id if isinstance(message.id, str) else message.id[0]
        value = message.string if isinstance(message.string, str) else message.string[0]
        if key and value:
            chinese[key] = value
    return chinese
