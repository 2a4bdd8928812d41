"""Tables as files: CSV that Excel opens rightly, and workbooks with their definition on a second sheet."""

from collections.abc import Sequence
from io import BytesIO

import polars as pl

UTF8_BOM = b"\xef\xbb\xbf"
# A text that begins like this is a formula to a spreadsheet, whoever wrote it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDEST_COLUMN = 60


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """The table as CSV in UTF-8 with a byte order mark; texts that look like formulas are disarmed."""
    return UTF8_BOM + _disarmed(frame).write_csv().encode("utf-8")


def xlsx_bytes(frame: pl.DataFrame, title: str, notes: Sequence[tuple[str, str]], notes_title: str) -> bytes:
    """The table as a workbook: a sheet ``title``, and the notes on a sheet of their own.

    Moments are cut to the milliseconds that a workbook can hold: rounded, the last of a day would be the next day's first.
    """
    import xlsxwriter  # Here, because it takes a tenth of a second that the start of a server has not.

    frame = frame.with_columns(pl.col(pl.Datetime).dt.truncate("1ms"))
    buffer = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        frame.write_excel(workbook, worksheet=title[:31], autofit=True, freeze_panes=(1, 0), table_style="Table Style Light 1")
        sheet = workbook.add_worksheet(notes_title[:31])
        label, text = workbook.add_format({"bold": True, "valign": "top"}), workbook.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, WIDEST_COLUMN * 2)
        for row, (name, value) in enumerate(notes):
            sheet.write_string(row, 0, name, label)
            sheet.write_string(row, 1, value, text)
    return buffer.getvalue()


def _disarmed(frame: pl.DataFrame) -> pl.DataFrame:
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    suspicious = "^[" + "".join(f"\\{start}" if start in "=+-@" else start for start in FORMULA_STARTS) + "]"
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(suspicious)).then(pl.lit("'") + pl.col(name)).otherwise(pl.col(name)).alias(name) for name in texts
    )
