"""Files to import, and what came of them."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from qa.extracts import Extracts
from qa.importing import Mapping, Summary, run

REAL = Path(os.environ.get("QA_REALDATA") or Path(__file__).resolve().parents[3] / "shared" / "realdata")
CENTERS = "center_id,name,is_headquarters\nSH,上海,Y\nWH,武汉,N\n"
CALLS = {
    "fills": "calls",
    "columns": {
        "call_id": "id",
        "center_id": "center",
        "agent_id": "agent",
        "queue": {"constant": "q"},
        "direction": {"constant": "inbound"},
        "started_at": "started",
        "answered": "answered",
        "wait_s": "wait",
        "talk_s": "talk",
    },
}


@dataclass
class Desk:
    """A folder for source files, a folder of extracts, and short ways to use them."""

    folder: Path
    into: Path

    def file(self, text: str | bytes, name: str = "calls.csv") -> Path:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def load(self, *files: Path, mapping: Mapping | dict | str | None = None, **options) -> Summary:
        chosen = Mapping.model_validate(mapping) if isinstance(mapping, dict) else mapping
        return run(list(files), self.into, chosen, **options)

    def centers(self) -> None:
        self.load(self.file(CENTERS, "centers.csv"), mapping=plain("centers", "center_id", "name", "is_headquarters"))

    def calls(self, rows: str, name: str = "calls.csv") -> Summary:
        """Import calls given as ``id,center,agent,started,answered,wait,talk`` lines."""
        return self.load(
            self.file("id,center,agent,started,answered,wait,talk\n" + rows, name),
            mapping={"name": "calls", "table": [CALLS]},
        )

    def rows(self, table: str, columns: str = "*", order: str = "all") -> list[tuple]:
        files = [str(path) for path in Extracts(self.into).files(table)]
        return (
            duckdb.execute(
                f"select {columns} from read_parquet($files, hive_partitioning = false) order by {order}",
                {"files": files},
            ).fetchall()
            if files
            else []
        )

    def state(self) -> dict[str, tuple[int, bytes]]:
        """Every file of the extracts but the lock: modification time and content."""
        return {
            path.relative_to(self.into).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
            for path in sorted(self.into.rglob("*"))
            if path.is_file() and path.name != ".lock"
        }

    def quarantine(self, table: str) -> list[list[str]]:
        return [
            row
            for path in sorted((self.into / "quarantine" / table).glob("*.csv"))
            for row in list(csv.reader(path.open(encoding="utf-8-sig", newline="")))[1:]
        ]


def plain(table: str, *columns: str) -> dict:
    """A mapping whose source columns have the contract's names."""
    return {"name": table, "table": [{"fills": table, "columns": {column: column for column in columns}}]}


def real(name: str) -> Path:
    """A real file, or the test is skipped where it is not there."""
    if not (REAL / name).exists():
        pytest.skip(f"{name} is not here")
    return REAL / name


def times(desk, *values, form=None):
    """The times loaded from those texts (quoted as CSV cells need), in the order of the file."""
    desk.centers()
    lines = "".join(f'{i:03d},SH,,"{value}",Y,1,1\n' for i, value in enumerate(values))
    path = desk.file("id,center,agent,started,answered,wait,talk\n" + lines)
    started = {"from": "started", "format": form} if form else "started"
    columns = {
        "call_id": "id",
        "center_id": "center",
        "queue": {"constant": "q"},
        "direction": {"constant": "inbound"},
        "started_at": started,
        "answered": "answered",
    }
    desk.load(path, mapping={"name": "dates", "table": [{"fills": "calls", "columns": columns}]})
    return [str(at) for (at,) in desk.rows("calls", "started_at", "call_id")]
