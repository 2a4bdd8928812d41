"""Holding a proof against the command line, against its rows, and against the files it gives away."""

import csv
import io
import json
from collections.abc import Iterator
from io import BytesIO
from unittest.mock import patch

import polars as pl

from qa.command import arguments
from qa.exports import FORMULA_STARTS, UTF8_BOM, csv_bytes, xlsx_bytes
from qa.metrics import METRICS
from qa.names import names_of
from qa.periods import GRAINS
from qa.proof import Shown, facts, headed, rows_headed
from qa.query import obstacle
from qa.script import script
from qa.session.proof import _names, _rounded
from tests.combinations.held import close, figures
from tests.combinations.views import Seen
from tests.support.command_line import printed

COMPARED = ("numerator", "denominator", "value", "low", "high", "n", "verdict")
ROWS_IN_A_FILE = 150


def askable(seen: Seen, shown: Shown) -> list[str]:
    """The metrics of a proof that its dialog offers."""
    return [key for key in shown.metrics if not obstacle(METRICS[key], shown.by, shown.filters) and not seen.build.missing_tables(METRICS[key].sources)]


def faults_of_metric(seen: Seen, shown: Shown, key: str) -> Iterator[str]:
    """What is wrong with one metric of a proof."""
    frame = figures(seen, Shown((key,), shown.by, shown.filters))
    named = f"{key} by {','.join(shown.by) or 'nothing'} of {shown.filters}"
    rows = seen.proof.rows(shown.question(key, seen.scope))
    for fault in (*_against_command_line(seen, shown, key, frame), *_against_rows(rows, shown, frame), *_against_files(seen, shown, key, frame, rows)):
        yield f"{fault}: {named}"


def _against_command_line(seen: Seen, shown: Shown, key: str, frame: pl.DataFrame) -> Iterator[str]:
    wanted = arguments(shown, key, seen.scope)
    if wanted is None:
        if frame["n"].sum():
            yield "figures for a viewer who has chosen nothing"
        return
    told = {_group(row, shown.by): row for row in on_the_command_line(seen, "metric", wanted)}
    groups = [_group(row, shown.by) for row in frame.iter_rows(named=True)]
    if list(told) != groups:
        yield f"the command line has other groups: {set(told) ^ set(groups)}"
        return
    for row in frame.iter_rows(named=True):
        there = told[_group(row, shown.by)]
        for column in COMPARED:
            same = there[column] == row[column] if isinstance(row[column], str) else close(row[column], there.get(column))
            if not same:
                yield f"the command line says {column} {there[column]}, the page {row[column]}"


def on_the_command_line(seen: Seen, command: str, wanted: list[str]) -> list[dict]:
    """What ``python -m qa <command>`` prints, run inside this process on the build at hand."""
    opened = [patch(f"qa.cli.{module}.opened", lambda _data: seen.proof) for module in ("numbers", "appraisal")]
    with opened[0], opened[1]:
        return json.loads(printed(command, *wanted, "--format=json"))


def _group(row: dict, by: tuple[str, ...]) -> tuple:
    return tuple(None if row[name] is None else str(row[name]) for name in by)


def _against_rows(rows: pl.DataFrame, shown: Shown, frame: pl.DataFrame) -> Iterator[str]:
    """The rows add up to the numerators and denominators, group by group; grains of time are summed over."""
    by = [group for group in shown.by if group not in GRAINS]
    sums = ("numerator", "denominator")
    expected = frame.group_by(by).agg(pl.col(sums).sum()) if by else frame.select(pl.col(sums).sum())
    found = rows.group_by(by).agg(pl.col(sums).sum().cast(pl.Float64)) if by else rows.select(pl.col(sums).sum().cast(pl.Float64))
    totals = {row[:-2]: row[-2:] for row in found.select(*by, *sums).rows()}
    for row in expected.select(*by, *sums).rows():
        pairs = zip(totals.get(row[:-2], (0, 0)), row[-2:], strict=True)
        if not all(close(one or 0.0, other or 0.0) for one, other in pairs):
            yield f"the rows of {row[:-2]} add up to {totals.get(row[:-2])}, not to {row[-2:]}"


def _against_files(seen: Seen, shown: Shown, key: str, frame: pl.DataFrame, rows: pl.DataFrame) -> Iterator[str]:
    """CSV and workbook hold what the dialog's tables hold, in the language in force."""
    names = _names(seen.build)
    notes = facts(seen.build, shown, METRICS[key], frame, names_of(seen.build).centers)
    headed(_rounded(frame, key), shown.by, names, shown.filters.month_start)
    assert script(seen.build, shown.question(key, seen.scope))
    for table in (headed(frame, shown.by, names, shown.filters.month_start), rows_headed(rows.head(ROWS_IN_A_FILE), names)):
        lines = list(csv.reader(io.StringIO(csv_bytes(table).removeprefix(UTF8_BOM).decode(), newline="")))
        yield from _differences("the CSV", table, lines[0], lines[1:])
        if table.height:
            book = pl.read_excel(BytesIO(xlsx_bytes(table, "figures", notes, "definition")), sheet_name="figures", infer_schema_length=None)
            yield from _differences("the workbook", table, book.columns, book.rows())


def _differences(name: str, table: pl.DataFrame, columns: list[str], rows: list) -> Iterator[str]:
    if columns != table.columns or len(rows) != table.height:
        yield f"{name} has columns {columns} and {len(rows)} rows, the table {table.columns} and {table.height}"
        return
    for shown, written in zip(table.rows(), rows, strict=True):
        if not all(_is_written(*pair) for pair in zip(shown, written, strict=True)):
            yield f"{name} has {written!r} for {shown!r}"
            return


def _is_written(shown: object, written: object) -> bool:
    """Whether a file says what the table says: numbers to the last digit, texts unchanged but for the apostrophe that disarms a formula."""
    if shown is None:
        return written in (None, "")
    if isinstance(shown, str):
        text = "" if written is None else str(written)
        disarmed = f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown
        return text in (shown, disarmed) or (_is_number(shown) and _is_number(text) and float(shown) == float(text))
    if isinstance(shown, (int, float)) or _is_number(str(shown)):
        return written not in (None, "") and close(float(written), float(shown))
    return str(shown)[:19].startswith(str(written)[:19].replace("T", " "))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


