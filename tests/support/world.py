"""Extracts built row by row: a test states what matters, the builder fills the rest and runs the real thing."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from qa.build.run import build
from qa.config import FILE_NAME, load_config
from qa.contract import TABLES, Type, table
from qa.contract.arrow import arrow_schema
from qa.filters import Filters
from qa.results import answer
from qa.warehouse import Warehouse
from tests.support.shelf import SHELF

NOON = datetime(2026, 10, 5, 12)

DEFAULTS: dict[str, dict[str, Any]] = {
    "centers": {"name": "武汉", "is_headquarters": False},
    "agents": {"name": "王芳", "team": "一组", "center_id": "WH"},
    "evaluations": {
        "agent_id": "A1", "center_id": "WH", "evaluator_id": "E1", "scorecard_id": "S1", "kind": "recording", "sample_reason": "random",
        "evaluated_at": NOON, "score": 95, "full_mark": 100, "passed": True, "fatal_errors": 0, "nonfatal_errors": 0, "opportunities": 12,
        "status": "released",
    },
    "evaluation_items": {"points": 5, "full_mark": 5, "errors": 0, "fatal": False, "not_applicable": False},
    "scorecards": {"scorecard_name": "录音评分表", "full_mark": 100, "section": "业务", "item_name": "业务知识"},
    "surveys": {"center_id": "WH", "sent_at": NOON, "scale_max": 5},
    "calls": {"center_id": "WH", "agent_id": "A1", "queue": "账单", "direction": "inbound", "started_at": NOON, "answered": True, "wait_s": 10},
    "call_counts": {"center_id": "WH", "period": date(2026, 9, 1), "grain": "month", "direction": "inbound"},
    "agent_days": {"center_id": "WH", "agent_id": "A1", "day": NOON.date(), "login_s": 28800},
    "complaints": {"center_id": "WH", "received_at": NOON},
    "coaching": {"center_id": "WH", "agent_id": "A1", "kind": "interview", "opened_at": NOON},
    "trainings": {"center_id": "WH", "agent_id": "A1", "topic": "服务用语", "held_on": NOON.date()},
    "targets": {"valid_from": date(2020, 1, 1)},
}  # fmt: skip

_IDS = {
    "evaluations": "evaluation_id", "surveys": "survey_id", "calls": "call_id", "complaints": "complaint_id", "coaching": "coaching_id",
    "agents": "agent_id", "trainings": "training_id",
}  # fmt: skip


class World:
    """A folder of extracts under construction."""

    def __init__(self, folder: Path, settings: str = ""):
        """``settings``: the text of the configuration file."""
        self.folder = folder
        self.settings = settings
        self.tables: dict[str, list[dict[str, Any]]] = {}
        self.opened: Warehouse | None = None
        self.add("centers", [{"center_id": "WH"}, {"center_id": "SH", "name": "上海", "is_headquarters": True}])
        self.add("agents", [{"agent_id": "A1"}])

    def add(self, name: str, rows: list[dict[str, Any]]) -> "World":
        """Rows of a table; what they leave out takes an ordinary value."""
        self.opened = None
        present = self.tables.setdefault(name, [])
        for row in rows:
            key = {_IDS[name]: f"{name[:2].upper()}{len(present) + 1:05d}"} if name in _IDS else {}
            present.append(DEFAULTS[name] | key | row)
        return self

    def write(self) -> None:
        """Write the extracts; large tables by month, as an import would."""
        for name, rows in self.tables.items():
            write_rows(self.folder, name, rows)

    def warehouse(self) -> Warehouse:
        """The extracts written, built and opened; in an empty folder, what the same rows have given before."""
        if self.opened is None:
            is_new = not self.folder.exists() or not any(self.folder.iterdir())
            key = sha256(repr((self.settings, self.tables)).encode()).hexdigest()
            if not (is_new and SHELF.take(key, self.folder)):
                self.write()
                (self.folder / FILE_NAME).write_text(self.settings, encoding="utf-8")
                build(self.folder, load_config(self.folder))
                if is_new:
                    SHELF.keep(key, self.folder)
            self.opened = Warehouse.open(self.folder)
        return self.opened

    def one(self, metric: str, filters: Filters | None = None) -> dict[str, Any]:
        """The single result of a metric."""
        return self.by(metric, (), filters).row(0, named=True)

    def by(self, metric: str, groups: tuple[str, ...], filters: Filters | None = None) -> pl.DataFrame:
        """The results of a metric by groups."""
        return answer(self.warehouse(), [metric], groups, filters or Filters(), None)


def write_rows(folder: Path, name: str, rows: list[dict[str, Any]], file: str = "data.parquet") -> None:
    """Write rows of a table as extracts: into this file, of each month where the table is kept by month."""
    declared = table(name)
    typed = [{column.name: _typed(row.get(column.name), column.type) for column in declared.columns} for row in rows]
    months: dict[str, list[dict]] = {}
    for row in typed:
        months.setdefault(f"month={row[declared.time]:%Y-%m}" if declared.large and declared.time else "", []).append(row)
    for month, part in months.items():
        path = folder / name / month / file
        path.parent.mkdir(parents=True, exist_ok=True)
        # Whole at once: some tests write while a board reads.
        pq.write_table(pa.Table.from_pylist(part, arrow_schema(declared)), path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)


def _typed(value: Any, type_: Type) -> Any:
    if value is None:
        return None
    if type_ in (Type.NUMBER, Type.SECONDS):
        return Decimal(str(value))
    if type_ is Type.DATE and isinstance(value, datetime):
        return value.date()
    return value


def days(number: float) -> timedelta:
    return timedelta(days=number)


assert set(DEFAULTS) == set(TABLES)
