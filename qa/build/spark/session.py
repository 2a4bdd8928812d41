"""The connection to a cluster. Its client is not among what the board needs, so it is imported here alone and only when asked for."""

import socket
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from qa.i18n import _
from qa.problems import Problem

PORT = 15002
PATIENCE_S = 10
# As DuckDB has it: times without a zone, and an error instead of a null for what cannot be computed.
SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
}


def connected(url: str) -> Any:
    """A Spark session of its own; Problem where the client is missing or nobody answers."""
    if not url.startswith("sc://"):
        raise Problem(_("The engine's address begins with sc://, for example sc://spark.example.com:15002; given: {url}").format(url=url or '""'))
    # It warns of what it does with pandas, which is not used here.
    warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise Problem(_("Building on Spark needs its client: pip install -r requirements-spark.txt")) from error
    _answers(url)
    try:
        with _a_main_file():
            session = SparkSession.builder.remote(url).create()
        for name, value in SETTINGS.items():
            session.conf.set(name, value)
    except PySparkException as error:
        raise Problem(_("Spark at {url} cannot be used: {problem}").format(url=url, problem=str(error).splitlines()[0])) from error
    return session


@contextmanager
def _a_main_file() -> Iterator[None]:
    """For as long as the client is loaded: without one (python -c, a worker of a test) it believes to be in its own tests and asks for all of Spark."""
    main = sys.modules["__main__"]
    lacking = not hasattr(main, "__file__")
    if lacking:
        main.__file__ = __file__
    try:
        yield
    finally:
        if lacking:
            del main.__file__


@contextmanager
def told() -> Iterator[None]:
    """Raises Problem where the cluster fails."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        message = _("Spark failed: {problem}\nWhat it made until then stays; python -m qa build goes on from there.")
        raise Problem(message.format(problem=str(error).partition("\n\nJVM stacktrace")[0])) from error


def _answers(url: str) -> None:
    """Problem where nobody listens: the client would try for minutes."""
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname or "", address.port or PORT), timeout=PATIENCE_S).close()
    except (OSError, ValueError) as error:
        raise Problem(_("Spark at {url} cannot be used: {problem}").format(url=url, problem=error)) from error
