"""An independent computation of every metric: plain Polars over the tables of the contract, no SQL.

It follows the definitions in words and shares no formula with ``queries/``. Where both agree on random extracts, a
number is wrong only if it was misunderstood twice.
"""

from tests.oracle.events import Oracle
from tests.oracle.extracts import random_tables

__all__ = ["Oracle", "random_tables"]
