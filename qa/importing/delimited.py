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

    every line accounted for. None otherwise: then the careful reader decides.
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


def careful_rows(path: Path, name: str, form: Layout) -> Iterator[tuple[int, Cells]]:
    """Row number and cells of each data row; blank rows are passed over. Refused, rows named, where rows are ragged or quotes do not close.

    Lines of one cell behind all rows, as reports end with, are rows with nothing else in them.
    """
    csv.field_size_limit(LARGEST_FIELD)
    width, ragged, widths, number = len(form.columns), [], [], 0
    alone: list[tuple[int, Cells]] = []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for number, cells in enumerate(csv.reader(file, delimiter=form.delimiter, strict=True), start=1):
                if number <= form.header or not cells:
                    continue
                if len(cells) == 1 < width:
                    alone.append((number, cells))
                    continue
                ragged += [line for line, _cell in alone]
                widths += [1] * len(alone)
                alone.clear()
                if len(cells) == width:
                    yield number, cells
                else:
                    ragged.append(number)
                    widths.append(len(cells))
    except csv.Error as problem:
        raise _unreadable(name, number + 1, problem) from problem
    if ragged:
        raise _ragged(name, ragged, widths, width)
    yield from ((line, [cells[0], *[None] * (width - 1)]) for line, cells in alone)


def _every_line_read(con: DuckDBPyConnection, table: str, form: Layout, about: Facts) -> bool:
    (rows,) = con.execute(f"select count(*) from {table}").fetchone()
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
    return Refused(
        f"{name}：第 {row} 行起引号不成对或字段过长，无法确定如何读取（{problem}）",
        f"{name}: from row {row} on quotes do not close or a field is too long: {problem}",
    )


def _ragged(name: str, rows: list[int], widths: list[int], expected: int) -> Refused:
    found = "/".join(str(width) for width in sorted(set(widths[:NAMED_ROWS])))
    return Refused(
        f"{name}：表头有 {expected} 列，但 {len(rows)} 行的列数不同（{found} 列）：第 {row_list(rows)} 行",
        f"{name}: the header has {expected} columns, but {len(rows)} rows have another number ({found}): rows {row_list(rows)}",
    )
