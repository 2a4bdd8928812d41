"""What is told of a file's bytes without reading it as text is what reading it as text would tell."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from qa.importing import encoding, lines
from qa.importing.sql import BLANKS

pieces = st.lists(st.sampled_from([*'a中,;\t\n"', "\r\n", "\r", " ", "\u3000", "\u00a0", "\ufeff", "，", "é"]), min_size=1, max_size=24).map("".join)


def plain_facts(text: str, delimiter: str) -> lines.Facts:
    """The facts, the slow and obvious way."""
    rows = text.split("\n")
    cells = [cell for row in text.replace("\r", "\n").split("\n") for cell in row.split(delimiter)]
    blank = any(row in ("", "\r") for row in rows[:-1])
    ends = text.count("\r\n")
    count = text.count("\n") + (not text.endswith("\n"))
    same = text.count("\r") == ends and ends in (0, text.count("\n"))
    odd = any(sign in text for sign in "\u00a0\u3000\u200b\ufeff")
    tidy = '"' not in text and not odd and all(cell == cell.strip(BLANKS) for cell in cells)
    return lines.Facts(count, text.count('"'), blank, same, tidy, is_wide(text), open_ends(text, delimiter))


def open_ends(text: str, delimiter: str) -> int:
    *whole, last = text.split("\n")
    return sum(row.removesuffix("\r").endswith(delimiter) for row in whole) + last.endswith(delimiter)


def is_wide(text: str) -> bool:
    return any(sign == "\u3000" or "\uff01" <= sign <= "\uff5e" for sign in text)


@settings(max_examples=150, deadline=None)
@given(pieces, st.sampled_from([",", ";", "\t"]), st.sampled_from([1, 2, 3, 7, 1 << 19]))
def test_facts_hold_wherever_the_windows_are_cut(text, delimiter, window):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(text.encode())
        before, lines.WINDOW = lines.WINDOW, window
        try:
            assert lines.facts(path, delimiter) == plain_facts(text, delimiter)
            below, facts = "\n".join(text.split("\n")[1:]), lines.facts(path, delimiter, header_lines=1)
            assert (facts.wide, facts.open_ends) == (is_wide(below), open_ends(below, delimiter))
        finally:
            lines.WINDOW = before


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([*"中a😀é".encode(), 0x80, 0xA0, 0xC0, 0xED, 0xF4, 0xFF]), min_size=1, max_size=12).map(bytes), st.integers(1, 5))
def test_utf8_is_what_a_decoder_takes_for_it_wherever_the_pieces_are_cut(content, chunk):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(content)
        before, encoding.CHUNK = encoding.CHUNK, chunk
        try:
            assert encoding._is_utf8(path) == _decodes(content)
        finally:
            encoding.CHUNK = before


def _decodes(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
