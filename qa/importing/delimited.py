"""CSV and TSV files -> text rows.

Two readers: a careful one (Python's ``csv``, strict) whose word is final, and a fast one (DuckDB) for files whose bytes leave no room for doubt.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection
from duckdb import Error as DuckDBError

from qa.importing.errors import Refused, row_list
from qa.importing.header import Cells, column_names, header_row
from qa.importing.lines import Facts, facts

DELIMITERS = (",", "\t", ";", "|")
SAMPLE = 1 << 18
LARGEST_FIELD = 16 << 20
NAMED_ROWS = 10
# Where more rows than these are broken, it is the file.
MOST_BROKEN = 10_000
# The number of a row, and its cells.
Broken = tuple[int, list[str]]


@dataclass(frozen=True)
class Layout:
    """How a UTF-8 file is laid out: rows count from 1 as a spreadsheet shows them, ``header_lines`` are the lines up to and with the header.

    ``quoted``: whether a quote was seen.
    """

    delimiter: str
    columns: list[str]
    header: int
    header_lines: int
    quoted: bool


def layout(path: Path, name: str) -> Layout:
    """Delimiter, header row and column names, from the start of the file."""
    with path.open(encoding="utf-8", newline="") as file:
        sample = file.read(SAMPLE)
    if "\x00" in sample:
        facts(path, ",")
    delimiter = max(DELIMITERS, key=lambda d: _fitness(_records(sample, d)))
    records = _records(sample, delimiter)
    header = header_row(name, [row for row, _line in records])
    names = [row for row, _line in records]
    columns = column_names(names, header, len(names[header]))
    return Layout(delimiter, columns, header + 1, records[header][1], '"' in sample)


def load_fast(con: DuckDBPyConnection, path: Path, form: Layout, table: str) -> Facts | None:
    """What is known of the file, when DuckDB read it into ``table`` beyond doubt: one line a row before the data, no blank lines, one kind of newline,

    every line accounted for, none with a separator behind its last cell. None otherwise: then the careful reader decides.
    """
    with ThreadPoolExecutor(1) as beside:
        looking = beside.submit(facts, path, form.delimiter, form.header_lines)
        read = _read(con, path, form, table, parallel=not form.quoted)
    about = looking.result()
    if about.blank_lines or not about.one_newline or form.header_lines != form.header:
        return None
    if about.quotes and not form.quoted:
        read = _read(con, path, form, table, parallel=False)
    return about if read and _every_line_read(con, table, form, about) else None


def _read(con: DuckDBPyConnection, path: Path, form: Layout, table: str, parallel: bool) -> bool:
    """Whether DuckDB read the file; several threads at once only where no quote can hide a newline from them."""
    columns = {f"c{i}": "VARCHAR" for i in range(len(form.columns))}
    try:
        con.execute(
            f"create or replace table {table} as select * from read_csv($path, columns = $columns, skip = $skip,"
            " delim = $delim, header = false, auto_detect = false, quote = '\"', escape = '\"', strict_mode = true,"
            " parallel = $parallel, buffer_size = 16000000)",
            {"path": str(path), "columns": columns, "skip": form.header_lines, "delim": form.delimiter, "parallel": parallel},
        )
    except DuckDBError:
        return False
    return True


def careful_rows(path: Path, name: str, form: Layout, broken: list[Broken]) -> Iterator[tuple[int, Cells]]:
    """Row number and cells of each data row; blank rows are passed over, and rows of another width added to ``broken``: nobody knows which cell is which.

    Lines of one cell behind all rows, as reports end with, are rows with nothing else in them; right before other rows they may be the rest of the text above.
    Refused where quotes do not close, and where half of the rows are broken.
    """
    csv.field_size_limit(LARGEST_FIELD)
    width, number, whole = len(form.columns), 0, 0
    surplus: int | None = None
    held: Broken | None = None
    alone: list[Broken] = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, cells in enumerate(csv.reader(file, delimiter=form.delimiter, strict=True), start=1):
                if number <= form.header:
                    continue
                if len(cells) == 1 < width:
                    alone.append((number, cells))
                    continue
                if alone and cells:
                    # Where a text goes on in the next line, the row before is cut off.
                    broken += [held, *alone] if held else alone
                    alone, held = [], None
                elif held and not alone:
                    whole += 1
                    yield held
                    held = None
                if not cells:
                    continue
                if surplus is None:
                    # A separator behind the last column stands in the first row as in all others.
                    surplus = 0 if any(map(str.strip, cells[width:])) else max(len(cells) - width, 0)
                if len(cells) == width + surplus and not any(map(str.strip, cells[width:])):
                    held = number, cells[:width]
                else:
                    broken.append((number, cells))
                if len(broken) > MOST_BROKEN:
                    break
    except csv.Error as problem:
        raise _unreadable(name, number + 1, problem) from problem
    if held:
        whole += 1
        yield held
    other = [row for row in broken if len(row[1]) != width]
    if other and len(other) >= whole or len(broken) > MOST_BROKEN:
        raise _ragged(name, other, width)
    yield from ((line, [cells[0], *[None] * (width - 1)]) for line, cells in alone)


def _every_line_read(con: DuckDBPyConnection, table: str, form: Layout, about: Facts) -> bool:
    """DuckDB passes over a separator behind the last cell; then more lines end on one than there are rows whose last cell is empty."""
    (rows, open_ends) = con.execute(f"select count(*), count(*) filter (c{len(form.columns) - 1} is null) from {table}").fetchone()
    if len(form.columns) > 1 and about.open_ends > open_ends:
        return False
    return rows == about.lines - form.header_lines if about.quotes == 0 else True


def _records(sample: str, delimiter: str) -> list[tuple[list[str], int]]:
    """The first records with the line each ends on; the last one of a cut sample is left out."""
    records = []
    reader = csv.reader(sample.splitlines(keepends=True), delimiter=delimiter)
    csv.field_size_limit(LARGEST_FIELD)
    for cells in reader:
        records.append((cells, reader.line_num))
        if len(records) >= 200:
            return records
    return records[:-1] if len(sample) == SAMPLE and len(records) > 1 else records


def _fitness(records: list[tuple[list[str], int]]) -> tuple[float, int]:
    """How well a delimiter fits: the share of rows with the commonest width, and that width; one column is the last resort."""
    widths = Counter(len(row) for row, _line in records if row)
    if not widths:
        return (0.0, 0)
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (rows / widths.total(), width) if width > 1 else (0.0, 1)


def _unreadable(name: str, row: int, problem: csv.Error) -> Refused:
    if "limit" in str(problem):
        return Refused(
            f"{name}：第 {row} 行起有一个过长的字段（超过 16 MB），多半是引号不成对",
            f"{name}: from row {row} on a field is too long (more than 16 MB); most likely a quote does not close",
        )
    return Refused(
        f"{name}：第 {row} 行起引号不成对，无法确定如何读取；请从来源重新导出，或在该行把文中的引号写成两个（\"\"）",
        f"{name}: from row {row} on quotes do not close, so nobody can tell how to read it; export it again, or write quotes inside a text twice (\"\")",
    )


def _ragged(name: str, broken: list[Broken], expected: int) -> Refused:
    rows = [number for number, _cells in broken]
    found = "/".join(str(width) for width in sorted({len(cells) for _number, cells in broken[:NAMED_ROWS]}))
    return Refused(
        f"{name}：表头有 {expected} 列，但 {len(rows)} 行的列数不同（{found} 列）：第 {row_list(rows)} 行；"
        "请检查分隔符和文中未加引号的分隔符，或从来源重新导出",
        f"{name}: the header has {expected} columns, but {len(rows)} rows have another number ({found}): rows {row_list(rows)};"
        " look at the separator, and for separators in texts without quotes, or export it again",
    )
