"""A real cluster in place of the one that stands in for it elsewhere."""

import pytest

from tests.support.spark import SHORT, running_cluster
from tools import spark


@pytest.fixture(scope="session")
def cluster(tmp_path_factory):
    """A master and two workers."""
    home = spark.find()
    if home is None:
        pytest.skip("no Spark: make cluster")
    with running_cluster(home, tmp_path_factory.mktemp("cluster"), **SHORT) as started:
        yield started


@pytest.fixture(scope="session")
def spark_url(cluster) -> str:
    """The address of its Connect server."""
    return cluster.url
