"""What one look at the bytes of a UTF-8 file tells of its lines and cells."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qa.importing.errors import Refused

WINDOW = 1 << 19  # small enough that the comparisons stay in the cache
TAB, NEWLINE, RETURN, BLANK, QUOTE = b"\t\n\r \""
# Blanks that only a wide trim takes off: no-break, ideographic and zero-width ones, and a byte-order mark in the middle.
FULL_WIDTH = (b"\xef\xbc", b"\xef\xbd", "\u3000".encode())
WIDE_BLANKS = tuple(sign.encode() for sign in "\u00a0\u3000\u200b\ufeff")


@dataclass(frozen=True)
class Facts:
    """Counts over the whole file. ``one_newline``: all lines end alike. ``tidy``: no cell is quoted or begins or ends with a blank of any kind.

    ``wide``: below the header some cell holds full-width signs, as Chinese keyboards write them. ``open_ends``: lines
    below the header that end on the separator.
    """

    lines: int
    quotes: int
    blank_lines: bool
    one_newline: bool
    tidy: bool
    wide: bool
    open_ends: int


def facts(path: Path, delimiter: str, header_lines: int = 0) -> Facts:
    """The facts of a file; Refused where it holds NUL bytes."""
    place = -2
    lines = quotes = returns = pairs = open_ends = 0
    ends = (delimiter.encode() + b"\n", delimiter.encode() + b"\r\n")
    blank_lines = padded = odd = wide = False
    last = b"\r\n"
    with path.open("rb") as file:
        data = sum(len(file.readline()) for _line in range(header_lines))
        file.seek(0)
        while chunk := file.read(WINDOW):
            if b"\x00" in chunk:
                raise Refused(
                    f"{path.name}：文件含有 NUL 字节，可能是二进制文件或缺少标记的 UTF-16",
                    f"{path.name}: the file holds NUL bytes: a binary file, or UTF-16 without its mark",
                )
            piece = last + chunk
            seen = np.frombuffer(piece, np.uint8)
            newline, back, quote = seen == NEWLINE, seen == RETURN, seen == QUOTE
            gaps = (newline[:-1] & newline[1:]).any() or (newline[:-2] & back[1:-1] & newline[2:]).any()
            blank_lines = blank_lines or bool(gaps)
            lines += int(np.count_nonzero(newline[2:]))
            returns += int(np.count_nonzero(back[2:]))
            quotes += int(np.count_nonzero(quote[2:]))
            pairs += int(np.count_nonzero(back[1:-1] & newline[2:]))
            padded = padded or _padded(seen, newline | back | quote | (seen == ord(delimiter)), ord(delimiter))
            # Those whose newline is in this chunk and below the header.
            open_ends += sum(piece.count(end, max(3, data - place + 1) - len(end)) for end in ends)
            odd = odd or any(sign in piece for sign in WIDE_BLANKS)
            wide = wide or any(piece.find(sign, max(0, data - place)) >= 0 for sign in FULL_WIDTH)
            last, place = piece[-2:], place + len(chunk)
    open_ends += last[-1] == ord(delimiter) and place + 1 >= data
    padded = padded or last[-1] == BLANK or last[-1] == TAB != ord(delimiter)
    return Facts(lines + (last[-1] != NEWLINE), quotes, blank_lines, returns == pairs and pairs in (0, lines), not (quotes or padded or odd), wide, open_ends)


def _padded(seen: np.ndarray, edge: np.ndarray, delimiter: int) -> bool:
    blank = seen == BLANK
    if delimiter != TAB:
        blank |= seen == TAB
    return bool((blank[1:] & edge[:-1]).any() or (blank[:-1] & edge[1:]).any())
