"""Extracts -> rollups: additive sums as Parquet, partition by partition, and the pointer to the build in force."""

from qa.build.manifest import Manifest, current_manifest
from qa.build.run import build, is_current, take

__all__ = ["Manifest", "build", "current_manifest", "is_current", "take"]
