"""A file of any kind -> a table of text in the working database, each row with its number in the file."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, count, islice
from pathlib import Path

import polars as pl
from duckdb import DuckDBPyConnection
from duckdb import Error as DuckDBError

from qa.importing import delimited, excel, western
from qa.importing.aside import set_aside
from qa.importing.delimited import Broken
from qa.importing.encoding import detect, to_utf8
from qa.importing.errors import Refused
from qa.importing.header import SEARCHED_ROWS, Cells, column_names, header_row, is_amount
from qa.importing.lines import Facts
from qa.importing.merged import Down, filled_down, merged_down
from qa.importing.packed import is_packed, unpacked
from qa.importing.padded import as_shown, padded
from qa.importing.pointed_codes import without_points
from qa.importing.text_marks import without_marks

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
PARQUET_SUFFIXES = (".parquet", ".pq")
PART_ROWS = 200_000


@dataclass(frozen=True)
class Source:
    """A file that has been read: ``view`` holds ``_row`` and ``c0``, ``c1`` ... as text; ``columns`` are their names in the file.

    ``totals``: the rows set aside because they are no records, with their first cell. ``tidy``: no cell begins or ends with a blank, and an empty one is null.
    ``wide``: a cell may hold full-width signs. ``broken``: rows of another number of cells than the header, which are not in the view.
    ``passed_over``: the other sheets that the workbook shows, where nobody chose this one. ``pointed``: columns whose codes had a point and a nought.
    ``padded``: columns of a workbook with numbers that it shows with leading zeros. ``western``: a word of the file, where it was read as Western
    European text of an old encoding. ``member``: what was read of an archive.
    """

    path: Path
    sheet: str | None
    digest: str
    columns: list[str]
    view: str
    rows: int
    totals: list[tuple[int, str]]
    tidy: bool = False
    wide: bool = True
    broken: list[Broken] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    pointed: list[str] = field(default_factory=list)
    padded: list[str] = field(default_factory=list)
    western: str = ""
    member: str = ""

    @property
    def import_id(self) -> str:
        """What the file's rejects are filed under: the same content gives the same id."""
        return f"{self.path.stem}-{self.digest[:12]}"


def read(con: DuckDBPyConnection, path: Path, work: Path, number: int, sheet: str | None = None) -> Source:
    """The file as a :class:`Source`, what is in it where it is compressed. Refused, with the reason, where it cannot be read for sure."""
    _must_be_there(path)
    if not is_packed(path):
        return _read(con, path, work, number, sheet)
    content, member = unpacked(path, work / f"unpacked_{number}")
    _must_be_there(content)
    return replace(_read(con, content, work, number, sheet), path=path, member=member)


def _must_be_there(path: Path) -> None:
    if not path.is_file():
        raise Refused(f"找不到文件：{path}", f"no such file: {path}")
    if not path.stat().st_size:
        raise Refused(f"{path.name}：文件是空的", f"{path.name}: the file is empty")


def _read(con: DuckDBPyConnection, path: Path, work: Path, number: int, sheet: str | None) -> Source:
    """A file that is not compressed; totals and remarks are set aside."""
    table, about, broken, others, zeros, word = f"source_{number}", None, list[Broken](), list[str](), list[str](), ""
    suffix = _kind(path)
    if suffix in excel.SUFFIXES:
        if sheet is None:
            sheet, *others = excel.visible_sheets(path)
        else:
            sheet = excel.choose_sheet(path, sheet)
        columns, zeros = _load_excel(con, path, sheet, work, table)
    elif suffix in PARQUET_SUFFIXES:
        columns = _load_parquet(con, path, table)
    elif suffix in TEXT_SUFFIXES:
        encoding = detect(path)
        columns, about = _load_text(con, path, encoding, work, table, broken)
        word = western.example(path) if encoding == western.ENCODING else ""
    else:
        raise Refused(
            f"{path.name}：不支持的文件类型，请提供 CSV、TSV、XLSX 或 Parquet，可压缩为 GZ 或 ZIP",
            f"{path.name}: not a supported kind of file; give CSV, TSV, XLSX or Parquet, compressed as GZ or ZIP if you like",
        )
    tidy, wide = (about.tidy, about.wide) if about else (False, True)
    every = without_marks(con, f"{table}_all", len(columns), about is None or about.quotes > 0)
    tidy = tidy and every == f"{table}_all"
    every, pointed = without_points(con, every, columns, tidy)
    totals = set_aside(con, table, every, columns, tidy)
    (rows,) = con.execute(f"select count(*) from {table}").fetchone()
    if not rows:
        raise Refused(f"{path.name}：只有表头，没有数据行", f"{path.name}: there is a header but no rows")
    return Source(path, sheet, _digest(path, sheet), columns, table, rows, totals, tidy, wide, broken, others, pointed, zeros, word)


