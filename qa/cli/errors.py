"""A command that cannot be read, said in the language in force."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import Literal, get_args, get_origin

from cyclopts import (
    Argument,
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)
from cyclopts.panel import CycloptsPanel
from rich.panel import Panel

from qa.cli.help import placed
from qa.i18n import _, sentences


def told(error: CycloptsError) -> Panel:
    """What is wrong with the command, in a frame as cyclopts draws it."""
    return CycloptsPanel(_reason(error), title=_("Error"))


def _reason(error: CycloptsError) -> str:
    match error:
        case UnknownCommandError():
            return _unknown_command(error)
        case UnknownOptionError():
            return _unknown_option(error)
        case MissingArgumentError():
            return _missing(error)
        case CoercionError(token=token) if token:
            return _wrong_value(error)
        case RepeatArgumentError():
            return _("{option} is given more than once.").format(option=error.token.keyword)
        case UnusedCliTokensError():
            return _("Not expected: {words}.").format(words=" ".join(error.unused_tokens or ()))
    return _("The command cannot be read; --help shows how it is written: {words}").format(words=" ".join(error.root_input_tokens or ()))


def _unknown_command(error: UnknownCommandError) -> str:
    word = (error.unused_tokens or [""])[0]
    if word.startswith("-"):
        return _("There is no option {option}.").format(option=word)
    commands = [name for name in error.app or () if not name.startswith("-")]
    return sentences(_("There is no command {word}.").format(word=word), _nearest(word, commands), _("Commands: {names}.").format(names=", ".join(commands)))


def _unknown_option(error: UnknownOptionError) -> str:
    option = (error.token.keyword or error.token.value).partition("=")[0]
    options = [name for argument in error.argument_collection if argument.parse for name in argument.names]
    return sentences(_("There is no option {option}.").format(option=option), _nearest(option, options))


def _missing(error: MissingArgumentError) -> str:
    """An option without its value, or something that the command needs and was not given."""
    named = error.keyword or next((token.keyword for token in error.argument.tokens if token.keyword), None)
    if named:
        return _("{option} needs a value.").format(option=named)
    return _("{name} is missing; --help shows how the command is written.").format(name=_name(error.argument))


def _wrong_value(error: CoercionError) -> str:
    option = error.token.keyword or _name(error.argument)
    wrong = _("{value} is not possible for {option}.").format(value=error.token.value or '""', option=option)
    if get_origin(error.target_type) is Literal:
        values = [str(value) for value in get_args(error.target_type)]
        return sentences(wrong, _("Possible: {values}.").format(values=", ".join(values)), _nearest(error.token.value, values))
    kinds = {date: _("Write a date as 2026-10-31."), int: _("Write a whole number."), float: _("Write a number.")}
    return sentences(wrong, kinds.get(error.target_type, ""))


def _name(argument: Argument) -> str:
    """An argument as the help calls it: by its place where it has one, else by its option."""
    return argument.name if argument.index is None else str(placed(argument.name.lstrip("-").upper()))


def _nearest(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), 1)
    return _("Did you mean {near}?").format(near=near[0]) if near else ""
