"""Which encoding a text file is in, and a UTF-8 copy of it."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.importing.errors import Refused

CHUNK = 8 << 20
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
BLANK_LINES = (b"\n\n", b"\n\r\n")
WIDE_BLANKS = (b"\t", "\u00a0".encode(), "\u3000".encode())
SWALLOWED = 0.5


@dataclass(frozen=True)
class Facts:
    """What one look at the bytes of a UTF-8 file tells of its lines; ``wide_blanks``: it has tabs, no-break or ideographic spaces."""

    lines: int
    quotes: int
    blank_lines: bool
    one_newline: bool
    wide_blanks: bool


def detect(path: Path) -> str:
    """The encoding of the whole file: by its byte-order mark, else UTF-8, else GB18030, each strictly; Refused otherwise."""
    with path.open("rb") as file:
        start = file.read(4)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            _check(path, encoding)
            return encoding
    if _reads(path, "utf-8"):
        return "utf-8"
    if _reads(path, "gb18030") and _looks_chinese(path):
        return "gb18030"
    raise Refused(
        f"{path.name}：无法识别编码（不是 UTF-8、UTF-16 或 GB18030），请另存为 UTF-8 后再导入",
        f"{path.name}: the encoding is not recognised (neither UTF-8, UTF-16 nor GB18030); save it as UTF-8 and import again",
    )


def to_utf8(path: Path, encoding: str, target: Path) -> Path:
    """The file itself when it is plain UTF-8, else ``target``, written without a byte-order mark."""
    if encoding == "utf-8":
        return path
    with target.open("wb") as out:
        for text in texts(path, encoding):
            out.write(text.encode("utf-8"))
    return target


def facts(path: Path) -> Facts:
    """Counts over the bytes of a UTF-8 file; Refused where it holds NUL bytes."""
    returns = pairs = lines = quotes = 0
    blank, wide, last = False, False, b"\n"
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            if b"\x00" in chunk:
                raise Refused(
                    f"{path.name}：文件含有 NUL 字节，可能是二进制文件或缺少标记的 UTF-16",
                    f"{path.name}: the file holds NUL bytes: a binary file, or UTF-16 without its mark",
                )
            seam = last[-2:] + chunk[:2]
            if found := chunk.count(b"\r"):
                returns += found
                pairs += chunk.count(b"\r\n") + (last.endswith(b"\r") and chunk.startswith(b"\n"))
            blank = blank or any(gap in chunk or gap in seam for gap in BLANK_LINES)
            wide = wide or any(sign in chunk for sign in WIDE_BLANKS)
            lines += chunk.count(b"\n")
            quotes += chunk.count(b'"')
            last = chunk
    return Facts(lines + (not last.endswith(b"\n")), quotes, blank, returns == pairs and pairs in (0, lines), wide)


def texts(path: Path, encoding: str) -> Iterator[str]:
    """The decoded text piece by piece; UnicodeDecodeError where a byte does not belong."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield decoder.decode(chunk)
        yield decoder.decode(b"", final=True)


def _reads(path: Path, encoding: str) -> bool:
    try:
        for _piece in texts(path, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _check(path: Path, encoding: str) -> None:
    if not _reads(path, encoding):
        raise Refused(
            f"{path.name}：文件以 {encoding} 标记开头，但内容不符",
            f"{path.name}: the file starts with a {encoding} mark, but its content is something else",
        )


def _looks_chinese(path: Path) -> bool:
    """Whether few wide characters end on an ASCII byte: Western text read as GB18030 swallows the letter after each accent, Chinese text seldom does."""
    wide = [c.encode("gb18030") for c in next(texts(path, "gb18030")) if ord(c) > 127][:5000]
    return sum(len(code) == 2 and code[1] < 0x80 for code in wide) <= SWALLOWED * len(wide)
