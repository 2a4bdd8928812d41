"""Help in the language in force: cyclopts lays it out, its words and those of the commands come from the catalogue."""

import re
from collections.abc import Iterable

from cyclopts.help import DefaultFormatter, HelpEntry, HelpPanel, InlineText
from cyclopts.help.specs import ColumnSpec, DescriptionColumn, get_default_command_columns, get_default_parameter_columns
from rich.console import Console, ConsoleOptions
from rich.text import Text

from qa.i18n import _, said


class Help(DefaultFormatter):
    """The layout of cyclopts. A line of a docstring or of a parameter's help is a message; a line of codes stays as it is."""

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        columns = get_default_command_columns if panel.format == "command" else get_default_parameter_columns
        entries = [entry.copy(metavar=placed(entry.metavar), positional_label=placed(entry.positional_label)) for entry in panel.entries]
        shown = DefaultFormatter(column_specs=_described(columns(console, options, entries)))
        shown(console, options, panel.copy(title=own_words().get(str(panel.title), panel.title), entries=entries))

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Text) -> None:
        console.print(Text(_("Usage: {command}").format(command=placed(str(usage))), style="bold"))

    def render_description(self, console: Console, options: ConsoleOptions, description: InlineText) -> None:
        if words := _plain(description):
            console.print(Text(f"{said(words)}\n"))


def own_words() -> dict[str, str]:
    """What cyclopts says of itself."""
    return {
        "Commands": _("Commands"), "Arguments": _("Arguments"), "Parameters": _("Parameters"),
        "Display this message and exit.": _("Display this message and exit."),
    }  # fmt: skip


def placeholders() -> dict[str, str]:
    """What stands for a value: cyclopts writes types and names in capitals."""
    return {
        "ARGS": _("ARGS"), "CHOICE": _("CHOICE"), "COMMAND": _("COMMAND"), "DATE": _("DATE"), "FILES": _("FILES"), "FLOAT": _("FLOAT"), "INT": _("INT"),
        "KEY": _("KEY"), "KEYS": _("KEYS"), "METRIC": _("METRIC"), "NUMBER": _("NUMBER"), "OPTIONS": _("OPTIONS"), "PATH": _("PATH"), "STR": _("STR"),
    }  # fmt: skip


def placed(names: str | None) -> str | None:
    """Names with the placeholders among them in the language in force."""
    words = placeholders()
    return names and re.sub(r"[A-Z]+", lambda found: words.get(found[0], found[0]), names)


def _described(columns: Iterable[ColumnSpec]) -> tuple[ColumnSpec, ...]:
    return tuple(column.copy(renderer=_description) if column is DescriptionColumn else column for column in columns)


def _description(entry: HelpEntry) -> Text:
    """What an entry is for, which values it takes, and what holds without one."""
    words = _plain(entry.description)
    remarks = [
        (_("choices: {values}").format(values=", ".join(entry.choices or ())), "cyclopts.choices", entry.choices),
        (_("env var: {names}").format(names=", ".join(entry.env_var or ())), "cyclopts.env_var", entry.env_var),
        (_("default: {value}").format(value=_default(entry)), "cyclopts.default", _default(entry)),
        (_("required"), "cyclopts.required", entry.required),
    ]
    parts = [(own_words().get(words, said(words)), ""), *((f"[{text}]", style) for text, style, holds in remarks if holds)]
    return Text(" ").join(Text(text, style) for text, style in parts if text)


def _default(entry: HelpEntry) -> str:
    """The default as it is said; empty where nothing is the default."""
    return {"True": _("on"), "False": _("off"), '""': ""}.get(entry.default, entry.default or "")


def _plain(text: object) -> str:
    """The source of a text of cyclopts, which wraps it for the screen."""
    primary = text.primary_renderable if isinstance(text, InlineText) else text
    return primary.plain.rstrip() if isinstance(primary, Text) else ""
