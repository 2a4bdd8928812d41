"""A mapping, a preview and a result as tables to read, in the language in force."""

import re

import polars as pl

from qa.contract import TABLES
from qa.i18n import _, language, say
from qa.importing import Mapping, Preview, Summary
from qa.importing.origin import origin
from qa.importing.quarantine import META
from qa.importing.summary import FileSummary

Rows = dict[str, list[str]]
MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:])")
SHOWN = 12


def plain(text: str) -> str:
    """The text as Markdown that shows it letter by letter."""
    return MARKDOWN.sub(r"\\\1", text)


def mapping_rows(mapping: Mapping) -> Rows:
    """Which column of the file fills which column of which table, by heading."""
    lines = [
        (f"{say(TABLES[fill.fills].label)} `{fill.fills}`", f"{say(TABLES[fill.fills].by_name[name].label)} `{name}`", plain(origin(take)))
        for fill in mapping.table
        for name, take in fill.columns.items()
    ]
    lines += [
        (f"{say(TABLES[fill.fills].label)} `{fill.fills}`", _(", ").join(f"`{name}`" for name in row), plain(", ".join(map(str, row.values()))))
        for fill in mapping.table
        for row in fill.rows
    ]
    headings = (_("Table"), _("Column of the board"), _("Comes from"))
    return {heading: [line[place] for line in lines] for place, heading in enumerate(headings)}


def filled(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows without the columns that are empty in all of them."""
    return frame.select(column for column in frame.columns if frame[column].null_count() < frame.height)


def rejected(frame: pl.DataFrame, words: dict[str, str]) -> pl.DataFrame:
    """Rejected rows with their reason in the language in force, under headings; ``words``: what columns of the table are called."""
    reasons = META[-2:]
    reason = reasons[0 if language() == "zh" else 1]
    headings = {"source_row": _("Row of the file"), reason: _("Why"), "problem_column": _("Column"), "problem_value": _("Value")}
    others = [name for name in frame.columns if name not in ("source_file", *reasons, *headings)]
    named = [_("; ").join(words.get(name, name) for name in (names or "").split("; ")) for names in frame["problem_column"]]
    frame = frame.with_columns(pl.Series("problem_column", named, dtype=pl.String))
    return frame.select(pl.col(name).alias(heading) for name, heading in headings.items()).hstack(frame.select(others).rename(_apart(others, headings)))


def result_rows(summary: Summary) -> Rows:
    """What became of every row read, by table."""
    tables = summary.tables
    counts = {
        _("Read"): [table.read for table in tables],
        _("New"): [table.loaded for table in tables],
        _("Replaced"): [table.replaced for table in tables],
        _("Unchanged"): [table.unchanged for table in tables],
        _("Repeated"): [table.repeated for table in tables],
        _("Quarantined"): [table.quarantined for table in tables],
    }
    names = [f"{say(TABLES[table.table].label)} `{table.table}`" for table in tables]
    return {_("Table"): names} | {heading: [f"{count:,}" for count in column] for heading, column in counts.items()}


def forecast(seen: Preview) -> Rows:
    """How many rows each table would get, and how many would be set aside."""
    names = [f"{say(TABLES[name].label)} `{name}`" for name in seen.read]
    return {
        _("Table"): names,
        _("Read"): [f"{count:,}" for count in seen.read.values()],
        _("Would be quarantined"): [f"{seen.bad[name]:,}" for name in seen.read],
    }


def remarks(file: FileSummary) -> list[str]:
    """What else is to be known of the file: totals rows, columns not used, values that look private."""
    found = []
    if file.totals:
        rows = ", ".join(f"{row} ({word})" for row, word in file.totals[:SHOWN])
        found.append(_("Rows kept out, as totals or remarks: {rows}").format(rows=rows))
    if file.ignored:
        more = f" (+{len(file.ignored) - SHOWN})" if len(file.ignored) > SHOWN else ""
        found.append(_("Columns not used: {columns}").format(columns=", ".join(file.ignored[:SHOWN]) + more))
    return [*found, *(say(note) for note in file.notes)]


def _apart(names: list[str], headings: dict[str, str]) -> dict[str, str]:
    """New names for the file's columns that are called like one of the headings."""
    return {name: f"{name} (2)" if name in headings.values() else name for name in names}
