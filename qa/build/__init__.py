"""Extracts -> rollups: additive sums as Parquet, partition by partition, and the pointer to the build in force."""
