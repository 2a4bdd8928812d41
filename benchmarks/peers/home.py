"""Where the peers live, and what they and we show alike."""

import os
from pathlib import Path

from benchmarks.data import WORK

HOME = Path(os.environ.get("PEERS_HOME") or WORK / "peers").resolve()
HERE = Path(__file__).parent
RAW, ROLLUP = HOME / "raw.duckdb", HOME / "rollup.duckdb"
CENTERS = ("SH", "WH", "CD", "XA", "GZ", "SY")
FIRST_DAY, END = "2024-11-01", "2026-11-01"
