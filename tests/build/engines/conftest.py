"""A Spark Connect server for tests: Sail, which speaks the protocol without a JVM; `make cluster` asks a real cluster the same."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def spark_url() -> Iterator[str]:
    """The address of a server: the one named by ``QA_SPARK``, or Sail on a free port."""
    if given := os.environ.get("QA_SPARK"):
        yield given
        return
    os.environ.setdefault("RUST_LOG", "error")
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    yield f"sc://{host}:{port}"
    server.stop()


@pytest.fixture
def spark(spark_url: str, tmp_path: Path):
    """An engine on that server."""
    from qa.build.spark.engine import SparkEngine
    from qa.build.spark.places import FolderPlace

    with SparkEngine(spark_url, FolderPlace(tmp_path / "scratch")) as engine:
        yield engine
