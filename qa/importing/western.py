"""Whether bytes that are no UTF-8 are Western European text (Windows-1252), by how its letters stand among plain ones.

There accented letters stand alone in their words, é in Général, or after a ç: ação. The bytes of Chinese, Korean, Japanese, Cyrillic and Greek
stand side by side, and what other old encodings of one byte a letter make of them are signs that no Western word is written with: Za³atwione.
"""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

ENCODING = "cp1252"
CHUNK = 1 << 20
# So many words beyond plain letters show what a file is written in, and so many of them have to be Western ones.
ENOUGH, MOSTLY = 5000, 0.95
LETTERS = "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœß"
# Words of one letter, and the signs that stand before, behind or alone.
ALONE = "ÀÈÉÓàèéóâ"
SIGNS = "€£°ºª«»¿¡‘’“”–—…•·´§©®™"
WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
EDGES = re.compile(f"^[{SIGNS}]?(.*?)[{SIGNS}]?$")
# What stands together beyond plain letters: one letter, two with a ç before or an ß behind, one behind an apostrophe.
TOGETHER = re.compile(f"[{LETTERS}]|[çÇ][{LETTERS}]|[{LETTERS}]ß|[’´][{LETTERS}]?")
BEYOND = re.compile(r"[^\x00-\x7f]+")


def is_western(path: Path) -> bool:
    """Whether the words with letters beyond plain ones are such as Western European languages have."""
    words = list(islice(_words(path), ENOUGH))
    return bool(words) and sum(map(_is_western, words)) >= MOSTLY * len(words)


def example(path: Path) -> str:
    """The first word of such a file that has letters beyond plain ones."""
    return next(_words(path), b"").decode(ENCODING)


def _words(path: Path) -> Iterator[bytes]:
    """The words of the file in which there are bytes beyond ASCII."""
    cut = b""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            piece = cut + chunk
            # The last word may go on in the next piece.
            end = max(piece.rfind(sign) for sign in (b",", b";", b"\n", b"\t")) + 1 if len(chunk) == CHUNK else len(piece)
            yield from (found[0] for found in WORD.finditer(piece[:end]))
            cut = piece[end:]


def _is_western(word: bytes) -> bool:
    try:
        text = EDGES.sub(r"\1", word.decode(ENCODING))
    except UnicodeDecodeError:
        return False
    if len(text) < 2:
        return text.isascii() or text in ALONE
    return any(map(str.isascii, text)) and all(TOGETHER.fullmatch(found) for found in BEYOND.findall(text))
