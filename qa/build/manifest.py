"""What a build consists of, written once and never changed; a pointer file names the one in force."""

import os
import shutil
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ValidationError

from qa.config import Config

FOLDER = "rollups"
POINTER = "current"
SPILL = ".spill"


class Manifest(BaseModel):
    """One build: its rollup files and the state of the extracts it was made from.

    ``files``: partition files of each rollup, relative to the rollups folder.
    ``inputs``: a digest of extracts, definitions and SQL: the build is current while it matches.
    ``known_until``: when each center's calls are complete. ``present``: the tables there were. ``config``: the definitions
    the sums were made with. ``sql``: a digest of the SQL that made them. ``states``: of each table's files, as they were read.
    """

    id: str
    built_at: datetime
    inputs: str
    first_day: date
    last_day: date
    files: dict[str, list[str]]
    known_until: dict[str, date]
    present: list[str]
    config: Config
    sql: str
    states: dict[str, list[str]] = {}

    def paths(self, folder: Path, rollup: str) -> list[Path]:
        """The files of one rollup."""
        return [folder / name for name in self.files.get(rollup, ())]


def rollup_folder(data: Path) -> Path:
    """Where the builds of these extracts live."""
    return data / FOLDER


def current_manifest(data: Path) -> Manifest | None:
    """The build in force; None before the first one, and where one of another version is not to be read."""
    folder = rollup_folder(data)
    try:
        build_id = (folder / POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    return read_manifest(folder / "builds" / f"{build_id}.json")


def read_manifest(path: Path) -> Manifest | None:
    """One build; None where there is none, or one of another version."""
    try:
        return Manifest.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def publish(data: Path, manifest: Manifest) -> None:
    """Put a build in force: readers see the old one or this one, never half."""
    folder = rollup_folder(data)
    replace_text(folder / "builds" / f"{manifest.id}.json", manifest.model_dump_json(indent=1))
    replace_text(folder / POINTER, manifest.id)


def replace_text(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file so that it is there whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copyfile(source, draft)
    os.replace(draft, target)
