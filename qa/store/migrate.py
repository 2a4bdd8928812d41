"""Bringing a store up to date: Alembic's migrations, run by whoever opens it first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock
from sqlalchemy import Connection, Engine, inspect, text

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"
# Any number, the same for all starters of the board: it names the lock they share in PostgreSQL.
LOCK = 7_204_116


def bring_up_to_date(engine: Engine) -> None:
    """Run the migrations a store lacks; of several starters one runs them and the others wait."""
    if _is_current(engine):
        return
    with _alone(engine), engine.connect().execution_options(writes=True) as connection:
        upgrade(connection)


def head() -> str:
    """The newest migration: the last by name, since each begins with its number."""
    return max(path.stem for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the connection's database to a migration, in one transaction."""
    # Alembic takes longer to import than most pages take to answer, and is needed once in a store's life.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _is_current(engine: Engine) -> bool:
    with engine.connect() as connection:
        if not inspect(connection).has_table(VERSION_TABLE):
            return False
        return connection.execute(text(f"select version_num from {VERSION_TABLE}")).scalar() == head()


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Held by one starter at a time, across processes and machines."""
    if engine.url.get_backend_name() == "sqlite":
        with FileLock(f"{engine.url.database}.lock"):
            yield
        return
    with engine.connect() as connection:
        connection.execute(text("select pg_advisory_lock(:lock)"), {"lock": LOCK})
        try:
            yield
        finally:
            connection.execute(text("select pg_advisory_unlock(:lock)"), {"lock": LOCK})
