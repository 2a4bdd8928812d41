"""Where the store of some extracts is."""

import os
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from qa.config import ConfigError, config_path, load_config
from qa.i18n import _

FILE_NAME = "board.sqlite"
DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}


def store_url(data: Path) -> URL:
    """``QA_STORE``, else ``[store] url`` of the configuration, else a SQLite file beside the extracts' tables.

    Raises ConfigError for an address that is none, or of another database.
    """
    written = os.environ.get("QA_STORE") or load_config(data).store.url
    if not written:
        return URL.create("sqlite", database=str(Path(data).resolve() / FILE_NAME))
    try:
        url = make_url(written)
    except ArgumentError as error:
        raise ConfigError(_refusal(data)) from error
    kind = url.drivername.partition("+")[0]
    if kind not in DRIVERS:
        raise ConfigError(_refusal(data))
    return url.set(drivername=DRIVERS[kind])


def _refusal(data: Path) -> str:
    """What is wrong, without the address: it may hold a password."""
    message = _("The address of the store is not one of sqlite:///FILE or postgresql://USER@HOST/DATABASE. It comes from QA_STORE or {file}.")
    return message.format(file=config_path(data))
