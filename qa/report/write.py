"""A document as a file: rendered in the format asked, written whole or not at all."""

import os
from collections.abc import Callable
from hashlib import blake2b
from importlib import import_module
from pathlib import Path
from typing import Literal

from qa.report.model import Document

FileFormat = Literal["docx", "pdf", "pptx", "xlsx", "html", "png"]
# What a report is written in where nobody says otherwise.
FILE_FORMATS: tuple[FileFormat, ...] = ("docx", "pdf", "pptx", "xlsx", "html")
MIME_TYPES: dict[FileFormat, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "png": "image/png",
}


def rendered(document: Document, file_format: FileFormat) -> bytes:
    """The document in the format, in the language in force. The libraries of a format are loaded when it is first asked for."""
    render: Callable[[Document], bytes] = getattr(import_module(f"qa.report.formats.{file_format}"), file_format)
    return render(document)


def write(path: Path, content: bytes) -> None:
    """Put the file in its place whole: whoever looks, and whatever stops us, sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_beside(path: Path, content: bytes) -> Path:
    """Write the file, or where another of its name was written before, one beside it; where the content is now comes back.

    A report that was handed in stays as it is. The same content is never written twice.
    """
    if path.exists() and path.read_bytes() != content:
        digest = blake2b(content, digest_size=4).hexdigest()
        path = path.with_name(f"{path.stem}.{digest}{path.suffix}")
    if not path.exists():
        write(path, content)
    return path


def file_name(center: str, month: str, language: str, file_format: FileFormat) -> str:
    """What a report's file is called: the same for the same center, month and language."""
    return f"{month}_{center}_{language}.{file_format}"
