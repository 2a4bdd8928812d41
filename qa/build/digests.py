"""Names for the state of what a build is made from. Whoever only reads a build needs no more of it."""

import hashlib
import re
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from qa.config import Config
from qa.contract import TABLES
from qa.extracts import Extracts
from qa.periods import Period, bucket_end
from qa.relations import QUERIES, contract_view, query_text
from qa.sources import FACT_VIEWS

# Bytes from which a file of no month is told from another by its time, not its content.
LARGE = 32 * 2**20
MONTH_FOLDER = re.compile(r"^month=(\d{4})-(\d{2})$")


def inputs_digest(extracts: Extracts, config: Config) -> str:
    """A name for the state of all extracts, the definitions and the SQL."""
    parts = [config.model_dump_json(), sql_digest()]
    for name in TABLES:
        parts += [f"{name} {file_state(path)}" for path in sorted(extracts.files(name))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def file_state(path: Path) -> str:
    """A file of a month by its size, time and inode, another when it was replaced; others, which all months read, by their content."""
    state = path.stat()
    mark = f"{state.st_size} {state.st_mtime_ns} {state.st_ino}"
    named = month_of(path.parent.name) is not None or state.st_size > LARGE
    return f"{path.parent.name}/{path.name} {mark if named else _content(path, mark)}"


@cache
def sql_digest() -> str:
    """A digest of all SQL that makes rollups, and of the contract's views."""
    texts = [query_text(f"facts/{file}") for file in FACT_VIEWS.values()]
    texts += [query_text(f"rollup/{path.stem}") for path in sorted((QUERIES / "rollup").glob("*.sql"))]
    texts += [contract_view(table, ()) for table in TABLES.values()]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def month_of(folder: str) -> Period | None:
    """The month a folder of extracts is named by."""
    found = MONTH_FOLDER.match(folder)
    if not found:
        return None
    first = date(int(found[1]), int(found[2]), 1)
    return Period(first, bucket_end(first, "month"))


@lru_cache(1024)
def _content(path: Path, _mark: str) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]
