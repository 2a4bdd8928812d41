"""The portable subset means the same on Spark itself, not only on what stands in for it."""

import pytest

from tests.build.engines.test_constructs import both, test_expression, test_query  # noqa: F401

pytestmark = pytest.mark.timeout(1200)
