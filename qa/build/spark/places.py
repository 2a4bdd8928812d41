"""Where a cluster finds files and leaves its own: a folder that builder and workers share, or a bucket."""

import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from qa.bucket import Bucket

# What Spark calls S3; Amazon's own clusters know it by this name too.
SCHEME = "s3a"


class Place(Protocol):
    """``local``: a folder of the builder's alone. ``uris``: by what addresses the cluster reads files of the builder. ``fresh``: an address it may write to.
    ``gathered``: the Parquet files it wrote there, as the builder reads them. ``clear``: away with all of that."""

    local: Path

    def uris(self, paths: Sequence[Path]) -> list[str]: ...

    def fresh(self) -> str: ...

    def gathered(self, uri: str) -> list[Path]: ...

    def clear(self) -> None: ...


class FolderPlace:
    """The same paths on builder and workers. ``scratch``: a folder for what the workers write."""

    def __init__(self, scratch: Path):
        self.scratch = self.local = scratch

    def uris(self, paths: Sequence[Path]) -> list[str]:
        # Not as_uri(): Hadoop does not decode %20.
        return ["file:///" + path.resolve().as_posix().removeprefix("/") for path in paths]

    def fresh(self) -> str:
        return self.uris([self.scratch / uuid.uuid4().hex])[0]

    def gathered(self, uri: str) -> list[Path]:
        return sorted((self.scratch / uri.rpartition("/")[2]).glob("*.parquet"))

    def clear(self) -> None:
        shutil.rmtree(self.scratch, ignore_errors=True)


class BucketPlace:
    """Objects of a bucket, which holds what is below ``data`` here; rollups that it lacks are put there when they are read."""

    def __init__(self, bucket: Bucket, data: Path):
        self.bucket, self.data = bucket, data
        self.scratch = f".spark/{uuid.uuid4().hex}"
        self.local = data / "rollups" / ".spark"
        self.there: set[str] | None = None

    def uris(self, paths: Sequence[Path]) -> list[str]:
        keys = {path: path.relative_to(self.data).as_posix() for path in paths}
        if self.there is None:
            self.there = set(self.bucket.objects("rollups"))
        lacking = {path: key for path, key in keys.items() if key.startswith("rollups/") and key not in self.there}
        self.bucket.upload(lacking)
        self.there.update(lacking.values())
        return [self._uri(key) for key in keys.values()]

    def _uri(self, key: str) -> str:
        return f"{SCHEME}://{self.bucket.root}/{key}"

    def fresh(self) -> str:
        return self._uri(f"{self.scratch}/{uuid.uuid4().hex}")

    def gathered(self, uri: str) -> list[Path]:
        name = uri.rpartition("/")[2]
        keys = [key for key in self.bucket.objects(f"{self.scratch}/{name}") if key.endswith(".parquet")]
        wanted = {key: self.local / name / key.rpartition("/")[2] for key in keys}
        self.bucket.download(wanted)
        return sorted(wanted.values())

    def clear(self) -> None:
        self.bucket.remove(self.bucket.objects(self.scratch))
        shutil.rmtree(self.local, ignore_errors=True)
