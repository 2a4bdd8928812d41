"""What people write on the board, kept in SQLite beside the extracts or in PostgreSQL for a team."""

from qa.store.place import store_url
from qa.store.store import Store, StoreError, open_store

__all__ = ["Store", "StoreError", "open_store", "store_url"]
