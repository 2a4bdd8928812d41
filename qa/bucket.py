"""Extracts and rollups in object storage (S3): a bucket with the same folders as here, and what is taken from it and put there.

An object is there whole or not at all, but several are never replaced together. So extracts are taken over by the importer's journal, and a
build is put there as everywhere: files first, then the manifest, the pointer last.
"""

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from qa.config import Storage
from qa.contract import TABLES
from qa.extracts import heal, lock, write_durably
from qa.i18n import _
from qa.importing.commit import commit, new_staging
from qa.problems import Problem

# What was taken over, by its mark there: it goes here when it goes there.
TAKEN = ".bucket.json"
AT_ONCE = 8
PATIENCE_S = 60
# A builder on another machine may not have published yet what it has put there.
GONE_AFTER = timedelta(days=1)

Mark = list[int]


class Bucket:
    """The objects below an address. Credentials come from the environment, as every S3 client reads them (``AWS_ACCESS_KEY_ID`` ...)."""

    def __init__(self, storage: Storage):
        if not storage.url.startswith("s3://"):
            raise Problem(_("[storage] url begins with s3://, for example s3://quality/board; given: {url}").format(url=storage.url))
        # Imported here: half a second that nobody else needs.
        from pyarrow import fs

        scheme, _sign, host = storage.endpoint.rpartition("://")
        options = {"endpoint_override": host, "scheme": scheme or "https"} if host else {}
        self.files = fs.S3FileSystem(**options, **({"region": storage.region} if storage.region else {}))
        self.root = storage.url.removeprefix("s3://").strip("/")

    def objects(self, under: str) -> dict[str, Mark]:
        """Size and time of each object below a folder, by its path below the address."""
        from pyarrow import fs

        found = self.files.get_file_info(fs.FileSelector(f"{self.root}/{under}", allow_not_found=True, recursive=True))
        return {info.path.removeprefix(f"{self.root}/"): [info.size, info.mtime_ns] for info in found if info.is_file}

    def read(self, key: str) -> bytes | None:
        """The content of an object; None where there is none."""
        try:
            with self.files.open_input_stream(f"{self.root}/{key}") as stream:
                return stream.read()
        except FileNotFoundError:
            return None

    def write(self, key: str, content: bytes) -> None:
        """Put an object there."""
        with self.files.open_output_stream(f"{self.root}/{key}") as stream:
            stream.write(content)

    def download(self, wanted: Mapping[str, Path]) -> None:
        """Take objects, by their keys, to these paths; each is there whole or not at all."""
        self._side_by_side(self._take, wanted.items())

    def upload(self, wanted: Mapping[Path, str]) -> None:
        """Put files there under these keys."""
        self._side_by_side(lambda path, key: self.write(key, path.read_bytes()), wanted.items())

    def remove(self, keys: Iterable[str]) -> None:
        """Delete objects."""
        for key in keys:
            self.files.delete_file(f"{self.root}/{key}")

    def _take(self, key: str, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.taken")
        with self.files.open_input_stream(f"{self.root}/{key}") as stream, draft.open("wb") as file:
            while block := stream.read(1 << 24):
                file.write(block)
        draft.replace(path)

    @staticmethod
    def _side_by_side(act: Any, pairs: Iterable[tuple]) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _done in pool.map(lambda pair: act(*pair), pairs):
                pass


def opened_bucket(storage: Storage) -> Bucket | None:
    """The bucket of the configuration; None where there is none."""
    return Bucket(storage) if storage.url else None


def take_extracts(bucket: Bucket, folder: Path) -> int:
    """Bring the extracts up to those of the bucket; returns how many files changed. Readers see the old state or the new one.

    Files that never came from the bucket stay.
    """
    with lock(folder, PATIENCE_S):
        heal(folder)
        there = {key: mark for name in TABLES for key, mark in bucket.objects(name).items() if key.endswith(".parquet")}
        taken = _taken(folder)
        changed = [key for key, mark in there.items() if taken.get(key) != mark or not (folder / key).exists()]
        gone = [key for key in taken if key not in there]
        if changed or gone:
            staging = new_staging(folder)
            staged = {key: staging / f"{number}.parquet" for number, key in enumerate(changed)}
            bucket.download(staged)
            commit(folder, staging, {path.relative_to(folder).as_posix(): key for key, path in staged.items()}, gone)
            write_durably(folder / TAKEN, json.dumps(there))
        return len(changed) + len(gone)


def _taken(folder: Path) -> dict[str, Mark]:
    try:
        return json.loads((folder / TAKEN).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def is_old(mark: Mark) -> bool:
    """Whether an object has been there long enough to be sure that nobody is about to need it."""
    return datetime.fromtimestamp(mark[1] / 1e9, UTC) < datetime.now(UTC) - GONE_AFTER
