"""Small samples, made once: one with the truths planted, one where all are equal."""

import json
from pathlib import Path

import duckdb
import pytest

from qa.contract import TABLES
from qa.sample import make_sample


class Made:
    """A sample on disk: its folder, its truths, the progress reported while it was made, and its tables to ask."""

    def __init__(self, folder: Path, effects: bool):
        self.folder = folder
        self.progress: list[tuple[int, int]] = []
        make_sample(folder, "small", seed=1, effects=effects, progress=lambda done, total: self.progress.append((done, total)))
        self.truths = json.loads((folder / "truths.json").read_text(encoding="utf-8"))
        self.con = duckdb.connect()
        for name in TABLES:
            self.con.execute(f"create view {name} as select * from read_parquet('{folder}/{name}/**/*.parquet', hive_partitioning = true)")

    def rows(self, sql: str, **parameters) -> list[tuple]:
        """The rows ``sql`` gives."""
        return self.con.execute(sql, parameters).fetchall()

    def one(self, sql: str, **parameters):
        """The row ``sql`` gives; its value, where it has one column."""
        (row,) = self.rows(sql, **parameters)
        return row[0] if len(row) == 1 else row


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small sample with its truths."""
    return Made(tmp_path_factory.mktemp("planted"), effects=True)


@pytest.fixture(scope="session")
def null_world(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The small sample in which nothing is planted."""
    return Made(tmp_path_factory.mktemp("null_world"), effects=False)
