"""Extracts on disk: Parquet in the contract's layout, made aside and then moved into place."""

import json
import shutil
from collections import defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from qa.contract import TABLES, Table
from qa.text import Text

TRUTHS = "truths.json"
ROWS_A_GROUP = 250_000


class NotASampleFolder(ValueError):
    """Raised where writing a sample would overwrite extracts that are no sample; ``reason`` is for the user."""

    def __init__(self, folder: Path):
        self.reason = Text(
            f"{folder} 中已有非样例数据，为免覆盖未作任何改动；请换一个目录",
            f"{folder} holds extracts that are not a sample; nothing was changed. Choose another folder",
        )
        super().__init__(self.reason.en)


class SampleWriter:
    """Writes a sample into ``into``; nothing there changes before ``finish``."""

    def __init__(self, into: Path):
        self.into = Path(into)
        if not (self.into / TRUTHS).exists() and any((self.into / name).exists() for name in TABLES):
            raise NotASampleFolder(self.into)
        self.making = self.into / ".making"
        shutil.rmtree(self.making, ignore_errors=True)
        self.making.mkdir(parents=True)
        self._parts: dict[str, list[pa.Table]] = defaultdict(list)
        self._open: dict[str, pq.ParquetWriter] = {}

    def add(self, table: Table, month: str, rows: pa.Table) -> None:
        """Puts ``rows`` into the month's file of a large table, in row groups of a good size."""
        parts = self._parts[table.name]
        parts.append(rows)
        if sum(part.num_rows for part in parts) >= ROWS_A_GROUP:
            self._flush(table.name, month)

    def close_month(self, month: str) -> None:
        """Finishes the files of ``month``."""
        for name in list(self._parts):
            self._flush(name, month)
        for writer in self._open.values():
            writer.close()
        self._open.clear()

    def put(self, table: Table, rows: pa.Table) -> None:
        """Writes a small table, whole."""
        path = self.making / table.name / "data.parquet"
        path.parent.mkdir(parents=True)
        with _writer(path, rows.schema) as writer:
            writer.write_table(rows)

    def finish(self, truths: dict) -> None:
        """Moves everything into place: the truths first, so that the folder is known as a sample whatever happens after."""
        made = self.making / TRUTHS
        made.write_text(json.dumps(truths, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        made.replace(self.into / TRUTHS)
        for name in TABLES:
            if (self.into / name).exists():
                shutil.rmtree(self.into / name)
            if (self.making / name).exists():
                (self.making / name).rename(self.into / name)
        shutil.rmtree(self.making)

    def discard(self) -> None:
        """Drops what was made so far; what was there before stays."""
        for writer in self._open.values():
            writer.close()
        self._open.clear()
        shutil.rmtree(self.making, ignore_errors=True)

    def _flush(self, name: str, month: str) -> None:
        parts = self._parts.pop(name, [])
        if not parts:
            return
        rows = pa.concat_tables(parts).combine_chunks()
        if name not in self._open:
            path = self.making / name / f"month={month}" / "data.parquet"
            path.parent.mkdir(parents=True)
            self._open[name] = _writer(path, rows.schema)
        self._open[name].write_table(rows, row_group_size=len(rows) or None)


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """A writer of plain contract types: the dictionaries of coded text are a matter of encoding only."""
    repeating = [field.name for field in schema if pa.types.is_dictionary(field.type) or pa.types.is_decimal(field.type)]
    return pq.ParquetWriter(path, schema, use_dictionary=repeating, store_decimal_as_integer=True, compression="zstd", compression_level=1, store_schema=False)
