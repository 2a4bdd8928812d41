"""Columns as NumPy makes them, and their way into Arrow."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from qa.contract import Table, Type
from qa.contract.arrow import ARROW_TYPES

NUMBER_UNIT = 10_000  # a NUMBER is held in ten-thousandths,
SECONDS_UNIT = 1_000  # and SECONDS in thousandths: whole numbers, so nothing is ever rounded.


@dataclass(frozen=True)
class Values:
    """One column.

    ``data``: text as a matrix of bytes (a row each) or as codes into ``words`` (below 0: null); numbers and seconds as
    whole units; timestamps as seconds and dates as days since 1970.
    ``valid``: which rows have a value; None for all.
    """

    data: np.ndarray
    valid: np.ndarray | None = None
    words: tuple[str, ...] = ()


def extract(table: Table, columns: dict[str, Values | np.ndarray]) -> pa.Table:
    """The Arrow table of ``columns``, in the contract's order; a column that is not given is null.

    Coded text stays dictionary-encoded: the Parquet file holds plain strings.
    """
    count = len(_values(next(iter(columns.values()))).data)
    surplus = set(columns) - set(table.by_name)
    if surplus:
        raise KeyError(f"{table.name} has no column {sorted(surplus)}")
    arrays = [arrow_array(_values(columns[c.name]), c.type) if c.name in columns else pa.nulls(count, ARROW_TYPES[c.type]) for c in table.columns]
    return pa.Table.from_arrays(arrays, names=[c.name for c in table.columns])


def from_rows(table: Table, rows: list[dict]) -> pa.Table:
    """The Arrow table of plain ``rows`` (dates as ``datetime64``); what a row leaves out is null."""
    return extract(table, {c.name: _plain([row.get(c.name) for row in rows], c.type) for c in table.columns})


def mask(chosen: np.ndarray) -> pa.Array:
    """``chosen`` as an Arrow array of booleans."""
    return arrow_array(Values(chosen), Type.BOOLEAN)


def arrow_array(values: Values, kind: Type) -> pa.Array:
    """``values`` as an Arrow array of the contract type ``kind`` (text with words: a dictionary array).

    Made from buffers throughout: ``pa.array`` would import pandas, which takes longer than a small sample.
    """
    arrow, data, count = ARROW_TYPES[kind], values.data, len(values.data)
    if values.words:
        codes = _buffered(pa.int32(), data.astype(np.int32), data >= 0 if values.valid is None else (data >= 0) & values.valid)
        return pa.DictionaryArray.from_arrays(codes, _strings(values.words))
    if kind is Type.TEXT:
        offsets = np.arange(count + 1, dtype=np.int32) * np.int32(data.shape[1])
        text = np.ascontiguousarray(data, dtype=np.uint8)
        return pa.Array.from_buffers(arrow, count, [_bitmap(values.valid), pa.py_buffer(offsets), pa.py_buffer(text)])
    if kind is Type.BOOLEAN:
        return pa.Array.from_buffers(arrow, count, [_bitmap(values.valid), _bitmap(data.astype(bool))])
    if kind is Type.TIMESTAMP:
        return _buffered(arrow, data.astype(np.int64) * 1_000_000, values.valid)
    if kind is Type.INTEGER:
        return _buffered(arrow, data.astype(np.int64), values.valid)
    if kind is Type.DATE:
        return _buffered(arrow, data.astype(np.int32), values.valid)
    units = np.empty((count, 2), dtype=np.int64)  # a 128-bit number: low half, high half
    units[:, 0] = data
    units[:, 1] = units[:, 0] >> 63
    return _buffered(arrow, units, values.valid)


def coded(texts: Sequence[str | None]) -> Values:
    """``texts`` as codes into the different words among them."""
    codes = {text: code for code, text in enumerate(dict.fromkeys(text for text in texts if text is not None))}
    return Values(np.array([codes.get(text, -1) for text in texts], dtype=np.int64), words=tuple(codes) or ("",))


def _plain(items: list, kind: Type) -> Values:
    if kind is Type.TEXT:
        return coded(items)
    valid = np.array([item is not None for item in items], dtype=bool)
    unit = {Type.NUMBER: NUMBER_UNIT, Type.SECONDS: SECONDS_UNIT}.get(kind)
    if unit:
        return Values(np.array([round((item or 0) * unit) for item in items], dtype=np.int64), valid)
    if kind is Type.DATE:
        return Values(np.array([0 if item is None else int(item.astype("datetime64[D]").astype(np.int64)) for item in items]), valid)
    return Values(np.array([int(item or 0) for item in items], dtype=np.int64), valid)


def _values(column: Values | np.ndarray) -> Values:
    return column if isinstance(column, Values) else Values(column)


def _buffered(arrow: pa.DataType, data: np.ndarray, valid: np.ndarray | None) -> pa.Array:
    return pa.Array.from_buffers(arrow, len(data), [_bitmap(valid), pa.py_buffer(np.ascontiguousarray(data))])


def _bitmap(valid: np.ndarray | None) -> pa.Buffer | None:
    return None if valid is None else pa.py_buffer(np.packbits(valid, bitorder="little"))


@lru_cache(maxsize=64)
def _strings(words: tuple[str, ...]) -> pa.Array:
    encoded = [word.encode() for word in words]
    offsets = np.cumsum([0] + [len(word) for word in encoded]).astype(np.int32)
    return pa.Array.from_buffers(pa.string(), len(words), [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(encoded))])
