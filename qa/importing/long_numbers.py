"""Codes that a workbook keeps as numbers: of more than fifteen digits the last ones are lost, and other digits stand in their place."""

import polars as pl

KEPT, EXACT = 15, 17
LONG = r"^\d{16,}$"
# So many codes that all could be such numbers are no others by chance; of the longest ones each alone.
FEW, MANY, LONGEST = 3, 8, 18


def with_lost_digits(cells: pl.DataFrame) -> pl.DataFrame:
    """The cells, with codes that were kept as numbers as a spreadsheet shows them: 3.00000001234568E+17, which stands for no single code."""
    for name in cells.columns:
        if not (cells[name].str.len_bytes() > KEPT).any():
            continue
        found: list[str] = cells[name].filter(cells[name].str.contains(LONG)).unique().to_list()
        if found and _are_numbers(found):
            shown = {code: f"{float(code):.{KEPT - 1}E}" for code in found}
            cells = cells.with_columns(pl.col(name).replace(shown))
    return cells


def _are_numbers(codes: list[str]) -> bool:
    """Whether all the codes are what is left of a number: with fifteen digits, as spreadsheets keep it, or as near as a computer comes to it."""
    short = all(int(float(f"{float(code):.{KEPT}g}")) == int(code) for code in codes)
    near = all(len(code) >= EXACT and int(float(code)) == int(code) for code in codes)
    return short and (len(codes) >= FEW or min(map(len, codes)) >= LONGEST) or near and len(codes) >= MANY
