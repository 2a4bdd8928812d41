"""Which engine a build runs on."""

from pathlib import Path

from qa.build.engine import Engine
from qa.build.seam import Seam
from qa.config import EngineChoice


def chosen_engine(choice: EngineChoice, folder: Path, memory_limit: str | None = None) -> Seam:
    """The engine of the configuration, opened; ``folder``: that of the rollups. Problem where it cannot be reached."""
    if choice.kind == "duckdb":
        return Engine(memory_limit)
    # Imported here: its client is needed by nobody else.
    from qa.build.spark.engine import SparkEngine

    return SparkEngine(choice.url, folder / ".spark", memory_limit)
