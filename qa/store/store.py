"""The store, opened: sessions to read and to write, on SQLite or PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from qa.i18n import _
from qa.problems import Problem
from qa.store.migrate import bring_up_to_date
from qa.store.place import store_url

# How long a writer waits for another: saves take milliseconds, so only a stuck one takes as long.
BUSY_S = 15
WRITES = {"writes": True}
# A page that reads twice reads one state; a writer must see what another has just written, to be told of it.
READS = {"sqlite": {}, "postgresql": {"isolation_level": "REPEATABLE READ"}}


class StoreError(Problem):
    """The store cannot be reached or written; the message says so without its password."""


class Store:
    """One database. Thread-safe: every session has a connection of its own."""

    def __init__(self, url: URL):
        self.url = url
        self._engine = _engine(url)
        with self._said():
            bring_up_to_date(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the store and changes nothing."""
        engine = self._engine.execution_options(**READS[self.url.get_backend_name()])
        with self._said(), Session(engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all kept when the block ends, or none of them."""
        engine = self._engine.execution_options(**WRITES)
        with self._said(), Session(engine, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        """Let go of every connection."""
        self._engine.dispose()

    @contextmanager
    def _said(self) -> Iterator[None]:
        """What a database refuses, in a sentence; what was violated is for the caller to understand."""
        try:
            yield
        except DBAPIError as error:
            if type(error).__name__ == "IntegrityError":
                raise
            message = _("The store at {place} cannot be used: {problem}")
            raise StoreError(message.format(place=self.url.render_as_string(), problem=str(error.orig).strip().splitlines()[0])) from error


def open_store(data: Path) -> Store:
    """The store of these extracts, brought up to date; one a process and address."""
    return _opened(store_url(data))


@lru_cache(maxsize=8)
def _opened(url: URL) -> Store:
    return Store(url)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=5)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Readers beside one writer (WAL), every commit on disk, and transactions begun by us."""
    connection.isolation_level = None
    for setting in ("journal_mode = wal", "synchronous = full", "foreign_keys = on", f"busy_timeout = {BUSY_S * 1000}"):
        connection.execute(f"pragma {setting}")


def _begin_sqlite(connection: Any) -> None:
    """A writer takes the lock at once: one that read first could not get it any more once another has written."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("begin immediate" if writes else "begin")
