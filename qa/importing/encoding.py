"""Which encoding a text file is in, and a UTF-8 copy of it."""

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa

from qa.importing import western
from qa.importing.errors import Refused
from qa.importing.scripts import other_language

CHUNK = 8 << 20
# The longer mark before the one it begins with.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
SWALLOWED = 0.5
WIDE = re.compile(r"([A-Za-z]?)[^\x00-\x7f]+([A-Za-z]?)")
ARCHIVE = b"PK\x03\x04"
# The language of a file shows in so many of its first bytes.
TOLD_BY = 1 << 17


def detect(path: Path) -> str:
    """The encoding of the whole file: by its byte-order mark, else UTF-8, else Western European where its words are such, else GB18030, each strictly.

    Refused otherwise, and where what reads as GB18030 says more in another language.
    """
    with path.open("rb") as file:
        start = file.read(4)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            _check(path, encoding)
            return encoding
    if start == ARCHIVE:
        raise Refused(
            f"{path.name}：内容是工作簿或压缩包，不是文本；工作簿请把后缀改为 .xlsx，压缩包请先解压",
            f"{path.name}: the content is a workbook or an archive, not text; give a workbook the ending .xlsx, and unpack an archive first",
        )
    if _reads(path, "utf-8"):
        return "utf-8"
    if western.is_western(path) and _reads(path, western.ENCODING):
        return western.ENCODING
    if _reads(path, "gb18030") and _looks_chinese(path):
        _check_language(path)
        return "gb18030"
    raise Refused(
        f"{path.name}：无法识别编码（不是 UTF-8、UTF-16、GB18030 或西欧编码），请另存为 UTF-8 后再导入",
        f"{path.name}: the encoding is not recognised (neither UTF-8, UTF-16, GB18030 nor Western European); save it as UTF-8 and import again",
    )


def to_utf8(path: Path, encoding: str, target: Path) -> Path:
    """The file itself when it is plain UTF-8, else ``target``, written without a byte-order mark."""
    if encoding == "utf-8":
        return path
    with target.open("wb") as out:
        for text in texts(path, encoding):
            out.write(text.encode("utf-8"))
    return target


def texts(path: Path, encoding: str) -> Iterator[str]:
    """The decoded text piece by piece; UnicodeDecodeError where a byte does not belong."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)


def _reads(path: Path, encoding: str) -> bool:
    if encoding == "utf-8":
        return _is_utf8(path)
    try:
        for _piece in texts(path, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _is_utf8(path: Path) -> bool:
    """Arrow looks through the bytes some six times as fast as a decoder that has to make a text of them."""
    cut = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            piece = cut + chunk
            # A character cut by the end of the piece goes with the next one.
            start = next((i for i in (1, 2, 3) if i <= len(piece) and piece[-i] >= 0xC0), 0)
            cut = piece[len(piece) - start :]
            if not _valid(piece[: len(piece) - start]):
                return False
    return _valid(cut)


def _valid(text: bytes) -> bool:
    ends = pa.py_buffer(np.array([0, len(text)], np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, ends, pa.py_buffer(text)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _check(path: Path, encoding: str) -> None:
    if not _reads(path, encoding):
        raise Refused(
            f"{path.name}：文件以 {encoding} 标记开头，但内容不符",
            f"{path.name}: the file starts with a {encoding} mark, but its content is something else",
        )


def _check_language(path: Path) -> None:
    with path.open("rb") as file:
        language = other_language(file.read(TOLD_BY))
    if language:
        raise Refused(
            f"{path.name}：文字像是{language.zh}的旧编码，按中文读会成乱码；请在表格软件中打开，另存为 UTF-8 后再导入",
            f"{path.name}: the text seems to be in an older encoding of {language.en} and would come out garbled; save it as UTF-8 and import again",
        )


def _looks_chinese(path: Path) -> bool:
    """Whether few wide characters end on an ASCII byte: Western text read as GB18030 swallows the letter after each accent, Chinese text seldom does;

    and few stand inside of words of plain letters, as the letters of other languages do.
    """
    text = next(texts(path, "gb18030"))
    wide = [c.encode("gb18030") for c in text if ord(c) > 127][:5000]
    words = list(islice(WIDE.finditer(text), 5000))
    inside = sum(bool(word[1] and word[2]) for word in words)
    return sum(len(code) == 2 and code[1] < 0x80 for code in wide) <= SWALLOWED * len(wide) and inside <= SWALLOWED * len(words)
