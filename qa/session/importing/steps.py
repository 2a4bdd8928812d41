"""The steps of an import in the browser, from an uploaded file to extracts and rollups; nothing here draws."""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from qa.build.run import Built, build
from qa.config import load_config
from qa.i18n import _, say
from qa.importing import Mapping, Preview, Summary, preview, run, suggest
from qa.importing.choose import free_path
from qa.importing.excel import SUFFIXES as WORKBOOKS
from qa.importing.excel import sheets
from qa.importing.mapping import fitting
from qa.importing.packed import SUFFIXES as PACKED
from qa.importing.source import PARQUET_SUFFIXES, TEXT_SUFFIXES, first_rows
from qa.importing.suited import undisputed
from qa.importing.summary import NOTHING_LOADED
from qa.importing.toml_text import as_toml
from qa.people import GUEST, Person
from qa.text import Text

KINDS = tuple(suffix.lstrip(".") for suffix in (*TEXT_SUFFIXES, *WORKBOOKS, *PARQUET_SUFFIXES, *PACKED))
LONGEST_NAME = 80
PATIENCE_S = 10.0
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Upload:
    """A file a viewer sent, under a harmless name; ``sheet``: of a workbook, None for its first."""

    name: str
    content: bytes = field(repr=False)
    sheet: str | None = None

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """The file in a folder that only this process's user can read, and that is gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="qa-upload-") as folder:
            path = Path(folder) / self.name
            path.write_bytes(self.content)
            yield path


@dataclass(frozen=True)
class Looked:
    """What was seen in a file: its columns, the mapping it would be read by, and what in that is assumed.

    ``known``: whether that mapping was there before; otherwise it is proposed, and fills no table when nothing was recognised.
    """

    columns: list[str]
    mapping: Mapping
    notes: list[Text]
    known: bool


@dataclass(frozen=True)
class Loaded:
    """What an import did; ``built`` is None where the extracts hold nothing dated yet. ``rejects``: the quarantine's files."""

    summary: Summary
    built: Built | None
    remembered: Path | None

    @property
    def rejects(self) -> list[Path]:
        return self.summary.quarantine


def safe_name(name: str) -> str:
    """A file name without folders, signs that mean something to a shell, and leading dots; its ending in lower case."""
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = PurePosixPath(re.sub(r"[^\w.\-\uff08\uff09() ]+", "_", last).strip(". ") or "file")
    return f"{plain.stem[:LONGEST_NAME]}{plain.suffix.lower()}"


def sheet_names(upload: Upload) -> list[str]:
    """The sheets of a workbook; none for any other file. Refused when the workbook cannot be opened."""
    if PurePosixPath(upload.name).suffix not in WORKBOOKS:
        return []
    with upload.on_disk() as path:
        return sheets(path)


def looked_at(upload: Upload, into: Path) -> Looked:
    """The file's columns and the mapping that fits it, or else the proposal; Refused when it cannot be read for sure."""
    with upload.on_disk() as path, tempfile.TemporaryDirectory() as work:
        columns = first_rows(path, Path(work), upload.sheet)
        if (own := undisputed(into, fitting(columns, into))) is not None:
            return Looked(columns, own, [], True)
        proposal, known = suggest(path, into, upload.sheet)
        return Looked(columns, proposal.mapping, proposal.notes, known)


def previewed(upload: Upload, into: Path, mapping: Mapping) -> Preview:
    """What loading would do, with the first rows, good and bad; nothing is written."""
    with upload.on_disk() as path:
        return preview(path, into, mapping, upload.sheet)


def loaded(upload: Upload, into: Path, mapping: Mapping, remember: bool, progress: Progress, by: Person = GUEST) -> Loaded:
    """The file in the extracts, the rollups brought up to date, and the mapping kept for the next such file where wished."""
    config = load_config(into)
    with upload.on_disk() as path:
        summary = run(
            [path], into, mapping, upload.sheet, progress=lambda step, *counts: progress(say(step), *counts), wait_s=PATIENCE_S, who=by.name, role=by.role
        )
    kept = remembered(mapping, into, PurePosixPath(upload.name).stem) if remember and summary.status != NOTHING_LOADED else None
    built = build(into, config, lambda done, total, _name: progress(_("Building rollups ..."), done, total))
    return Loaded(summary, built, kept)


def remembered(mapping: Mapping, into: Path, stem: str) -> Path:
    """Where the mapping was written among the user's own, as reviewed: in its own place, or in a free one named after the file."""
    folder = into / "mappings"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{mapping.name}.toml" if mapping.name else free_path(folder, stem)
    path.write_text(as_toml(mapping.model_copy(update={"reviewed": True}), []), encoding="utf-8")
    return path
