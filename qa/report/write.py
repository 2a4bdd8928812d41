"""A document as a file: rendered in the format asked, written whole or not at all."""

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Literal, get_args

from qa.report.model import Document

FileFormat = Literal["docx", "pdf", "pptx", "xlsx", "html"]
FILE_FORMATS: tuple[FileFormat, ...] = get_args(FileFormat)
MIME_TYPES: dict[FileFormat, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
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


def file_name(center: str, month: str, language: str, file_format: FileFormat) -> str:
    """What a report's file is called: the same for the same center, month and language."""
    return f"{month}_{center}_{language}.{file_format}"