def first_rows(path: Path, work: Path, sheet: str | None = None) -> list[str]:
    """The column names of a file without reading all of it."""
    if is_packed(path):
        path = unpacked(path, work / "unpacked")[0]
    suffix = _kind(path)
    if suffix in TEXT_SUFFIXES:
        return delimited.layout(to_utf8(path, detect(path), work / "header.csv"), path.name).columns
    if suffix in excel.SUFFIXES:
        return _excel_header(path, list(islice(excel.rows(path, excel.choose_sheet(path, sheet))[0], SEARCHED_ROWS)))[1]
    return list(pl.read_parquet_schema(path))


def _kind(path: Path) -> str:
    """The suffix that says how to read the file: that of its name, or of a text where it only has the name of a workbook."""
    suffix = path.suffix.lower()
    return TEXT_SUFFIXES[0] if suffix in excel.SUFFIXES and not excel.is_workbook(path) else suffix


def _load_text(
    con: DuckDBPyConnection, path: Path, encoding: str, work: Path, table: str, broken: list[Broken]
) -> tuple[list[str], Facts | None]:
    """The column names, and what is known of the file where the fast reader took it; ``broken`` gets the rows that are."""
    plain = to_utf8(path, encoding, work / f"{table}.csv")
    form = delimited.layout(plain, path.name)
    if about := delimited.load_fast(con, plain, form, f"{table}_read"):
        con.execute(f"create view {table}_all as select rowid + {form.header + 1} as _row, * from {table}_read")
    else:
        _load_rows(con, delimited.careful_rows(plain, path.name, form, broken), len(form.columns), work, table)
    return form.columns, about


def _load_excel(con: DuckDBPyConnection, path: Path, sheet: str, work: Path, table: str) -> tuple[list[str], list[str]]:
    """The column names, and those of columns with numbers that the workbook shows with leading zeros."""
    every, places = excel.rows(path, sheet)
    start = list(islice(every, SEARCHED_ROWS))
    header, columns = _excel_header(path, start)
    data = (
        (i, cells)
        for i, cells in enumerate(chain(start, every), start=1)
        if i > header and any(cell and cell.strip() for cell in cells)
    )
    place_of = {number: place for place, number in enumerate(places)}
    shown = [replace(run, column=place_of[run.column]) for run in padded(path, sheet) if run.column in place_of and run.last > header]
    filled = filled_down(as_shown(data, shown), _repeating(merged_down(path, sheet), place_of, columns))
    _load_rows(con, filled, len(columns), work, table)
    return columns, list(dict.fromkeys(columns[run.column] for run in shown))


def _repeating(merged: list[Down], place_of: dict[int, int], columns: list[str]) -> list[Down]:
    """The merged cells to be repeated, by their place among the columns; not those of an amount, which would be counted once a row."""
    found = [replace(cell, column=place_of[cell.column]) for cell in merged if cell.column in place_of]
    return [cell for cell in found if not is_amount(columns[cell.column])]


def _excel_header(path: Path, start: list[Cells]) -> tuple[int, list[str]]:
    header = header_row(path.name, start)
    return header + 1, column_names(start, header, len(start[header]))


def _load_rows(con: DuckDBPyConnection, rows: Iterator[tuple[int, Cells]], width: int, work: Path, table: str) -> None:
    """Rows -> Parquet parts of bounded size -> the view."""
    folder = work / table
    folder.mkdir(parents=True)
    schema = {"_row": pl.Int64} | {f"c{i}": pl.String for i in range(width)}
    for part in count():
        batch = [(number, *cells) for number, cells in islice(rows, PART_ROWS)]
        if part and not batch:
            break
        frame = pl.DataFrame(batch, schema=schema, orient="row")
        frame.write_parquet(folder / f"{part:06d}.parquet", compression="lz4")
    con.execute(
        f"create table {table}_all as select * from read_parquet($files)",
        {"files": [str(f) for f in sorted(folder.glob("*.parquet"))]},
    )


def _load_parquet(con: DuckDBPyConnection, path: Path, table: str) -> list[str]:
    try:
        described = con.execute("describe select * from read_parquet($path)", {"path": str(path)}).fetchall()
        columns = [row[0] for row in described]
        renamed = ", ".join(f"c{i}" for i in range(len(columns)))
        cast = ", ".join(f"cast(c{i} as varchar) as c{i}" for i in range(len(columns)))
        con.execute(
            f"create table {table}_all as select row_number + 1 as _row, {cast}"
            f" from (select *, row_number() over () as row_number from read_parquet($path)) as t({renamed}, row_number)",
            {"path": str(path)},
        )
    except DuckDBError as problem:
        raise Refused(
            f"{path.name}：无法读取的 Parquet 文件", f"{path.name}: this Parquet file cannot be read"
        ) from problem
    return columns


def _digest(path: Path, sheet: str | None) -> str:
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256")
    content.update((sheet or "").encode())
    return content.hexdigest()
