"""Which engine a build runs on."""

from pathlib import Path

from qa.bucket import Bucket
from qa.build.engine import Engine
from qa.build.manifest import SPILL
from qa.build.seam import Seam
from qa.config import Config


def chosen_engine(config: Config, folder: Path, bucket: Bucket | None = None, memory_limit: str | None = None) -> Seam:
    """The engine of the configuration, opened; ``folder``: that of the rollups. Problem where it cannot be reached."""
    if config.engine.kind == "duckdb":
        return Engine(memory_limit, folder / SPILL)
    # Imported here: its client is needed by nobody else.
    from qa.build.spark.engine import SparkEngine
    from qa.build.spark.places import BucketPlace, FolderPlace

    place = BucketPlace(bucket, folder.parent) if bucket else FolderPlace(folder / ".spark")
    return SparkEngine(config.engine.url, place, memory_limit)
